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
import { copyEvent } from "./copy-event.ts";
import { adaptHover } from "./hover-css.ts";
import { listScrolls, type Scrolled } from "./scrolls.ts";
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
	/** Scrolls again what could not be scrolled before there was a layout. */
	settle(): void;
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
];
/** So many events are applied faster than a page is rebuilt. */
const NEAR_EVENTS = 300;
/** Longer than any session: the end is for the player's own clock to find. */
const NEVER_MS = 48 * 3600 * 1000;

/** @throws where the events cannot be played at all, or the frame is not sandboxed */
export function createStage({ root, events, onResize }: StageOptions): Stage {
	const copies = events.map(copyEvent).filter((event) => event !== undefined);
	const replayer = new Replayer([...copies, createSentinel(copies)] as eventWithTime[], {
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
	});
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
	const { startTime } = replayer.getMetaData();
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
		settle() {
			for (const { id, x, y } of scrolls) scrollAgain(replayer, id, { left: x, top: y });
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

function createSentinel(events: readonly ReplayEvent[]): ReplayEvent {
	const timestamp = (events.at(-1)?.timestamp ?? 0) + NEVER_MS;
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

function scrollAgain(replayer: Replayer, id: number, to: { left: number; top: number }): void {
	const node = replayer.getMirror().getNode(id);
	const element =
		node === replayer.iframe.contentDocument
			? replayer.iframe.contentDocument?.scrollingElement
			: (node as Element | null);
	if (typeof element?.scrollTo !== "function") return;
	if (element.scrollTop !== to.top) element.scrollTop = to.top;
	if (element.scrollLeft !== to.left) element.scrollLeft = to.left;
}

/** Sooner than a timer, which waits 4 ms after a few rounds. */
function nextTask(): Promise<void> {
	return new Promise((done) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			done();
		};
		port2.postMessage(0);
	});
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
