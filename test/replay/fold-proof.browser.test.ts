// A part of the fold's proof, in a browser: what rrweb's replayer shows from a keyframe is what it shows
// after all events. The whole of it is test/slow/fold-proof.test.ts.
import { expect, test } from "vitest";
import { describeWithBrowser } from "../support/suites.ts";
import type { ProofOptions } from "./proof/proof-page.ts";
import { proveDeaf, proveGenerated, proveRecorded } from "./proof/run-proof.ts";

/** With how many comparisons at least there are of pages that were changed in place. */
const PAGES: [name: string, changed: number][] = [
	["shadow trees with slots", 0],
	["forms", 1],
];
const DEAF: ProofOptions["deaf"][] = ["adds", 15];

describeWithBrowser("a keyframe", (browser) => {
	test("shows what plain replay shows, in generated sessions", async () => {
		const proven = await proveGenerated(browser(), { seeds: [1, 2, 3, 4], times: 4 });
		expect(proven.differences).toEqual([]);
		expect(proven.compared).toBeGreaterThan(12);
	});

	test.each(PAGES)("shows what plain replay shows, in a page with %s", async (name, changed) => {
		const proven = await proveRecorded(browser(), { name, times: 4 });
		expect(proven.differences).toEqual([]);
		expect(proven.compared).toBeGreaterThan(3);
		expect(proven.changed).toBeGreaterThanOrEqual(changed);
	});

	test.each(DEAF)("would not, had the fold not been told of %s", async (deaf) => {
		expect(await proveDeaf(browser(), { deaf, seeds: [1, 2, 3, 4, 5, 6, 7, 8] })).toBeDefined();
	});
});
