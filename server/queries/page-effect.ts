// What rules do to the pages of a site, in figures: for those that hold and for those that somebody only
// tries out.
import type { PageChoices, PageEffect, PageMerge } from "../../protocol/api.ts";
import { createPageGlob, spellPage } from "../../protocol/page-glob.ts";
import type { Index } from "../index/client.ts";
import { type Arrangement, arrangePages, type StoredPage } from "./arrange-pages.ts";

/** Pages of a merge that are named. */
const NAMED = 50;

const PRESSES = `
	SELECT page, count() AS presses FROM facts FINAL
	WHERE site = {site:UInt32} AND kind = 2 AND page != '' GROUP BY page`;

/** @param now how the pages are shown today */
export async function queryPageEffect(
	index: Index,
	{ site, stored, now }: { site: number; stored: readonly StoredPage[]; now: Arrangement },
	choices: PageChoices,
): Promise<PageEffect> {
	const rows = await index.query<{ page: string; presses: string }>(PRESSES, { site });
	const presses = new Map(rows.map((row) => [row.page, Number(row.presses)]));
	const next = arrangePages(stored, choices);
	const spelt = stored.map(({ page }) => spellPage(page));
	const merge = (pattern: string, members: readonly StoredPage[]): PageMerge => {
		const pages = members.map(({ page, views }) => ({
			...{ page, views, presses: presses.get(page) ?? 0 },
			shownAs: now.shownAs.get(page)?.page ?? page,
		}));
		pages.sort((a, b) => b.views - a.views || (a.page < b.page ? -1 : 1));
		return {
			...{ pattern, members: pages.length, pages: pages.slice(0, NAMED) },
			fits: spelt.filter(createPageGlob(pattern)).length,
			views: pages.reduce((sum, { views }) => sum + views, 0),
			presses: pages.reduce((sum, page) => sum + page.presses, 0),
		};
	};
	const learned = [...next.sets.values()].filter(({ by }) => by === "learned");
	return {
		rules: choices.rules.map((pattern) => merge(pattern, next.sets.get(pattern)?.members ?? [])),
		learned: learned.map(({ page, members }) => merge(page, members)).sort(byViews),
		rejected: [...next.rejected].map(([pattern, members]) => merge(pattern, members)).sort(byViews),
		stored: stored.length,
		shown: next.sets.size,
	};
}

function byViews(a: PageMerge, b: PageMerge): number {
	return b.views - a.views || (a.pattern < b.pattern ? -1 : 1);
}
