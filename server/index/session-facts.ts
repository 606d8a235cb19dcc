// Reads the facts of some sessions back from the index, for what is derived of whole sessions. Not with FINAL,
// which would merge all sessions of their weeks: few sessions are read, and what came twice is found here.
import {
	FACT_EXPOSED,
	FACT_LEAVE,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PRESS,
	FACT_SCROLL,
	FACT_VARIANT,
} from "../../protocol/fact.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import type { Index } from "./client.ts";
import type { IndexedElement, IndexedFact, IndexedSession } from "./indexed-session.ts";

/** No kind is named: all. */
export const ALL_FACTS: readonly number[] = [];
/** What maps need of them. */
export const HEAT_FACTS: readonly number[] = [
	...[FACT_PAGE, FACT_PRESS, FACT_LEAVE, FACT_SCROLL, FACT_MOVE, FACT_EXPOSED, FACT_VARIANT],
];
/**
 * Sixty pages an hour with thirty requests each come to 28,000 in the four hours that a session can have. What a
 * forger sends beyond it is not counted: the worst that can be made of so many takes two or three seconds to judge.
 */
export const MOST_FACTS = 30_000;
/** Of some sessions, held in the memory together. */
const FACTS_AT_ONCE = 60_000;

const OF_SESSIONS =
	"site = {site:UInt32} AND day IN {days:Array(Date)} AND session IN {sessions:Array(UUID)}";

/** Read before the facts: a chunk that comes in between makes the session one to be read again. */
const SESSIONS = `
	SELECT toString(session) AS id, toString(any(day)) AS ofDay, any(visitor) AS visitor,
		toUInt32(uniqExact(stream, sequence, part)) AS chunks,
		toFloat64(toUnixTimestamp64Milli(min(received_at))) AS firstAt,
		argMin(browser, received_at) AS browser, argMin(os, received_at) AS os,
		argMin(device, received_at) AS device, argMin(language, received_at) AS language,
		max(automated) AS isAutomated
	FROM chunks WHERE ${OF_SESSIONS} GROUP BY session`;

const FACTS = `
	SELECT toString(session) AS id, stream, sequence, part, position, tab, kind,
		toFloat64(toUnixTimestamp64Milli(at)) AS at, view, path, page, title, reached,
		document_width, document_height, viewport_width, viewport_height,
		element, x, y, document_x, document_y, layer, pointer, hover_ms, approach_ms, hints, state,
		visible, how, data, toFloat64(version) AS version
	FROM facts WHERE ${OF_SESSIONS} AND (empty({kinds:Array(UInt8)}) OR kind IN {kinds:Array(UInt8)})
	ORDER BY session, at, stream, sequence, part, position LIMIT {most:UInt32} BY session`;

const ELEMENTS = `
	SELECT toString(session) AS id, stream, element, key, candidates, tag, role, text, repeatable,
		toFloat64(version) AS version
	FROM elements WHERE ${OF_SESSIONS}`;

export interface ReadSession extends IndexedSession {
	visitor: string;
	/** How many chunks its facts came from, or more. */
	chunks: number;
	/** When the first of them came in, by the clock of the server. */
	firstAt: number;
	/** It has more than MOST_FACTS: these are the first. */
	isCut: boolean;
}

/** Under names that columns do not have: the index would take the one for the other. */
type SessionRow = { id: string; ofDay: string; isAutomated: number } & Pick<
	ReadSession,
	"visitor" | "chunks" | "firstAt" | "browser" | "os" | "device" | "language"
>;
type Told<Row> = Omit<Row, "session"> & { id: string; version: number };

const COUNTS = `
	SELECT toString(session) AS id, toUInt32(least(count(), {most:UInt32})) AS facts FROM facts
	WHERE ${OF_SESSIONS} AND (empty({kinds:Array(UInt8)}) OR kind IN {kinds:Array(UInt8)})
	GROUP BY session`;

/** @returns the sessions in their order, as many together as can be held at once @throws IndexUnavailable */
export async function partSessions(
	index: Index,
	{ site, sessions, kinds = ALL_FACTS }: SessionsQuery,
): Promise<string[][]> {
	if (sessions.length === 0) return [];
	const days = [...new Set(sessions.map(dayOf))];
	const of = { site, sessions, days, kinds, most: MOST_FACTS };
	const counted = await index.query<{ id: string; facts: number }>(COUNTS, of);
	const factsOf = new Map(counted.map(({ id, facts }) => [id, facts]));
	const parts: string[][] = [];
	let room = 0;
	for (const session of sessions) {
		const facts = factsOf.get(session) ?? 0;
		if (room < facts || parts.length === 0) {
			parts.push([]);
			room = FACTS_AT_ONCE;
		}
		parts.at(-1)?.push(session);
		room -= facts;
	}
	return parts;
}

export interface SessionsQuery {
	site: number;
	sessions: readonly string[];
	/** Of facts, all where none are named. */
	kinds?: readonly number[];
}

/** @throws IndexUnavailable */
export async function readIndexedSessions(
	index: Index,
	{ site, sessions, kinds = ALL_FACTS }: SessionsQuery,
): Promise<ReadSession[]> {
	if (sessions.length === 0) return [];
	const days = [...new Set(sessions.map(dayOf))];
	const of = { site, sessions, days };
	const rows = await index.query<SessionRow>(SESSIONS, of);
	const [facts, elements] = await Promise.all([
		index.query<Told<IndexedFact>>(FACTS, { ...of, kinds, most: MOST_FACTS + 1 }),
		index.query<Told<IndexedElement>>(ELEMENTS, of),
	]);
	const factsOf = groupLatest(
		facts,
		({ stream, sequence, part, position }) => `${stream} ${sequence} ${part} ${position}`,
	);
	const elementsOf = groupLatest(elements, ({ stream, element }) => `${stream} ${element}`);
	return rows.map(({ id, ofDay, isAutomated, ...row }) => {
		const known = factsOf.get(id) ?? [];
		return {
			...{ ...row, site, session: id, day: ofDay, automated: isAutomated },
			isCut: known.length > MOST_FACTS,
			facts: known.slice(0, MOST_FACTS).map((fact) => ({ ...fact, session: id })),
			elements: elementsOf.get(id) ?? [],
		};
	});
}

/** By session; of rows with one name, the one with the highest version. */
function groupLatest<Row extends { id: string; version: number }>(
	rows: readonly Row[],
	nameOf: (row: Row) => string,
): Map<string, Row[]> {
	const named = new Map<string, Map<string, Row>>();
	for (const row of rows) {
		const ofSession = named.get(row.id) ?? new Map<string, Row>();
		named.set(row.id, ofSession);
		const before = ofSession.get(nameOf(row));
		if (before === undefined || before.version < row.version) ofSession.set(nameOf(row), row);
	}
	return new Map([...named].map(([id, some]) => [id, [...some.values()]]));
}

function dayOf(session: string): string {
	return new Date(timeOfUuidV7(session)).toISOString().slice(0, 10);
}
