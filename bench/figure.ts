// One measured answer: ours, what it is measured beside, and what was promised. Machines differ and
// are shared, so that a ratio within one run counts and an absolute time mostly does not.

export interface Figure {
	question: string;
	unit: string;
	ours: number;
	/** Undefined where there is nothing to compare with. */
	rival?: number;
	/** Of rounds that were compared in pairs; else ours divided by the rival's. */
	ratio?: number;
	/** Undefined for what is only told, not promised. */
	budget?: Budget;
}

export interface Budget {
	/** Of ours divided by the rival's, or of ours alone. */
	of: "ratio" | "ours";
	/** Whether what is promised is not to be exceeded, not even to be reached, or to be reached. */
	is: "at most" | "below" | "at least";
	value: number;
}

/** What every question gets to say something while it works. */
export type Tell = (line: string) => void;

export interface BenchOptions {
	tell: Tell;
	/** Fewer rounds and smaller inputs: shows that it works, not how fast. */
	quick: boolean;
}

export type Bench = (options: BenchOptions) => Promise<Figure[]>;

/** @returns undefined where nothing was promised */
export function isMet(figure: Figure): boolean | undefined {
	const { ours, budget } = figure;
	if (budget === undefined) return undefined;
	const value = budget.of === "ours" ? ours : findRatio(figure);
	if (budget.is === "below") return value < budget.value;
	return budget.is === "at most" ? value <= budget.value : value >= budget.value;
}

export function formatTable(figures: readonly Figure[]): string {
	const head = ["question", "ours", "rival", "ratio", "budget", "met"];
	const rows = figures.map((figure) => {
		const { question, unit, ours, rival, budget } = figure;
		const met = isMet(figure);
		return [
			question,
			`${formatNumber(ours)} ${unit}`,
			rival === undefined ? "" : `${formatNumber(rival)} ${unit}`,
			rival === undefined ? "" : formatNumber(findRatio(figure)),
			budget === undefined ? "" : formatBudget(budget, unit),
			met === undefined ? "" : met ? "yes" : "NO",
		];
	});
	const widths = head.map((_, column) =>
		Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
	);
	const format = (row: readonly string[]) =>
		`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
	const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
	return [format(head), rule, ...rows.map(format)].join("\n");
}

function findRatio({ ours, rival = Number.NaN, ratio = ours / rival }: Figure): number {
	return ratio;
}

function formatBudget({ of, is, value }: Budget, unit: string): string {
	const sign = { "at most": "≤", below: "<", "at least": "≥" }[is];
	return of === "ratio" ? `${sign} ${formatNumber(value)} ×` : `${sign} ${value} ${unit}`;
}

/** Three digits that say something. */
function formatNumber(value: number): string {
	if (!Number.isFinite(value)) return "?";
	if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
	return String(Number(value.toPrecision(3)));
}
