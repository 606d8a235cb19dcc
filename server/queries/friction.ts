// Sessions by how much went against their visitors, and those without anything behind them, the newest first. Those that
// are over are ranked by the index; those that go on are few, are looked at one by one, and stand on the first page
// wherever they belong.
import { MAX_TIME } from "../../protocol/limits.ts";
import type { SessionFilter } from "../../protocol/session-filter.ts";
import { SESSION_SHARE } from "../../signals/thresholds.ts";
import type { Index } from "../index/client.ts";
import { sumFriction } from "./describe-episodes.ts";
import type { Episodes, SessionEpisodes, StoredEpisode } from "./episodes.ts";
import type { Pending } from "./heat-pending.ts";
import { fitsFilter } from "./heat-where.ts";
import type { PageSets } from "./page-set.ts";
import {
	episodeConditions,
	type SignalWhere,
	signalParameters,
	visitConditions,
} from "./signal-where.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Of those that go on, the newest. */
const MOST_OPEN = 100;
/** So many of them are on the first page though nothing went wrong yet. */
const MOST_QUIET = 20;

/** Only episodes of these; "" for all. `page` is one as it is shown, `key` that of an element. */
export interface FrictionFilter {
	kind: string;
	page: string;
	key: string;
}

export interface FrictionQuery extends FrictionFilter {
	site: number;
	/** `newest` ranks all that fit alike. */
	sort: "friction" | "newest";
	/** Epoch ms: sessions that began from here to before there; undefined for ever. */
	from?: number | undefined;
	to?: number | undefined;
	/** Only sessions with a page view that fits, and what went wrong in those. */
	filter: SessionFilter;
	limit: number;
	/** `next` of the answer before, "" for the first page. */
	cursor: string;
}

export interface FrictionParts {
	index: Index;
	episodes: Episodes;
	pending: Pick<Pending, "list">;
	pageSets: Pick<PageSets, "membersOf">;
	now: () => number;
}

export interface RankedSessions {
	/** Ids, the worst first. */
	sessions: string[];
	next: string;
	/** Is an episode one of those that are asked for? */
	fits: (episode: StoredEpisode) => boolean;
}

interface Ranked {
	id: string;
	score: number;
}

interface Where extends SignalWhere {
	/** As they are stored. */
	pages: readonly string[];
	isNewest: boolean;
	/** Is a part of all sessions asked for, whatever they met? */
	isNarrow: boolean;
}

/** Scores are compared as whole thousandths, which a cursor can name. */
const rankedSql = (where: SignalWhere) => `
	SELECT toString(session) AS id, if({isNewest:Bool}, 1,
		toUInt32(round(100000 * (1 - exp(sum(log(1 - {share:Float64} * severity))))))) AS score
	FROM episodes
	WHERE ${episodeConditions(where, ["kind", "key"])}
		AND (empty({pages:Array(String)}) OR page IN {pages:Array(String)})
	GROUP BY session
	HAVING score > 0 AND (score < {score:UInt32} OR (score = {score:UInt32} AND id < {id:String}))
	ORDER BY score DESC, id DESC LIMIT {limit:UInt32}`;

const QUIET = `
	SELECT DISTINCT toString(session) AS id, 0 AS score FROM chunks
	WHERE site = {site:UInt32} AND session NOT IN {placed:Array(UUID)}
		AND session NOT IN (SELECT session FROM episodes WHERE site = {site:UInt32} AND severity > 0)
		AND ({id:String} = '' OR id < {id:String})
	ORDER BY id DESC LIMIT {limit:UInt32}`;

/** The same of a part of all sessions. */
const narrowQuietSql = (where: SignalWhere) => `
	SELECT DISTINCT toString(session) AS id, 0 AS score FROM shown
	WHERE ${visitConditions(where)}
		AND session NOT IN (SELECT session FROM episodes WHERE ${episodeConditions(where, [])} AND severity > 0)
		AND ({id:String} = '' OR id < {id:String})
	ORDER BY id DESC LIMIT {limit:UInt32}`;

/** Whatever they met. */
const newestSql = (where: SignalWhere) => `
	SELECT DISTINCT toString(session) AS id, 1 AS score FROM shown
	WHERE ${visitConditions(where)} AND ({score:UInt32} > 1 OR id < {id:String})
	ORDER BY id DESC LIMIT {limit:UInt32}`;

const NO_CURSOR: Ranked = { id: "", score: 2 ** 31 };

/** @throws IndexUnavailable */
export async function rankSessions(
	parts: FrictionParts,
	query: FrictionQuery,
): Promise<RankedSessions> {
	const { site, limit, page, kind, key, filter } = query;
	const after = parseFrictionCursor(query.cursor) ?? NO_CURSOR;
	const pages = page === "" ? [] : await parts.pageSets.membersOf(site, page);
	const open = await listOpen(parts, site);
	const where: Where = {
		...{ site, kind, page, key, filter, pages, stale: open, members: [], names: [] },
		...{ from: query.from ?? 0, to: query.to ?? MAX_TIME, isNewest: query.sort === "newest" },
		isNarrow: query.from !== undefined || query.to !== undefined || hasAny(filter),
	};
	const [ofOpen, ranked] = await Promise.all([
		rankOpen(parts, where, open),
		after.score === 0 ? [] : rankOver(parts.index, where, { after, limit: limit + 1 }),
	]);
	const rows = [...ranked];
	if (!isFiltered(where) && !where.isNewest && ranked.length <= limit) {
		const placed = ofOpen.map(({ id }) => id);
		const left = limit + 1 - ranked.length;
		rows.push(...(await listQuiet(parts.index, where, { placed, after, limit: left })));
	}
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	const first = query.cursor === "" ? ofOpen : [];
	const all = [...first, ...shown].sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1));
	return {
		sessions: all.map(({ id }) => id),
		next: rows.length > limit && last !== undefined ? `${last.score}_${last.id}` : "",
		fits: fitsOf(where),
	};
}

/** @returns undefined where it is none */
export function parseFrictionCursor(cursor: string): Ranked | undefined {
	const [, score, id] = /^(\d{1,6})_([0-9a-f-]{36})$/.exec(cursor) ?? [];
	return score === undefined || id === undefined ? undefined : { score: Number(score), id };
}

/** Sessions that are over. */
async function rankOver(
	index: Index,
	where: Where,
	{ after, limit }: { after: Ranked; limit: number },
): Promise<Ranked[]> {
	const isOfAny = where.isNewest && !isFiltered(where);
	return index.query<Ranked>(isOfAny ? newestSql(where) : rankedSql(where), {
		...{ ...signalParameters(where), pages: where.pages, isNewest: where.isNewest },
		...{ share: SESSION_SHARE, ...after, limit },
	});
}

/** Behind them whatever nothing is known of. `placed`: of those that go on, those that have their place already. */
async function listQuiet(
	index: Index,
	where: Where,
	{ after, ...rest }: { placed: readonly string[]; after: Ranked; limit: number },
): Promise<Ranked[]> {
	const id = after.score === 0 ? after.id : "";
	return index.query<Ranked>(where.isNarrow ? narrowQuietSql(where) : QUIET, {
		...{ ...signalParameters(where), ...rest, id },
	});
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
		const of = known.get(id);
		if (of === undefined || (where.isNarrow && !isWithin(of, where))) continue;
		const some = of.episodes.filter(fits);
		const score = where.isNewest ? 1 : Math.round(1000 * sumFriction(some));
		if (some.length > 0) scored.push({ id, score });
		else quiet.push({ id, score: where.isNewest ? 1 : 0 });
	}
	if (isFiltered(where)) return scored;
	return [...scored, ...(where.isNarrow ? quiet : quiet.slice(0, MOST_QUIET))];
}

function isWithin({ visits }: SessionEpisodes, { from, to, filter }: Where): boolean {
	return visits.some(
		(visit) => visit.began >= from && visit.began < to && fitsFilter(visit, filter),
	);
}

function hasAny(filter: SessionFilter): boolean {
	return Object.keys(filter).length > 0;
}

function isFiltered({ kind, page, key }: FrictionFilter): boolean {
	return kind !== "" || page !== "" || key !== "";
}

function fitsOf({ kind, pages, key }: Where): (episode: StoredEpisode) => boolean {
	return (one) =>
		(kind === "" || one.class === kind) &&
		(pages.length === 0 || pages.includes(one.page)) &&
		(key === "" || one.element_key === key);
}
