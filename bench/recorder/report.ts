// Visits → a line per page and recorder, the factor over no recorder, and what follows from them
// (`verdict.ts`), as a table.
import { type Figure, formatTable } from "../figure.ts";
import type { RecorderBenchOptions } from "./arguments.ts";
import { findFactor, findGeometricMean, findRange, type Range } from "./range.ts";
import { judgeDownload, judgePage } from "./verdict.ts";
import type { Visit } from "./visit.ts";

export interface Line {
	page: string;
	recorder: string;
	rounds: number;
	mainMs: Range;
	/** Over no recorder; of medians. */
	factor: number;
	longestMs: Range;
	workerMs: Range;
	poolMs: Range;
	sentBytes: Range;
	loadedBytes: number;
	/** Rounds in which the last change of the page was not sent. */
	unfinished: number;
}

export interface Report {
	lines: Line[];
	/** Of the factors of all application pages. */
	means: { recorder: string; factor: number }[];
	figures: Figure[];
	/** What the figures cannot say. */
	remarks: string[];
}

type Compared = Pick<RecorderBenchOptions, "pages" | "recorders">;

export function compareVisits(visits: readonly Visit[], { pages, recorders }: Compared): Report {
	const lines = pages.flatMap(({ name }) =>
		recorders.flatMap((recorder) => createLine(visits, name, recorder.name)),
	);
	const applications = pages.filter(({ kind }) => kind === "application").map(({ name }) => name);
	const means = recorders.map(({ name }) => ({
		recorder: name,
		factor: findGeometricMean(
			lines
				.filter(({ page, recorder }) => recorder === name && applications.includes(page))
				.map(({ factor }) => factor),
		),
	}));
	const ours = recorders.find(({ kind }) => kind === "ours");
	const verdicts = pages.map((page) => judgePage(lines, page, recorders));
	const figures = verdicts.flatMap((verdict) => verdict.figures);
	if (ours) figures.push(judgeDownload(lines, ours));
	return { ...{ lines, means, figures }, remarks: verdicts.flatMap(({ remarks }) => remarks) };
}

export function formatReport({ lines, means, figures, remarks }: Report): string {
	const head =
		"| page | recorder | main thread ms | × none | longest ms | workers ms | pool ms | sent KB | loaded KB gz |";
	const rule = `|${"---|".repeat(9)}`;
	const rows = lines.map((line) =>
		[
			...["", line.page, line.unfinished > 0 ? `${line.recorder} *` : line.recorder],
			...[formatRange(line.mainMs), line.factor.toFixed(2), formatRange(line.longestMs)],
			...[formatRange(line.workerMs), formatRange(line.poolMs)],
			...[formatRange(line.sentBytes, 1000), (line.loadedBytes / 1000).toFixed(1), ""],
		]
			.join(" | ")
			.trim(),
	);
	const mean = means
		.filter(({ factor }) => Number.isFinite(factor))
		.map(({ recorder, factor }) => `${recorder} ${factor.toFixed(2)}`);
	return [
		...[head, rule, ...rows, ""],
		...[
			"Median (lowest – highest round). * did not send the page's last change in some round.",
			"",
		],
		...(mean.length > 0 ? [`Applications, geometric mean × none: ${mean.join(", ")}`, ""] : []),
		...[formatTable(figures), "", ...remarks],
	].join("\n");
}

function createLine(visits: readonly Visit[], page: string, recorder: string): Line[] {
	const of = (name: string) =>
		visits.filter((visit) => visit.page === page && visit.recorder === name);
	const mine = of(recorder);
	if (mine.length === 0) return [];
	const range = (what: "mainMs" | "longestMs" | "workerMs" | "poolMs" | "sentBytes") =>
		findRange(mine.map((visit) => visit[what]));
	const mainMs = range("mainMs");
	const base = findRange(of("none").map((visit) => visit.mainMs));
	return [
		{
			...{ page, recorder, rounds: mine.length, mainMs, factor: findFactor(mainMs, base) },
			...{ longestMs: range("longestMs"), workerMs: range("workerMs"), poolMs: range("poolMs") },
			sentBytes: range("sentBytes"),
			loadedBytes: Math.max(...mine.map((visit) => visit.loadedBytes)),
			unfinished: mine.filter(({ isWhole }) => !isWhole).length,
		},
	];
}

function formatRange({ median, low, high }: Range, unit = 1): string {
	const format = (value: number) => (value / unit).toFixed(value / unit >= 100 ? 0 : 1);
	return `${format(median)} (${format(low)} – ${format(high)})`;
}
