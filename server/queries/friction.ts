// Sessions by how much went against their visitors, and those without anything behind them, the newest first. Those that
// are over are ranked by the index; those that go on are few, are looked at one by one, and stand on the first page
// wherever they belong.
import { SESSION_SHARE } from "../../signals/thresholds.ts";
import type { Index } from "../index/client.ts";
import { sumFriction } from "./describe-episodes.ts";
import {
	AFTER,
	type FrictionFilter,
	type FrictionParts,
	type FrictionQuery,
	fitsOf,
	IN_ORDER,
	isFiltered,
	NO_CURSOR,
	parseFrictionCursor,
	type Ranked,
	type RankedSessions,
	SCORE,
} from "./friction-query.ts";
import { rankNarrow } from "./rank-narrow.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Of those that go on, the newest. */
const MOST_OPEN = 100;
/** So many of them are on the first page though nothing went wrong yet. */
const MOST_QUIET = 20;

interface Where extends FrictionFilter {
	site: number;
	/** As they are stored. */
	pages: readonly string[];
	isNewest: boolean;
}

const RANKED = `
	SELECT toString(session) AS id, ${SCORE} AS score
	FROM episodes
	WHERE site = {site:UInt32} AND session NOT IN {open:Array(UUID)}
		AND ({kind:String} = '' OR class = {kind:String})
		AND (empty({pages:Array(String)}) OR page IN {pages:Array(String)})
		AND ({key:String} = '' OR element_key = {key:String})
	GROUP BY session HAVING score > 0 AND ${AFTER} ${IN_ORDER}`;

const QUIET = `
	SELECT DISTINCT toString(session) AS id, 0 AS score FROM chunks
	WHERE site = {site:UInt32} AND session NOT IN {placed:Array(UUID)}
		AND session NOT IN (SELECT session FROM episodes WHERE site = {site:UInt32} AND severity > 0)
		AND ({id:String} = '' OR id < {id:String})
	ORDER BY id DESC LIMIT {limit:UInt32}`;

/** @throws IndexUnavailable */
export async function rankSessions(
	parts: FrictionParts,
	query: FrictionQuery,
): Promise<RankedSessions> {
	if (isNarrow(query)) return rankNarrow(parts, query);
	const { site, limit, page, kind, key, sort } = query;
	const after = parseFrictionCursor(query.cursor) ?? NO_CURSOR;
	const pages = page === "" ? [] : await parts.pageSets.membersOf(site, page);
	const where: Where = { site, kind, page, pages, key, isNewest: sort === "newest" };
	const open = await listOpen(parts, site);
	const [ofOpen, ranked] = await Promise.all([
		rankOpen(parts, where, open),
		after.score === 0 ? [] : rankOver(parts.index, where, { after, open, limit: limit + 1 }),
	]);
	const rows = [...ranked];
	if (!isFiltered(where) && ranked.length <= limit) {
		const placed = ofOpen.map(({ id }) => id);
		const left = limit + 1 - ranked.length;
		rows.push(...(await listQuiet(parts.index, { site, placed, after, limit: left })));
	}
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	const first = query.cursor === "" ? ofOpen : [];
	const all = [...first, ...shown].sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1));
	return {
		sessions: all.map(({ id }) => id),
		next: rows.length > limit && last !== undefined ? `${last.score}_${last.id}` : "",
		fits: fitsOf(where),
		waitingChunks: 0,
	};
}

/** Sessions that are over. */
async function rankOver(
	index: Index,
	{ site, kind, key, pages, isNewest }: Where,
	{ after, ...rest }: { after: Ranked; open: readonly string[]; limit: number },
): Promise<Ranked[]> {
	const asked = { site, kind, pages, key, isNewest, share: SESSION_SHARE };
	return index.query<Ranked>(RANKED, { ...asked, ...after, ...rest });
}

/** Behind them whatever nothing is known of. `placed`: of those that go on, those that have their place already. */
async function listQuiet(
	index: Index,
	{ after, ...rest }: { site: number; placed: readonly string[]; after: Ranked; limit: number },
): Promise<Ranked[]> {
	return index.query<Ranked>(QUIET, { ...rest, id: after.score === 0 ? after.id : "" });
}

async function listOpen({ pending, now }: FrictionParts, site: number): Promise<string[]> {
	const at = now();
	const sessions = await pending.list({ site, from: at - 3 * DAY_MS, to: at });
	return sessions.slice(0, MOST_OPEN).map(({ session }) => session);
}

/** @param open newest first */
async function rankOpen(
	{ episodes }: FrictionParts,
	where: Where,
	open: readonly string[],
): Promise<Ranked[]> {
	const fits = fitsOf(where);
	const known = await episodes.of(where.site, open);
	const scored: Ranked[] = [];
	const quiet: Ranked[] = [];
	for (const id of open) {
		const some = known.get(id)?.episodes.filter(fits) ?? [];
		const score = where.isNewest ? 1 : Math.round(1000 * sumFriction(some));
		if (some.length > 0) scored.push({ id, score });
		else if (known.has(id)) quiet.push({ id, score: 0 });
	}
	return isFiltered(where) ? scored : [...scored, ...quiet.slice(0, MOST_QUIET)];
}

/** Is a part of all sessions asked for, whatever they met? */
function isNarrow({ from, to, filter }: FrictionQuery): boolean {
	return from !== undefined || to !== undefined || Object.keys(filter).length > 0;
}
