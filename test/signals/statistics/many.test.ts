import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import { allHolding, holding } from "../../../signals/statistics/many.ts";

const SEED = Number(process.env.SEED ?? 20261123);
/** Benjamini and Hochberg (1995), their 15 comparisons. */
const CHANCES = [
	...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
	...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
];
const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
const count = (held: readonly boolean[]) => held.filter(Boolean).length;

test("of many differences the ones hold that Benjamini and Hochberg's published example says", () => {
	expect(count(holding(CHANCES, 0.05))).toBe(4);
	expect(holding([...CHANCES].reverse(), 0.05).lastIndexOf(false)).toBe(10);
	expect(holding([])).toEqual([]);
});

test("Holm's procedure says the three that Benjamini and Hochberg name for procedures of its kind", () => {
	expect(count(allHolding(CHANCES, 0.05))).toBe(3);
	expect(allHolding([])).toEqual([]);
});

// R's p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") is 0.05 0.08 0.09 0.09 0.09.
test.each([
	[0.049, 0],
	[0.0501, 1],
	[0.0801, 2],
	[0.0901, 5],
])("at a rate of %d Holm's procedure lets %i of five hold", (rate, want) => {
	expect(count(allHolding([0.01, 0.02, 0.03, 0.04, 0.05], rate))).toBe(want);
});

test("what holds by Holm holds by Benjamini and Hochberg, in any order of the list", () => {
	fc.assert(
		fc.property(chances, (list) => {
			const [strict, loose] = [allHolding(list, 0.05), holding(list, 0.05)];
			for (const [index, held] of strict.entries()) if (held) expect(loose[index]).toBe(true);
			expect(allHolding([...list].reverse(), 0.05).reverse()).toEqual(strict);
		}),
		{ seed: SEED },
	);
});

test("where half of the differences are none, no more than the rate of those that hold are", () => {
	const random = createRandom(SEED);
	let [wrong, families] = [0, 0];
	const rounds = 2000;
	for (let round = 0; round < rounds; round++) {
		const list = Array.from({ length: 40 }, (_, at) =>
			at % 2 === 0 ? random() : random() ** 8 / 100,
		);
		const held = holding(list, 0.1);
		const nulls = held.filter((is, at) => is && at % 2 === 0).length;
		wrong += nulls / Math.max(1, count(held));
		if (allHolding(list, 0.05).some((is, at) => is && at % 2 === 0)) families++;
	}
	expect(wrong / rounds).toBeLessThan(0.06);
	expect(wrong / rounds).toBeGreaterThan(0.03);
	expect(families / rounds).toBeLessThan(0.06);
});
