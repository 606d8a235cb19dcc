// Chunks → packs. Chunks that wait together are written together; each is told once its pack is
// durable. A pack is due when it has lingered, is large enough or holds last words (`urgent`), which
// never linger. While all writes are busy, what is due goes on filling: a busy server writes few large
// packs. Nobody waits for longer than the deadline, counted from the chunk that came first; the memory
// of a chunk is given back when its write has really ended, even where its sender was told no before.
import { PACK_BYTES, PACK_TARGET_BYTES } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/pack.ts";
import { StoreError } from "../errors.ts";
import type { Linger } from "./linger.ts";
import type { Memory } from "./memory.ts";

export interface Packer<E extends Entry> {
	/** Resolves once the entry is durable. @throws StoreError unavailable when it is not or may not be */
	add(entry: E, urgent: boolean): Promise<void>;
	/** Writes what waits and resolves when nothing is in flight. */
	drain(): Promise<void>;
}

export interface PackerOptions<E extends Entry> {
	/** Resolves once the entries are durable. @throws StoreError */
	write: (entries: E[], signal: AbortSignal) => Promise<void>;
	now: () => number;
	/** Undefined where a pack is written at once. */
	linger: Linger | undefined;
	maxWrites: number;
	/** A chunk that is not stored this long after it came is refused. */
	deadlineMs: number;
	/** Bytes that an entry holds in memory; a few of them on the wire may inflate to very many. */
	weigh: (entry: E) => number;
	memory: Memory;
}

interface Waiting<E> {
	entry: E;
	weight: number;
	/** Epoch ms. */
	since: number;
	done: () => void;
	fail: (error: StoreError) => void;
}

export function createPacker<E extends Entry>(options: PackerOptions<E>): Packer<E> {
	const { memory, linger } = options;
	let waiting: Waiting<E>[] = [];
	let waitingBytes = 0;
	let isDue = false;
	let timer: NodeJS.Timeout | undefined;
	const writes = new Set<Promise<void>>();

	const flush = (): void => {
		clearTimeout(timer);
		timer = undefined;
		isDue = true;
		while (waiting.length > 0 && writes.size < options.maxWrites) {
			const batch = takeBatch();
			const write = writePack(batch).finally(() => {
				writes.delete(write);
				// What is not due yet goes on lingering.
				if (isDue) flush();
			});
			writes.add(write);
		}
		if (waiting.length === 0) isDue = false;
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
		const now = options.now();
		const abort = new AbortController();
		const giveUp = setTimeout(() => abort.abort(), timeLeft(batch.at(-1), now));
		try {
			await options.write(
				batch.map(({ entry }) => entry),
				abort.signal,
			);
			for (const { done } of batch) done();
		} catch (cause) {
			const error =
				cause instanceof StoreError
					? cause
					: new StoreError("unavailable", "the pack could not be written", cause);
			for (const { fail } of batch) fail(error);
		} finally {
			clearTimeout(giveUp);
			for (const { weight } of batch) memory.give(weight);
		}
	};

	/** Time that a put may take; a clock that was set back must not add to it. */
	const timeLeft = (newest: Waiting<E> | undefined, now: number): number => {
		const waited = Math.max(0, now - (newest?.since ?? now));
		return Math.max(0, options.deadlineMs - waited);
	};

	/** A chunk whose pack has not been begun goes; one that is being written may be stored all the same. */
	const refuseLate = (waiter: Waiting<E>): void => {
		waiter.fail(new StoreError("unavailable", "the store does not answer in time"));
		const position = waiting.indexOf(waiter);
		if (position < 0) return;
		waiting.splice(position, 1);
		waitingBytes -= waiter.weight;
		memory.give(waiter.weight);
	};

	const isFull = () => waitingBytes >= PACK_TARGET_BYTES;

	return {
		async add(entry, urgent) {
			const weight = options.weigh(entry);
			memory.take(weight);
			waitingBytes += weight;
			const since = options.now();
			linger?.count(since);
			return new Promise((resolve, reject) => {
				const settle = (how: () => void): void => {
					clearTimeout(deadline);
					how();
				};
				const waiter: Waiting<E> = {
					...{ entry, weight, since },
					done: () => settle(resolve),
					fail: (error) => settle(() => reject(error)),
				};
				const deadline = setTimeout(() => refuseLate(waiter), options.deadlineMs);
				waiting.push(waiter);
				if (urgent || linger === undefined || isFull() || isDue) flush();
				else timer ??= setTimeout(flush, linger.ms(since));
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
