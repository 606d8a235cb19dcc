// Finds packs that the index has not counted and feeds them: what was stored while the index was down
// or when the process died between the acknowledgement and the rows. Runs at start, after the feeder
// had no room, and every 10 minutes. A fresh index is filled from all packs there are.
import { decodeChunk } from "../../protocol/chunk.ts";
import { decodePack } from "../../protocol/pack.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { IndexUnavailable } from "../errors.ts";
import { readFacts } from "../ingest/receive.ts";
import { ALL_PACKS, isPackKey, packHours } from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import type { Index } from "./client.ts";
import type { Feeder, WaitingPack } from "./feeder.ts";
import { createPackRows, type IndexedEntry } from "./rows.ts";

const WINDOW_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const DRAIN_MS = 60_000;

export interface RepairParts {
	store: Store;
	index: Index;
	feeder: Feeder;
	now: () => number;
	log: (line: string) => void;
}

/** @returns a function that looks through the store once and says how many packs it fed */
export function createRepair(parts: RepairParts): () => Promise<number> {
	const { store, index, feeder, now, log } = parts;
	// Set while a fresh index is being filled, so that a fill that was cut short starts again whole.
	let isFilling: boolean | undefined;

	return async () => {
		isFilling ??= await isEmpty(index);
		const known = new Set(await listIndexedPacks(index, isFilling ? 0 : now() - 2 * WINDOW_MS));
		const prefixes = isFilling ? [ALL_PACKS] : packHours(now() - WINDOW_MS, now() + HOUR_MS);
		let fed = 0;
		for (const prefix of prefixes) {
			for await (const { key } of store.list(prefix)) {
				if (!isPackKey(key) || known.has(key) || feeder.holds(key)) continue;
				await feed(feeder, await readPack(parts, key));
				fed++;
			}
		}
		isFilling = false;
		if (fed > 0) log(`${fed} packs were stored but not counted yet; they are being counted`);
		return fed;
	};
}

async function feed(feeder: Feeder, pack: WaitingPack): Promise<void> {
	while (!feeder.add(pack)) {
		if (!(await feeder.drain(DRAIN_MS))) throw new IndexUnavailable();
	}
}

async function isEmpty(index: Index): Promise<boolean> {
	return (await index.query("SELECT 1 FROM packs LIMIT 1")).length === 0;
}

async function listIndexedPacks(index: Index, since: number): Promise<string[]> {
	const rows = await index.query<{ key: string }>(
		"SELECT DISTINCT key FROM packs WHERE day >= {since:Date}",
		{ since: new Date(since).toISOString().slice(0, 10) },
	);
	return rows.map(({ key }) => key);
}

async function readPack({ store, now, log }: RepairParts, key: string): Promise<WaitingPack> {
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
