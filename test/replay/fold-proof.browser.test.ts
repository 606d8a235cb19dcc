// A part of the fold's proof, in a browser: what rrweb's replayer shows from a keyframe is what it shows
// after all events. The whole of it is test/slow/fold-proof.test.ts.
import { expect, test } from "vitest";
import { describeWithBrowser } from "../support/suites.ts";
import type { ProofOptions } from "./proof/proof-page.ts";
import { proveDeaf, proveGenerated, proveRecorded } from "./proof/run-proof.ts";

const PAGES = ["shadow trees with slots", "forms"];
const DEAF: ProofOptions["deaf"][] = ["adds", 15];

describeWithBrowser("a keyframe", (browser) => {
	test("shows what plain replay shows, in generated sessions", async () => {
		const proven = await proveGenerated(browser(), { seeds: [1, 2, 3, 4], times: 4 });
		expect(proven.differences).toEqual([]);
		expect(proven.compared).toBeGreaterThan(12);
	});

	test.each(PAGES)("shows what plain replay shows, in a page with %s", async (name) => {
		const proven = await proveRecorded(browser(), { name, times: 4 });
		expect(proven.differences).toEqual([]);
		expect(proven.compared).toBeGreaterThan(3);
		expect(proven.changed).toBeGreaterThan(0);
	});

	test.each(DEAF)("would not, had the fold not been told of %s", async (deaf) => {
		expect(await proveDeaf(browser(), { deaf, seeds: [1, 2, 3, 4, 5, 6, 7, 8] })).toBeDefined();
	});
});
