// What this server remembers of the sessions it hears from: the write key, which chunks came, how much.
// It is a memory, not the truth: after a restart it is empty, and what it would have refused is left
// out again when a session is read.
import type { Envelope } from "../../protocol/envelope.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { SESSION_CHUNKS, SESSION_MS, SESSION_WIRE_BYTES } from "../../protocol/limits.ts";

const MAX_SESSIONS = 20_000;

interface KnownSession {
	writeKey: string;
	bytes: number;
	/** Chunk identity → its CRC and the promise of its being durable. */
	chunks: Map<string, { crc: number; stored: Promise<void> }>;
}

export type Verdict =
	| { kind: "new" }
	| { kind: "duplicate"; stored: Promise<void>; conflict: boolean }
	| { kind: "wrong_write_key" }
	| { kind: "over_caps" };

export interface SessionRegistry {
	isKnown(site: number, session: string): boolean;
	judge(site: number, envelope: Envelope, crc: number, now: number): Verdict;
	/** Remembers a chunk; forgets it again if it does not become durable. */
	remember(
		site: number,
		envelope: Envelope,
		chunk: { crc: number; bytes: number },
		stored: Promise<void>,
	): void;
}

export function createSessionRegistry(): SessionRegistry {
	// A Map keeps insertion order; a session moves to the end when it is heard from.
	const sessions = new Map<string, KnownSession>();
	const keyOf = (site: number, session: string) => `${site}/${session}`;

	return {
		isKnown: (site, session) => sessions.has(keyOf(site, session)),

		judge(site, envelope, crc, now) {
			const session = sessions.get(keyOf(site, envelope.session));
			const tooOld = now - timeOfUuidV7(envelope.session) > SESSION_MS;
			if (session === undefined) return tooOld ? { kind: "over_caps" } : { kind: "new" };
			if (session.writeKey !== envelope.writeKey) return { kind: "wrong_write_key" };
			const known = session.chunks.get(identityOf(envelope));
			if (known !== undefined) {
				return { kind: "duplicate", stored: known.stored, conflict: known.crc !== crc };
			}
			const full = session.chunks.size >= SESSION_CHUNKS || session.bytes >= SESSION_WIRE_BYTES;
			return tooOld || full ? { kind: "over_caps" } : { kind: "new" };
		},

		remember(site, envelope, { crc, bytes }, stored) {
			const key = keyOf(site, envelope.session);
			const session = sessions.get(key) ?? {
				writeKey: envelope.writeKey,
				bytes: 0,
				chunks: new Map(),
			};
			sessions.delete(key);
			sessions.set(key, session);
			const identity = identityOf(envelope);
			session.chunks.set(identity, { crc, stored });
			session.bytes += bytes;
			stored.catch(() => {
				session.chunks.delete(identity);
				session.bytes -= bytes;
			});
			const [oldest] = sessions.keys();
			if (sessions.size > MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest);
		},
	};
}

function identityOf(envelope: Envelope): string {
	return `${envelope.stream}/${envelope.sequence}/${envelope.part}`;
}
