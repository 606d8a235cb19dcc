// The session list and a session's row. Newest first by the session id, whose head is its birth.
import type { Session } from "../../protocol/api.ts";
import { hostOf } from "../../protocol/clean-url.ts";
import { isSessionId, timeOfUuidV7 } from "../../protocol/ids.ts";
import { MAX_TIME } from "../../protocol/limits.ts";
import type { Index } from "../index/client.ts";
import { describeFriction } from "./describe-episodes.ts";
import type { Episodes, StoredEpisode } from "./episodes.ts";

const ROWS = `
	SELECT toString(session) AS id, any(visitor) AS visitor,
		toFloat64(toUnixTimestamp64Milli(min(first_at))) AS startedAt,
		toFloat64(toUnixTimestamp64Milli(max(last_at))) AS endedAt,
		toFloat64(toUnixTimestamp64Milli(max(received_at))) AS heardAt,
		toUInt32(uniqExact(tab)) AS tabs, sum(events) AS events, sum(length) AS bytes,
		max(notEmpty(snapshots)) AS playable, max(automated) AS automated,
		argMin(referrer, (first_at, sequence)) AS referrer,
		argMin(browser, received_at) AS browser, argMin(os, received_at) AS os,
		argMin(device, received_at) AS device, argMin(language, received_at) AS language,
		argMin(viewport_width, (first_at, sequence)) AS width,
		argMin(viewport_height, (first_at, sequence)) AS height
	FROM chunks FINAL`;

const COUNTS = `
	SELECT toString(session) AS id, countIf(kind = 1) AS pageViews, countIf(kind = 2) AS presses,
		argMinIf(page, (at, stream, sequence, part, position), kind = 1) AS entryPage,
		argMaxIf(page, (at, stream, sequence, part, position), kind = 1) AS exitPage
	FROM facts FINAL
	WHERE site = {site:UInt32} AND kind IN (1, 2) AND day IN {days:Array(Date)}
		AND session IN {sessions:Array(UUID)}
	GROUP BY session`;

interface Counts {
	id: string;
	pageViews: string;
	presses: string;
	entryPage: string;
	exitPage: string;
}

interface Row
	extends Omit<
		Session,
		"playable" | "automated" | "live" | "viewport" | "durationMs" | "events" | "friction"
	> {
	heardAt: number;
	playable: number;
	automated: number;
	events: string;
	width: number;
	height: number;
}

export interface SessionParts {
	index: Index;
	episodes: Episodes;
}

/** Which episodes are asked for. */
type Fits = (episode: StoredEpisode) => boolean;

export interface SessionQuery {
	site: number;
	limit: number;
	/** Session id after which the page begins, "" for the newest. */
	after: string;
}

export async function querySessions(
	{ index, episodes }: SessionParts,
	{ site, limit, after }: SessionQuery,
	clock: { now: number; idleMs: number },
): Promise<{ sessions: Session[]; next: string }> {
	const rows = await index.query<Row>(
		`${ROWS}
		WHERE site = {site:UInt32} AND day <= {day:Date}
			AND ({after:String} = '' OR toString(session) < {after:String})
		GROUP BY session ORDER BY id DESC LIMIT {limit:UInt32}`,
		{ site, limit: limit + 1, after, day: after === "" ? "2149-01-01" : dayOf(after) },
	);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	return {
		sessions: await addCounts({ index, episodes }, { site, rows: page }, clock),
		next: rows.length > limit && last !== undefined ? last.id : "",
	};
}

/** Sessions of a list of ids, in its order; those that are not there are left out. */
export async function querySessionsOf(
	parts: SessionParts,
	{ site, ids, fits }: { site: number; ids: readonly string[]; fits?: Fits },
	clock: { now: number; idleMs: number },
): Promise<Session[]> {
	if (ids.length === 0) return [];
	const rows = await parts.index.query<Row>(
		`${ROWS}
		WHERE site = {site:UInt32} AND day IN {days:Array(Date)} AND session IN {ids:Array(UUID)}
		GROUP BY session`,
		{ site, ids, days: [...new Set(ids.map(dayOf))] },
	);
	const sessions = new Map(
		(await addCounts(parts, { site, rows, fits }, clock)).map((session) => [session.id, session]),
	);
	return ids.flatMap((id) => sessions.get(id) ?? []);
}

/** @returns undefined where the site has no such session */
export async function querySession(
	parts: SessionParts,
	where: { site: number; session: string },
	clock: { now: number; idleMs: number },
): Promise<Session | undefined> {
	if (!isDatedSession(where.session)) return undefined;
	const rows = await parts.index.query<Row>(
		`${ROWS}
		WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID} GROUP BY session`,
		{ ...where, day: dayOf(where.session) },
	);
	return (await addCounts(parts, { site: where.site, rows }, clock))[0];
}

/** May a session have this id? An id may also name an instant that no calendar of ours has. */
export function isDatedSession(id: string): boolean {
	return isSessionId(id) && timeOfUuidV7(id) < MAX_TIME;
}

/** The partition day of a session. */
export function dayOf(session: string): string {
	return new Date(timeOfUuidV7(session)).toISOString().slice(0, 10);
}

async function addCounts(
	{ index, episodes }: SessionParts,
	{ site, rows, fits }: { site: number; rows: readonly Row[]; fits?: Fits | undefined },
	{ now, idleMs }: { now: number; idleMs: number },
): Promise<Session[]> {
	if (rows.length === 0) return [];
	const sessions = rows.map(({ id }) => id);
	const [counted, frictions] = await Promise.all([
		index.query<Counts>(COUNTS, { site, sessions, days: [...new Set(sessions.map(dayOf))] }),
		episodes.of(site, sessions),
	]);
	const counts = new Map(counted.map((row) => [row.id, row]));
	return rows.map(({ heardAt, width, height, ...row }) => {
		const count = counts.get(row.id);
		return {
			...row,
			durationMs: Math.max(0, row.endedAt - row.startedAt),
			live: now - heardAt < idleMs,
			playable: row.playable === 1,
			automated: row.automated === 1,
			pageViews: Number(count?.pageViews ?? 0),
			presses: Number(count?.presses ?? 0),
			entryPage: count?.entryPage ?? "",
			exitPage: count?.exitPage ?? "",
			referrer: hostOf(row.referrer),
			viewport: { width, height },
			bytes: Number(row.bytes),
			events: Number(row.events),
			friction: describeFriction(frictions.get(row.id), row.startedAt, fits),
		};
	});
}
