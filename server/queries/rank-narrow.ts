// Sessions of a period or a filter, by how much went against their visitors in page views that fit, or by their age. Finished ones
// are ranked by the index, and those that go on stand between them where they belong, so that each is on one page of the list.
import { MAX_TIME } from "../../protocol/limits.ts";
import { SESSION_SHARE } from "../../signals/thresholds.ts";
import type { Index } from "../index/client.ts";
import { sumFriction } from "./describe-episodes.ts";
import type { SessionEpisodes, StoredEpisode } from "./episodes.ts";
import {
	AFTER,
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
import { fitsFilter } from "./heat-where.ts";
import { dayOf } from "./sessions.ts";
import {
	episodeConditions,
	type SignalWhere,
	signalParameters,
	visitConditions,
} from "./signal-where.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Of those that go on, the newest: judging them takes time. */
const MOST_OPEN = 300;

interface Where extends SignalWhere {
	/** As they are stored. */
	pages: readonly string[];
	isNewest: boolean;
}

const scoredSql = (where: SignalWhere) => `
	SELECT toString(session) AS id, ${SCORE} AS score
	FROM episodes
	WHERE ${episodeConditions(where, ["kind", "key"])}
		AND (empty({pages:Array(String)}) OR page IN {pages:Array(String)})
		AND severity > 0
	GROUP BY session HAVING ${AFTER} ${IN_ORDER}`;

/** Ids become text behind everything else: there may be millions of page views. */
const visitorsSql = (where: SignalWhere) => `
	SELECT toString(session) AS id, toUInt32({isNewest:Bool}) AS score
	FROM (SELECT session FROM shown WHERE ${visitConditions(where)} GROUP BY session)
	WHERE ${AFTER} AND ({isNewest:Bool} OR session NOT IN (
		SELECT session FROM episodes WHERE ${episodeConditions(where, [])} AND severity > 0
	))
	${IN_ORDER}`;

const fittingViewsSql = (where: SignalWhere) => `
	SELECT toString(view) AS view FROM shown
	WHERE ${visitConditions(where)} AND day IN {days:Array(Date)} AND session IN {ids:Array(UUID)}`;

/** @throws IndexUnavailable */
export async function rankNarrow(
	parts: FrictionParts,
	query: FrictionQuery,
): Promise<RankedSessions> {
	const { site, limit, page, kind, key, filter, to = MAX_TIME } = query;
	const after = parseFrictionCursor(query.cursor) ?? NO_CURSOR;
	const from = query.from ?? 0;
	const sessions = await parts.pending.list({
		site,
		from: query.from ?? parts.now() - 3 * DAY_MS,
		to,
	});
	const left = sessions.slice(MOST_OPEN);
	const known = await parts.episodes.of(
		site,
		sessions.slice(0, MOST_OPEN).map(({ session }) => session),
	);
	// What was finished meanwhile is ranked by the index.
	const open = [...known].filter(([, { isProvisional }]) => isProvisional);
	const stale = [...open.map(([id]) => id), ...left.map(({ session }) => session)];
	const where: Where = {
		...{ site, kind, page, key, filter, from, to, stale, members: [], names: [] },
		pages: page === "" ? [] : await parts.pageSets.membersOf(site, page),
		isNewest: query.sort === "newest",
	};
	const views = new Set(open.flatMap(([, of]) => listFitting(of, where)));
	const fits = createFits(where, views);
	const ofOpen = open.flatMap(([id, of]) => rankOpen({ id, of, fits, views }, where));
	const over = await rankOver(parts.index, where, { after, limit: limit + 1 });
	const rows = [...ofOpen.filter((one) => compare(after, one) < 0), ...over].sort(compare);
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	for (const view of await readFitting(parts.index, where, shown)) views.add(view);
	return {
		sessions: shown.map(({ id }) => id),
		next: rows.length > limit && last !== undefined ? `${last.score}_${last.id}` : "",
		fits,
		waitingChunks: left.reduce((sum, { chunks }) => sum + chunks, 0),
	};
}

/** The worst first, of equal ones the newest. */
function compare(a: Ranked, b: Ranked): number {
	return b.score - a.score || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** Views of a session that goes on. */
function listFitting({ visits }: SessionEpisodes, { from, to, filter }: Where): string[] {
	return visits
		.filter((visit) => visit.began >= from && visit.began < to && fitsFilter(visit, filter))
		.map(({ view }) => view);
}

/** @param views they grow while those of finished sessions are read */
function createFits(where: Where, views: ReadonlySet<string>): (episode: StoredEpisode) => boolean {
	const isPlaced = fitsOf(where);
	return (episode) => isPlaced(episode) && (!asksForViews(where) || views.has(episode.view));
}

/** A period takes sessions whole. */
function asksForViews({ filter }: Where): boolean {
	return Object.keys(filter).length > 0;
}

interface Open {
	id: string;
	of: SessionEpisodes;
	fits: (episode: StoredEpisode) => boolean;
	views: ReadonlySet<string>;
}

/** @returns nothing where it does not fit */
function rankOpen({ id, of, fits, views }: Open, where: Where): Ranked[] {
	if (!of.visits.some(({ view }) => views.has(view))) return [];
	const some = of.episodes.filter(fits);
	if (isFiltered(where) && some.length === 0) return [];
	return [{ id, score: where.isNewest ? 1 : Math.round(1000 * sumFriction(some)) }];
}

/** Sessions that are over. */
async function rankOver(
	index: Index,
	where: Where,
	{ after, limit }: { after: Ranked; limit: number },
): Promise<Ranked[]> {
	const { pages, isNewest } = where;
	const asked = { ...signalParameters(where), pages, isNewest, share: SESSION_SHARE, ...after };
	const ask = (sql: string, most: number) => index.query<Ranked>(sql, { ...asked, limit: most });
	if (isFiltered(where)) return ask(scoredSql(where), limit);
	if (isNewest) return ask(visitorsSql(where), limit);
	const scored = after.score === 0 ? [] : await ask(scoredSql(where), limit);
	const quiet = scored.length < limit ? await ask(visitorsSql(where), limit - scored.length) : [];
	return [...scored, ...quiet];
}

async function readFitting(
	index: Index,
	where: Where,
	shown: readonly Ranked[],
): Promise<string[]> {
	const ids = shown.map(({ id }) => id);
	if (ids.length === 0 || !asksForViews(where)) return [];
	const days = [...new Set(ids.map(dayOf))];
	const rows = await index.query<{ view: string }>(fittingViewsSql(where), {
		...{ ...signalParameters(where), ids, days },
	});
	return rows.map(({ view }) => view);
}
