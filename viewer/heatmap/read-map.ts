// A heatmap and a rebuilt page → everything there is to show of it.
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import type { BuiltPage } from "./backdrop.ts";
import { findCovered } from "./find-covered.ts";
import { type Box, clipOf, intersect, type Place, placeElement } from "./place-element.ts";
import { type PlacedElement, type Projection, projectElements, setAside } from "./project.ts";
import { resolveElement, type ShownPage } from "./resolve.ts";

export interface MapReading {
	heatmap: Heatmap;
	page: BuiltPage;
	projection: Projection;
}

export function readMap(heatmap: Heatmap, page: BuiltPage): MapReading {
	return { heatmap, page, projection: projectOn(page, heatmap.elements) };
}

/** Measures the page at its top and leaves it there. */
export function projectOn(page: BuiltPage, elements: readonly HeatmapElement[]): Projection {
	page.scrollTo(0);
	const places = elements.map((element) => resolveElement(element, page));
	const all = projectElements(elements, places);
	const covered = findCovered(all.placed, page);
	return setAside(all, "covered", (_, point) => covered.has(point));
}

/** An element where it stands in the viewport; its points are where it stood, `shift` away from there. */
export interface StandingElement extends PlacedElement {
	shift: readonly [right: number, down: number];
}

/**
 * Where what is on the map stands now that the page is scrolled by `y`: CSS pixels of the viewport. What flows
 * has moved with the page; what is fixed or sticks is asked where it is.
 */
export function placeAt(
	placed: readonly PlacedElement[],
	y: number,
	{ document, scroller }: ShownPage,
): StandingElement[] {
	// A document in a box of its own stands still while that is scrolled.
	const moved = document.defaultView?.scrollY ?? 0;
	const frame = scroller && clipOf(scroller);
	return placed.flatMap((entry) => {
		const asked = entry.pinned && entry.node ? placeElement(entry.node, scroller) : undefined;
		if (entry.pinned && entry.node && asked === undefined) return [];
		const { box, clip } = lift(asked ?? entry, asked ? moved : y);
		const seen = frame && !entry.pinned ? intersect(clip, frame) : clip;
		const shift = [box.x - entry.box.x, box.y - entry.box.y] as const;
		return [{ ...entry, ...asked, box, clip: seen, shift }];
	});
}

function lift({ box, clip }: Place, by: number): Pick<Place, "box" | "clip"> {
	return { box: raise(box, by), clip: clip && raise(clip, by) };
}

const raise = (box: Box, by: number): Box => ({ ...box, y: box.y - by });
