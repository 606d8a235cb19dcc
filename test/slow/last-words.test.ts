// Each way of leaving right after a press, twenty times.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Intake, startIntake } from "../recorder/intake.ts";
import { countPresses, leaveBy, leavingPages, pathOf, WAYS } from "../recorder/last-words.ts";
import { describeWithBrowser } from "../support/suites.ts";

const TIMES = 20;
const AT_ONCE = 4;
const SHARE = 0.99;

let intake: Intake;
let elsewhere: Intake;

beforeAll(async () => {
	elsewhere = await startIntake({});
	intake = await startIntake(
		leavingPages(elsewhere.page("/away").replace("localhost", "[::1]"), TIMES),
	);
});
afterAll(() => Promise.all([intake.close(), elsewhere.close()]));

describeWithBrowser("leaving right after a press", (browser) => {
	test(`${TIMES} times by each way, at least ${SHARE * 100} % of the presses arrive`, async () => {
		const visits = WAYS.flatMap((_, at) =>
			Array.from({ length: TIMES }, (_, time) => [at, time] as const),
		).values();
		const lane = async (): Promise<void> => {
			for (const [at, time] of visits) await leaveBy(browser(), intake, at, time);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, lane));
		const table = WAYS.map(({ name }, at) => {
			const counts = Array.from({ length: TIMES }, (_, time) =>
				countPresses(intake, pathOf(at, time)),
			);
			// One press each, and never twice.
			expect(Math.max(...counts)).toBeLessThanOrEqual(1);
			return [name, counts.filter((count) => count === 1).length] as const;
		});
		for (const [name, arrived] of table) console.log(`${arrived} of ${TIMES}  ${name}`);
		const arrived = table.reduce((sum, [, count]) => sum + count, 0);
		expect(arrived).toBeGreaterThanOrEqual(WAYS.length * TIMES * SHARE);
		expect(intake.conflicts).toEqual([]);
	});
});
