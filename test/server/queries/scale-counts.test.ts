import fc from "fast-check";
import { expect, test } from "vitest";
import { scaleCounts } from "../../../server/queries/scale-counts.ts";

test("a tenth of what was counted stands for all of it", () => {
	expect(scaleCounts([6, 3, 1], 100)).toEqual([60, 30, 10]);
});

test("what rounding takes is carried on", () => {
	expect(scaleCounts([5, 1, 4], 4)).toEqual([2, 0, 2]);
});

test("of nothing comes nothing", () => {
	expect(scaleCounts([], 7)).toEqual([]);
	expect(scaleCounts([0, 0], 7)).toEqual([0, 0]);
});

test("counts are proportional within one and add up to what was asked", () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }),
			fc.integer({ min: 1, max: 1_000_000 }),
			(counts, total) => {
				const sum = counts.reduce((all, count) => all + count, 0);
				const scaled = scaleCounts(counts, total);
				expect(scaled.reduce((all, count) => all + count, 0)).toBe(total);
				for (const [at, count] of counts.entries()) {
					expect(Math.abs((scaled[at] ?? 0) - (count * total) / sum)).toBeLessThanOrEqual(1);
				}
			},
		),
	);
});
