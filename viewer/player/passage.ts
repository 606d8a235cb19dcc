// What has to be there to show one tab at one instant: the keyframe from which the replay starts, and
// what follows it. Pure, over the manifest alone; times in ms from the session's start.
import type { Manifest } from "../../protocol/api.ts";
import { isLocal } from "./fold-start.ts";

export type Contents = Pick<Manifest, "slices" | "keyframes" | "texts"> &
	Partial<Pick<Manifest, "assets">>;
export type Slice = Contents["slices"][number];
export type Keyframe = Contents["keyframes"][number];

/** One tab at one instant. */
export interface Aim {
	tab: string;
	at: number;
}

export interface Passage {
	start: Keyframe;
	/** In the order of their times. */
	slices: Slice[];
	/** The page's own keyframes behind the start that no slice contains: they belong to the sequence. */
	keyframes: Keyframe[];
}

/**
 * The last keyframe before an instant, of the document that was open then; before the first one, the
 * first. Undefined where the tab has no picture at all.
 */
export function findStart(contents: Contents, { tab, at }: Aim): Keyframe | undefined {
	const open = findDocument(contents, { tab, at });
	let first: Keyframe | undefined;
	for (const keyframe of contents.keyframes) {
		if (keyframe.tab !== tab) continue;
		if (first === undefined || keyframe.at < first.at) first = keyframe;
	}
	let start = open;
	for (const keyframe of contents.keyframes) {
		const isOfOpen = keyframe.stream === open?.stream && keyframe.tab === tab;
		if (!isOfOpen || keyframe.at > at) continue;
		// At one instant the page's own comes first and the folded one says the same.
		if (start === undefined || keyframe.at >= start.at) start = keyframe;
	}
	return start ?? first;
}

/** The page's own keyframe with which the document began that was open at an instant. */
export function findDocument(contents: Contents, { tab, at }: Aim): Keyframe | undefined {
	let open: Keyframe | undefined;
	for (const keyframe of contents.keyframes) {
		if (keyframe.tab !== tab || !keyframe.recorded || keyframe.at > at) continue;
		if (open === undefined || keyframe.at >= open.at) open = keyframe;
	}
	return open;
}

/** @param until how far the events should reach; the start may lie behind it */
export function findPassage(contents: Contents, aim: Aim, until: number): Passage | undefined {
	const start = findStart(contents, aim);
	if (start === undefined) return undefined;
	const end = Math.max(until, start.at);
	const later = contents.keyframes.filter(
		({ tab, recorded, at }) => recorded && tab === start.tab && at > start.at && at <= end,
	);
	const streams = new Set([start.stream, ...later.map(({ stream }) => stream)]);
	// What happens at the instant itself is behind it, but for a document that begins there inside a slice.
	const isInside = [start, ...later].some(({ part, at }) => part === "" && at === end);
	const isReached = ({ from }: Slice) => from < end || (isInside && from === end);
	// A recording begins a slice behind each keyframe; elsewhere a keyframe may stand inside of one.
	const isBehind = (slice: Slice) =>
		start.part !== "" && !isLocal(start.part) && slice.stream === start.stream
			? slice.from >= start.at
			: slice.to >= start.at;
	return {
		start,
		slices: contents.slices
			.filter((slice) => streams.has(slice.stream) && slice.tab === start.tab)
			.filter((slice) => isReached(slice) && isBehind(slice))
			.sort((a, b) => a.from - b.from),
		keyframes: later.filter(({ part }) => part !== "").sort((a, b) => a.at - b.at),
	};
}

/** The parts of a passage, each once, what is needed first first. */
export function listParts(contents: Contents, { start, slices, keyframes }: Passage): string[] {
	const parts = [
		...partsOf(contents, start),
		...slices.map(({ part }) => part),
		...keyframes.flatMap((keyframe) => partsOf(contents, keyframe)),
	];
	return [...new Set(parts)];
}

/** What a keyframe is made of: its part, unless it stands inside a slice, and what it shares with others. */
export function partsOf(
	{ texts, assets }: Pick<Contents, "texts" | "assets">,
	{ part, stream, texts: numbers }: Keyframe,
): string[] {
	const shared = numbers.map((index) => texts[index]?.part ?? "");
	return [part, ...shared, ...listSheets(assets, stream)].filter((each) => each !== "");
}

/** A page that was left before it told of its files had those of the other pages, as far as it had the same. */
function listSheets(assets: Contents["assets"], stream: string): string[] {
	if (assets === undefined) return [];
	const sheets = assets.sheets[stream] ?? [...new Set(Object.values(assets.sheets).flat())];
	return sheets.map(nameAsset);
}

const ASSET = "asset:";

/** The name of a kept file among the parts. */
export function nameAsset(hash: string): string {
	return ASSET + hash;
}

/** @returns the hash, undefined for other parts */
export function findAsset(part: string): string | undefined {
	return part.startsWith(ASSET) ? part.slice(ASSET.length) : undefined;
}

/** The end of what is stored of one tab, from the session's start. */
export function findEnd({ slices, keyframes }: Contents, tab: string): number {
	const ends = [
		...slices.filter((slice) => slice.tab === tab).map(({ to }) => to),
		...keyframes.filter((keyframe) => keyframe.tab === tab).map(({ at }) => at),
	];
	return ends.reduce((end, at) => Math.max(end, at), 0);
}
