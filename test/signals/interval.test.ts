import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holding, newcombe, wilson } from "../../signals/interval.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const share = fc.nat(10_000).chain((whole) => fc.tuple(fc.nat(whole), fc.constant(whole)));

test("Wilson's interval is the one of the published example: 15 of 148 is 0.0624 to 0.1605", () => {
	const { lower, upper } = wilson(15, 148);
	expect(lower).toBeCloseTo(0.0624, 4);
	expect(upper).toBeCloseTo(0.1605, 4);
});

test("0 of 3 may still be more than a half, and 3 of 3 less", () => {
	expect(wilson(0, 3)).toMatchObject({ share: 0, lower: 0 });
	expect(wilson(0, 3).upper).toBeGreaterThan(0.5);
	expect(wilson(3, 3).lower).toBeLessThan(0.5);
});

test("of nothing anything may be true, and a part is never more than its whole", () => {
	expect(wilson(0, 0)).toEqual({ share: 0, lower: 0, upper: 1 });
	expect(() => wilson(4, 3)).toThrow("4 of 3");
	expect(() => wilson(Number.NaN, 3)).toThrow(RangeError);
});

test("an interval holds its share, stays between 0 and 1, and mirrors", () => {
	fc.assert(
		fc.property(share, ([part, whole]) => {
			const { lower, upper, share: middle } = wilson(part, whole);
			const mirrored = wilson(whole - part, whole);
			expect(0 <= lower && lower <= middle && middle <= upper && upper <= 1).toBe(true);
			if (whole > 0) expect(mirrored.lower).toBeCloseTo(1 - upper, 9);
		}),
		{ seed: SEED },
	);
});

test("Newcombe's interval is the one of the published example: 56 of 70 and 48 of 80", () => {
	const { share: difference, lower, upper } = newcombe([48, 80], [56, 70]);
	expect(difference).toBeCloseTo(0.2, 4);
	expect(lower).toBeCloseTo(0.0524, 4);
	expect(upper).toBeCloseTo(0.3339, 4);
});

test("a difference is turned round with its sides, and nothing differs from nothing", () => {
	fc.assert(
		fc.property(share, share, (a, b) => {
			const [there, back] = [newcombe(a, b), newcombe(b, a)];
			expect(there.lower).toBeCloseTo(-back.upper, 9);
			expect(there.p).toBeCloseTo(back.p, 9);
			expect(there.p).toBeGreaterThanOrEqual(0);
			expect(there.p).toBeLessThanOrEqual(1);
		}),
		{ seed: SEED },
	);
	expect(newcombe([0, 0], [0, 0])).toEqual({ share: 0, lower: -1, upper: 1, p: 1 });
});

test("of many differences the ones hold that Benjamini and Hochberg's published example says", () => {
	// Their 15 comparisons, at 5 %: the first four.
	const chances = [
		...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
		...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
	];
	expect(holding(chances, 0.05).filter(Boolean)).toHaveLength(4);
	expect(holding([...chances].reverse(), 0.05).lastIndexOf(false)).toBe(10);
	expect(holding([])).toEqual([]);
});
