// What is drawn as heat, as points of the viewport with the share that each adds. Pure.
import type { Heatmap } from "../../protocol/api.ts";
import type { WeightedPoint } from "./kernel.ts";
import { isInside } from "./place-element.ts";
import type { StandingElement } from "./read-map.ts";
import { weightOf } from "./weigh.ts";

/** What is further outside of the viewport does not glow into it. */
const NEAR_PX = 60;

interface Scrolled {
	/** By how much the page is scrolled, CSS pixels. */
	y: number;
	/** Of the viewport. */
	height: number;
}

export function listPoints(
	heatmap: Heatmap,
	placed: readonly StandingElement[],
	{ y, height }: Scrolled,
): WeightedPoint[] {
	if (heatmap.kind === "move") return listRests(heatmap, y);
	const listed: WeightedPoint[] = [];
	for (const { element, box, clip, points, shift } of placed) {
		if (box.y > height + NEAR_PX || box.y + box.height < -NEAR_PX) continue;
		const weight = weightOf(element, heatmap);
		for (const point of points) {
			const [x, down] = [point.x + shift[0], point.y + shift[1]];
			if (clip !== undefined && !isInside(clip, { x, y: down })) continue;
			listed.push({ x, y: down, weight: point.presses * weight });
		}
	}
	return listed;
}

/** Seconds of rest per view: the legend's hundred stands for a second in each. */
function listRests({ dwell }: Heatmap, y: number): WeightedPoint[] {
	if (dwell === undefined || dwell.views === 0) return [];
	const { cellPx, views, cells } = dwell;
	return cells.map(([column = 0, row = 0, ms = 0]) => ({
		x: (column + 0.5) * cellPx,
		y: (row + 0.5) * cellPx - y,
		weight: ms / 1000 / views,
	}));
}
