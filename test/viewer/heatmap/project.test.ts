import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeatmapElement } from "../../../protocol/api.ts";
import { projectBins, projectElements, setAside } from "../../../viewer/heatmap/project.ts";
import type { MissingReason, Resolution } from "../../../viewer/heatmap/resolve.ts";

const box = { x: 100, y: 200, width: 64, height: 32 };

function createElement(key: string, bins: number[][]): HeatmapElement {
	const presses = bins.reduce((sum, bin) => sum + (bin[2] ?? 0), 0);
	const rest = { candidates: [], tag: "button", role: "", text: "", layer: "flow", sessions: 1 };
	const counts = { views: 1, exposedSessions: 1, exposedViews: 1, first: 0, last: 0, exits: 0 };
	return { id: "a1", key, presses, count: presses, bins, also: [], next: [], ...rest, ...counts };
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
			{ state: "placed", box, layer: "flow", pinned: false, clip: undefined },
			{ state: "missing", reason: "hidden" },
		],
	);
	expect(projection.shown).toBe(5);
	expect(projection.notShown).toBe(7);
	expect(projection.placed.map(({ element }) => element.key)).toEqual(["id:buy"]);
	expect(projection.missing).toEqual([{ element: hidden, reason: "hidden", presses: 7 }]);
});

test("what a box that scrolls does not show just now is counted as not shown, and the rest is drawn", () => {
	const element = createElement("id:row", [
		[3, 3, 5],
		[60, 3, 2],
	]);
	const clip = { x: 0, y: 0, width: 120, height: 1000 };
	const place: Resolution = { state: "placed", box, layer: "scroller", pinned: false, clip };
	const { placed, missing, shown, notShown } = projectElements([element], [place]);
	expect(placed[0]?.points.map(({ presses }) => presses)).toEqual([5]);
	expect(missing).toEqual([{ element, reason: "scrolled_out", presses: 2 }]);
	expect([shown, notShown]).toEqual([5, 2]);
});

test("an element without points, as on a map of what was seen, is shown with its count", () => {
	const element = { ...createElement("id:seen", []), count: 12 };
	const place: Resolution = {
		...{ state: "placed", box, layer: "flow", pinned: false, clip: undefined },
	};
	const { placed, shown, notShown } = projectElements([element], [place]);
	expect([placed.length, shown, notShown]).toEqual([1, 12, 0]);
});

test("presses that stand hollow in what held their element are counted as not shown", () => {
	const element = createElement("id:item", [[3, 3, 4]]);
	const near = { box, layer: "flow", pinned: false, clip: undefined } as const;
	const { hollow, shown, notShown } = projectElements(
		[element],
		[{ state: "missing", reason: "hidden", near }],
	);
	expect(hollow).toEqual([{ ...near, element, reason: "hidden", presses: 4 }]);
	expect([shown, notShown]).toEqual([0, 4]);
});

test("shown and not shown are together what the map counts, whatever is told and taken off", () => {
	const REASONS: MissingReason[] = ["no_definition", "not_found", "ambiguous", "hidden", "outside"];
	const number = fc.integer({ min: -50, max: 1500 });
	const size = fc.integer({ min: 1, max: 1500 });
	const rectangle = fc.record({ x: number, y: number, width: size, height: size });
	const bins = fc.array(fc.tuple(fc.nat(70), fc.nat(70), fc.nat(20)), { maxLength: 8 });
	const resolution: fc.Arbitrary<Resolution> = fc.oneof(
		fc.record({ state: fc.constant("missing" as const), reason: fc.constantFrom(...REASONS) }),
		fc.record({
			...{ state: fc.constant("placed" as const), layer: fc.constant("flow" as const) },
			...{ box: rectangle, pinned: fc.boolean(), clip: fc.option(rectangle, { nil: undefined }) },
		}),
	);
	fc.assert(
		fc.property(fc.array(fc.tuple(bins, resolution)), fc.nat(3), (told, spared) => {
			const elements = told.map(([of], index) => createElement(`id:e${index}`, of));
			const all = projectElements(
				elements,
				told.map(([, place]) => place),
			);
			const some = setAside(all, "covered", (_, { x }) => Math.floor(x) % 4 > spared);
			for (const { shown, notShown, missing } of [all, some]) {
				expect(shown + notShown).toBe(elements.reduce((sum, { count }) => sum + count, 0));
				expect(notShown).toBe(missing.reduce((sum, { presses }) => sum + presses, 0));
			}
		}),
	);
});
