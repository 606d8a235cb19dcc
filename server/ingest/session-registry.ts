// What this server remembers of the sessions it hears from: the write key, which chunks came, how much.
// It is a memory, not the truth: after a restart it is empty, and what it would have refused is left
// out again when a session is read.
import type { Envelope } from "../../protocol/envelope.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { PAUSE_MS, SESSION_CHUNKS, SESSION_MS, SESSION_WIRE_BYTES } from "../../protocol/limits.ts";

const MAX_SESSIONS = 20_000;
/** A resend follows soon; what comes twice later is stored twice, and left out when it is read. */
const CHUNKS_PER_SESSION = 200;
/** Of all sessions together: about 50 MB. */
const MAX_CHUNKS = 200_000;

interface KnownSession {
	writeKey: string;
	visitor: string;
	bytes: number;
	count: number;
	/** Identity of the newest chunks → their CRC, and the promise of their being durable. */
	chunks: Map<string, { crc: number; stored: Promise<void> }>;
}

export type Verdict =
	| { kind: "new" }
	| { kind: "duplicate"; stored: Promise<void>; conflict: boolean }
	| { kind: "wrong_write_key" }
	| { kind: "over_caps" };

export interface SessionRegistry {
	isKnown(site: number, session: string): boolean;
	/** Whose it is; undefined where it is not remembered. */
	findOwner(site: number, session: string): { writeKey: string; visitor: string } | undefined;
	/** @param endedAt the last instant of what the chunk tells, epoch ms; it may come hours later */
	judge(site: number, envelope: Envelope, crc: number, endedAt: number): Verdict;
	/** Remembers a chunk; forgets it again if it does not become durable. */
	remember(
		site: number,
		envelope: Envelope,
		chunk: { crc: number; bytes: number },
		stored: Promise<void>,
	): void;
	/** How much of it there is. */
	remembered(): { sessions: number; chunks: number };
}

export function createSessionRegistry(): SessionRegistry {
	// A Map keeps insertion order; a session moves to the end when it is heard from.
	const sessions = new Map<string, KnownSession>();
	let remembered = 0;
	const forgetChunk = (session: KnownSession, identity: string | undefined): void => {
		if (identity !== undefined && session.chunks.delete(identity)) remembered--;
	};
	const forgetOldest = (): void => {
		const [[key, session] = []] = sessions;
		if (key === undefined || session === undefined) return;
		sessions.delete(key);
		remembered -= session.chunks.size;
		session.chunks.clear();
	};
	const keyOf = (site: number, session: string) => `${site}/${session}`;

	return {
		isKnown: (site, session) => sessions.has(keyOf(site, session)),
		findOwner: (site, session) => sessions.get(keyOf(site, session)),

		judge(site, envelope, crc, endedAt) {
			const session = sessions.get(keyOf(site, envelope.session));
			const tooOld = endedAt - timeOfUuidV7(envelope.session) > SESSION_MS + PAUSE_MS;
			if (session === undefined) return tooOld ? { kind: "over_caps" } : { kind: "new" };
			if (session.writeKey !== envelope.writeKey) return { kind: "wrong_write_key" };
			const known = session.chunks.get(identityOf(envelope));
			if (known !== undefined) {
				return { kind: "duplicate", stored: known.stored, conflict: known.crc !== crc };
			}
			const full = session.count >= SESSION_CHUNKS || session.bytes >= SESSION_WIRE_BYTES;
			return tooOld || full ? { kind: "over_caps" } : { kind: "new" };
		},

		remember(site, envelope, { crc, bytes }, stored) {
			const key = keyOf(site, envelope.session);
			const { writeKey, visitor } = envelope;
			const begun = { writeKey, visitor, bytes: 0, count: 0, chunks: new Map() };
			const session = sessions.get(key) ?? begun;
			sessions.delete(key);
			sessions.set(key, session);
			const identity = identityOf(envelope);
			forgetChunk(session, identity);
			session.chunks.set(identity, { crc, stored });
			remembered++;
			session.count++;
			session.bytes += bytes;
			stored.catch(() => {
				forgetChunk(session, identity);
				session.count--;
				session.bytes -= bytes;
			});
			if (session.chunks.size > CHUNKS_PER_SESSION) {
				forgetChunk(session, session.chunks.keys().next().value);
			}
			while (sessions.size > MAX_SESSIONS || remembered > MAX_CHUNKS) forgetOldest();
		},
		remembered: () => ({ sessions: sessions.size, chunks: remembered }),
	};
}

function identityOf(envelope: Envelope): string {
	return `${envelope.stream}/${envelope.sequence}/${envelope.part}`;
}
