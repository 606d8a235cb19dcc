import { describe, expect, test } from "vitest";
import { findPeak, opacityOf, RADIUS_PX } from "../../../viewer/heatmap/density.ts";
import { listStops } from "../../../viewer/heatmap/ramp.ts";

describe("the peak is the weight of the presses around the hottest point", () => {
	test.each([
		["nothing", [], 1],
		["one press", [{ x: 5, y: 5, presses: 1 }], 1],
		["many at one point", [{ x: 5, y: 5, presses: 40 }], 40],
		[
			"two apart",
			[
				{ x: 0, y: 0, presses: 8 },
				{ x: RADIUS_PX, y: 0, presses: 3 },
			],
			8,
		],
		[
			"two half a radius apart",
			[
				{ x: -1, y: 0, presses: 8 },
				{ x: -1 + RADIUS_PX / 2, y: 0, presses: 4 },
			],
			10,
		],
	])("%s", (_, points, want) => {
		expect(findPeak(points)).toBeCloseTo(want, 6);
	});
});

test("points that cover each other get the opacity of their sum", () => {
	const cover = (a: number, b: number) => 1 - (1 - a) * (1 - b);
	expect(cover(opacityOf(0.2), opacityOf(0.3))).toBeCloseTo(opacityOf(0.5), 12);
});

test("the ramp's stops rise with the density, and end below full opacity, where nothing can be told apart", () => {
	const opacities = listStops().map(([share]) => opacityOf(share));
	expect(opacities).toEqual([...opacities].sort((a, b) => a - b));
	expect(opacities[0]).toBe(0);
	expect(opacities.at(-1)).toBeLessThan(0.97);
});
