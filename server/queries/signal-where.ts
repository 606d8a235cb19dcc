// What a report of signals is asked of: sessions that began in a period and fit a filter, and of what went against
// them a kind, a page and an element. Conditions of fixed pieces of SQL, and the same as functions, for sessions that
// are not written down yet.
//
// Episodes say nothing of the window they happened in; the page view they belong to does, so that they are filtered by it.
import type { SessionFilter } from "../../protocol/session-filter.ts";
import type { EpisodeRow } from "../index/episode-rows.ts";
import type { FrictionFilter } from "./friction-query.ts";
import { filterConditions, staleConditions, toDay } from "./heat-where.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface SignalWhere extends FrictionFilter {
	site: number;
	/** Epoch ms: sessions that began from here to before there. */
	from: number;
	to: number;
	filter: SessionFilter;
	/** Sessions whose rows in the index do not count. */
	stale: readonly string[];
	/** Stored pages that are shown as another, and as which. */
	members: readonly string[];
	names: readonly string[];
}

/** What a row is shown as: its page by its name, its kind, and its element. */
export interface Place {
	page: string;
	kind: string;
	key: string;
}

const OF_SITE = `site = {site:UInt32} AND day >= {firstDay:Date} AND day <= {lastDay:Date}
	AND began >= fromUnixTimestamp64Milli({from:Int64}) AND began < fromUnixTimestamp64Milli({to:Int64})`;

const ASKED: Record<keyof FrictionFilter, string> = {
	kind: "class = {kind:String}",
	page: "transform(page, {members:Array(String)}, {names:Array(String)}, page) = {page:String}",
	key: "element_key = {key:String}",
};

/** @param asked which of the three count */
export function episodeConditions(
	{ filter, stale, ...where }: SignalWhere,
	asked: readonly (keyof FrictionFilter)[] = ["kind", "page", "key"],
): string {
	const words = filterConditions(filter);
	const views = `view IN (SELECT view FROM shown WHERE ${[OF_SITE, ...words].join(" AND ")})`;
	return [
		...[OF_SITE, ...staleConditions(stale), ...(words.length > 0 ? [views] : [])],
		...asked.filter((name) => where[name] !== "").map((name) => ASKED[name]),
	].join(" AND ");
}

/** Of presses and page views: whatever went wrong in them, of any page. */
export function visitConditions({ filter, stale }: SignalWhere): string {
	return [OF_SITE, ...staleConditions(stale), ...filterConditions(filter)].join(" AND ");
}

export function signalParameters(where: SignalWhere): Record<string, unknown> {
	const { filter, from, to, ...rest } = where;
	return {
		...{ ...rest, from, to, ...filter },
		// A session's day is that of its id, which a clock may have made a day off.
		firstDay: toDay(from - DAY_MS),
		lastDay: toDay(to + DAY_MS),
	};
}

export function fitsPlace(
	place: Place,
	where: FrictionFilter,
	but?: keyof FrictionFilter,
): boolean {
	return (["kind", "page", "key"] as const).every(
		(name) => name === but || where[name] === "" || where[name] === place[name],
	);
}

export function placeOf(
	row: Pick<EpisodeRow, "page" | "class" | "element_key">,
	nameOf: NameOf,
): Place {
	return { page: nameOf(row.page), kind: row.class, key: row.element_key };
}

export type NameOf = (page: string) => string;
