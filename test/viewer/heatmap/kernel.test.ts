import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createGrid, reachOf, spread } from "../../../viewer/heatmap/kernel.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const SIGMA = 7;

test("a point has its weight at its top and falls off as a Gaussian does, to a tenth", () => {
	const { values, width } = spread(createGrid(80, 80), [{ x: 40, y: 40, weight: 0.3 }], SIGMA);
	for (let y = 15; y < 65; y++) {
		for (let x = 15; x < 65; x++) {
			const exact = 0.3 * Math.exp(-((x - 40) ** 2 + (y - 40) ** 2) / (2 * SIGMA ** 2));
			expect(Math.abs((values[y * width + x] ?? 0) - exact)).toBeLessThan(0.3 / 10);
		}
	}
	expect(values[40 * width + 40]).toBeCloseTo(0.3, 5);
});

test("points add up: what two draw together is the sum of what each draws alone", () => {
	const points = fc.array(
		fc.record({
			x: fc.nat(59),
			y: fc.nat(39),
			weight: fc.double({ min: 0.001, max: 1, noNaN: true }),
		}),
		{ minLength: 1, maxLength: 12 },
	);
	fc.assert(
		fc.property(points, (list) => {
			const together = spread(createGrid(60, 40), list, SIGMA).values;
			const alone = list.map((point) => spread(createGrid(60, 40), [point], SIGMA).values);
			for (let at = 0; at < together.length; at += 7) {
				const sum = alone.reduce((all, values) => all + (values[at] ?? 0), 0);
				expect(together[at]).toBeCloseTo(sum, 4);
			}
		}),
		{ seed: SEED, numRuns: 30 },
	);
});

test("what lies outside of the grid is left out, and a grid is used again", () => {
	const grid = createGrid(20, 20);
	spread(grid, [{ x: 10, y: 10, weight: 1 }], SIGMA);
	const { values } = spread(
		grid,
		[
			{ x: -1, y: 5, weight: 1 },
			{ x: 5, y: 20, weight: 1 },
		],
		SIGMA,
	);
	expect(values.every((value) => value === 0)).toBe(true);
});

test("a bell has its whole top as soon as it reaches the edge of the grid", () => {
	const [at, size] = [reachOf(SIGMA), 80];
	const { values } = spread(createGrid(size, size), [{ x: at, y: at, weight: 1 }], SIGMA);
	expect(values[at * size + at]).toBeCloseTo(1, 5);
});
