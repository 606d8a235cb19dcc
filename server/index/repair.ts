// Finds packs that the index has not counted and feeds them: what was stored while the index was down
// or when the process died between the acknowledgement and the rows. Runs at start, after the feeder
// had no room, and every 10 minutes. A fresh index is filled from all recordings and packs there are; any
// other one from a day before the last pack it surely had, however long the server or the index was away.
import { decodeChunk } from "../../protocol/chunk.ts";
import { decodePack } from "../../protocol/pack.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { IndexUnavailable, StoreError } from "../errors.ts";
import { readFacts } from "../ingest/receive.ts";
import type { Report } from "../lifecycle/progress.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import {
	ALL_PACKS,
	ALL_RECORDINGS,
	isPackKey,
	packHours,
	parseRecordingKey,
} from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import type { Index } from "./client.ts";
import { type Feeder, feedPack, type WaitingPack } from "./feeder.ts";
import { feedRecording } from "./fill-recordings.ts";
import { createPackRows, type IndexedEntry } from "./rows.ts";

const WINDOW_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const DRAIN_MS = 60_000;
/** Stands among the packs of an index that was filled to its end; no pack has such a key. */
const FILLED = "filled";

export interface RepairParts {
	store: Store;
	index: Index;
	feeder: Feeder;
	isErased: Tombstones["isErased"];
	now: () => number;
	log: (line: string) => void;
}

export interface RepairOptions {
	/** Looks through everything there is, and not only where something can be missing. */
	isWhole?: boolean;
	/** Forgets everything first, which makes it whole. Where it fails, the next repair fills the rest. */
	isFresh?: boolean;
	report?: Report;
	/** Ends the work between two objects; what is done stays done. */
	signal?: AbortSignal;
}

export interface Repaired {
	/** Objects that were not counted yet. */
	objects: number;
	chunks: number;
}

export type Repair = (options?: RepairOptions) => Promise<Repaired>;

export function createRepair(parts: RepairParts): Repair {
	const { index, feeder, now, log } = parts;
	// Up to where nothing is missing: 0 while a fresh index is filled, so that a fill that was cut short
	// starts again whole.
	let completeTo: number | undefined;
	const unreadable = new Set<string>();

	return async ({ isFresh = false, isWhole = isFresh, report = () => {}, signal } = {}) => {
		completeTo = isWhole ? 0 : (completeTo ?? (await findCompleteTo(index, now())));
		if (isFresh) await feeder.pause(() => index.truncate());
		const startedAt = now();
		const missing = await listMissing(parts, { completeTo, startedAt });
		const repaired: Repaired = { objects: 0, chunks: 0 };
		for (const [done, key] of missing.entries()) {
			signal?.throwIfAborted();
			reportObjects(report, done, missing.length, repaired);
			if (feeder.holds(key)) continue;
			const chunks = isPackKey(key)
				? await feedPackOrSay(parts, key, unreadable)
				: await feedRecording(parts, key);
			if (chunks === undefined) continue;
			repaired.objects++;
			repaired.chunks += chunks;
		}
		if (completeTo === 0) await feedPack(feeder, createFilledMark(startedAt));
		if (isWhole) await writeAll(feeder);
		reportObjects(report, missing.length, missing.length, repaired);
		completeTo = startedAt;
		const { objects } = repaired;
		if (objects > 0)
			log(`${objects} objects were stored but not counted yet; they are being counted`);
		return repaired;
	};
}

function reportObjects(report: Report, done: number, total: number, { chunks }: Repaired): void {
	report({ step: "counting objects", done, total, note: `${chunks} chunks` });
}

/** Keys of stored objects whose rows the index does not have, oldest first. */
async function listMissing(
	{ store, index, feeder }: RepairParts,
	{ completeTo, startedAt }: { completeTo: number; startedAt: number },
): Promise<string[]> {
	const from = Math.min(completeTo, startedAt) - WINDOW_MS;
	const known = new Set(await listIndexedPacks(index, Math.max(0, from - WINDOW_MS)));
	const prefixes = completeTo === 0 ? [ALL_PACKS] : packHours(from, startedAt + HOUR_MS);
	const missing: string[] = [];
	// Recordings first: the rows of a pack that is still there say where its chunks are.
	const finished = await listFinished(index);
	for await (const { key } of completeTo === 0 ? store.list(ALL_RECORDINGS) : []) {
		const name = parseRecordingKey(key);
		if (name === undefined || known.has(key)) continue;
		const { site, session, generation } = name;
		if (generation > (finished.get(`${site}/${session}`) ?? 0)) missing.push(key);
	}
	for (const prefix of prefixes) {
		for await (const { key } of store.list(prefix)) {
			if (isPackKey(key) && !known.has(key) && !feeder.holds(key)) missing.push(key);
		}
	}
	return missing;
}

/**
 * Site and session → the last generation that the index has, and with it the rows of its chunks. Those were
 * made from packs as a rule, and say where in them the chunks are, which a recording cannot.
 */
async function listFinished(index: Index): Promise<Map<string, number>> {
	const rows = await index.query<{ name: string; generation: number }>(
		`SELECT concat(toString(site), '/', toString(session)) AS name, max(generation) AS generation
		FROM recordings GROUP BY site, session`,
	);
	return new Map(rows.map(({ name, generation }) => [name, generation]));
}

async function writeAll(feeder: Feeder): Promise<void> {
	const { waitingChunks } = feeder.freshness();
	if (waitingChunks > 0 || feeder.holds(FILLED)) {
		if (!(await feeder.drain(DRAIN_MS))) throw new IndexUnavailable();
	}
}

/**
 * Epoch ms of the newest day before this one of which the index has a pack: today's may have come in
 * before what was stored on the days before. 0 where the index was never filled to its end.
 */
async function findCompleteTo(index: Index, now: number): Promise<number> {
	const rows = await index.query<{ day: string; filled: number }>(
		`SELECT toString(maxIf(day, day < {today:Date})) AS day, max(key = {filled:String}) AS filled
		FROM packs`,
		{ today: new Date(now).toISOString().slice(0, 10), filled: FILLED },
	);
	return rows[0]?.filled === 1 ? Date.parse(rows[0].day) : 0;
}

/** Waits behind all packs that filled the index, so that it is written after them. */
function createFilledMark(receivedAt: number): WaitingPack {
	const mark = { day: "1970-01-01", key: FILLED, chunks: 0, bytes: 0 };
	return {
		key: FILLED,
		receivedAt,
		rows: { chunks: [], facts: [], elements: [], packs: [mark] },
	};
}

async function listIndexedPacks(index: Index, since: number): Promise<string[]> {
	const rows = await index.query<{ key: string }>(
		"SELECT DISTINCT key FROM packs WHERE day >= {since:Date}",
		{ since: new Date(since).toISOString().slice(0, 10) },
	);
	return rows.map(({ key }) => key);
}

/**
 * One object that cannot be read must not keep the others from being counted; it is tried again by the
 * next repair. A store that does not answer at all is waited for.
 * @throws StoreError unavailable
 */
async function feedPackOrSay(
	parts: RepairParts,
	key: string,
	unreadable: Set<string>,
): Promise<number | undefined> {
	const pack = await readPackOrSay(parts, key, unreadable);
	if (pack === undefined) return undefined;
	await feedPack(parts.feeder, pack);
	return pack.rows.chunks.length;
}

async function readPackOrSay(
	parts: RepairParts,
	key: string,
	unreadable: Set<string>,
): Promise<WaitingPack | undefined> {
	try {
		return await readPack(parts, key);
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		await parts.store.probe();
		if (!unreadable.has(key)) parts.log(`pack ${key} cannot be read (${error.message})`);
		unreadable.add(key);
		return undefined;
	}
}

/** @throws StoreError */
export async function readPack(
	{ store, now, log }: Pick<RepairParts, "store" | "now" | "log">,
	key: string,
): Promise<WaitingPack> {
	const bytes = await store.get(key);
	const { entries, torn } = decodePack(bytes);
	const indexed: IndexedEntry[] = [];
	for (const { head, chunk, offset, length } of entries) {
		try {
			const { envelope, facts } = decodeChunk(chunk);
			indexed.push({ head, envelope, facts: await readFacts(facts), place: { offset, length } });
		} catch (error) {
			if (!(error instanceof ProtocolError)) throw error;
			log(`pack ${key}: the chunk at ${offset} cannot be read (${error.code})`);
		}
	}
	if (torn) log(`pack ${key} is damaged: ${indexed.length} chunks could be read`);
	const receivedAt = Math.min(now(), ...indexed.map(({ head }) => head.receivedAt));
	return { key, receivedAt, rows: createPackRows({ key, bytes: bytes.length }, indexed) };
}
