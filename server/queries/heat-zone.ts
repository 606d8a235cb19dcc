// What a set of elements was pressed and seen, taken together. Sessions of elements cannot be added up: who
// pressed two of them would count twice. So they are counted anew, each once, over all elements of the set.
import type { HeatmapZone } from "../../protocol/api.ts";
import type { Index } from "../index/client.ts";
import type { HeatRows } from "../index/heat-row.ts";
import { createHeatRows } from "../index/heat-rows.ts";
import type { Pending } from "./heat-pending.ts";
import { totalsSql } from "./heat-sql.ts";
import {
	fitsPress,
	fitsShown,
	type HeatWhere,
	heatParameters,
	pressConditions,
	shownConditions,
} from "./heat-where.ts";

const ALL = ["group", "pointer", "state"] as const;
const SEEN = ["group", "pointer"] as const;
/** Of more page views than these, so many are read for what was seen. */
const SAMPLE_VIEWS = 200_000;
const DRAWS = 65_536;
/** As of a map: rows of a session that are written meanwhile make what was read useless. */
const TRIES = 4;

/** @param hashes of the elements, decimal. @throws IndexUnavailable */
export async function queryZone(
	{ index, pending }: { index: Index; pending: Pending },
	where: HeatWhere,
	hashes: readonly string[],
): Promise<HeatmapZone> {
	for (let left = TRIES; ; left--) {
		const sessions = await pending.list(where);
		const stale = sessions.filter(({ version }) => version > 0).map(({ session }) => session);
		const parts = [await countIndexed(index, { ...where, stale }, hashes)];
		await pending.read(where.site, sessions, (session) => {
			parts.push(countRows(createHeatRows(session), where, hashes));
		});
		const isLast = left <= 1 || !(await pending.haveChanged(where.site, sessions));
		if (!isLast) continue;
		const zone = parts.reduce(addZones);
		// Only part of the views may have been read, and who presses has seen.
		return { ...zone, exposedSessions: Math.max(zone.sessions, zone.exposedSessions) };
	}
}

/** Of finished sessions. */
export async function countIndexed(
	index: Index,
	where: HeatWhere,
	hashes: readonly string[],
): Promise<HeatmapZone> {
	const parameters = { ...heatParameters(where), zone: withUnited(hashes, where).map(BigInt) };
	const ask = async (sql: string, more: Record<string, unknown> = {}) => {
		const [row = {}] = await index.query<Record<string, string>>(sql, { ...parameters, ...more });
		return (name: string) => Number(row[name] ?? 0);
	};
	const [pressed, all, totals] = await Promise.all([
		ask(pressedSql(where)),
		ask(`SELECT count() AS presses FROM presses WHERE ${pressConditions(where, ALL)}`),
		ask(totalsSql(where)),
	]);
	const views = totals("views");
	const draws = views <= SAMPLE_VIEWS ? DRAWS : Math.ceil((DRAWS * SAMPLE_VIEWS) / views);
	const seen = await ask(seenSql(where), { draws });
	const scale = seen("views") > 0 ? views / seen("views") : 1;
	return {
		...{ presses: pressed("presses"), sessions: pressed("sessions") },
		exposedSessions: Math.round(seen("sessions") * scale),
		...{ pagePresses: all("presses"), pageSessions: totals("sessions") + totals("mixed") },
	};
}

const pressedSql = (where: HeatWhere) => `
	SELECT count() AS presses, uniqExact(session) AS sessions FROM presses
	WHERE ${pressConditions(where, ALL)} AND key IN {zone:Array(UInt64)}`;

const seenSql = (where: HeatWhere) => `
	SELECT count() AS views, uniqExactIf(session, hasAny(exposed, {zone:Array(UInt64)})) AS sessions
	FROM shown WHERE ${shownConditions(where, SEEN)} AND draw < {draws:UInt32}`;

/** Of whole sessions whose rows are not in the index yet. */
export function countRows(
	rows: HeatRows,
	where: HeatWhere,
	hashes: readonly string[],
): HeatmapZone {
	const zone = new Set(withUnited(hashes, where));
	const presses = rows.presses.filter((row) => fitsPress(row, where, ALL));
	const pressed = presses.filter(({ key }) => zone.has(key));
	const shown = rows.shown.filter((row) => fitsShown(row, where, SEEN));
	const seen = shown.filter(({ exposed }) => exposed.some((key) => zone.has(key)));
	return {
		...{ presses: pressed.length, sessions: countSessions(pressed) },
		exposedSessions: countSessions(seen),
		...{ pagePresses: presses.length, pageSessions: countSessions(shown) },
	};
}

/** Tallies of different sessions add up. */
export function addZones(a: HeatmapZone, b: HeatmapZone): HeatmapZone {
	return {
		presses: a.presses + b.presses,
		sessions: a.sessions + b.sessions,
		exposedSessions: a.exposedSessions + b.exposedSessions,
		pagePresses: a.pagePresses + b.pagePresses,
		pageSessions: a.pageSessions + b.pageSessions,
	};
}

/** Each with the keys that are counted as it, also where it is one of those itself. */
function withUnited(hashes: readonly string[], { united }: HeatWhere): string[] {
	const wanted = new Set(hashes.map((hash) => united.get(hash) ?? hash));
	const members = [...united].filter(([, to]) => wanted.has(to)).map(([from]) => from);
	return [...new Set([...wanted, ...members])];
}

function countSessions(rows: readonly { session: string }[]): number {
	return new Set(rows.map(({ session }) => session)).size;
}
