// A heatmap and a rebuilt page → everything there is to show of it.
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import type { BuiltPage } from "./backdrop.ts";
import { findPeak } from "./density.ts";
import { findCovered } from "./find-covered.ts";
import { type Box, isInside, placeElement } from "./place-element.ts";
import {
	type PlacedElement,
	type Projection,
	projectBins,
	projectElements,
	setAside,
} from "./project.ts";
import { resolveElement } from "./resolve.ts";

export interface MapReading {
	heatmap: Heatmap;
	page: BuiltPage;
	projection: Projection;
	/** Presses close together at the hottest place: what the ramp ends with. */
	peak: number;
}

export function readMap(heatmap: Heatmap, page: BuiltPage): MapReading {
	const projection = projectOn(page, heatmap.elements);
	// Pinned and flowing presses are painted apart but share one scale; where they meet they are not added.
	const [flowing, pinned] = splitPinned(projection.placed);
	const peak = Math.max(...[flowing, pinned].map((half) => findPeak(pointsOf(half))));
	return { heatmap, page, projection, peak };
}

/** Measures the page at its top and leaves it there. */
export function projectOn(page: BuiltPage, elements: readonly HeatmapElement[]): Projection {
	page.scrollTo(0);
	const places = elements.map((element) => resolveElement(element, page.document));
	const all = projectElements(elements, places);
	const covered = findCovered(all.placed, page);
	return setAside(all, "covered", (_, point) => covered.has(point));
}

/** Where the pinned elements stand now that the page is scrolled by `y`, as seen in the viewport. */
export function placePinned(placed: readonly PlacedElement[], y: number): PlacedElement[] {
	return splitPinned(placed)[1].flatMap((entry) => {
		const place = entry.node && placeElement(entry.node);
		if (place === undefined) return [];
		const [box, clip] = [raise(place.box, y), place.clip && raise(place.clip, y)];
		const points = projectBins(entry.element.bins, box).filter(
			(point) => clip === undefined || isInside(clip, point),
		);
		return [{ ...entry, ...place, box, clip, points }];
	});
}

const raise = (box: Box, by: number): Box => ({ ...box, y: box.y - by });

export function splitPinned(
	placed: readonly PlacedElement[],
): [flowing: PlacedElement[], pinned: PlacedElement[]] {
	return [placed.filter(({ pinned }) => !pinned), placed.filter(({ pinned }) => pinned)];
}

export const pointsOf = (placed: readonly PlacedElement[]) =>
	placed.flatMap(({ points }) => points);
