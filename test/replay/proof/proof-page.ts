// Runs in the browser: a session is folded, replayed plainly up to an instant, and replayed from the
// keyframe of that instant; and from an earlier keyframe on with the events between. Both must show the
// same page. It stands alone behind one global, so that a test can call it with JSON.
import type { Replayer } from "@rrweb/replay";
import { findDifference, type Difference as PageDifference } from "../../../replay/difference.ts";
import { createFold } from "../../../replay/fold.ts";
import { type RawEvent, scrubEvents } from "../../../replay/scrub.ts";
import { copyEvent } from "../../../viewer/player/copy-event.ts";
import { type Changeable, changeInPlace } from "../../../viewer/player/in-place.ts";
import { scrollAgain } from "../../../viewer/player/scrolls.ts";
import { type Scrolls, serializeReplay } from "./serialize-replay.ts";
import { withReplayer } from "./with-replayer.ts";

export interface Proof {
	/** Comparisons that were made. */
	compared: number;
	/** Those of them with a page that was changed in place from another instant, later or earlier. */
	changed: number;
	/** Instants without a keyframe, and why. */
	unfolded: string[];
	differences: Difference[];
}

export interface Difference {
	at: number;
	kind: "keyframe" | "onward" | "changed";
	/** The first line that differs, in plain replay and from the keyframe, and what stands before it. */
	plain: string;
	folded: string;
	before: string[];
}

export interface ProofOptions {
	events: unknown[];
	/** Instants to compare at, ascending. */
	times: number[];
	/**
	 * What the fold is not told of, so that the proof can be shown to fail: the `source` of events, or a
	 * part of mutations.
	 */
	deaf?: number | "adds" | "removes" | "texts" | "attributes";
	/** Whether scroll positions are compared. */
	isScrolled?: boolean;
	/** Whether a replay from the keyframe before is compared as well. */
	isOnward?: boolean;
}

const FULL_SNAPSHOT = 2;
const SENTINEL = 5;

declare global {
	interface Window {
		prove(options: ProofOptions): Promise<Proof>;
	}
}

window.prove = async ({ events, times, deaf, isOnward = true, isScrolled = true }) => {
	const scrubbed = scrubEvents(events).events;
	const proof: Proof = { compared: 0, changed: 0, unfolded: [], differences: [] };
	const fold = createFold();
	let next = 0;
	let last: Shown | undefined;
	for (const at of times) {
		for (; next < scrubbed.length; next++) {
			const event = scrubbed[next];
			if (event === undefined || event.timestamp > at) break;
			fold.apply(deaf === undefined ? event : withhold(event, deaf));
		}
		const written = JSON.stringify(fold.keyframe(at) ?? null);
		const keyframe = JSON.parse(written) as RawEvent[] | null;
		if (keyframe === null) {
			// Before its first snapshot, and while it is written anew, a page has no keyframe.
			if (fold.unfolded.size > 0) proof.unfolded.push([...fold.unfolded.keys()].join(", "));
			last = undefined;
			continue;
		}
		const scrolls: Scrolls = isScrolled ? scrollsOf(scrubbed, at) : new Map();
		const plain = await tryShow(
			scrubbed.filter(({ timestamp }) => timestamp <= at),
			at,
			scrolls,
		);
		if (plain === undefined) {
			proof.unfolded.push("not replayed");
			last = undefined;
			continue;
		}
		const compare = async (kind: Difference["kind"], replayed: RawEvent[]) => {
			const folded = (await tryShow(replayed, at, scrolls)) ?? ["an error of the replayer"];
			proof.compared++;
			const difference = firstDifference(plain, folded, kind === "keyframe");
			if (difference !== undefined) proof.differences.push({ at, kind, ...difference });
		};
		await compare("keyframe", scrubEvents(keyframe).events);
		if (isOnward && last !== undefined) {
			const since = last.at;
			const between = scrubbed.filter(({ timestamp }) => timestamp > since && timestamp <= at);
			await compare("onward", [...scrubEvents(structuredClone(last.keyframe)).events, ...between]);
		}
		const own = { at, keyframe: scrubEvents(keyframe).events, plain, scrolls };
		if (isOnward && last !== undefined && isOneDocument(scrubbed, last.at, at)) {
			for (const [from, to] of [[last, own] as const, [own, last] as const]) {
				const difference = await compareChanged(scrubbed, from, to);
				if (difference === undefined) continue;
				proof.compared++;
				proof.changed++;
				if (difference !== "none") proof.differences.push(difference);
			}
		}
		last = own;
	}
	return proof;
};

interface Shown {
	at: number;
	keyframe: RawEvent[];
	/** What plain replay shows. */
	plain: string[];
	scrolls: Scrolls;
}

function isOneDocument(events: readonly RawEvent[], from: number, to: number): boolean {
	return !events.some(
		({ type, timestamp }) => type === FULL_SNAPSHOT && timestamp > from && timestamp <= to,
	);
}

/** @returns undefined where the page would be built anew */
async function compareChanged(
	events: readonly RawEvent[],
	from: Shown,
	to: Shown,
): Promise<Difference | "none" | undefined> {
	const found = findDifference(from.keyframe, to.keyframe, to.at);
	if (found === undefined) return undefined;
	const before = events.filter(({ timestamp }) => timestamp <= from.at);
	const { at, scrolls } = to;
	const changed = await show(before, from.at, scrolls, { difference: found, at }).catch((cause) => [
		String(cause),
	]);
	const difference = firstDifference(to.plain, changed, false);
	return difference === undefined ? "none" : { at, kind: "changed", ...difference };
}

/** @returns undefined where the replayer itself ends with an error, and there is nothing to compare with */
async function tryShow(...given: Parameters<typeof show>): Promise<string[] | undefined> {
	try {
		return await show(...given);
	} catch {
		return undefined;
	}
}

/** The page after all events, as the viewer's stage would show it. */
async function show(
	events: RawEvent[],
	at: number,
	scrolls: Scrolls,
	change?: { difference: PageDifference; at: number },
): Promise<string[]> {
	const copies = structuredClone(events)
		.map(copyEvent)
		.filter((event) => event !== undefined);
	return withReplayer(copies, at, async (replayer) => {
		if (change !== undefined) {
			await new Promise((resolve) => setTimeout(resolve, 0));
			const { difference } = change;
			const later = [{ type: SENTINEL, timestamp: change.at + 2, data: { tag: "end" } }];
			const to = { at: change.at + 1, later };
			changeInPlace(replayer as unknown as Changeable, structuredClone(difference), to);
			for (const scrolled of difference.scrolls) scrollAgain(replayer, scrolled);
		}
		// A sheet that is replaced is so in the next task.
		await new Promise((resolve) => setTimeout(resolve, 0));
		const shown = replayer.iframe.contentDocument;
		return shown === null
			? ["nothing"]
			: serializeReplay(shown, {
					mirror: replayer.getMirror(),
					scrolls,
					media: describeMedia(replayer),
				});
	});
}

function firstDifference(
	plain: string[],
	folded: string[],
	isStrict: boolean,
): Omit<Difference, "at" | "kind"> | undefined {
	const length = Math.max(plain.length, folded.length);
	for (let at = 0; at < length; at++) {
		if (plain[at] === folded[at] || isBetterScroll(plain[at], folded[at], isStrict)) continue;
		if (isSamePlace(plain[at], folded[at])) continue;
		if (!isStrict && isBetterKnown(plain[at], folded[at])) continue;
		return {
			plain: plain[at] ?? "(end)",
			folded: folded[at] ?? "(end)",
			before: plain.slice(Math.max(0, at - 4), at),
		};
	}
	return undefined;
}

/** Plain replay scrolls while the page is as it was then, and what is too short cuts it off. */
function isBetterScroll(plain = "", folded = "", isStrict: boolean): boolean {
	const [was, is] = [plain, folded].map((line) => Number(/^scrolled .* (\d+)$/.exec(line)?.[1]));
	if (was === undefined || is === undefined || Number.isNaN(was - is)) return false;
	// What changes after a keyframe moves what a browser had anchored.
	return !isStrict || is <= was;
}

/** The replayer forgets ids of nodes that it takes up again, which one that starts later does not. */
function isBetterKnown(plain = "", folded = ""): boolean {
	return plain.includes("#-") && plain.replace("#-", "") === folded.replace(/#-?\d+/, "");
}

/** Seconds are counted from another instant, so they may differ in the last digit. */
function isSamePlace(plain = "", folded = ""): boolean {
	const place = / at (\d+\.\d+)/;
	if (plain.replace(place, "") !== folded.replace(place, "")) return false;
	const [was, is] = [plain, folded].map((line) => Number(place.exec(line)?.[1]));
	return Math.abs((was ?? 0) - (is ?? 0)) < 0.05;
}

interface Playing {
	isPlaying: boolean;
	currentTimeAtLastInteraction: number;
	lastInteractionTimeOffset: number;
	playbackRate: number;
}

/** The replayer's own notes; without a source an element has no place to be at. */
function describeMedia(replayer: Replayer): (element: Element) => string {
	const { mediaManager } = replayer as unknown as {
		mediaManager: { mediaMap: Map<Element, Playing> };
	};
	return (element) => {
		const state = mediaManager.mediaMap.get(element);
		if (state === undefined) return "nothing";
		const { isPlaying, currentTimeAtLastInteraction: start, playbackRate } = state;
		const elapsed = replayer.getCurrentTime() - state.lastInteractionTimeOffset;
		const at = isPlaying ? start + (elapsed / 1000) * playbackRate : start;
		return `${isPlaying ? "playing" : "standing"} at ${at.toFixed(2)}`;
	};
}

function scrollsOf(events: readonly RawEvent[], at: number): Scrolls {
	const scrolls = new Map<number, { x: number; y: number }>();
	for (const { type, timestamp, data } of events) {
		if (timestamp > at) break;
		if (type === 2) {
			const { node, initialOffset } = data as {
				node: { id: number };
				initialOffset: { left: number; top: number };
			};
			scrolls.clear();
			scrolls.set(node.id, { x: initialOffset.left, y: initialOffset.top });
		}
		const { source, id, x, y } = data as { source?: number; id: number; x: number; y: number };
		if (type === 3 && source === 3) scrolls.set(id, { x, y });
	}
	return scrolls;
}

function withhold(event: RawEvent, deaf: NonNullable<ProofOptions["deaf"]>): RawEvent {
	const data = event.data as { source?: number };
	if (event.type !== 3) return event;
	if (data.source === deaf) return { ...event, type: SENTINEL };
	return typeof deaf === "string" ? { ...event, data: { ...data, [deaf]: [] } } : event;
}
