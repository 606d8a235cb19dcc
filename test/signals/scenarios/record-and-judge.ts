// Fresh recordings, judged. Pages beside each other keep each other waiting on two cores, and then one of them is indeed
// stuck or slow: what is found otherwise than it is labelled is recorded once more by itself, and that one counts.
import type { TestBrowser } from "../../support/browser.ts";
import { ALL_SCENARIOS } from "./all-scenarios.ts";
import { type Judged, judge } from "./judge.ts";
import { recordScenarios } from "./record-scenario.ts";
import type { Sample } from "./samples.ts";
import type { Scenario } from "./scenario.ts";
import { createUsual } from "./usual.ts";

export interface RecordedAndJudged {
	/** By name. */
	samples: ReadonlyMap<string, Sample>;
	judged: Judged[];
	/** What could not be driven to its end, and why. */
	failures: string[];
	/** What was recorded a second time. */
	again: string[];
}

export async function recordAndJudge(
	browser: TestBrowser,
	scenarios: readonly Scenario[],
): Promise<RecordedAndJudged> {
	const usual = createUsual(ALL_SCENARIOS);
	const samples = new Map<string, Sample>();
	const keep = (recorded: readonly Sample[]) => {
		for (const sample of recorded) samples.set(sample.name, sample);
	};
	const judgeOne = (scenario: Scenario): Judged | undefined => {
		const sample = samples.get(scenario.name);
		return sample === undefined ? undefined : judge(scenario, sample, usual);
	};
	keep((await recordScenarios(browser, scenarios)).samples);
	const doubtful = scenarios.filter((scenario) => {
		const judged = judgeOne(scenario);
		return judged === undefined || judged.missed.length > 0 || judged.alarms.length > 0;
	});
	const second = await recordScenarios(browser, doubtful, 1);
	keep(second.samples);
	const judged = scenarios.flatMap((scenario) => judgeOne(scenario) ?? []);
	return { samples, judged, failures: second.failures, again: doubtful.map(({ name }) => name) };
}
