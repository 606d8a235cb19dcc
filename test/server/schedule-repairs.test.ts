import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { scheduleRepairs } from "../../server/index/schedule-repairs.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

test("a repair that is asked for all the time is not put off all the time", async () => {
	let repairs = 0;
	const schedule = scheduleRepairs(
		async () => {
			repairs++;
		},
		() => {},
	);
	schedule.start();
	await vi.advanceTimersByTimeAsync(0);
	for (let ms = 0; ms < 10_000; ms += 100) {
		schedule.soon();
		await vi.advanceTimersByTimeAsync(100);
	}
	expect(repairs).toBeGreaterThanOrEqual(9);
	schedule.stop();
});

test("a repair that is asked for while one is running follows it", async () => {
	let repairs = 0;
	const schedule = scheduleRepairs(
		async () => {
			if (++repairs === 1) schedule.soon();
		},
		() => {},
	);
	schedule.start();
	await vi.advanceTimersByTimeAsync(2000);
	expect(repairs).toBe(2);
	schedule.stop();
});

test("why it fails is said once, and again when it fails anew", async () => {
	const lines: string[] = [];
	let isDown = true;
	const schedule = scheduleRepairs(
		async () => {
			if (isDown) throw new Error("the index does not answer");
		},
		(line) => lines.push(line),
	);
	schedule.start();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(lines).toHaveLength(1);
	isDown = false;
	await vi.advanceTimersByTimeAsync(1000);
	isDown = true;
	await vi.advanceTimersByTimeAsync(10 * 60_000);
	expect(lines).toHaveLength(2);
	schedule.stop();
});
