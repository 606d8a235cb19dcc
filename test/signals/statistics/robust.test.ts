import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import { quantileOf } from "../../../signals/statistics/quantile.ts";
import { median, reachOf, robust, robustOfCounts } from "../../../signals/statistics/robust.ts";
import { ownWeight, shrink } from "../../../signals/statistics/shrink.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
	minLength: 1,
	maxLength: 40,
});

/** Of the normal distribution (Box and Muller 1958). */
function createNormal(seed: number): () => number {
	const random = createRandom(seed);
	return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

test.each<[string, number[], number, number]>([
	["an odd number of values", [9, 1, 6, 1, 2, 4, 2], 2, 1.4826],
	["an even number of values", [1, 2, 3, 4], 2.5, 1.4826],
	["one value", [7], 7, 0],
	["values of which one is wild", [1, 2, 3, 4, 1e9], 3, 1.4826],
])("of %s the middle and the scatter are those of the definition", (_, list, location, scale) => {
	expect(robust(list)).toEqual({ count: list.length, location, scale });
	expect(median(list)).toBe(location);
});

// R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .9, 1)).
test.each([
	[0, 1],
	[0.1, 1.4],
	[0.25, 2],
	[0.9, 12.8],
	[1, 16],
])("the quantile %d is the one that R gives", (share, want) => {
	expect(quantileOf([16, 2, 1, 8, 4], share)).toBeCloseTo(want, 9);
});

test("nothing is nowhere", () => {
	expect(robust([]).location).toBeNaN();
	expect(reachOf(robust([]))).toBe(Number.POSITIVE_INFINITY);
});

test("location and scale follow what is added to the values and what they are multiplied with", () => {
	fc.assert(
		fc.property(values, fc.integer({ min: -50, max: 50 }), (list, by) => {
			const one = robust(list);
			const other = robust(list.map((value) => value * by + 3));
			expect(other.location).toBeCloseTo(one.location * by + 3, 3);
			expect(other.scale).toBeCloseTo(one.scale * Math.abs(by), 3);
		}),
		{ seed: SEED },
	);
});

test("of normal values the scale is their standard deviation, also where a fifth is wild", () => {
	const normal = createNormal(SEED);
	const list = Array.from({ length: 4000 }, () => 5 + 2 * normal());
	expect(robust(list).scale).toBeGreaterThan(1.9);
	expect(robust(list).scale).toBeLessThan(2.1);
	const wild = list.map((value, at) => (at % 5 === 0 ? 1e6 : value));
	expect(robust(wild).location).toBeLessThan(6);
	expect(robust(wild).scale).toBeLessThan(3);
});

test("in 93 to 97 of a hundred samples the true middle is within the reach", () => {
	const normal = createNormal(SEED);
	const rounds = 3000;
	let held = 0;
	for (let round = 0; round < rounds; round++) {
		const sample = robust(Array.from({ length: 80 }, normal));
		if (Math.abs(sample.location) <= reachOf(sample)) held++;
	}
	expect(held / rounds).toBeGreaterThan(0.93);
	expect(held / rounds).toBeLessThan(0.97);
});

test("a group without values is its parent, one with endless many is itself, one with twenty is half of each", () => {
	const parent = { count: 500, location: 6, scale: 1 };
	const own = (count: number) => ({ count, location: 8, scale: 0.5 });
	expect(shrink(own(0), parent)).toEqual(parent);
	expect(shrink(undefined, parent)).toEqual(parent);
	expect(shrink(own(5), undefined)).toEqual(own(5));
	expect(shrink(own(20), parent)?.location).toBe(7);
	expect(shrink(own(20), parent)?.scale).toBeCloseTo(Math.sqrt(0.625), 9);
	expect(shrink(own(1e9), parent)?.location).toBeCloseTo(8, 6);
	expect(ownWeight(0)).toBe(0);
});

test("shrinking makes false alarms at small groups rare", () => {
	const normal = createNormal(SEED);
	const parent = { count: 1000, location: 0, scale: 1 };
	const rounds = 4000;
	const alarms = { raw: 0, shrunken: 0 };
	for (let round = 0; round < rounds; round++) {
		const own = robust(Array.from({ length: 5 }, normal));
		const shrunken = shrink(own, parent) ?? parent;
		const next = normal();
		if (next - own.location >= 2.5 * own.scale) alarms.raw++;
		if (next - shrunken.location >= 2.5 * shrunken.scale) alarms.shrunken++;
	}
	expect(alarms.raw / rounds).toBeGreaterThan(0.05);
	expect(alarms.shrunken / rounds).toBeLessThan(0.02);
});

test("values that are counted lie and scatter as if each stood there as often", () => {
	const counted = fc.array(
		fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 5 })),
		{
			minLength: 1,
		},
	);
	fc.assert(
		fc.property(counted, (pairs) => {
			const values = pairs.flatMap(([value, count]) => Array.from({ length: count }, () => value));
			const found = robustOfCounts(pairs);
			expect(found.count).toBe(values.length);
			expect(found.location).toBeCloseTo(robust(values).location, 10);
			expect(found.scale).toBeCloseTo(robust(values).scale, 10);
		}),
		{ seed: SEED },
	);
});
