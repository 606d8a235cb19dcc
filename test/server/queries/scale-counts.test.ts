import fc from "fast-check";
import { expect, test } from "vitest";
import { scaleCounts } from "../../../server/queries/scale-counts.ts";

test("a tenth of what was counted stands for all of it", () => {
	const counts = new Map([
		[1, 6],
		[2, 3],
		[9, 1],
	]);
	expect(scaleCounts(counts, 100)).toEqual(
		new Map([
			[1, 60],
			[2, 30],
			[9, 10],
		]),
	);
});

test("what rounding takes is carried on, and who stands for nothing vanishes", () => {
	const counts = new Map([
		[1, 5],
		[2, 1],
		[3, 4],
	]);
	expect(scaleCounts(counts, 4)).toEqual(
		new Map([
			[1, 2],
			[3, 2],
		]),
	);
});

test("counts are proportional within one and add up to what was asked", () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(4095), fc.integer({ min: 1, max: 1000 })), { minLength: 1 }),
			fc.integer({ min: 1, max: 1_000_000 }),
			(pairs, total) => {
				const counts = new Map(pairs);
				const sum = [...counts.values()].reduce((all, count) => all + count, 0);
				const scaled = scaleCounts(counts, total);
				expect([...scaled.values()].reduce((all, count) => all + count, 0)).toBe(total);
				for (const [key, count] of counts) {
					expect(Math.abs((scaled.get(key) ?? 0) - (count * total) / sum)).toBeLessThanOrEqual(1);
				}
			},
		),
	);
});
