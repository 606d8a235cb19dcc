// Markers in the order of their times: which one is now, which comes before and after.
import type { Manifest } from "../../protocol/api.ts";

export type Marker = Manifest["markers"][number];

/** A jump back lands on the marker before, not on the one that was just reached. */
const BACK_MS = 1000;

/** Index of the last marker that has happened at a time, -1 before the first. */
export function findCurrentMarker(markers: readonly Marker[], timeMs: number): number {
	let low = 0;
	let high = markers.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((markers[middle]?.at ?? 0) <= timeMs) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

/** The page (pattern and title) that was open at a time, undefined before the first. */
export function findPage(markers: readonly Marker[], timeMs: number): Marker | undefined {
	for (let index = findCurrentMarker(markers, timeMs); index >= 0; index--) {
		const marker = markers[index];
		if (marker?.kind === "page") return marker;
	}
	return undefined;
}

/** Where “next” and “previous” jump to. */
export function findNeighbour(
	markers: readonly Marker[],
	timeMs: number,
	way: "next" | "previous",
): Marker | undefined {
	const wanted = markers.filter(({ kind }) => kind === "page" || kind === "press");
	if (way === "next") return wanted.find(({ at }) => at > timeMs + 1);
	return wanted.findLast(({ at }) => at < timeMs - BACK_MS);
}
