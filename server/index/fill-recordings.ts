// Feeds the index from recordings: their rows parts hold what the packs held that are gone. Packs that
// are still there are fed after them and take their place, row by row. Recordings that the index has
// already are skipped, so that a fill that was cut short goes on where it was.
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { parseEnvelope } from "../../protocol/envelope.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import type { EntryHead } from "../../protocol/pack.ts";
import { parseFacts } from "../../protocol/parse-facts.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { RecordingError, type RecordingHead } from "../../protocol/recording.ts";
import { StoreError } from "../errors.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import { listNamedChunks } from "../recordings/chunk-set.ts";
import { readRecordingHead } from "../recordings/read-recording.ts";
import type { Store } from "../store/store.ts";
import { type Feeder, feedPack } from "./feeder.ts";
import { createRecordingRow } from "./recording-row.ts";
import { createPackRows, type IndexedEntry, type PackRows } from "./rows.ts";

/** Chunks whose rows are made at once. */
const PIECE_CHUNKS = 200;
const PIECE_FACTS = 10_000;

export interface FillParts {
	store: Store;
	feeder: Feeder;
	isErased: Tombstones["isErased"];
	log: (line: string) => void;
}

/**
 * @returns how many chunks it holds; undefined where it is erased or cannot be read
 * @throws StoreError unavailable, IndexUnavailable
 */
export async function feedRecording(parts: FillParts, key: string): Promise<number | undefined> {
	try {
		return await feed(parts, key);
	} catch (error) {
		if (!isUnreadable(error)) throw error;
		parts.log(`recording ${key} cannot be read (${String(error)})`);
		return undefined;
	}
}

async function feed({ store, feeder, isErased }: FillParts, key: string) {
	const { head, body } = await readRecordingHead(store, key);
	if (isErased(head.site, head.session, head.visitor)) return undefined;
	const [offset, length] = head.rows;
	const bytes = body + offset + length;
	let piece = 0;
	let waiting: PackRows | undefined;
	for await (const entries of readPieces(await store.getRange(key, body + offset, length))) {
		if (waiting !== undefined) await feedPiece(waiting);
		waiting = { ...createPackRows({ key, bytes }, entries), packs: [] };
	}
	const chunks = listNamedChunks(head).length;
	const found = { key, head, headBytes: body, bytes, chunks };
	// The last piece says that all are there.
	await feedPiece({
		...(waiting ?? { chunks: [], facts: [], elements: [] }),
		recordings: [createRecordingRow(found, head.endedAt)],
		packs: [{ day: dayOf(head), key, chunks, bytes }],
	});
	return chunks;

	function feedPiece(rows: PackRows): Promise<void> {
		return feedPack(feeder, { key: `${key}#${piece++}`, rows, receivedAt: head.endedAt });
	}
}

/** Chunks of a rows part, some at a time: few bytes may hold very many facts. */
async function* readPieces(gzip: Uint8Array): AsyncGenerator<IndexedEntry[]> {
	let entries: IndexedEntry[] = [];
	let facts = 0;
	for await (const line of readLines(gzip)) {
		const entry = parseRow(line);
		entries.push(entry);
		facts += entry.facts.length;
		if (entries.length < PIECE_CHUNKS && facts < PIECE_FACTS) continue;
		yield entries;
		[entries, facts] = [[], 0];
	}
	if (entries.length > 0) yield entries;
}

/** Not by `readline`: it also ends lines where a text has U+2028. @throws RecordingError */
async function* readLines(gzip: Uint8Array): AsyncGenerator<string> {
	let rest = Buffer.alloc(0);
	try {
		for await (const bytes of Readable.from([gzip]).pipe(createGunzip())) {
			rest = Buffer.concat([rest, bytes]);
			let start = 0;
			for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a, start)) {
				yield rest.toString("utf8", start, end);
				start = end + 1;
			}
			rest = rest.subarray(start);
		}
	} catch (error) {
		throw new RecordingError(`its rows are damaged: ${String(error)}`);
	}
}

/** @throws RecordingError, ProtocolError */
function parseRow(line: string): IndexedEntry {
	let row: unknown;
	try {
		row = JSON.parse(line);
	} catch {
		throw new RecordingError("a row is not JSON");
	}
	if (!Array.isArray(row)) throw new RecordingError("a row is no list");
	const [head, envelope, facts, length] = row as [EntryHead, unknown, unknown, number];
	return {
		head,
		envelope: parseEnvelope(JSON.stringify(envelope)),
		facts: parseFacts(JSON.stringify(facts)).facts,
		place: { offset: 0, length },
	};
}

function isUnreadable(error: unknown): boolean {
	if (error instanceof StoreError) return error.kind === "missing";
	return error instanceof RecordingError || error instanceof ProtocolError;
}

function dayOf({ session }: RecordingHead): string {
	return new Date(timeOfUuidV7(session)).toISOString().slice(0, 10);
}
