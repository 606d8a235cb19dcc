// What a count on a map is a share of. A rate is never shown without the number it was taken over: an element
// low on a page is pressed by few because few get there, and a map that does not divide by that shows the
// top of every page in flames.
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import { type Interval, wilson } from "../../signals/statistics/interval.ts";
import { isFrictionKind } from "./map-view.ts";

/** Below this a share says little: its place on the map is hatched. */
export const FEW = 30;

/** Other maps are of the page as a whole: how far, how long, where the mouse rests. */
export function isOfElements({ kind }: Heatmap): boolean {
	return kind !== "scroll" && kind !== "attention" && kind !== "move";
}

/** Of the document from top to end. */
export function isOfBands({ kind }: Heatmap): boolean {
	return kind === "scroll" || kind === "attention";
}

export function countsPresses(heatmap: Heatmap | undefined): boolean {
	if (heatmap === undefined || !isOfElements(heatmap)) return false;
	return heatmap.kind !== "exposure" && heatmap.kind !== "hesitation";
}

/** Counts sessions that something went wrong for, not presses. */
export function isOfFriction({ kind }: Heatmap): boolean {
	return isFrictionKind(kind);
}

export type Whole = "sessions that saw it" | "sessions on the page" | "views" | "exits";

export interface Base {
	/** Of how many it was done; at most `whole`. */
	part: number;
	/** How many could have. */
	whole: number;
	of: Whole;
}

/** Of the kind of map that was asked for; sessions, where presses are counted. */
export function baseOf(element: HeatmapElement, heatmap: Heatmap): Base {
	if (heatmap.kind === "first") return { part: element.first, whole: heatmap.views, of: "views" };
	if (heatmap.kind === "last") return { part: element.last, whole: heatmap.exits, of: "exits" };
	if (heatmap.kind === "exposure") {
		return { part: element.exposedViews, whole: heatmap.views, of: "views" };
	}
	if (isOfFriction(heatmap)) {
		const { count, exposedSessions } = element;
		return { part: count, whole: Math.max(exposedSessions, 1), of: "sessions that saw it" };
	}
	const { sessions, exposedSessions } = element;
	// Seen by nobody but those who pressed it: it was not watched for being seen (plain text, pictures).
	return exposedSessions > sessions
		? { part: sessions, whole: exposedSessions, of: "sessions that saw it" }
		: { part: sessions, whole: heatmap.sessions, of: "sessions on the page" };
}

export function rateOf(element: HeatmapElement, heatmap: Heatmap): Interval & Base {
	const { part, whole, of } = baseOf(element, heatmap);
	// Both are counted at the same moment, but an answer is not to break a screen.
	const most = Math.max(part, whole);
	return { part, whole: most, of, ...wilson(part, most) };
}

/** Share that one count in a bin of the element adds to its place on the map. */
export function weightOf(element: HeatmapElement, heatmap: Heatmap): number {
	if (heatmap.kind === "press" && heatmap.unit === "all") {
		const { views, exposedViews } = element;
		return 1 / Math.max(1, exposedViews > views ? exposedViews : heatmap.views);
	}
	return 1 / Math.max(1, rateOf(element, heatmap).whole);
}

/** Is anything on the map taken over fewer than FEW? */
export function hasFew(heatmap: Heatmap | undefined): boolean {
	if (heatmap === undefined || !isOfElements(heatmap)) return false;
	if (heatmap.kind === "hesitation") return false;
	return heatmap.elements.some((element) => rateOf(element, heatmap).whole < FEW);
}
