// Each way of leaving right after a press, twenty times.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Intake, startIntake } from "../recorder/intake.ts";
import { countPresses, leaveBy, leavingPages, WAYS } from "../recorder/last-words.ts";
import { describeWithBrowser } from "../support/suites.ts";

const TIMES = 20;
const AT_ONCE = 4;
const SHARE = 0.99;

let intake: Intake;
let elsewhere: Intake;

beforeAll(async () => {
	elsewhere = await startIntake({});
	intake = await startIntake(leavingPages(elsewhere.page("/away").replace("localhost", "[::1]")));
});
afterAll(() => Promise.all([intake.close(), elsewhere.close()]));

describeWithBrowser("leaving right after a press", (browser) => {
	test(`${TIMES} times by each way, at least ${SHARE * 100} % of the presses arrive`, async () => {
		const visits = WAYS.flatMap((_, at) => Array.from({ length: TIMES }, () => at)).values();
		const lane = async (): Promise<void> => {
			// One way after the other: a path is waited for by what arrives from it.
			for (const at of visits) await leaveBy(browser(), intake, at);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, lane));
		const table = WAYS.map(({ name }, at) => [name, countPresses(intake, `/way-${at}`)] as const);
		for (const [name, arrived] of table) console.log(`${arrived} of ${TIMES}  ${name}`);
		const arrived = table.reduce((sum, [, count]) => sum + count, 0);
		expect(arrived).toBeGreaterThanOrEqual(WAYS.length * TIMES * SHARE);
		expect(arrived).toBeLessThanOrEqual(WAYS.length * TIMES);
		expect(intake.conflicts).toEqual([]);
	});
});
