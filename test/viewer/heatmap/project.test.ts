import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeatmapElement } from "../../../protocol/api.ts";
import { projectBins, projectElements } from "../../../viewer/heatmap/project.ts";

const box = { x: 100, y: 200, width: 64, height: 32 };

function createElement(key: string, bins: number[][]): HeatmapElement {
	const presses = bins.reduce((sum, bin) => sum + (bin[2] ?? 0), 0);
	const rest = { candidates: [], tag: "button", role: "", text: "", layer: "flow", sessions: 1 };
	const counts = { views: 1, exposedSessions: 1, exposedViews: 1, first: 0, last: 0, exits: 0 };
	return { key, presses, count: presses, bins, also: [], next: [], ...rest, ...counts };
}

describe("a bin becomes the point at its centre in the element's box", () => {
	test.each([
		["the first", [[0, 0, 3]], [{ x: 100.5, y: 200.25, presses: 3 }]],
		["the last", [[63, 63, 1]], [{ x: 163.5, y: 231.75, presses: 1 }]],
		["outside the grid", [[64, 0, 9]], []],
		["negative", [[-1, 0, 9]], []],
		["without presses", [[5, 5, 0]], []],
	])("%s", (_, bins, want) => {
		expect(projectBins(bins, box)).toEqual(want);
	});
});

test("near bins become one point at their centre of weight", () => {
	const [point, ...others] = projectBins(
		[
			[0, 0, 1],
			[1, 0, 3],
		],
		box,
	);
	expect(others).toEqual([]);
	expect(point).toEqual({ x: 101.25, y: 200.25, presses: 4 });
});

test("no press is lost and no point leaves its element", () => {
	const bin = fc.tuple(fc.nat(63), fc.nat(63), fc.integer({ min: 1, max: 500 }));
	const size = fc.integer({ min: 1, max: 3000 });
	fc.assert(
		fc.property(fc.array(bin), size, size, (bins, width, height) => {
			const points = projectBins(bins, { x: -50, y: 10, width, height });
			const total = (list: { presses: number }[]) =>
				list.reduce((sum, { presses }) => sum + presses, 0);
			expect(total(points)).toBe(total(bins.map(([, , presses]) => ({ presses }))));
			for (const { x, y } of points) {
				expect(x).toBeGreaterThan(-50);
				expect(x).toBeLessThan(-50 + width);
				expect(y).toBeGreaterThan(10);
				expect(y).toBeLessThan(10 + height);
			}
		}),
	);
});

test("every press is counted as shown or not shown, with the reason", () => {
	const shown = createElement("id:buy", [[3, 3, 5]]);
	const hidden = createElement("id:menu", [[3, 3, 7]]);
	const projection = projectElements(
		[shown, hidden],
		[
			{ state: "placed", box, pinned: false },
			{ state: "missing", reason: "hidden" },
		],
	);
	expect(projection.shown).toBe(5);
	expect(projection.notShown).toBe(7);
	expect(projection.placed.map(({ element }) => element.key)).toEqual(["id:buy"]);
	expect(projection.missing).toEqual([{ element: hidden, reason: "hidden" }]);
});
