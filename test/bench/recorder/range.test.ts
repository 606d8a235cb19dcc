// The words "lowest" and "overlap" decide what the benchmark says, so they are held to their meaning.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	doOverlap,
	findFactor,
	findGeometricMean,
	findRange,
	isLowest,
} from "../../../bench/recorder/range.ts";

const range = (...values: number[]) => findRange(values);

describe("the range of some rounds", () => {
	test("has the median, the lowest and the highest, in whatever order they came", () => {
		expect(range(5, 1, 3)).toEqual({ median: 3, low: 1, high: 5 });
		expect(range(7)).toEqual({ median: 7, low: 7, high: 7 });
	});

	test("overlaps with one that it touches, contains or is contained by", () => {
		expect(doOverlap(range(1, 3), range(3, 5))).toBe(true);
		expect(doOverlap(range(1, 9), range(4, 5))).toBe(true);
		expect(doOverlap(range(4, 5), range(1, 9))).toBe(true);
		expect(doOverlap(range(1, 2), range(3, 4))).toBe(false);
	});

	test("is the lowest only below all others, without touching any", () => {
		expect(isLowest(range(1, 2), [range(3, 4), range(5, 6)])).toBe(true);
		expect(isLowest(range(1, 3), [range(3, 4)])).toBe(false);
		expect(isLowest(range(1, 2), [range(3, 4), range(0, 1)])).toBe(false);
		expect(isLowest(range(1, 2), [])).toBe(false);
	});

	test("is never the lowest where it overlaps, and never are two of them", () => {
		const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 5 });
		fc.assert(
			fc.property(values, values, (a, b) => {
				const one = findRange(a);
				const other = findRange(b);
				const wins = Number(isLowest(one, [other])) + Number(isLowest(other, [one]));
				expect(wins).toBe(doOverlap(one, other) ? 0 : 1);
			}),
		);
	});
});

describe("the factor over no recorder", () => {
	test("is that of the medians, and nothing where nothing was measured", () => {
		expect(findFactor(range(2, 3, 9), range(1, 2, 4))).toBe(1.5);
		expect(findFactor(range(2), range(0))).toBeNaN();
	});

	test("of several pages is their geometric mean", () => {
		expect(findGeometricMean([1, 4])).toBeCloseTo(2);
		expect(findGeometricMean([1.5])).toBeCloseTo(1.5);
		expect(findGeometricMean([])).toBeNaN();
	});
});
