// The detectors over what the recorder told of every labelled scenario, in a real browser, when the samples were kept.
// `test/slow/scenarios.test.ts` records them anew.
import { expect, test } from "vitest";
import { type Detected, detect } from "../../signals/detect.ts";
import type { FactsOfStream } from "../../signals/normalise/streams.ts";
import { ALL_SCENARIOS, GROUPS } from "./scenarios/all-scenarios.ts";
import { expectSound } from "./scenarios/expect-sound.ts";
import { formatTable, judge, listFaults, tableOf } from "./scenarios/judge.ts";
import { readSamples } from "./scenarios/samples.ts";
import { createUsual } from "./scenarios/usual.ts";

const samples = new Map(
	Object.keys(GROUPS).flatMap((group) => readSamples(group).map((one) => [one.name, one] as const)),
);
const usual = createUsual(ALL_SCENARIOS);

test("every scenario has a sample, and every sample a scenario", () => {
	expect([...samples.keys()]).toEqual(ALL_SCENARIOS.map(({ name }) => name));
	expect(samples.size).toBe(ALL_SCENARIOS.length);
});

test("of what is in the samples 95 in 100 of each kind are found, and nothing that is not", () => {
	const judged = ALL_SCENARIOS.flatMap((scenario) => {
		const sample = samples.get(scenario.name);
		return sample === undefined ? [] : [judge(scenario, sample, usual)];
	});
	const rows = tableOf(judged);
	console.log([...listFaults(judged), formatTable(rows)].join("\n"));
	expectSound(rows);
	expect(rows.filter(({ positives }) => positives === 0).map(({ kind }) => kind)).toEqual([]);
	expect(rows.filter(({ traps }) => traps === 0).map(({ kind }) => kind)).toEqual([]);
});

test("a sample that comes backwards, twice and fact by fact has the same signals", () => {
	for (const { name, parts } of samples.values()) {
		const single = parts.flatMap(({ facts, ...stream }) =>
			facts.map((fact): FactsOfStream => ({ ...stream, facts: [fact] })),
		);
		const mixed = [...single, ...single.slice(0, 9)].reverse();
		expect(outline(detect(mixed, usual)), name).toEqual(outline(detect(parts, usual)));
	}
});

test("what somebody typed into a masked field and an open one gives the same signals", () => {
	const kindsOf = (name: string) =>
		detect(samples.get(name)?.parts ?? [], usual).signals.map(({ kind }) => kind);
	for (const [open, masked] of [
		["refused-twice-by-the-browser", "refused-twice-with-a-masked-field"],
		["begun-and-left-by-a-link", "begun-and-left-with-masked-fields"],
		["long-before-the-first-letter", "long-before-the-first-letter-of-a-masked-field"],
	] as const) {
		expect(kindsOf(open).length).toBeGreaterThan(0);
		expect(kindsOf(masked)).toEqual(kindsOf(open));
	}
});

function outline({ signals, episodes, friction }: Detected) {
	return {
		signals: signals.map(({ kind, at, to, verdict, numbers }) => ({
			kind,
			at,
			to,
			verdict,
			numbers,
		})),
		episodes: episodes.map(({ kind, severity, at }) => ({ kind, severity, at })),
		friction,
	};
}
