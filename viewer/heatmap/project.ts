// Presses in bins of an element → points on the page it was rebuilt on. Pure. Whatever happens to a point,
// it is counted: shown and not shown are together what the map counts.
import type { HeatmapElement } from "../../protocol/api.ts";
import { BINS } from "../../protocol/limits.ts";
import { type Box, isInside, type Place } from "./place-element.ts";
import type { MissingReason, Resolution } from "./resolve.ts";

export interface Point {
	/** CSS pixels of the document. */
	x: number;
	y: number;
	presses: number;
}

export interface PlacedElement extends Place {
	element: HeatmapElement;
	points: Point[];
	/** What it was found as, to be placed again when the page is scrolled. */
	node?: Element | undefined;
}

/** Presses of an element that are not on the map; some of its others may be. */
export interface MissingElement {
	element: HeatmapElement;
	reason: MissingReason;
	presses: number;
}

/** What missing presses were made in, drawn as an outline and counted as not shown. */
export interface HollowElement extends Place {
	element: HeatmapElement;
	reason: MissingReason;
	presses: number;
}

export interface Projection {
	/** All in the order given. */
	placed: PlacedElement[];
	missing: MissingElement[];
	hollow: HollowElement[];
	/** Presses on the map, and presses that are not on it. */
	shown: number;
	notShown: number;
}

/** Bins closer than this become one point at their centre of weight, inside the element. */
const CELL_PX = 4;

/** @param places one for each element, in the same order */
export function projectElements(
	elements: readonly HeatmapElement[],
	places: readonly Resolution[],
): Projection {
	const placed: PlacedElement[] = [];
	const missing: MissingElement[] = [];
	const hollow: HollowElement[] = [];
	for (const [index, element] of elements.entries()) {
		const place: Resolution = places[index] ?? { state: "missing", reason: "not_found" };
		if (place.state === "missing") {
			const { reason, near } = place;
			const entry = { element, reason, presses: element.count };
			missing.push(entry);
			if (near !== undefined && element.count > 0) hollow.push({ ...near, ...entry });
			continue;
		}
		const { state: _, ...rest } = place;
		const points = projectBins(element.bins, rest.box);
		placed.push({ element, ...rest, points });
		// Bins outside the grid are not ours; what they stand for is not passed over.
		const lost = element.bins.length > 0 ? element.count - countPresses(points) : 0;
		if (lost > 0) missing.push({ element, reason: "outside", presses: lost });
	}
	return setAside({ placed, missing, hollow, ...NOTHING }, "scrolled_out", ({ clip }, point) =>
		clip === undefined ? false : !isInside(clip, point),
	);
}

/** Takes points off the map, and elements that have none left; they are counted as not shown. */
export function setAside(
	projection: Projection,
	reason: MissingReason,
	isGone: (element: PlacedElement, point: Point) => boolean,
): Projection {
	const placed: PlacedElement[] = [];
	const missing = [...projection.missing];
	for (const entry of projection.placed) {
		const points = entry.points.filter((point) => !isGone(entry, point));
		const gone = countPresses(entry.points) - countPresses(points);
		if (gone > 0) missing.push({ element: entry.element, reason, presses: gone });
		if (points.length > 0 || gone === 0) placed.push({ ...entry, points });
	}
	const shown = placed.reduce((sum, entry) => sum + countShown(entry), 0);
	const notShown = missing.reduce((sum, { presses }) => sum + presses, 0);
	return { ...projection, placed, missing, shown, notShown };
}

/** Centre of each bin in the box, near ones joined. Bins outside the grid are left out. */
export function projectBins(bins: HeatmapElement["bins"], box: Box): Point[] {
	const cells = new Map<string, Point>();
	for (const [column = -1, row = -1, presses = 0] of bins) {
		if (column < 0 || row < 0 || column >= BINS || row >= BINS || presses <= 0) continue;
		const x = box.x + ((column + 0.5) / BINS) * box.width;
		const y = box.y + ((row + 0.5) / BINS) * box.height;
		const key = `${Math.floor((x - box.x) / CELL_PX)} ${Math.floor((y - box.y) / CELL_PX)}`;
		const cell = cells.get(key);
		cells.set(key, cell === undefined ? { x, y, presses } : joinPoints(cell, { x, y, presses }));
	}
	return [...cells.values()];
}

const NOTHING = { shown: 0, notShown: 0 };

/** A map of what was seen counts elements without points. */
function countShown({ element, points }: PlacedElement): number {
	return element.bins.length > 0 ? countPresses(points) : element.count;
}

function countPresses(points: readonly Point[]): number {
	return points.reduce((sum, { presses }) => sum + presses, 0);
}

function joinPoints(a: Point, b: Point): Point {
	const presses = a.presses + b.presses;
	return {
		x: (a.x * a.presses + b.x * b.presses) / presses,
		y: (a.y * a.presses + b.y * b.presses) / presses,
		presses,
	};
}
