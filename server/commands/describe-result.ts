// Results for people; --json gives the same as it is.
import type { DetectResult } from "../lifecycle/detect-again.ts";
import type { Examination } from "../lifecycle/doctor.ts";
import type { JobResult } from "../lifecycle/jobs.ts";
import type { Receipt } from "../lifecycle/receipt.ts";
import type { SweepResult } from "../lifecycle/retention.ts";

const SHOWN_KEYS = 20;
const MARKS = { ok: "ok     ", warning: "warning", problem: "PROBLEM", skipped: "skipped" };

export function describeResult(done: JobResult): string {
	switch (done.job) {
		case "reindex": {
			const { objects, chunks } = done.result as { objects: number; chunks: number };
			return objects === 0
				? "Everything in the store was counted already."
				: `${objects} objects with ${chunks} chunks were counted.`;
		}
		case "detect":
			return describeDetection(done.result as DetectResult);
		case "erase":
			return describeReceipt(done.result as Receipt);
		case "sweep":
			return describeSweep(done.result as SweepResult);
		case "doctor":
			return describeExamination(done.result as Examination);
	}
}

function describeDetection(result: DetectResult): string {
	const { sessions, resumed, unknown, changed, written, detectors, since, isDryRun } = result;
	const from = since === 0 ? "" : ` that began since ${formatTime(since)}`;
	const lines = [
		`${sessions} sessions${from} were judged by ${detectors}, ${changed} of them otherwise than before.`,
		...(resumed > 0 ? [`${resumed} of them by an earlier run, which was cut short.`] : []),
		...(unknown > 0
			? [`Of ${unknown} nothing was written down yet, so there is nothing to compare.`]
			: []),
		isDryRun ? "Nothing was written." : `${written} sessions were written.`,
	];
	return [...lines, ...describeKinds(result), ...describeElements(result)].join("\n");
}

function describeKinds({ kinds }: DetectResult): string[] {
	const rows = Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1));
	if (rows.length === 0) return [];
	const row = (name: string, cells: readonly string[], severity: string) =>
		`  ${name.padEnd(16)}${cells.map((cell) => cell.padStart(8)).join("")}${severity.padStart(10)}`;
	return [
		"",
		row("kind", ["before", "after", "gained", "lost"], "severity"),
		...rows.map(([kind, { before, after, gained, lost, severity }]) =>
			row(kind, [before, after, gained, lost].map(String), formatSigned(severity)),
		),
	];
}

function describeElements({ elements }: DetectResult): string[] {
	if (elements.length === 0) return [];
	return [
		"",
		"The largest differences:",
		...elements.map(({ gained, lost, kind, page, name, key }) => {
			const what = name === "" ? "the page" : `“${name}”`;
			return `  +${gained} −${lost}  ${kind}: ${what} on ${page}${key === "" ? "" : ` (${key})`}`;
		}),
	];
}

function formatSigned(value: number): string {
	const text = Math.abs(value).toFixed(1);
	return text === "0.0" ? text : `${value < 0 ? "−" : "+"}${text}`;
}

function describeReceipt(receipt: Receipt): string {
	const lines = [
		`Erased: ${receipt.kind} ${receipt.subject} of site ${receipt.site}, ${formatTime(receipt.erasedAt)}.`,
		`Sessions: ${receipt.sessions.length}. ${formatCounts(receipt.counts)}`,
		...receipt.keys.map((key) => `deleted ${key}`),
	];
	return lines.join("\n");
}

function describeSweep({ isDryRun, keptFrom, counts, bytes, keys }: SweepResult): string {
	const verb = isDryRun ? "would go" : "gone";
	const shown = isDryRun ? keys.slice(0, SHOWN_KEYS) : [];
	const lines = [
		`Kept from ${keptFrom} on. ${formatCounts(counts, verb)}`,
		...(bytes > 0 ? [`${(bytes / 1024 ** 2).toFixed(1)} MiB ${verb}.`] : []),
		...shown,
		...(isDryRun && keys.length > shown.length ? [`… and ${keys.length - shown.length} more`] : []),
	];
	return lines.join("\n");
}

function describeExamination({ findings, problems, warnings }: Examination): string {
	const lines = findings.flatMap(({ check, state, found, todo }) => [
		`${MARKS[state]}  ${check}: ${found}`,
		...(todo === "" ? [] : [`         → ${todo}`]),
	]);
	const verdict =
		problems + warnings === 0 ? "All is well." : `${problems} problems, ${warnings} warnings.`;
	return [...lines, verdict].join("\n");
}

function formatCounts(counts: Record<string, number>, verb = "gone"): string {
	const parts = Object.entries(counts)
		.filter(([, count]) => count > 0)
		.map(([name, count]) => `${count} ${name}`);
	return parts.length === 0 ? `Nothing ${verb}.` : `${parts.join(", ")} ${verb}.`;
}

function formatTime(at: number): string {
	return new Date(at).toISOString();
}
