// The pages of a site, those with the most presses first.
import type { Pages } from "../../protocol/api.ts";
import type { Index } from "../index/client.ts";

const PAGES = `
	SELECT page, argMaxIf(title, at, kind = 1) AS title, countIf(kind = 1) AS views,
		uniqExactIf(session, kind = 1) AS sessions, countIf(kind = 2) AS presses,
		toFloat64(toUnixTimestamp64Milli(max(at))) AS lastSeenAt
	FROM facts FINAL
	WHERE site = {site:UInt32} AND kind IN (1, 2) AND page != ''
	GROUP BY page ORDER BY presses DESC, views DESC, page LIMIT {limit:UInt32} OFFSET {skip:UInt32}`;

export async function queryPages(
	index: Index,
	{ site, limit, skip }: { site: number; limit: number; skip: number },
): Promise<Omit<Pages, "freshness">> {
	const rows = await index.query<Record<"page" | "title", string> & Record<string, unknown>>(
		PAGES,
		{
			...{ site, skip },
			limit: limit + 1,
		},
	);
	return {
		pages: rows.slice(0, limit).map((row) => ({
			page: row.page,
			title: row.title,
			views: Number(row.views),
			sessions: Number(row.sessions),
			presses: Number(row.presses),
			lastSeenAt: Number(row.lastSeenAt),
		})),
		next: rows.length > limit ? String(skip + limit) : "",
	};
}
