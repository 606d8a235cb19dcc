// What a store surely has: every chunk in every pack and in every recording, read without the index.
import { decodeChunk } from "../../protocol/chunk.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { decodePack } from "../../protocol/pack.ts";
import { readRecordingHead } from "../../server/recordings/read-recording.ts";
import { ALL_PACKS, isPackKey, parseRecordingKey } from "../../server/store/layout.ts";
import type { Store } from "../../server/store/store.ts";

export interface StoredChunks {
	packs: number;
	bytes: number;
	/** Keys of packs that were not read to their end. */
	torn: string[];
	recordings: number;
	/** Stream and sequence → CRC-32 of every copy there is. */
	copies: Map<string, number[]>;
}

/** @throws StoreError */
export async function readStoredChunks(store: Store): Promise<StoredChunks> {
	const found: StoredChunks = { packs: 0, bytes: 0, torn: [], recordings: 0, copies: new Map() };
	const addCopy = (stream: string, sequence: number, crc: number): void => {
		const identity = `${stream}/${sequence}`;
		const copies = found.copies.get(identity);
		if (copies === undefined) found.copies.set(identity, [crc]);
		else copies.push(crc);
	};
	for await (const { key } of store.list(ALL_PACKS)) {
		if (!isPackKey(key)) continue;
		const bytes = await store.get(key);
		found.packs++;
		found.bytes += bytes.length;
		const { entries, torn } = decodePack(bytes);
		if (torn) found.torn.push(key);
		for (const { chunk } of entries) {
			const { stream, sequence } = decodeChunk(chunk).envelope;
			addCopy(stream, sequence, crc32(chunk));
		}
	}
	for await (const { key } of store.list("r/")) {
		if (parseRecordingKey(key) === undefined) continue;
		found.recordings++;
		const { head } = await readRecordingHead(store, key);
		for (const [stream, chunks] of Object.entries(head.chunks)) {
			for (const [sequence, , crc] of chunks) addCopy(stream, sequence, crc);
		}
	}
	return found;
}

/**
 * What is wrong between what was acknowledged and what is stored: chunks that are missing, and copies
 * whose bytes differ, of which a visitor's session would show one or the other.
 */
export function findLosses(
	acknowledged: Iterable<readonly [identity: string, crc: number]>,
	stored: StoredChunks,
): string[] {
	const losses: string[] = [];
	for (const [identity, crc] of acknowledged) {
		const copies = stored.copies.get(identity) ?? [];
		if (!copies.includes(crc)) losses.push(`${identity} is missing`);
		if (copies.some((copy) => copy !== crc)) losses.push(`${identity} has another copy`);
	}
	return losses;
}
