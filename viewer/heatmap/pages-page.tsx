// The pages that were pressed on, most presses first: each leads to its map.
import { useSignal } from "@preact/signals";
import { useCallback } from "preact/hooks";
import type { Pages, Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute, MAP_WIDTHS } from "../routes.ts";
import { formatAgo, formatCount, formatExact, plural } from "../ui/format.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { ErrorCard, StateCard } from "../ui/state-card.tsx";
import { useAnswer } from "../ui/use-answer.ts";

/** A phone shows the map of a phone; a desk page would be a stamp on it. */
const PHONE_PX = 720;
const [PHONE_WIDTH, , DESK_WIDTH] = MAP_WIDTHS;
const PAGE_ROWS = 200;
type Page = Pages["pages"][number];

export function PagesPage({ site }: { site: Site }) {
	const { api } = useApp();
	const older = useSignal<{ pages: readonly Page[]; next: string } | undefined>(undefined);
	const ask = useCallback(
		(stop: AbortSignal) => api.listPages(site.id, { limit: PAGE_ROWS }, stop),
		[api, site.id],
	);
	const [answer, again] = useAnswer(ask);
	if (answer.state === "waiting")
		return <div class="screen" data-state="loading" aria-busy="true" />;
	if (answer.state === "failed") return <ErrorCard error={answer.error} onRetry={again} />;
	const { pages, next, freshness } = answer.value;
	if (pages.length === 0) return <NoPages site={site} />;
	const cursor = older.value?.next ?? next;
	const loadMore = async () => {
		const result = await api.listPages(site.id, { limit: PAGE_ROWS, cursor });
		if (!result.ok) return;
		const before = older.value?.pages ?? [];
		older.value = { pages: [...before, ...result.value.pages], next: result.value.next };
	};
	const all = [...pages, ...(older.value?.pages ?? [])].sort((a, b) => b.presses - a.presses);
	return (
		<div class="screen" data-state="ready">
			<div class="screen-head">
				<h1>Heatmaps</h1>
				<div class="pages-side">
					<p>{plural(all.length, "page")}, most pressed first</p>
					<a class="button" href={formatRoute({ name: "page-rules", site: site.id })}>
						Pages shown as one
					</a>
				</div>
			</div>
			<FreshnessBanner freshness={freshness} />
			<PagesTable site={site} pages={all} />
			{cursor !== "" && (
				<button type="button" class="button" onClick={loadMore}>
					Load more
				</button>
			)}
		</div>
	);
}

function PagesTable({ site, pages }: { site: Site; pages: readonly Page[] }) {
	const now = Date.now();
	const width = window.innerWidth < PHONE_PX ? PHONE_WIDTH : DESK_WIDTH;
	const most = Math.max(1, ...pages.map(({ presses }) => presses));
	return (
		<table class="pages" aria-label="Pages, most presses first">
			<thead>
				<tr>
					<th>Page</th>
					<th class="number">Presses</th>
					<th class="number">Views</th>
					<th class="number">Sessions</th>
					<th class="number">Last seen</th>
				</tr>
			</thead>
			<tbody>
				{pages.map((page) => (
					<tr key={page.page} class="pages-row">
						<td class="pages-name">
							<a
								href={formatRoute({
									name: "heatmap",
									site: site.id,
									page: page.page,
									width,
									group: "",
								})}
							>
								<span class="path">{page.page}</span>
							</a>
							<span>{describePage(page)}</span>
						</td>
						<td class="number pages-presses">
							<span class="pages-bar" aria-hidden="true">
								<i style={{ width: `${(page.presses / most) * 100}%` }} />
							</span>
							<span class="pages-count">{formatCount(page.presses)}</span>
						</td>
						<td class="number" data-label="views">
							{formatCount(page.views)}
						</td>
						<td class="number" data-label="sessions">
							{formatCount(page.sessions)}
						</td>
						<td class="number pages-seen" title={formatExact(page.lastSeenAt)}>
							{formatAgo(page.lastSeenAt, now)}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

const BY = { rule: "by a rule", learned: "learned", told: "", path: "" } as const;

/** The title of one of many pages says little about the others. */
function describePage({ title, by, members }: Page): string {
	if (members === 1) return title;
	return [plural(members, "page"), BY[by], title && `last seen: ${title}`]
		.filter(Boolean)
		.join(" · ");
}

function NoPages({ site }: { site: Site }) {
	const { sites } = useApp();
	const shopUrl = sites.value?.shopUrl ?? "";
	return (
		<div data-state="empty">
			<StateCard
				title="No page has been seen yet"
				icon="press"
				actions={
					<>
						<a class="button button-main" href={formatRoute({ name: "setup", site: site.id })}>
							Set up the site
						</a>
						{shopUrl !== "" && (
							<a class="button" href={shopUrl} target="_blank" rel="noreferrer">
								Open the demo shop
							</a>
						)}
					</>
				}
			>
				<p>
					A map shows where people press on a page. The first appears with the first visit: put the
					script into the site, or click around in the demo shop.
				</p>
			</StateCard>
		</div>
	);
}
