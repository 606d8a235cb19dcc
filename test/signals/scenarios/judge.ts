// Samples against their labels: what of each kind was there and found, and what was found that was not there.
import type { Baselines } from "../../../signals/baselines.ts";
import { detect } from "../../../signals/detect.ts";
import type { Target } from "../../../signals/observation.ts";
import { SIGNAL_KINDS } from "../../../signals/signal.ts";
import type { Sample } from "./samples.ts";
import type { Expected, Label, Scenario } from "./scenario.ts";

export const LABELS: readonly Label[] = [...SIGNAL_KINDS, "help_after"];
/** From the visitor's clock to the page's and back, on a busy machine. */
const WITHIN_MS = 300;

interface Found {
	kind: Label;
	element: Target | undefined;
	at: number;
	verdict: string;
}

export interface Judged {
	scenario: Scenario;
	missed: Expected[];
	alarms: Found[];
}

export function judge(scenario: Scenario, sample: Sample, baselines: Baselines): Judged {
	const { must = [], may = [] } = scenario;
	let left = findAll(sample, baselines);
	const missed = must.filter((expected) => {
		const hit = left.find((found) => isMet(found, expected, sample.marks));
		left = left.filter((found) => found !== hit);
		return hit === undefined;
	});
	const alarms = left.filter(
		({ kind, element }) => !may.some((one) => one.kind === kind && isOn(element, one.on)),
	);
	return { scenario, missed, alarms };
}

function findAll({ parts }: Sample, baselines: Baselines): Found[] {
	const { signals, episodes } = detect(parts, baselines);
	const helped = episodes.filter(({ isHelpSought }) => isHelpSought);
	return [
		...signals,
		...helped.map(({ element, at }) => ({ kind: "help_after" as const, element, at, verdict: "" })),
	];
}

function isMet({ kind, element, at }: Found, expected: Expected, marks: Sample["marks"]): boolean {
	if (kind !== expected.kind || !isOn(element, expected.on)) return false;
	const mark = marks[expected.at ?? expected.on ?? ""];
	return mark !== undefined && Math.abs(at - mark) <= (expected.withinMs ?? WITHIN_MS);
}

function isOn(element: Target | undefined, on: string | undefined): boolean {
	if (on === undefined) return true;
	return element !== undefined && (element.key.endsWith(`=${on}`) || element.text === on);
}

export interface Row {
	kind: Label;
	positives: number;
	found: number;
	/** Scenarios in which there is none, and those of them that were made to look like it. */
	negatives: number;
	traps: number;
	alarms: number;
}

export function tableOf(judged: readonly Judged[]): Row[] {
	return LABELS.map((kind) => {
		const isOf = (one: { kind: Label }) => one.kind === kind;
		const negative = judged.filter(
			({ scenario: { must = [], may = [] } }) => ![...must, ...may].some(isOf),
		);
		const positives = judged.flatMap(({ scenario }) => scenario.must ?? []).filter(isOf).length;
		const missed = judged.flatMap((one) => one.missed).filter(isOf).length;
		const traps = negative.filter(({ scenario }) => scenario.trapOf?.includes(kind)).length;
		const alarms = judged.flatMap((one) => one.alarms).filter(isOf).length;
		const found = positives - missed;
		return { kind, positives, found, negatives: negative.length, traps, alarms };
	});
}

export function formatTable(rows: readonly Row[]): string {
	return [
		"| kind | positives | found | negatives | made to look like it | false alarms |",
		"|---|---|---|---|---|---|",
		...rows.map(
			({ kind, positives, found, negatives, traps, alarms }) =>
				`| ${[kind, positives, found, negatives, traps, alarms].join(" | ")} |`,
		),
	].join("\n");
}

/** What went wrong, one line each. */
export function listFaults(judged: readonly Judged[]): string[] {
	return judged.flatMap(({ scenario: { name }, missed, alarms }) => [
		...missed.map(({ kind, on = "the page" }) => `${name}: no ${kind} on ${on}`),
		...alarms.map(
			({ kind, verdict, element }) =>
				`${name}: ${kind}${verdict && ` (${verdict})`} on ${element?.key || element?.text || "the page"}`,
		),
	]);
}
