import { expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import { drawAim } from "../../../demo/visitor/aim.ts";

const COUNT = 20_000;
const EDGES = [0, 1, 1 - 2 ** -32, 2 ** -32, 0.5];

test("presses make a cloud around the middle of an element", () => {
	const random = createRandom(11);
	const aims = Array.from({ length: COUNT }, () => drawAim(random));
	for (const axis of ["x", "y"] as const) {
		const mean = aims.reduce((sum, aim) => sum + aim[axis], 0) / COUNT;
		const spread = Math.sqrt(aims.reduce((sum, aim) => sum + (aim[axis] - mean) ** 2, 0) / COUNT);
		expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
		expect(spread).toBeGreaterThan(0.13);
		expect(spread).toBeLessThan(0.17);
	}
	const near = aims.filter(({ x, y }) => Math.hypot(x - 0.5, y - 0.5) < 0.05).length / COUNT;
	expect(near).toBeLessThan(0.1);
	const lefts = aims.filter(({ x }) => x < 0.5).length / COUNT;
	expect(Math.abs(lefts - 0.5)).toBeLessThan(0.02);
});

test.each(EDGES.flatMap((first) => EDGES.map((second) => [first, second] as const)))(
	"a press at the draws %f and %f is on the element, also on a round one",
	(first, second) => {
		const draws = [first, second];
		const { x, y } = drawAim(() => draws.shift() ?? 0);
		expect(Math.hypot(x - 0.5, y - 0.5)).toBeLessThanOrEqual(0.4301);
	},
);
