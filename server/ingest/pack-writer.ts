// Entries → one pack, put into the store.
import { crc32 } from "node:zlib";
import { type Entry, type EntryPlace, encodePack } from "../../protocol/pack.ts";
import { packKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";

export interface StoredPack<E extends Entry> {
	key: string;
	bytes: number;
	entries: readonly E[];
	places: readonly EntryPlace[];
}

/** Resolves once the entries are durable. @throws StoreError */
export type WriteEntries<E extends Entry> = (entries: E[], signal: AbortSignal) => Promise<void>;

export interface PackWriterOptions<E extends Entry> {
	store: Pick<Store, "put">;
	/** Short name of this server, part of each key. */
	node: string;
	createId: (now: number) => string;
	now: () => number;
	onStored: (pack: StoredPack<E>) => void;
}

export function createPackWriter<E extends Entry>(options: PackWriterOptions<E>): WriteEntries<E> {
	return async (entries, signal) => {
		const now = options.now();
		const key = packKey(options.createId(now), options.node, now);
		const { bytes, places } = encodePack(entries, crc32);
		await options.store.put(key, bytes, signal);
		options.onStored({ key, bytes: bytes.length, entries, places });
	};
}
