// Each way of leaving once. `test/slow/last-words.test.ts` takes each twenty times.
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithBrowser } from "../support/suites.ts";
import { type Intake, startIntake } from "./intake.ts";
import { countPresses, leaveBy, leavingPages, pathOf, WAYS } from "./last-words.ts";

let intake: Intake;

beforeAll(async () => {
	intake = await startIntake(leavingPages("about:blank"));
});
afterAll(() => intake.close());

describeWithBrowser("the last press arrives from a page that is left by", (browser) => {
	test.concurrent.each(WAYS.map(({ name }, at) => ({ name, at })))("$name", async ({ at }) => {
		await leaveBy(browser(), intake, at);
		expect(countPresses(intake, pathOf(at))).toBe(1);
	});
});
