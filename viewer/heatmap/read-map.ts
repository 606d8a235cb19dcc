// A heatmap and a rebuilt page → everything there is to show of it.
import type { Heatmap } from "../../protocol/api.ts";
import type { BuiltPage } from "./backdrop.ts";
import { findPeak } from "./density.ts";
import { type PlacedElement, type Projection, projectElements } from "./project.ts";
import { resolveElement } from "./resolve.ts";

export interface MapReading {
	heatmap: Heatmap;
	page: BuiltPage;
	projection: Projection;
	/** Presses close together at the hottest place: what the ramp ends with. */
	peak: number;
}

/** Measures the page at its top and leaves it there. */
export function readMap(heatmap: Heatmap, page: BuiltPage): MapReading {
	page.scrollTo(0);
	const places = heatmap.elements.map((element) => resolveElement(element, page.document));
	const projection = projectElements(heatmap.elements, places);
	// Pinned and flowing presses are painted apart but share one scale; where they meet they are not added.
	const [flowing, pinned] = splitPinned(projection.placed);
	const peak = Math.max(...[flowing, pinned].map((half) => findPeak(pointsOf(half))));
	return { heatmap, page, projection, peak };
}

/** Where the pinned elements stand now that the page is scrolled by `y`, as seen in the viewport. */
export function placePinned(placed: readonly PlacedElement[], page: BuiltPage, y: number) {
	const pinned = splitPinned(placed)[1];
	const elements = pinned.map(({ element }) => element);
	const places = elements.map((element) => {
		const place = resolveElement(element, page.document);
		if (place.state === "missing") return place;
		return { ...place, box: { ...place.box, y: place.box.y - y } };
	});
	return projectElements(elements, places).placed;
}

export function splitPinned(
	placed: readonly PlacedElement[],
): [flowing: PlacedElement[], pinned: PlacedElement[]] {
	return [placed.filter(({ pinned }) => !pinned), placed.filter(({ pinned }) => pinned)];
}

export const pointsOf = (placed: readonly PlacedElement[]) =>
	placed.flatMap(({ points }) => points);
