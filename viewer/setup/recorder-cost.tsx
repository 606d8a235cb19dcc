// What recording costs the site's own pages, by the recorders' own count: the worst pages first, so that a
// developer who doubts it has a figure, and one who must act knows where.
import { useCallback } from "preact/hooks";
import type { RecorderCost, Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { explainError } from "../ui/explain-error.ts";
import { formatCount, formatPercent, plural } from "../ui/format.ts";
import { useAnswer } from "../ui/use-answer.ts";

const ROWS = 20;

export function RecorderCostCard({ site }: { site: Site }) {
	const { api } = useApp();
	const ask = useCallback(
		(stop: AbortSignal) => api.readRecorderCost(site.id, stop),
		[api, site.id],
	);
	const [answer, again] = useAnswer(ask);
	return (
		<section class="setup-cost" aria-labelledby="setup-cost-title" data-state={answer.state}>
			<h2 id="setup-cost-title">What recording costs your pages</h2>
			{answer.state === "failed" && (
				<p role="alert">
					{explainError(answer.error).title}.{" "}
					<button type="button" class="button" onClick={again}>
						Try again
					</button>
				</p>
			)}
			{answer.state === "answered" && <Costs cost={answer.value} />}
		</section>
	);
}

function Costs({ cost: { pages, sessions } }: { cost: RecorderCost }) {
	if (pages.length === 0)
		return (
			<p>Each visit brings the figure with it. None has come yet from a page open for a second.</p>
		);
	return (
		<>
			<p>
				Main-thread time of the recorder, as a share of the time a page was open, in the latest{" "}
				{plural(sessions, "session")}. It aims at 1.5 % and tells less where it would cost more.
			</p>
			<table class="pages cost" aria-label="Pages, those that recording costs most first">
				<thead>
					<tr>
						<th>Page</th>
						<th class="number">Median</th>
						<th class="number">95th percentile</th>
						<th class="number">Longest task</th>
						<th class="number">Views</th>
						<th class="number">With less detail</th>
					</tr>
				</thead>
				<tbody>
					{pages.slice(0, ROWS).map((page) => (
						<CostRow key={page.page} page={page} />
					))}
				</tbody>
			</table>
			{pages.length > ROWS && (
				<p>{plural(pages.length - ROWS, "page")} with less are not listed.</p>
			)}
		</>
	);
}

function CostRow({ page }: { page: RecorderCost["pages"][number] }) {
	return (
		<tr class="pages-row">
			<td class="pages-name">
				<span class="path">{page.page}</span>
			</td>
			<td class="number" data-label="median">
				{formatPercent(page.median)}
			</td>
			<td class="number" data-label="p95">
				{formatPercent(page.p95)}
			</td>
			<td class="number" data-label="longest">
				{Math.round(page.longestMs)} ms
			</td>
			<td class="number" data-label={page.views === 1 ? "view" : "views"}>
				{formatCount(page.views)}
			</td>
			<td class="number" data-label="with less detail" data-some={page.reduced > 0 || undefined}>
				{formatCount(page.reduced)}
			</td>
		</tr>
	);
}
