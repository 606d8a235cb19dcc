// Deletes packs that are not needed any more: those of which every chunk stands in a recording that was
// read back, or was put aside, or was erased. In doubt a pack stays.
//
// A session may get chunks for as long as its id is near enough to the clock, and a late chunk makes the
// whole recording again, from packs. Hence packs stay until all of their sessions are closed. That costs
// a day of packs beside a month of recordings, and saves a second way to make a recording, from its
// predecessor, that would have to give the same bytes. See docs/decisions/004-packs-stay-a-day.md.
import { decodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import { type SessionId, timeOfUuidV7 } from "../../protocol/ids.ts";
import { SESSION_CLOCK_MS } from "../../protocol/limits.ts";
import { decodePack, type Entry } from "../../protocol/pack.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import type { RecordingHead } from "../../protocol/recording.ts";
import type { Leases } from "../control/leases.ts";
import { IndexUnavailable, StoreError } from "../errors.ts";
import type { Index } from "../index/client.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import { createLoop } from "../loop.ts";
import { ALL_PACKS, parsePackKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import { listChunks, type NamedChunk } from "./chunk-set.ts";
import { putAside } from "./quarantine.ts";
import { readWholeRecording } from "./read-recording.ts";

const HOUR_MS = 60 * 60 * 1000;
/** No chunk comes for a session after this; an hour more for what was on its way. */
const CLOSED_MS = SESSION_CLOCK_MS + HOUR_MS;
const RETRY_MS = HOUR_MS;
const EVERY_MS = 10 * 60 * 1000;
const RENEW_MS = 20_000;
const MAX_SESSIONS = 500;
const MAX_WAITING = 100_000;
const LEASE = "collect-packs";

export interface PackCollector {
	/** Looks at all packs that may go by now. @returns how many it deleted */
	collect(): Promise<number>;
	start(): void;
	stop(): Promise<void>;
}

export interface PackCollectorParts {
	store: Store;
	index: Index;
	leases: Leases;
	/** Has the index been brought up to date once? */
	isIndexed: () => boolean;
	isErased: Tombstones["isErased"];
	now: () => number;
	log: (line: string) => void;
	closedMs?: number;
	retryMs?: number;
}

/** What the recording of a session makes needless. */
interface Named {
	exact: Set<string>;
	/** Without the CRC, of the chunks that are in it. */
	identities: Set<string>;
}

export function createPackCollector(parts: PackCollectorParts): PackCollector {
	const { store, leases, now, log } = parts;
	const { closedMs = CLOSED_MS, retryMs = RETRY_MS } = parts;
	// Packs that were looked at and stay, until when: each is read once while its sessions are open.
	const waiting = new Map<string, number>();
	let sessions = new Map<string, Named | undefined>();
	let isStopped = false;

	const findNamed = async (site: number, session: SessionId): Promise<Named | undefined> => {
		const id = `${site}/${session}`;
		if (sessions.has(id)) return sessions.get(id);
		if (sessions.size >= MAX_SESSIONS) sessions.clear();
		const found = await readNamed(parts, site, session);
		sessions.set(id, found);
		return found;
	};

	/** @returns when it may go: 0 for now, else not before that instant */
	const findEnd = async (key: string): Promise<number> => {
		const { entries, torn } = decodePack(await store.get(key));
		// What cannot be read names nothing.
		if (torn) return now() + retryMs;
		const found = entries.map((entry) => ({ entry, envelope: readEnvelope(entry) }));
		const born = found.map(({ envelope }) => (envelope ? timeOfUuidV7(envelope.session) : 0));
		const closed = Math.max(0, ...born) + closedMs;
		if (closed > now()) return closed;
		for (const { entry, envelope } of found) {
			if (envelope === undefined || !(await isSettled(entry, envelope))) return now() + retryMs;
		}
		return 0;
	};

	const isSettled = async ({ head, chunk }: Entry, envelope: Envelope): Promise<boolean> => {
		const { session, visitor, stream, sequence, part } = envelope;
		if (parts.isErased(head.site, session, visitor)) return true;
		const named = await findNamed(head.site, session);
		const identity = `${stream}.${sequence}.${part}`;
		if (named?.exact.has(`${identity}.${head.crc}`)) return true;
		if (!named?.identities.has(identity)) return false;
		// It lost to another of its identity, which its recording could not see.
		const name = { site: head.site, session, stream, sequence, part, crc: head.crc };
		await putAside(store, name, chunk, "another chunk of this name came first");
		return true;
	};

	const collectPack = async (key: string): Promise<boolean> => {
		const end = await findEnd(key);
		if (end === 0) {
			if (!(await leases.renew(LEASE))) return false;
			await store.delete(key);
			return true;
		}
		if (waiting.size >= MAX_WAITING) waiting.clear();
		waiting.set(key, end);
		return false;
	};

	const collect = async (): Promise<number> => {
		let packs = 0;
		if ((await leases.acquire(LEASE)) === undefined) return packs;
		const renewing = createRenewing(leases, now);
		try {
			for await (const { key } of store.list(ALL_PACKS)) {
				const writtenAt = parsePackKey(key)?.writtenAt;
				// Nearly all sessions are born before their chunks come; the others are found when it is read.
				if (writtenAt === undefined || writtenAt + closedMs > now()) continue;
				if ((waiting.get(key) ?? 0) > now()) continue;
				if (isStopped || !(await renewing.isHeld())) break;
				waiting.delete(key);
				if (await collectPack(key).catch(ignoreMissing)) packs++;
			}
		} finally {
			sessions = new Map();
			await leases.finish(LEASE);
		}
		if (packs > 0) log(`${packs} packs are deleted: all they held stands in recordings`);
		return packs;
	};

	const loop = createLoop(
		async () => {
			if (parts.isIndexed()) await collect();
			return EVERY_MS;
		},
		(error) => {
			if (!(error instanceof IndexUnavailable))
				log(`packs cannot be deleted yet: ${String(error)}`);
			return EVERY_MS;
		},
	);

	return {
		collect,
		start: loop.start,
		stop: () => {
			isStopped = true;
			return loop.stop();
		},
	};
}

/** A lease that is renewed before it ends, and asked about before harm is done. */
function createRenewing(leases: Leases, now: () => number) {
	let renewedAt = now();
	return {
		async isHeld(): Promise<boolean> {
			if (now() - renewedAt < RENEW_MS) return true;
			renewedAt = now();
			return leases.renew(LEASE);
		},
	};
}

const STATE = `
	SELECT argMax(r.key, r.version) AS winner, argMax(r.chunks, r.version) AS named,
		(
			SELECT uniqExact(stream, sequence, part) FROM chunks
			WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}
		) AS chunks
	FROM recordings AS r
	WHERE r.site = {site:UInt32} AND r.day = {day:Date} AND r.session = {session:UUID}`;

interface State {
	/** Key of the recording that counts, "" for none. */
	winner: string;
	named: number;
	chunks: string;
}

/** @returns undefined where the session has no recording, none that can be read, or chunks came since */
async function readNamed(
	parts: PackCollectorParts,
	site: number,
	session: SessionId,
): Promise<Named | undefined> {
	const { store, index } = parts;
	const day = new Date(timeOfUuidV7(session)).toISOString().slice(0, 10);
	const [state] = await index.query<State>(STATE, { site, day, session });
	if (state === undefined || state.winner === "" || Number(state.chunks) > state.named)
		return undefined;
	const recording = await readWholeRecording(store, state.winner);
	if (recording === undefined || recording.head.session !== session) return undefined;
	return toNamed(recording.head);
}

function toNamed({ chunks, refused }: RecordingHead): Named {
	const kept = listChunks(chunks);
	return {
		exact: new Set([...kept, ...listChunks(refused)].map(exactName)),
		identities: new Set(kept.map(({ stream, sequence, part }) => `${stream}.${sequence}.${part}`)),
	};
}

function exactName({ stream, sequence, part, crc }: NamedChunk): string {
	return `${stream}.${sequence}.${part}.${crc}`;
}

function readEnvelope({ chunk }: Entry): Envelope | undefined {
	try {
		return decodeChunk(chunk).envelope;
	} catch (error) {
		if (error instanceof ProtocolError) return undefined;
		throw error;
	}
}

/** Somebody else deleted it. */
function ignoreMissing(error: unknown): false {
	if (error instanceof StoreError && error.kind === "missing") return false;
	throw error;
}
