// The tests of some cases, for the suites that share them out by how long they take.
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake } from "../intake.ts";
import { type HostCase, hostPages, visitHost, waitHeard } from "./host-page.ts";

export function testHostCases(cases: readonly HostCase[]): void {
	let intake: Intake;
	beforeAll(async () => {
		intake = await startIntake(hostPages(cases));
	});
	afterAll(() => intake.close());

	describeWithBrowser("the page behaves as without us where it", (browser) => {
		test.concurrent.each(cases.map((one, index) => ({ ...one, index })))(
			"$name",
			async ({ act, index, says = [], hears = "document", isHard }) => {
				const path = `/case-${index}`;
				const want = await visitHost(browser(), {
					...{ url: intake.page(`/bare-${index}`), act, ready: async () => {} },
				});
				const got = await visitHost(browser(), {
					...{ url: intake.page(path), act },
					ready: async (page) => {
						if (hears !== "nothing") return waitHeard(intake, path, hears);
						const isLoaded = () => page.evaluate(() => "snag" in window);
						await waitFor(isLoaded, { what: "the recorder" });
					},
				});
				expect(got).toEqual(want);
				expect(got.problems).toEqual(says);
				const errors = intake.accepted
					.filter(({ envelope }) => envelope.url.endsWith(path))
					.map(({ envelope }) => envelope.dropped.errors);
				if (!isHard) expect(Math.max(0, ...errors), "our own errors").toBe(0);
			},
		);
	});
}
