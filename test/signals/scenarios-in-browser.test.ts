// A few of the labelled scenarios, recorded anew: enough to see that what the recorder tells today still means what the
// detectors take it for. All of them are recorded by `test/slow/scenarios.test.ts`.
import { expect, test } from "vitest";
import { describeWithBrowser } from "../support/suites.ts";
import { ALL_SCENARIOS } from "./scenarios/all-scenarios.ts";
import { listFaults } from "./scenarios/judge.ts";
import { recordAndJudge } from "./scenarios/record-and-judge.ts";
import { BROWSER_FLAGS } from "./scenarios/record-scenario.ts";

const NAMES = [
	...["press-never-by-mouse", "burst-never-by-key"],
	...["dead-by-finger-with-a-hand", "switched-off-pressed-twice-by-mouse", "error-thrown"],
	...["dead-in-a-shadow-tree", "back-at-once", "thrown-about", "swiping-a-picture"],
	...["zooming-in", "refused-twice-by-the-browser", "begun-and-left-by-a-link"],
];

describeWithBrowser(
	"labelled scenarios in a browser",
	(browser) => {
		test("are found as they were when their samples were kept", async () => {
			const chosen = ALL_SCENARIOS.filter(({ name }) => NAMES.includes(name));
			expect(chosen.length).toBe(NAMES.length);
			const { judged, failures } = await recordAndJudge(browser(), chosen);
			expect([...failures, ...listFaults(judged)]).toEqual([]);
		}, 120_000);
	},
	BROWSER_FLAGS,
);
