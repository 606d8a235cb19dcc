import * as fc from "fast-check";
import { expect, test } from "vitest";
import { RAMPS, rampTable } from "../../../viewer/heatmap/ramp.ts";
import { positionOf, TICKS } from "../../../viewer/heatmap/scale.ts";

test("the ticks of the legend stand at equal steps, and beyond the last one nothing changes", () => {
	expect(TICKS.map((tick) => Math.round(positionOf(tick / 100) * 5 * 1e9) / 1e9)).toEqual([
		...[0, 1, 2, 3, 4, 5],
	]);
	expect(positionOf(7)).toBe(1);
	expect(positionOf(Number.NaN)).toBe(0);
});

test("more is never shown as less", () => {
	const share = fc.double({ min: 0, max: 2, noNaN: true });
	fc.assert(
		fc.property(share, share, (a, b) => {
			expect(positionOf(Math.max(a, b))).toBeGreaterThanOrEqual(positionOf(Math.min(a, b)));
		}),
	);
});

test.each(RAMPS)(
	"%s gets lighter and more opaque from end to end, so it reads without colour",
	(name) => {
		const table = rampTable(name);
		let [light, opaque] = [-1, -1];
		for (let at = 0; at < table.length; at += 4) {
			const [red = 0, green = 0, blue = 0, opacity = 0] = table.subarray(at, at + 4);
			const next = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
			expect(next).toBeGreaterThanOrEqual(light - 1.5);
			expect(opacity).toBeGreaterThanOrEqual(opaque);
			[light, opaque] = [Math.max(light, next), opacity];
		}
	},
);
