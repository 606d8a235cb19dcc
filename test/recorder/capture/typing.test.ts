// Typing as it is recorded: that it happened, not how often, and nothing at all of ignored fields.
import { afterEach, expect, test } from "vitest";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake, textOf } from "../intake.ts";

const PAGE = `<!doctype html><html><head>{{script}}</head><body><input id="told">
<div data-snag-ignore><input id="ignored"></div></body></html>`;
const INPUT = 5;

let intake: Intake;
afterEach(() => intake.close());

interface Input {
	source?: number;
	text?: string;
	userTriggered?: boolean;
}

describeWithBrowser("typing in a real page", (browser) => {
	test("is told once for what a replay shows of it, what a script writes as well, and ignored fields never", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			await page.type("#ignored", "abc");
			await page.type("#told", "abc");
			await page.$eval("#told", (input) => {
				(input as HTMLInputElement).value = "written by a script";
				document.body.append("control-last");
			});
			await page.goto(intake.page("/away"));
			const isThere = () => textOf(intake.accepted).includes("control-last");
			await waitFor(isThere, { what: "the last change" });
		});
		const inputs = intake.accepted
			.filter(({ envelope }) => envelope.url.endsWith("/"))
			.sort((a, b) => a.envelope.sequence - b.envelope.sequence)
			.flatMap(({ events }) => events)
			.map(({ data }) => data as Input)
			.filter(({ source }) => source === INPUT);
		const [short, long] = [5, 16].map((length) => "•".repeat(length));
		expect(inputs.map(({ text, userTriggered }) => [text, userTriggered])).toEqual([
			[short, true],
			[long, undefined],
		]);
	});
});
