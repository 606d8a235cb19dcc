// What recording cost a page, in words.
import type { Reduced, ViewCost } from "../../protocol/api.ts";
import { formatDuration, formatPercent } from "../ui/format.ts";

/** By the recorder's step (`Envelope.cost`). */
const DETAIL: readonly string[] = [
	"in full detail",
	"changes told together",
	"changes told slowly",
	"facts alone, no picture",
	"off for a while",
];
/** A share of less time says nothing. */
const LEAST_MS = 1000;

/** The last page view of a tab that began at or before an instant, if its cost was told. */
export function findCost(
	costs: readonly ViewCost[],
	{ tab, at }: { tab: string; at: number },
): ViewCost | undefined {
	const open = costs.findLast((cost) => cost.tab === tab && cost.from <= at);
	return open ?? costs.find((cost) => cost.tab === tab);
}

export function describeCost({ from, to, ms, longestMs, step }: ViewCost): {
	share: string;
	detail: string;
} {
	const spent = ms < 1000 ? `${formatMs(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
	const isLong = to - from >= LEAST_MS;
	const share = isLong ? `${formatPercent(ms / (to - from))} of this page’s time` : spent;
	const longest = `${isLong ? `${spent}, ` : ""}at most ${formatMs(longestMs)} ms at once`;
	return { share, detail: `${longest}; ${step === 0 ? "" : "at times "}${DETAIL[step] ?? ""}` };
}

export function describeReduced({ from, to, step }: Reduced): string {
	const when = `${formatDuration(from)} to ${formatDuration(to)}`;
	return `Less detail, ${when}: ${DETAIL[step] ?? ""}, to spare the page`;
}

function formatMs(ms: number): string {
	return ms > 0 && ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
}
