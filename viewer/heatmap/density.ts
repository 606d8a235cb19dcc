// How many presses lie close together, and how that becomes opacity.
//
// heatmap.js paints each point as a cone of opacity and lets them cover each other: opacities a, b give
// 1 - (1-a)(1-b), which saturates, so that its colours are no longer in proportion to anything. We give
// a point with weight w the opacity 1 - e^(-k·w); covering then gives 1 - e^(-k·Σw), which depends only
// on the sum. Placing the colours of the ramp at 1 - e^(-k·share) makes them linear in presses again,
// and the legend true.
import type { Point } from "./project.ts";

/** How far a press reaches, CSS pixels: about a fingertip's half. */
export const RADIUS_PX = 22;
const STEEPNESS = 3;

/** Opacity of a density that is `share` (0-1) of the highest. */
export function opacityOf(share: number): number {
	return 1 - Math.exp(-STEEPNESS * share);
}

/**
 * The highest density at any of the points: presses around it, each weighing less with its distance,
 * down to nothing at RADIUS_PX. At least 1, so that a single press is a mark and not an alarm.
 */
export function findPeak(points: readonly Point[]): number {
	const grid = new Map<string, Point[]>();
	const cellOf = ({ x, y }: Point) =>
		[Math.floor(x / RADIUS_PX), Math.floor(y / RADIUS_PX)] as const;
	for (const point of points) {
		const key = cellOf(point).join(" ");
		const cell = grid.get(key);
		if (cell === undefined) grid.set(key, [point]);
		else cell.push(point);
	}
	let peak = 1;
	for (const point of points) {
		const [column, row] = cellOf(point);
		let density = 0;
		for (let x = column - 1; x <= column + 1; x++) {
			for (let y = row - 1; y <= row + 1; y++) {
				for (const other of grid.get(`${x} ${y}`) ?? []) density += weigh(point, other);
			}
		}
		peak = Math.max(peak, density);
	}
	return peak;
}

function weigh(at: Point, { x, y, presses }: Point): number {
	return presses * Math.max(0, 1 - Math.hypot(at.x - x, at.y - y) / RADIUS_PX);
}
