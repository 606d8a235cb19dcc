// The only file that touches rrweb's Replayer, and everything we know of its traps:
// - it rebuilds into a frame with sandbox="allow-same-origin"; a recording is hostile, so a frame that
//   may run script is torn down at once. `UNSAFE_replayCanvas` would allow scripts and is never set;
// - the virtual DOM drops nodes on seeks (rrweb #1358, #1435): off;
// - it edits the events it is given (`removes` of a mutation, `delay`): it gets copies;
// - a paused seek exactly onto a snapshot does not show it: see `findShownInstant`;
// - it catches up in one task, however long that takes: `build` goes there in steps;
// - its CSS parser takes a tenth of a second for a large sheet: its cache is one that knows everything;
// - scrolls are smooth while playing and clamped where the layout is not there yet (rrweb #1305, #1472):
//   they are instant, and made again when there is one;
// - a pause at a time that is a little too early rebuilds the page: `pause` and `play` name no time;
// - its clock stops after its last event: one that never comes stands at the end;
// - `destroy` throws when called twice, and leaves the frame's document in memory: guarded, blanked.
import { Replayer } from "@rrweb/replay";
import { EventType, type eventWithTime } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";
import type { Difference } from "../../replay/difference.ts";
import { CANVAS_RULE } from "./canvas-rule.ts";
import { copyEvent } from "./copy-event.ts";
import { adaptHover } from "./hover-css.ts";
import { type Changeable, changeInPlace } from "./in-place.ts";
import { nextTask } from "./next-task.ts";
import { listScrolls, type Scrolled, scrollAgain } from "./scrolls.ts";
import { findShownInstant } from "./shown-instant.ts";
import { planSteps } from "./steps.ts";

export interface Size {
	width: number;
	height: number;
}

export interface Stage {
	readonly frame: HTMLIFrameElement;
	/** Shows the page as it was at an instant (epoch ms), and plays on from there or stands still. */
	seek(at: number, playing: boolean): void;
	/** As `seek` to a standstill, with a breath between the steps; stops where `isWanted` says no. */
	build(at: number, isWanted: () => boolean): Promise<void>;
	/** Makes of the page that stands there the page of another instant. Throws where it is none of the two. */
	change(difference: Difference, to: { at: number; events: readonly ReplayEvent[] }): void;
	/** Lays the page out, with a breath between the steps, and scrolls what could not be scrolled before. */
	settle(isWanted: () => boolean): Promise<void>;
	play(): void;
	pause(): void;
	/** Can it go forward to this instant in place, in less time than a rebuild takes? */
	isNear(at: number): boolean;
	/** What follows the events it was made with. */
	add(events: readonly ReplayEvent[]): void;
	setSpeed(speed: number): void;
	/** The instant that is shown, epoch ms. */
	now(): number;
	destroy(): void;
}

export interface StageOptions {
	root: HTMLElement;
	/** In order, with at least one full snapshot. */
	events: readonly ReplayEvent[];
	onResize: (size: Size) => void;
}

const SANDBOX = "allow-same-origin";
const STYLE_RULES = [
	"* { scroll-behavior: auto !important; }",
	// A page that stands still is not on its way from what it was before the seek.
	"html.rrweb-paused *, html.rrweb-paused *::before, html.rrweb-paused *::after { transition: none !important; }",
	CANVAS_RULE,
];
/** So many events are applied faster than a page is rebuilt. */
const NEAR_EVENTS = 300;
/** Longer than any session: the end is for the player's own clock to find. */
const NEVER_MS = 48 * 3600 * 1000;

/** @throws where the events cannot be played at all, or the frame is not sandboxed */
export function createStage({ root, events, onResize }: StageOptions): Stage {
	let copies = copyEvents(events);
	const replayer = new Replayer(
		[...copies, createSentinel(copies.at(-1)?.timestamp ?? 0)] as eventWithTime[],
		{
			root,
			triggerFocus: false,
			mouseTail: false,
			useVirtualDom: false,
			skipInactive: false,
			pauseAnimation: true,
			UNSAFE_replayCanvas: false,
			showWarning: false,
			insertStyleRules: STYLE_RULES,
			plugins: [{ onBuild: mute }],
		},
	);
	const frame = replayer.iframe;
	const destroy = createDestroy(replayer);
	if (frame.getAttribute("sandbox") !== SANDBOX) {
		destroy();
		throw new Error("The frame of the replayed page is not sandboxed.");
	}
	tame(replayer);
	frame.setAttribute("title", "The recorded page");
	frame.setAttribute("tabindex", "-1");
	replayer.on("resize", (size) => onResize(size as Size));
	let { startTime } = replayer.getMetaData();
	let scrolls: Scrolled[] = [];
	const now = () => startTime + replayer.getCurrentTime();
	return {
		frame,
		seek(at, playing) {
			const shown = findShownInstant(copies, at) - startTime;
			if (playing) replayer.play(shown);
			else replayer.pause(shown);
		},
		async build(at, isWanted) {
			const shown = findShownInstant(copies, at);
			// What made the events and what builds the page are tasks of their own.
			await nextTask();
			if (!isWanted()) return;
			for (const step of planSteps(copies, shown)) {
				replayer.pause(step - startTime);
				await nextTask();
				if (!isWanted()) return;
			}
			replayer.pause(shown - startTime);
			scrolls = listScrolls(copies, shown);
		},
		change(difference, to) {
			const own = copyEvents(difference.events);
			copies = copyEvents(to.events);
			const later = [...copies, createSentinel(to.at)];
			const changed = { renames: difference.renames, events: own };
			startTime = changeInPlace(replayer as unknown as Changeable, changed, { at: to.at, later });
			scrolls = difference.scrolls;
		},
		async settle(isWanted) {
			// Styles, boxes and offsets each take as long as a few frames in a large page. The first at once,
			// or the browser's next frame would do all of it in one go.
			readStyle(frame);
			await nextTask();
			if (!isWanted()) return;
			readLayout(frame);
			if (scrolls.length > 0) await nextTask();
			if (!isWanted()) return;
			for (const scrolled of scrolls) scrollAgain(replayer, scrolled);
			scrolls = [];
		},
		play: () => replayer.play(replayer.getCurrentTime()),
		pause: () => replayer.pause(),
		isNear(at) {
			const from = now();
			const between = copies.filter(({ timestamp }) => timestamp > from && timestamp <= at);
			if (at < from || between.length >= NEAR_EVENTS) return false;
			return between.every(({ type }) => type !== EventType.FullSnapshot);
		},
		add(more) {
			for (const event of more) {
				const copy = copyEvent(event);
				if (copy === undefined) continue;
				copies.push(copy);
				replayer.addEvent(copy as eventWithTime);
			}
		},
		setSpeed: (speed) => replayer.setConfig({ speed }),
		now,
		destroy,
	};
}

function copyEvents(events: readonly ReplayEvent[]): ReplayEvent[] {
	return events.map(copyEvent).filter((event) => event !== undefined);
}

function createSentinel(after: number): ReplayEvent {
	const timestamp = after + NEVER_MS;
	return { type: EventType.Custom, timestamp, data: { tag: "end", payload: {} } };
}

/** What cannot be had by its options: names of private fields, held by test/viewer/player/stage.test.ts. */
interface Insides {
	cache: { stylesWithHoverClass: Pick<Map<string, string>, "get" | "set"> };
	applyScroll(data: object, isSync: boolean): void;
}

function tame(replayer: Replayer): void {
	const insides = replayer as unknown as Insides;
	insides.cache = { stylesWithHoverClass: { get: adaptHover, set: () => new Map() } };
	const { applyScroll } = insides;
	insides.applyScroll = (data) => applyScroll.call(replayer, data, true);
}

function mute(node: unknown): void {
	const media = node as Partial<HTMLMediaElement>;
	if (media.localName !== "audio" && media.localName !== "video") return;
	media.muted = true;
	media.volume = 0;
}

/** Makes the browser match the rules; that somebody asks for a colour is what it waits for. */
function readStyle({ contentDocument: page, contentWindow: view }: HTMLIFrameElement): unknown {
	const root = page?.documentElement;
	return root ? view?.getComputedStyle(root).color : undefined;
}

/** Makes the browser place the boxes. */
function readLayout({ contentDocument: page }: HTMLIFrameElement): unknown {
	return page?.documentElement?.scrollHeight;
}

function createDestroy(replayer: Replayer): () => void {
	let destroyed = false;
	return () => {
		if (destroyed) return;
		destroyed = true;
		// 37-74 MB stayed per opened session at PostHog until the frame was emptied (PostHog #45657).
		replayer.iframe.contentDocument?.documentElement.replaceChildren();
		try {
			replayer.destroy();
		} catch {
			// It throws where its nodes are already gone; what matters is that they are.
			replayer.wrapper.remove();
		}
	};
}
