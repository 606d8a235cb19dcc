// The pages of a site as they are shown, those with the most presses first.
import type { Pages } from "../../protocol/api.ts";
import { pagePattern } from "../../protocol/page-pattern.ts";
import type { Index } from "../index/client.ts";
import type { Arrangement } from "./arrange-pages.ts";

/** What a stored page is shown as, by `renamedPages`. */
export const SHOWN_PAGE = "transform(page, {members:Array(String)}, {names:Array(String)}, page)";

const PAGES = `
	SELECT ${SHOWN_PAGE} AS name,
		argMaxIf(title, at, kind = 1) AS title, any(path) AS path, countIf(kind = 1) AS views,
		uniqExactIf(session, kind = 1) AS sessions, countIf(kind = 2) AS presses,
		uniqExact(page) AS members, toFloat64(toUnixTimestamp64Milli(max(at))) AS lastSeenAt
	FROM facts FINAL
	WHERE site = {site:UInt32} AND kind IN (1, 2) AND page != ''
	GROUP BY name ORDER BY presses DESC, views DESC, name LIMIT {limit:UInt32} OFFSET {skip:UInt32}`;

/** Pages that are shown as another, and as which. */
export function renamedPages(sets: Arrangement["sets"]): { members: string[]; names: string[] } {
	const renamed = [...sets.values()].flatMap(({ page: name, members }) =>
		members.filter(({ page }) => page !== name).map(({ page }) => ({ page, name })),
	);
	// No page is called "", and the engine wants at least one.
	return {
		members: ["", ...renamed.map(({ page }) => page)],
		names: ["", ...renamed.map(({ name }) => name)],
	};
}

type Row = Record<"name" | "title" | "path", string> & Record<string, unknown>;

export async function queryPages(
	index: Index,
	{ sets }: Arrangement,
	{ site, limit, skip }: { site: number; limit: number; skip: number },
): Promise<Omit<Pages, "freshness">> {
	const rows = await index.query<Row>(PAGES, {
		...{ site, skip, ...renamedPages(sets) },
		limit: limit + 1,
	});
	return {
		pages: rows.slice(0, limit).map((row) => ({
			page: row.name,
			by: sets.get(row.name)?.by ?? (pagePattern(row.path) === row.name ? "path" : "told"),
			members: Number(row.members),
			title: row.title,
			views: Number(row.views),
			sessions: Number(row.sessions),
			presses: Number(row.presses),
			lastSeenAt: Number(row.lastSeenAt),
		})),
		next: rows.length > limit ? String(skip + limit) : "",
	};
}
