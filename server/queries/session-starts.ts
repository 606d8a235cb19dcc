// When sessions began, for whoever tells of an instant in them: instants count from there.
import type { Index } from "../index/client.ts";
import { dayOf } from "./sessions.ts";

const STARTS = `
	SELECT toString(session) AS id, toFloat64(toUnixTimestamp64Milli(min(first_at))) AS startedAt,
		max(notEmpty(snapshots)) AS playable
	FROM chunks WHERE site = {site:UInt32} AND day IN {days:Array(Date)} AND session IN {sessions:Array(UUID)}
	GROUP BY id`;

export interface SessionStart {
	/** Epoch ms. */
	startedAt: number;
	/** There is something to show. */
	isPlayable: boolean;
}

/** @returns by session; those that are not there are missing @throws IndexUnavailable */
export async function readStarts(
	index: Index,
	site: number,
	sessions: readonly string[],
): Promise<Map<string, SessionStart>> {
	if (sessions.length === 0) return new Map();
	const rows = await index.query<{ id: string; startedAt: number; playable: number }>(STARTS, {
		...{ site, sessions, days: [...new Set(sessions.map(dayOf))] },
	});
	return new Map(
		rows.map(({ id, startedAt, playable }) => [id, { startedAt, isPlayable: playable === 1 }]),
	);
}
