import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createUuidV7 } from "../../../protocol/ids.ts";
import { decodePack, type Entry } from "../../../protocol/pack.ts";
import { StoreError } from "../../../server/errors.ts";
import { createMemory } from "../../../server/ingest/memory.ts";
import { createPackWriter } from "../../../server/ingest/pack-writer.ts";
import { createPacker, type PackerOptions } from "../../../server/ingest/packer.ts";
import type { Store } from "../../../server/store/store.ts";
import { waitFor } from "../../support/wait-for.ts";

const HEAD = { site: 1, receivedAt: 1, sentAt: 0, attempt: 0, userAgent: "", crc: 0 };

/** A store whose puts end when the test says so. */
function createGate() {
	const puts: { bytes: Uint8Array; done: () => void; fail: (error: Error) => void }[] = [];
	const put = (_: string, bytes: Uint8Array, signal?: AbortSignal) =>
		new Promise<void>((done, fail) => {
			puts.push({ bytes, done, fail });
			signal?.addEventListener("abort", () => fail(new StoreError("unavailable", "aborted")));
		});
	return {
		store: { put },
		puts,
		entriesOf: (n: number) => decodePack(puts[n]?.bytes ?? new Uint8Array()).entries,
	};
}

function createTestPacker({
	store,
	...options
}: Partial<PackerOptions<Entry>> & { store: Pick<Store, "put"> }) {
	const memory = createMemory(64 * 1024 * 1024);
	const packer = createPacker<Entry>({
		...{ memory, now: Date.now, linger: undefined, maxWrites: 2, deadlineMs: 20_000 },
		weigh: ({ chunk }) => chunk.length,
		...options,
		write: createPackWriter({
			...{ store, node: "test", now: Date.now, onStored: () => {} },
			createId: (now) => createUuidV7(now, randomBytes(10)),
		}),
	});
	const add = (bytes = 10, urgent = false) =>
		packer.add({ head: HEAD, chunk: new Uint8Array(bytes) }, urgent);
	return { packer, add, memory };
}

const NEVER = { count: () => {}, ms: () => 60_000 };

describe("a pack is written", () => {
	test("at once where nothing lingers, and what comes meanwhile goes together", async () => {
		const { store, puts, entriesOf } = createGate();
		const { add } = createTestPacker({ store, maxWrites: 1 });
		const all = [add(), add(), add()];
		expect(puts).toHaveLength(1);
		puts[0]?.done();
		await waitFor(() => puts.length === 2, { what: "the second pack" });
		expect(entriesOf(1)).toHaveLength(2);
		puts[1]?.done();
		await Promise.all(all);
	});

	test("when it has lingered", async () => {
		const { store, puts, entriesOf } = createGate();
		const { add } = createTestPacker({ store, linger: { count: () => {}, ms: () => 30 } });
		void add();
		void add();
		expect(puts).toHaveLength(0);
		await waitFor(() => puts.length === 1, { what: "the pack" });
		expect(entriesOf(0)).toHaveLength(2);
	});

	test("at once with last words, which take along what waits", () => {
		const { store, entriesOf } = createGate();
		const { add } = createTestPacker({ store, linger: NEVER });
		void add();
		void add(10, true);
		expect(entriesOf(0)).toHaveLength(2);
	});

	test("when it has a mebibyte, and holds at most eight", () => {
		const { store, puts, entriesOf } = createGate();
		const { add } = createTestPacker({ store, linger: NEVER, maxWrites: 1 });
		void add(600_000);
		expect(puts).toHaveLength(0);
		void add(600_000);
		expect(entriesOf(0)).toHaveLength(2);
		for (let n = 0; n < 6; n++) void add(2_000_000);
		puts[0]?.done();
		return waitFor(() => puts.length === 2, { what: "the next pack" }).then(() =>
			expect(entriesOf(1)).toHaveLength(4),
		);
	});

	test("not before its time because another one has been written", async () => {
		const { store, puts } = createGate();
		const { add } = createTestPacker({ store, linger: NEVER });
		const urgent = add(10, true);
		void add();
		puts[0]?.done();
		await urgent;
		await delay(5);
		expect(puts).toHaveLength(1);
	});

	test("at most so many at once", () => {
		const { store, puts } = createGate();
		const { add } = createTestPacker({ store, maxWrites: 4 });
		for (let n = 0; n < 10; n++) void add();
		expect(puts).toHaveLength(4);
	});
});

describe("a chunk is refused", () => {
	test("when there is no memory for it, and is taken when there is again", async () => {
		const { store, puts } = createGate();
		const { add, memory } = createTestPacker({ store, memory: createMemory(100) });
		const first = add(90);
		await expect(add(20)).rejects.toMatchObject({ code: "store_unavailable" });
		puts[0]?.done();
		await first;
		expect(memory.held()).toBe(0);
		void add(90);
		expect(puts).toHaveLength(2);
	});

	test("when its pack could not be written", async () => {
		const { store, puts } = createGate();
		const { add, memory } = createTestPacker({ store });
		const chunk = add();
		puts[0]?.fail(new Error("no"));
		await expect(chunk).rejects.toMatchObject({ name: "StoreError", kind: "unavailable" });
		expect(memory.held()).toBe(0);
	});

	test("at its deadline, and nothing of it is held after", async () => {
		const { store } = createGate();
		const { add, memory } = createTestPacker({ store, deadlineMs: 40 });
		await expect(add()).rejects.toMatchObject({ name: "StoreError" });
		await waitFor(() => memory.held() === 0, { what: "the memory" });
	});

	test("at its deadline by a store that hears nothing: what was not begun is gone, what was is held", async () => {
		const { puts, store } = createGate();
		const put = (key: string, bytes: Uint8Array) => store.put(key, bytes);
		const { add, memory } = createTestPacker({ store: { put }, maxWrites: 1, deadlineMs: 20 });
		const [writing, waiting] = [add(), add()];
		await expect(writing).rejects.toMatchObject({ name: "StoreError" });
		await expect(waiting).rejects.toMatchObject({ name: "StoreError" });
		expect(memory.held()).toBe(10);
		puts[0]?.done();
		await waitFor(() => memory.held() === 0, { what: "the memory" });
		expect(puts).toHaveLength(1);
	});
});
