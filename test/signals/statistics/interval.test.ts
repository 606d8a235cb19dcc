import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import { newcombe, wilson } from "../../../signals/statistics/interval.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const share = fc.nat(10_000).chain((whole) => fc.tuple(fc.nat(whole), fc.constant(whole)));

// Newcombe (1998), Interval estimation for the single proportion, table I, method 3.
test.each([
	[81, 263, 0.2553, 0.3662],
	[15, 148, 0.0624, 0.1605],
	[0, 20, 0, 0.1611],
	[1, 29, 0.0061, 0.1718],
])("Wilson's interval of %i of %i is the published one", (part, whole, from, to) => {
	const { lower, upper } = wilson(part, whole);
	expect(lower).toBeCloseTo(from, 4);
	expect(upper).toBeCloseTo(to, 4);
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

// Newcombe (1998), Interval estimation for the difference between independent proportions, table II, method 10.
test.each([
	[56, 70, 48, 80, 0.0524, 0.3339],
	[9, 10, 3, 10, 0.1705, 0.809],
	[6, 7, 2, 7, 0.0582, 0.8062],
	[5, 56, 0, 29, -0.0381, 0.1926],
	[0, 10, 0, 20, -0.1611, 0.2775],
	[0, 10, 0, 10, -0.2775, 0.2775],
	[10, 10, 0, 20, 0.6791, 1],
	[10, 10, 0, 10, 0.6075, 1],
])("the interval of %i of %i less %i of %i is the published one", (b, m, a, n, from, to) => {
	const { share: difference, lower, upper } = newcombe([a, n], [b, m]);
	expect(difference).toBeCloseTo(b / m - a / n, 9);
	expect(lower).toBeCloseTo(from, 4);
	expect(upper).toBeCloseTo(to, 4);
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

test("in 93 to 97 of a hundred samples the intervals hold the truth", () => {
	const random = createRandom(SEED);
	const draw = (count: number, share: number) => {
		let part = 0;
		for (let left = count; left > 0; left--) if (random() < share) part++;
		return part;
	};
	const rounds = 4000;
	let [one, two] = [0, 0];
	for (let round = 0; round < rounds; round++) {
		const [n, m] = [60 + Math.floor(200 * random()), 60 + Math.floor(200 * random())];
		const [p, q] = [0.05 + 0.4 * random(), 0.05 + 0.4 * random()];
		const [a, b] = [draw(n, p), draw(m, q)];
		const alone = wilson(a, n);
		if (alone.lower <= p && p <= alone.upper) one++;
		const both = newcombe([a, n], [b, m]);
		if (both.lower <= q - p && q - p <= both.upper) two++;
	}
	for (const held of [one, two]) {
		expect(held / rounds).toBeGreaterThan(0.93);
		expect(held / rounds).toBeLessThan(0.97);
	}
});
