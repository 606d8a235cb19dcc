// Which sessions are to be finished: those that are over, or at their caps, and have no recording, or
// one that was made before chunks came late.

import type { SessionId } from "../../protocol/ids.ts";
import { MAX_TIME, SESSION_CHUNKS, SESSION_MS, SESSION_WIRE_BYTES } from "../../protocol/limits.ts";
import type { Index } from "../index/client.ts";
import type { StoredChunk } from "./finish-message.ts";

/** A session at its caps is told to rotate; what was on its way is waited for. */
const CAPPED_MS = 60_000;

const DUE = `
	SELECT c.site AS site, toString(c.day) AS day, toString(c.id) AS session, c.visitor AS visitor,
		c.chunks AS chunks, toFloat64(c.bytes) AS bytes, r.generation AS generation
	FROM (
		SELECT site, day, session AS id, any(visitor) AS visitor, sum(length) AS bytes,
			toUInt32(uniqExact(stream, sequence, part)) AS chunks,
			toUnixTimestamp64Milli(min(received_at)) AS first,
			toUnixTimestamp64Milli(max(received_at)) AS last
		FROM chunks
		WHERE day >= {since:Date} AND NOT has({skip:Array(UUID)}, session)
		GROUP BY site, day, session
	) AS c
	LEFT JOIN (
		SELECT site, day, session AS id, argMax(chunks, version) AS named,
			max(generation) AS generation,
			toUnixTimestamp64Milli(argMax(finished_at, version)) AS finished
		FROM recordings WHERE day >= {since:Date}
		GROUP BY site, day, session
	) AS r ON c.site = r.site AND c.day = r.day AND c.id = r.id
	WHERE c.chunks > r.named AND (r.named = 0 OR r.finished <= {late:Int64})
		AND (
			c.last <= {idle:Int64}
			OR (
				c.last <= {capped:Int64}
				AND (c.chunks >= {maxChunks:UInt32} OR c.bytes >= {maxBytes:UInt64} OR c.first <= {old:Int64})
			)
		)
	ORDER BY c.last, c.id LIMIT {limit:UInt32}`;

export interface DueSession {
	site: number;
	day: string;
	session: SessionId;
	visitor: string;
	chunks: number;
	bytes: number;
	/** Of the last recording, 0 for none. */
	generation: number;
}

export interface DueOptions {
	now: number;
	idleMs: number;
	/** A recording is made again at the earliest after this. */
	lateMs: number;
	/** First day to look at, epoch ms. */
	since: number;
	skip: readonly string[];
	limit: number;
}

/** The one that was heard from first comes first. @throws IndexUnavailable */
export function listDueSessions(index: Index, options: DueOptions): Promise<DueSession[]> {
	const { now, idleMs, lateMs, since, skip, limit } = options;
	const ago = (ms: number) => Math.min(MAX_TIME, Math.max(0, Math.floor(now - ms)));
	return index.query<DueSession>(DUE, {
		since: new Date(since).toISOString().slice(0, 10),
		...{ skip, limit, late: ago(lateMs), idle: ago(idleMs) },
		...{ capped: ago(Math.min(idleMs, CAPPED_MS)), old: ago(SESSION_MS) },
		...{ maxChunks: SESSION_CHUNKS, maxBytes: SESSION_WIRE_BYTES },
	});
}

const CHUNKS = `
	SELECT stream, sequence, part, crc, tab, visitor, write_key AS writeKey, pack, offset, length,
		toFloat64(toUnixTimestamp64Milli(received_at)) AS receivedAt,
		toFloat64(toUnixTimestamp64Milli(first_at)) AS first,
		toFloat64(toUnixTimestamp64Milli(last_at)) AS last,
		url, viewport_width AS width, viewport_height AS height
	FROM chunks FINAL
	WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}
	ORDER BY stream, sequence, part`;

/** Every chunk of a session, of whatever write key. @throws IndexUnavailable */
export function listStoredChunks(
	index: Index,
	{ site, day, session }: Pick<DueSession, "site" | "day" | "session">,
): Promise<StoredChunk[]> {
	return index.query<StoredChunk>(CHUNKS, { site, day, session });
}
