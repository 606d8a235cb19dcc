import { expect, test } from "vitest";
import { listPoints } from "../../../viewer/heatmap/list-points.ts";
import { projectElements } from "../../../viewer/heatmap/project.ts";
import { placeAt } from "../../../viewer/heatmap/read-map.ts";
import { createSampleElement, createSampleHeatmap } from "./sample-heatmap.ts";

const element = createSampleElement({
	bins: [
		[0, 0, 4],
		[63, 63, 6],
	],
});
const box = { x: 100, y: 1000, width: 64, height: 64 };
/** Nothing on it is pinned, so that it is never asked. */
const page = { document: { defaultView: null } as unknown as Document, scroller: undefined };
const at = (y: number, clip?: typeof box) => {
	const place = { layer: "flow" as const, pinned: false, clip };
	const { placed } = projectElements([element], [{ state: "placed", box, ...place }]);
	return listPoints(createSampleHeatmap(), placeAt(placed, y, page), { y, height: 800 });
};

test("what flows moves up by as much as the page is scrolled, and all its presses weigh its rate", () => {
	const points = at(900);
	expect(points).toMatchObject([
		{ x: 100.5, y: 100.5 },
		{ x: 163.5, y: 163.5 },
	]);
	expect(points.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(10 / 80, 9);
});

test("what is far outside of the viewport is not drawn, what is just outside still glows into it", () => {
	expect(at(0)).toEqual([]);
	expect(at(1090)).toHaveLength(2);
	expect(at(1200)).toEqual([]);
});

test("what is cut off is not drawn", () => {
	expect(at(900, { ...box, height: 20 })).toHaveLength(1);
});

test("a mouse's rest is drawn in seconds per view, at its place on the page", () => {
	const dwell = { views: 4, ofViews: 9, cellPx: 50, width: 1440, cells: [[2, 21, 2000]] };
	const heatmap = createSampleHeatmap({ kind: "move", dwell });
	expect(listPoints(heatmap, [], { y: 1000, height: 800 })).toEqual([
		{ x: 125, y: 75, weight: 0.5 },
	]);
});
