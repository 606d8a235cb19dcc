// Presses in bins of an element → points on the page it was rebuilt on. Pure.
import type { HeatmapElement } from "../../protocol/api.ts";
import { BINS } from "../../protocol/limits.ts";
import type { Box, MissingReason, Resolution } from "./resolve.ts";

export interface Point {
	/** CSS pixels of the document. */
	x: number;
	y: number;
	presses: number;
}

export interface PlacedElement {
	element: HeatmapElement;
	box: Box;
	pinned: boolean;
	points: Point[];
}

export interface Projection {
	/** Both in the order given. */
	placed: PlacedElement[];
	missing: { element: HeatmapElement; reason: MissingReason }[];
	/** Presses on the map, and presses of elements that are not on it. */
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
	const projection: Projection = { placed: [], missing: [], shown: 0, notShown: 0 };
	for (const [index, element] of elements.entries()) {
		const place: Resolution = places[index] ?? { state: "missing", reason: "not_found" };
		if (place.state === "missing") {
			projection.missing.push({ element, reason: place.reason });
			projection.notShown += element.presses;
			continue;
		}
		const { box, pinned } = place;
		const points = projectBins(element.bins, box);
		projection.placed.push({ element, box, pinned, points });
		projection.shown += points.reduce((sum, { presses }) => sum + presses, 0);
	}
	return projection;
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

function joinPoints(a: Point, b: Point): Point {
	const presses = a.presses + b.presses;
	return {
		x: (a.x * a.presses + b.x * b.presses) / presses,
		y: (a.y * a.presses + b.y * b.presses) / presses,
		presses,
	};
}
