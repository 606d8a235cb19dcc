// Whether what was promised of Snag holds. "Lowest" means that no round of another one was as low as any
// of Snag's, after enough rounds; with fewer, or where Snag did not record to the end, nothing is said.
import type { Figure } from "../figure.ts";
import type { MeasuredPage } from "./pages.ts";
import { doOverlap, isLowest } from "./range.ts";
import type { MeasuredRecorder } from "./recorders.ts";
import type { Line } from "./report.ts";

const LOADED_KB = 20;
/** Ranges of fewer are too narrow to be believed. */
const DECISIVE_ROUNDS = 5;

export interface Verdict {
	figures: Figure[];
	remarks: string[];
}

/** What is promised differs: the whole cost where a page is used, the longest task where it is only big. */
export function judgePage(
	lines: readonly Line[],
	page: MeasuredPage,
	recorders: readonly MeasuredRecorder[],
): Verdict {
	const ofKind = (...kinds: MeasuredRecorder["kind"][]) =>
		lines.filter(
			(line) =>
				line.page === page.name &&
				recorders.some(({ name, kind }) => name === line.recorder && kinds.includes(kind)),
		);
	const [ours] = ofKind("ours");
	const others = ofKind("rrweb", "rival");
	if (ours === undefined || others.length === 0) return { figures: [], remarks: [] };
	const { figure, remark } = judge(page.kind === "size" ? "longestMs" : "mainMs", ours, others);
	const figures = [figure];
	const [rrweb] = ofKind("rrweb");
	if (rrweb) {
		figures.push({
			...{ question: `${page.name}: bytes sent, beside bare rrweb`, unit: "KB" },
			...{ ours: ours.sentBytes.median / 1000, rival: rrweb.sentBytes.median / 1000 },
			budget: { of: "ratio", is: "at most", value: 0.5 },
		});
	}
	return { figures, remarks: [remark] };
}

/**
 * The ratio is our highest round to the lowest of any other: below 1 where no ranges overlap. Others stay
 * compared where they did not record to the end, which can only make it harder for us.
 */
function judge(what: "mainMs" | "longestMs", ours: Line, others: readonly Line[]) {
	const title = what === "mainMs" ? "main-thread time" : "longest task";
	const [lowest] = [...others].sort((a, b) => a[what].median - b[what].median);
	const low = Math.min(...others.map((line) => line[what].low));
	const doubt = findDoubt(ours, others);
	const figure: Figure = {
		...{ question: `${ours.page}: ${title}, our highest round by their lowest`, unit: "ms" },
		...{ ours: ours[what].median, rival: lowest?.[what].median, ratio: ours[what].high / low },
		budget: doubt === undefined ? { of: "ratio", is: "below", value: 1 } : undefined,
	};
	const overlapping = others.filter((line) => doOverlap(line[what], ours[what]));
	const names = overlapping.map(({ recorder }) => recorder).join(", ") || "nobody";
	const ranges = others.map((line) => line[what]);
	const is = isLowest(ours[what], ranges) ? "is" : "is not";
	const remark = `Snag ${is} the lowest in ${title}; its rounds overlap with those of ${names}.`;
	return { figure, remark: `${ours.page}: ${doubt ?? remark}` };
}

/** Why nothing can be said. */
function findDoubt(ours: Line, others: readonly Line[]): string | undefined {
	if (ours.unfinished > 0) return "Snag did not record to the end.";
	if ([ours, ...others].every(({ rounds }) => rounds >= DECISIVE_ROUNDS)) return undefined;
	return `fewer than ${DECISIVE_ROUNDS} rounds decide nothing.`;
}

/** One for all pages: it is the same script. */
export function judgeDownload(lines: readonly Line[], ours: MeasuredRecorder): Figure {
	const bytes = lines
		.filter(({ recorder }) => recorder === ours.name)
		.map(({ loadedBytes }) => loadedBytes);
	return {
		...{ question: "bytes to download", unit: "KB gz", ours: Math.max(...bytes) / 1000 },
		budget: { of: "ours", is: "at most", value: LOADED_KB },
	};
}
