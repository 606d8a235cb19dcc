// What is usual, as the detectors ask for it. A verdict names the baseline it was taken with, so that it can be taken
// again; without one, whatever needs a population says nothing.
import type { PointerKind } from "../protocol/fact.ts";
import type { Target, View } from "./observation.ts";
import type { Robust } from "./statistics/robust.ts";

/** Times before a press, before the first input of a field, and spent in a field. */
export type Measure = "press" | "field" | "field-active";

/** Presses on one element of one page, by all sessions but the one that is judged. */
export interface ElementHabits {
	/** Presses that could be judged, and those of them that were answered. */
	judged: number;
	answered: number;
	/** Bursts that were answered: how many, and the 99th percentile of their lengths. */
	bursts: number;
	burstLength: number;
	/** Sessions that pressed it, and those with an answered burst. */
	sessions: number;
	burstSessions: number;
	/** How often a pointer came to rest there again and again without a press. */
	dithers?: number;
}

/** Views of one page. */
export interface PageHabits {
	views: number;
	/** Of those from which somebody came back at once. */
	backShare: number;
	/** A quarter of the views is looked at for less. */
	quarterMs: number;
	/** In half of the sessions that see it at all, it is seen so often. */
	visits: number;
	/** ln(1 + turns of scrolling) of a view. */
	turns?: Robust;
	/** Of the views those that were reloads. */
	reloadShare?: number;
}

export interface Baselines {
	/** Of a version that does not change. */
	name: string;
	/** Of ln ms, already shrunk; undefined where nothing like it is known. */
	timeOf(
		measure: Measure,
		view: View,
		element: Target,
		pointer: PointerKind | "",
	): Robust | undefined;
	elementOf(view: View, element: Target): ElementHabits | undefined;
	pageOf(view: View): PageHabits | undefined;
}

export const NO_BASELINES: Baselines = {
	name: "",
	timeOf: () => undefined,
	elementOf: () => undefined,
	pageOf: () => undefined,
};
