// A map as a table for spreadsheets (RFC 4180), one element a line, in the order of the map. Names and keys are
// texts of somebody else's page: a cell that a spreadsheet would calculate begins with an apostrophe.
import { wilson } from "./statistics/interval.ts";

/** What of a heatmap stands in the table; the read API's answer is one of these. */
export interface CsvHeatmap {
	elements: readonly CsvElement[];
}

export interface CsvElement {
	key: string;
	text: string;
	role: string;
	tag: string;
	presses: number;
	sessions: number;
	/** Page views with a press on it. */
	views: number;
	/** Page views in which it could be seen, those with a press among them. */
	exposedViews: number;
	/** How much longer it takes than controls like it, where that is known. */
	hesitation?: CsvHesitation | undefined;
	/** [column, row, count] on a grid over the element. */
	bins: readonly (readonly number[])[];
}

export interface CsvHesitation {
	sessions: number;
	medianMs: number;
	ratio: number;
	lower: number;
	upper: number;
}

export interface CsvOptions {
	/** A last column with the bins, each as `column row count`, parted by semicolons. */
	bins?: boolean;
}

const COLUMNS = [
	...["key", "name", "role", "tag", "presses", "sessions", "views", "exposed_views"],
	...["rate", "lower", "upper"],
];
/** Only where a map knows any: seconds, and times as long as at controls like it. */
const TIME_COLUMNS = ["timed_sessions", "median_seconds", "slower", "slower_lower", "slower_upper"];
/** What begins a formula, also in its wide form; what stands before it is cut by some. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;
const DIGITS = 4;
const LINE_END = "\r\n";

/**
 * `rate` is the share of the views that showed an element in which it was pressed, `lower` and `upper` are its
 * Wilson interval at 95 %; all three are between 0 and 1, and empty where nobody saw the element.
 */
export function heatmapToCsv({ elements }: CsvHeatmap, options: CsvOptions = {}): string {
	const isTimed = elements.some(({ hesitation }) => hesitation !== undefined);
	const columns = [
		...COLUMNS,
		...(isTimed ? TIME_COLUMNS : []),
		...(options.bins === true ? ["bins"] : []),
	];
	const lines = elements.map((element) => [
		...listCells(element),
		...(isTimed ? listTimes(element) : []),
		...(options.bins === true ? [element.bins.map((bin) => bin.join(" ")).join(";")] : []),
	]);
	return [columns, ...lines].map((cells) => cells.map(encodeCell).join(",") + LINE_END).join("");
}

function listCells(element: CsvElement): (string | number)[] {
	const { key, text, role, tag, presses, sessions, views, exposedViews } = element;
	return [key, text, role, tag, presses, sessions, views, exposedViews, ...listRates(element)];
}

/** An answer that counts a press and not its exposure would have no interval; whoever pressed has seen it. */
function listRates({ views, exposedViews }: CsvElement): string[] {
	const seen = Math.max(views, exposedViews);
	if (seen === 0) return ["", "", ""];
	const { share, lower, upper } = wilson(views, seen);
	return [share, lower, upper].map((value) => value.toFixed(DIGITS));
}

function listTimes({ hesitation }: CsvElement): (string | number)[] {
	if (hesitation === undefined) return TIME_COLUMNS.map(() => "");
	const { sessions, medianMs, ratio, lower, upper } = hesitation;
	const figures = [medianMs / 1000, ratio, lower, upper].map((value) => value.toFixed(DIGITS));
	return [sessions, ...figures];
}

function encodeCell(cell: string | number): string {
	if (typeof cell === "number") return String(cell);
	const text = FORMULA.test(cell) ? `'${cell}` : cell;
	return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
