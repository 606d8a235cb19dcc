import { expect, test } from "vitest";
import { createGovernor, type Step } from "../../recorder/governor.ts";

const bench = () => {
	let now = 0;
	const steps: Step[] = [];
	const governor = createGovernor(
		() => now,
		(step) => steps.push(step),
	);
	const work = (ms: number, everyMs: number, times: number): void => {
		for (let time = 0; time < times; time++) {
			now += everyMs;
			governor.spend(ms);
		}
	};
	const rest = (ms: number): void => {
		now += ms;
		governor.look();
	};
	return { governor, steps, work, rest };
};

test("what stays within its share is never slowed down", () => {
	const { governor, work } = bench();
	work(1.4, 100, 10_000);
	expect(governor.step()).toBe(0);
});

test("a large snapshot is paid for out of what is saved", () => {
	const { governor, work } = bench();
	work(8, 20, 30);
	expect(governor.step()).toBe(0);
});

test("steady work beyond the share goes up the ladder step by step, to nothing at all", () => {
	const { steps, work } = bench();
	work(10, 100, 300);
	expect(steps).toEqual([1, 2, 3, 4]);
});

test("rest pays it back, step by step, and a step back is not taken at its edge", () => {
	const { governor, steps, work, rest } = bench();
	work(10, 100, 300);
	for (let minute = 0; minute < 200; minute++) rest(1000);
	expect(steps).toEqual([1, 2, 3, 4, 3, 2, 1, 0]);
	expect(governor.step()).toBe(0);
});

test("at the edge it does not go up and down", () => {
	const { steps, work } = bench();
	// Into debt, and from then on exactly what the share allows, in pieces.
	work(40, 10, 8);
	work(15, 1000, 500);
	expect(steps).toEqual([1]);
});

test("a long task costs more than its time", () => {
	const short = bench();
	short.work(50, 1000, 6);
	expect(short.governor.step()).toBe(0);
	const long = bench();
	long.work(150, 1000, 2);
	expect(long.governor.step()).toBeGreaterThan(1);
});
