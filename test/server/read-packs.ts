// What a store surely has: every chunk in every pack, read without the index.
import { decodeChunk } from "../../protocol/chunk.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { decodePack } from "../../protocol/pack.ts";
import { ALL_PACKS, isPackKey } from "../../server/store/layout.ts";
import type { Store } from "../../server/store/store.ts";

export interface StoredChunks {
	packs: number;
	bytes: number;
	/** Keys of packs that were not read to their end. */
	torn: string[];
	/** Stream and sequence → CRC-32 of every copy there is. */
	copies: Map<string, number[]>;
}

/** @throws StoreError */
export async function readStoredChunks(store: Store): Promise<StoredChunks> {
	const found: StoredChunks = { packs: 0, bytes: 0, torn: [], copies: new Map() };
	for await (const { key } of store.list(ALL_PACKS)) {
		if (!isPackKey(key)) continue;
		const bytes = await store.get(key);
		found.packs++;
		found.bytes += bytes.length;
		const { entries, torn } = decodePack(bytes);
		if (torn) found.torn.push(key);
		for (const { chunk } of entries) {
			const { stream, sequence } = decodeChunk(chunk).envelope;
			const identity = `${stream}/${sequence}`;
			const copies = found.copies.get(identity);
			if (copies === undefined) found.copies.set(identity, [crc32(chunk)]);
			else copies.push(crc32(chunk));
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
