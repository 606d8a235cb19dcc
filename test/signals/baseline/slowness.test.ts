import { expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import { measureSlowness } from "../../../signals/baseline/slowness.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const ROUNDS = 3000;

test("nothing is told of fewer than ten sessions", () => {
	expect(measureSlowness([[0.7, 9]])).toBeUndefined();
	const { sessions, ratio = 0, lower = 9, upper = 0 } = measureSlowness([[Math.log(2), 10]]) ?? {};
	expect([sessions, ratio]).toEqual([10, 2]);
	expect(lower, "that all take as long is chance").toBeLessThan(1.6);
	expect(upper).toBeGreaterThan(2.5);
});

test.each([10, 20, 50])(
	"of %i sessions that take 2.3 times as long, nineteen in twenty intervals hold it, and of few no fewer than eighteen",
	(sessions) => {
		const random = createRandom(SEED + sessions);
		const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
		let held = 0;
		for (let round = 0; round < ROUNDS; round++) {
			const over = Array.from(
				{ length: sessions },
				() => [Math.log(2.3) + 0.8 * normal(), 1] as const,
			);
			const { lower = 9, upper = 0 } = measureSlowness(over) ?? {};
			if (lower <= 2.3 && upper >= 2.3) held++;
		}
		expect(held / ROUNDS).toBeGreaterThan(0.91);
		expect(held / ROUNDS).toBeLessThan(0.98);
	},
);
