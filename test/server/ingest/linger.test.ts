import { describe, expect, test } from "vitest";
import { createLinger } from "../../../server/ingest/linger.ts";

const BOUNDS = { busyMs: 100, idleMs: 2000 };

/** The wait after a minute of chunks at a steady rate. */
function waitAt(perSecond: number): number {
	const linger = createLinger(BOUNDS);
	let now = 1e12;
	for (const end = now + 60_000; now < end; now += 1000 / perSecond) linger.count(now);
	return linger.ms(now);
}

describe("a pack waits for company", () => {
	test.each([
		[0.2, 2000],
		[1, 2000],
		[4, 1000],
		[100, 200],
		[400, 100],
		[5000, 100],
	])("at %d chunks a second for about %d ms", (perSecond, ms) => {
		expect(waitAt(perSecond)).toBeGreaterThan(ms * 0.9);
		expect(waitAt(perSecond)).toBeLessThan(ms * 1.1 + 1);
	});

	test("long again soon after the crowd has gone", () => {
		const linger = createLinger(BOUNDS);
		for (let at = 0; at < 10_000; at += 5) linger.count(at);
		expect(linger.ms(10_000)).toBeLessThan(200);
		expect(linger.ms(60_000)).toBe(2000);
	});

	test("within its bounds when the clock is set back", () => {
		const linger = createLinger(BOUNDS);
		linger.count(1e12);
		linger.count(1e12 - 3_600_000);
		expect(linger.ms(1e12 - 7_200_000)).toBe(2000);
	});
});
