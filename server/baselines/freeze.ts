// Rows of sessions → what is usual on a site, frozen. The index does the counting: the sessions of a month are too many
// to be read here. `signals/baseline/freeze.ts` says what it counts, of sessions one by one.

import {
	type Frozen,
	LEAST_SESSIONS,
	LEAST_SHARED,
	LONG_BURST,
} from "../../signals/baseline/freeze.ts";
import type { ElementHabits, PageHabits } from "../../signals/baselines.ts";
import { MAD_TO_SIGMA, type Robust } from "../../signals/statistics/robust.ts";
import type { Index } from "../index/client.ts";

export const WINDOW_DAYS = 28;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Elements and pages that are told, those of most sessions first: the size of an object. */
const MOST_NAMES = 10_000;
/** Of more, so many are read by chance: medians get no better, and the index has others to answer. */
const MOST_SESSIONS = 50_000;
const DRAWS = 65_536;

export interface FreezeQuery {
	site: number;
	/** Sessions of the days before it. */
	at: number;
	/** How many there are about. */
	sessions: number;
	/** Sessions of this part are left out: those whose draw leaves it as the remainder by `parts`. */
	without?: { part: number; parts: number };
}

const OF_SITE = `site = {site:UInt32} AND day >= {since:Date} AND draw < {draws:UInt32}
	AND ({parts:UInt16} = 0 OR draw % {parts:UInt16} != {part:UInt16})`;
/** As `HASHED_NAMES` has it. */
const PAGE = "toString(reinterpretAsUInt64(substring(SHA256(toString(page)), 1, 8)))";
const MEDIAN = "quantileExactInclusive(0.5)";

/** The median of values and their scatter. */
const ROBUST = `toUInt32(count()) AS count, ${MEDIAN}(y) AS location,
	${MAD_TO_SIGMA} * arrayReduce('${MEDIAN}', arrayMap(one -> abs(one - location), groupArray(y))) AS scale`;
const SHARED = `HAVING count >= ${LEAST_SHARED} ORDER BY count DESC, name LIMIT ${MOST_NAMES}`;

/** A session has one time of each element. */
const ELEMENT_TIMES = `
	SELECT concat(measure, '\\n', pointed, '\\nelement\\n', ${PAGE}, '\\n', toString(key)) AS name, ${ROBUST}
	FROM times WHERE ${OF_SITE} GROUP BY measure, pointed, page, key ${SHARED}`;

/** Of a role and of the site it has one, too: the middle of its own. */
const ROLE_TIMES = `
	SELECT concat(measure, '\\n', pointed, '\\nrole\\n', role) AS name, ${ROBUST} FROM (
		SELECT measure, pointed, role, session, ${MEDIAN}(t.y) AS y FROM times AS t
		WHERE ${OF_SITE} GROUP BY measure, pointed, role, session
	) GROUP BY measure, pointed, role ${SHARED}`;
const SITE_TIMES = `
	SELECT concat(measure, '\\n', pointed, '\\nsite\\n') AS name, ${ROBUST} FROM (
		SELECT measure, pointed, session, ${MEDIAN}(t.y) AS y FROM times AS t
		WHERE ${OF_SITE} GROUP BY measure, pointed, session
	) GROUP BY measure, pointed ${SHARED}`;

const ELEMENTS = `
	SELECT concat(${PAGE}, '\\n', toString(key)) AS name, toUInt32(count()) AS count,
		toUInt32(sum(h.judged)) AS judged, toUInt32(sum(h.answered)) AS answered,
		toUInt32(sum(length(h.bursts))) AS bursts, toUInt32(countIf(notEmpty(h.bursts))) AS burstSessions,
		if(bursts = 0, 0, quantileExactInclusiveArray(${LONG_BURST})(h.bursts)) AS burstLength,
		toUInt32(sum(h.dithers)) AS dithers, toUInt32(countIf(h.judged > 0 OR h.dithers = 0)) AS sessions
	FROM habits AS h WHERE ${OF_SITE} GROUP BY page, key ${SHARED}`;

const PAGES = `
	SELECT * EXCEPT (turned) FROM (SELECT ${PAGE} AS name, toUInt32(count()) AS count, toUInt32(sum(v.visits)) AS views,
		sum(v.returns) / sum(v.visits) AS backShare, toUInt32(sum(length(v.stays))) AS stayed,
		if(stayed = 0, 0, quantileExactInclusiveArray(0.25)(v.stays)) AS quarterMs,
		${MEDIAN}(v.visits) AS visits, sum(v.reloads) / sum(v.visits) AS reloadShare,
		arrayMap(one -> log1p(one), arrayFlatten(groupArray(v.turns))) AS turned,
		toUInt32(length(turned)) AS turnCount, arrayReduce('${MEDIAN}', turned) AS turnLocation,
		${MAD_TO_SIGMA} * arrayReduce('${MEDIAN}', arrayMap(one -> abs(one - turnLocation), turned)) AS turnScale
	FROM visits AS v WHERE ${OF_SITE} GROUP BY page
	HAVING count >= ${LEAST_SESSIONS} ORDER BY count DESC, name LIMIT ${MOST_NAMES})`;

type PageOfSite = Required<Omit<PageHabits, "turns">> &
	Record<"stayed" | "turnCount" | "turnLocation" | "turnScale", number>;
type Named<Row> = Row & { name: string };

/** @returns all but a name @throws IndexUnavailable */
export async function freezeSite(
	index: Index,
	{ site, at, sessions, without }: FreezeQuery,
): Promise<Omit<Frozen, "name">> {
	const { part, parts } = without ?? { part: 0, parts: 0 };
	const since = sinceOf(at);
	const draws = Math.ceil(DRAWS * Math.min(1, MOST_SESSIONS / Math.max(1, sessions)));
	// One after the other: nobody waits for it, and somebody else may wait for the index.
	const ask = <Row>(sql: string) =>
		index.query<Named<Row>>(sql, { site, since, draws, part, parts });
	const times = [
		...(await ask<Robust>(SITE_TIMES)),
		...(await ask<Robust>(ROLE_TIMES)),
		...(await ask<Robust>(ELEMENT_TIMES)),
	];
	const elements = await ask<ElementHabits & { count: number }>(ELEMENTS);
	const pages = await ask<PageOfSite>(PAGES);
	return {
		times: Object.fromEntries(times.map(({ name, ...usual }) => [name, usual])),
		elements: Object.fromEntries(elements.map(({ name, count, ...habits }) => [name, habits])),
		pages: Object.fromEntries(pages.map(({ name, ...page }) => [name, toHabits(page)])),
	};
}

function toHabits(page: PageOfSite): PageHabits {
	const { views, backShare, visits, reloadShare, turnCount, turnLocation, turnScale } = page;
	const quarterMs = page.stayed === 0 ? Number.MAX_SAFE_INTEGER : page.quarterMs;
	const turns = { count: turnCount, location: turnLocation, scale: turnScale };
	return {
		...{ views, backShare, quarterMs, visits, reloadShare },
		...(turnCount > 0 && { turns }),
	};
}

/** The first day that counts. */
export function sinceOf(at: number): string {
	return new Date(at - WINDOW_DAYS * DAY_MS).toISOString().slice(0, 10);
}
