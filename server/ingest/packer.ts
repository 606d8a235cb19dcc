// Chunks → packs. Chunks that wait together are written together; each is told once its pack is
// durable. While writes are in flight the next pack fills by itself, so a busy server writes few large
// packs and an idle one answers at once. On S3 a short linger keeps request counts low; last words
// (`urgent`) never linger.
import { PACK_BYTES } from "../../protocol/limits.ts";
import { type Entry, type EntryPlace, encodePack } from "../../protocol/pack.ts";
import { StoreError } from "../errors.ts";
import { packKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";

export interface StoredPack<E extends Entry> {
	key: string;
	bytes: number;
	entries: readonly E[];
	places: readonly EntryPlace[];
}

export interface Packer<E extends Entry> {
	/** Resolves once the entry is durable. @throws StoreError unavailable when it is not or may not be */
	add(entry: E, urgent: boolean): Promise<void>;
	/** Writes what waits and resolves when nothing is in flight. */
	drain(): Promise<void>;
}

export interface PackerOptions<E extends Entry> {
	store: Store;
	/** Short name of this server, part of each key. */
	node: string;
	createId: (now: number) => string;
	now: () => number;
	/** How long the first chunk of a pack waits for company, 0 for not at all. */
	lingerMs: number;
	maxWrites: number;
	/** Bytes that an entry holds in memory; a few of them on the wire may inflate to very many. */
	weigh: (entry: E) => number;
	/** Bytes held, waiting and in flight, above which chunks are refused. */
	maxBytes: number;
	onStored: (pack: StoredPack<E>) => void;
}

interface Waiting<E> {
	entry: E;
	weight: number;
	done: () => void;
	fail: (error: StoreError) => void;
}

export function createPacker<E extends Entry>(options: PackerOptions<E>): Packer<E> {
	let waiting: Waiting<E>[] = [];
	let waitingBytes = 0;
	let bytesHeld = 0;
	let timer: NodeJS.Timeout | undefined;
	const writes = new Set<Promise<void>>();

	const flush = (): void => {
		clearTimeout(timer);
		timer = undefined;
		while (waiting.length > 0 && writes.size < options.maxWrites) {
			const batch = takeBatch();
			const write = writePack(batch).finally(() => {
				writes.delete(write);
				flush();
			});
			writes.add(write);
		}
	};

	const takeBatch = (): Waiting<E>[] => {
		let bytes = 0;
		let end = 0;
		do {
			bytes += waiting[end]?.weight ?? 0;
			end++;
		} while (end < waiting.length && bytes + (waiting[end]?.weight ?? 0) <= PACK_BYTES);
		const batch = waiting.slice(0, end);
		waiting = waiting.slice(end);
		waitingBytes -= bytes;
		return batch;
	};

	const writePack = async (batch: Waiting<E>[]): Promise<void> => {
		const entries = batch.map(({ entry }) => entry);
		const now = options.now();
		const key = packKey(options.createId(now), options.node, now);
		try {
			const { bytes, places } = encodePack(entries);
			await options.store.put(key, bytes);
			options.onStored({ key, bytes: bytes.length, entries, places });
			for (const { done } of batch) done();
		} catch (cause) {
			const error =
				cause instanceof StoreError ? cause : new StoreError("unavailable", `${key} failed`, cause);
			for (const { fail } of batch) fail(error);
		} finally {
			for (const { weight } of batch) bytesHeld -= weight;
		}
	};

	return {
		add(entry, urgent) {
			const weight = options.weigh(entry);
			if (bytesHeld + weight > options.maxBytes) {
				return Promise.reject(new StoreError("unavailable", "too many bytes are in flight"));
			}
			bytesHeld += weight;
			waitingBytes += weight;
			return new Promise((done, fail) => {
				waiting.push({ entry, weight, done, fail });
				if (urgent || options.lingerMs === 0 || waitingBytes >= PACK_BYTES) flush();
				else timer ??= setTimeout(flush, options.lingerMs);
			});
		},
		async drain() {
			while (waiting.length > 0 || writes.size > 0) {
				flush();
				await Promise.all(writes);
			}
		},
	};
}
