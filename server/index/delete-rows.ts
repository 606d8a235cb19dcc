// Deletes rows so that they are gone from the disk, not only from answers. A lightweight DELETE would only
// mark them until some later merge; a mutation writes the parts anew. Statements that wait for it run into
// the limits of time of the engine and the client, so its end is polled; the parts of before are removed
// at once by dropping a partition that never exists, which an idle engine would leave for ten minutes.
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { IndexUnavailable } from "../errors.ts";
import type { Index } from "./client.ts";

const POLL_MS = 100;
const MUTATION_MS = 10 * 60 * 1000;
/** Rows keep the day of a session, and weeks begin on Mondays: no partition is a Sunday of the next century. */
const NO_PARTITION = "2100-01-03";
const SESSIONS_AT_ONCE = 500;

/** Of which a session's heat rows are written again. */
const HEAT_ROWS = ["times", "habits", "visits", "episodes", "presses", "shown", "keys"] as const;
const SESSION_TABLES = [
	...HEAT_ROWS,
	...(["heats", "elements", "facts", "recordings", "chunks"] as const),
] as const;

export type RowCounts = Record<string, number>;

const WHERE = {
	sessions:
		"site = {site:UInt32} AND day IN {days:Array(Date)} AND session IN {sessions:Array(UUID)}",
	day: "day < {day:Date}",
	packs: "key IN {keys:Array(String)}",
} as const;

/** Sessions with any chunk of a visitor, and when the first of each came in. */
export async function listVisitorSessions(
	index: Index,
	where: { site: number; visitor: string },
): Promise<{ session: string; receivedAt: number }[]> {
	return index.query(
		`SELECT toString(session) AS session,
			toFloat64(toUnixTimestamp64Milli(min(received_at))) AS receivedAt
		FROM chunks WHERE site = {site:UInt32} AND visitor = {visitor:String} GROUP BY session`,
		where,
	);
}

/** Rows of some sessions, by table. */
export async function countSessionRows(
	index: Index,
	{ site, sessions }: { site: number; sessions: readonly string[] },
): Promise<RowCounts> {
	const parameters = { site, sessions, days: [...new Set(sessions.map(dayOf))] };
	const counts: RowCounts = {};
	for (const table of SESSION_TABLES) {
		counts[table] = await countRows(index, { table, where: WHERE.sessions, parameters });
	}
	return counts;
}

/** @returns how many rows of each table went */
export async function deleteSessionRows(
	index: Index,
	where: { site: number; sessions: readonly string[] },
): Promise<RowCounts> {
	const counts: RowCounts = {};
	for (let at = 0; at < where.sessions.length; at += SESSIONS_AT_ONCE) {
		const some = where.sessions.slice(at, at + SESSIONS_AT_ONCE);
		const parameters = {
			...{ site: where.site, sessions: some },
			days: [...new Set(some.map(dayOf))],
		};
		// Chunks go last: they say which sessions a visitor had, should this be cut short.
		for (const table of SESSION_TABLES) {
			const rows = await deleteRows(index, { table, where: WHERE.sessions, parameters });
			counts[table] = (counts[table] ?? 0) + rows;
		}
	}
	return counts;
}

/** Before heat rows of sessions are written again. @throws IndexUnavailable */
export async function deleteHeatRows(
	index: Index,
	{ site, sessions }: { site: number; sessions: readonly string[] },
): Promise<void> {
	const parameters = { site, sessions, days: [...new Set(sessions.map(dayOf))] };
	// Each waits for its table to be written anew, which costs the time and not the work.
	await Promise.all(
		HEAT_ROWS.map((table) => deleteRows(index, { table, where: WHERE.sessions, parameters })),
	);
}

/** Rows of sessions of days before a day. @returns how many rows of each table go */
export async function deleteOldRows(
	index: Index,
	{ day, isDryRun }: { day: string; isDryRun: boolean },
): Promise<RowCounts> {
	const counts: RowCounts = {};
	for (const table of SESSION_TABLES) {
		const statement = { table, where: WHERE.day, parameters: { day } };
		counts[table] = isDryRun
			? await countRows(index, statement)
			: await deleteRows(index, statement);
	}
	return counts;
}

/** Forgets packs that are no longer in the store. */
export async function deletePackRows(index: Index, keys: readonly string[]): Promise<number> {
	if (keys.length === 0) return 0;
	return deleteRows(index, { table: "packs", where: WHERE.packs, parameters: { keys } });
}

interface Statement {
	table: string;
	where: (typeof WHERE)[keyof typeof WHERE];
	parameters: Record<string, unknown>;
}

async function countRows(index: Index, { table, where, parameters }: Statement): Promise<number> {
	const rows = await index.query<{ rows: string }>(
		`SELECT count() AS rows FROM ${table} ${isReplaced(table) ? "FINAL" : ""} WHERE ${where}`,
		parameters,
	);
	return Number(rows[0]?.rows ?? 0);
}

/** A key's row hides those of other sessions, and all of them are to go. */
function isReplaced(table: string): boolean {
	return !HEAT_ROWS.some((name) => name === table);
}

async function deleteRows(index: Index, statement: Statement): Promise<number> {
	const { table, where, parameters } = statement;
	const rows = await countRows(index, statement);
	if (rows > 0) {
		await index.command(
			`ALTER TABLE ${table} DELETE WHERE ${where} SETTINGS mutations_sync = 0`,
			parameters,
		);
	}
	// Also where there are none: an earlier run may have been cut short here.
	const until = performance.now() + MUTATION_MS;
	while ((await countMutations(index, table)) > 0) {
		if (performance.now() > until) throw new IndexUnavailable();
		await new Promise((next) => setTimeout(next, POLL_MS));
	}
	if (rows > 0) {
		await index.command(`ALTER TABLE ${table} DROP PARTITION {partition:String}`, {
			partition: NO_PARTITION,
		});
	}
	return rows;
}

async function countMutations(index: Index, table: string): Promise<number> {
	const rows = await index.query<{ running: string }>(
		`SELECT count() AS running FROM system.mutations
		WHERE database = currentDatabase() AND table = {table:String} AND NOT is_done`,
		{ table },
	);
	return Number(rows[0]?.running ?? 0);
}

/** The day of a session, by which its rows are kept. */
function dayOf(session: string): string {
	return new Date(timeOfUuidV7(session)).toISOString().slice(0, 10);
}
