// The chunks of some sessions, out of the packs they lie in, into one file. Sessions lie mixed in packs:
// each pack is read once for all of them, and the file is then read in the order of their streams.
import type { FileHandle } from "node:fs/promises";
import { PACK_BYTES } from "../../protocol/limits.ts";
import type { EntryPlace } from "../../protocol/pack.ts";
import { StoreError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { StoredChunk } from "./finish-message.ts";
import { writeAll } from "./write-all.ts";

/** What is read at once: a few whole packs, or many small ones. */
const READ_BYTES = 8 * 1024 * 1024;
const PARALLEL_READS = 16;
/** Two ranges this near are read as one. */
const NEAR_BYTES = 64 * 1024;

/** Where an entry stands in the file; undefined where its pack is not there. */
export type Gathered = Map<StoredChunk, EntryPlace | undefined>;

/** @throws StoreError unavailable */
export async function gatherChunks(
	store: Store,
	chunks: readonly StoredChunk[],
	file: FileHandle,
): Promise<Gathered> {
	const gathered: Gathered = new Map();
	let end = 0;
	for (const reads of groupReads(planReads(chunks))) {
		const answers = await Promise.all(reads.map((read) => readRange(store, read)));
		for (const [index, bytes] of answers.entries()) {
			const read = reads[index];
			for (const chunk of read?.chunks ?? []) {
				const start = chunk.offset - (read?.offset ?? 0);
				const entry = bytes?.subarray(start, start + chunk.length);
				if (entry === undefined) gathered.set(chunk, undefined);
				else {
					await writeAll(file, entry, end);
					gathered.set(chunk, { offset: end, length: entry.length });
					end += entry.length;
				}
			}
		}
	}
	return gathered;
}

export interface PlannedRead extends EntryPlace {
	pack: string;
	chunks: StoredChunk[];
}

/**
 * Ranges of packs, pack by pack. Where most of a pack up to its last wanted entry is wanted, or little
 * lies between, that is one range.
 */
export function planReads(chunks: readonly StoredChunk[]): PlannedRead[] {
	const reads: PlannedRead[] = [];
	const sorted = [...chunks].sort((a, b) =>
		a.pack === b.pack ? a.offset - b.offset : a.pack < b.pack ? -1 : 1,
	);
	for (const chunk of sorted) {
		const last = reads.at(-1);
		const end = chunk.offset + chunk.length;
		if (last !== undefined && last.pack === chunk.pack && isNear(last, chunk)) {
			last.length = Math.max(last.length, end - last.offset);
			last.chunks.push(chunk);
		} else
			reads.push({ pack: chunk.pack, offset: chunk.offset, length: chunk.length, chunks: [chunk] });
	}
	return reads;
}

function isNear(read: PlannedRead, chunk: StoredChunk): boolean {
	const end = chunk.offset + chunk.length;
	if (end - read.offset > PACK_BYTES) return false;
	const between = chunk.offset - read.offset - read.length;
	return between <= Math.max(NEAR_BYTES, read.length);
}

function groupReads(reads: readonly PlannedRead[]): PlannedRead[][] {
	const groups: PlannedRead[][] = [];
	let bytes = 0;
	for (const read of reads) {
		const group = groups.at(-1);
		bytes += read.length;
		if (group === undefined || bytes > READ_BYTES || group.length === PARALLEL_READS) {
			groups.push([read]);
			bytes = read.length;
		} else group.push(read);
	}
	return groups;
}

/** @returns undefined where there is no such pack */
async function readRange(
	store: Store,
	{ pack, offset, length }: PlannedRead,
): Promise<Uint8Array | undefined> {
	try {
		return await store.getRange(pack, offset, length);
	} catch (error) {
		if (error instanceof StoreError && error.kind === "missing") return undefined;
		throw error;
	}
}
