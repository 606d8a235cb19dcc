import { randomBytes } from "node:crypto";
import { mkdir, readdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createUuidV7 } from "../../../protocol/ids.ts";
import { decodePack, type Entry } from "../../../protocol/pack.ts";
import { StoreError } from "../../../server/errors.ts";
import { createJournal, type Journal } from "../../../server/ingest/journal.ts";
import { createPackWriter } from "../../../server/ingest/pack-writer.ts";
import type { Store } from "../../../server/store/store.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";
import { waitFor } from "../../support/wait-for.ts";

const SIGNAL = new AbortController().signal;
const entry = (note: string, bytes = 0): Entry => ({
	head: { site: 1, receivedAt: 5, sentAt: 0, attempt: 0, userAgent: note, crc: 0 },
	chunk: new Uint8Array(bytes),
});

let temporary: TempFolder;
let folder: string;
let objects: Map<string, Uint8Array>;
let isDown: boolean;
let appended: { key: string; places: readonly { offset: number; length: number }[] }[];
let uploaded: string[];
let direct: number;
const journals: Journal<Entry>[] = [];
beforeEach(async () => {
	temporary = await createTempFolder("journal");
	folder = join(temporary.path, "journal");
	objects = new Map();
	isDown = false;
	appended = [];
	uploaded = [];
	direct = 0;
});
afterEach(async () => {
	isDown = false;
	for (const journal of journals.splice(0)) await journal.close();
	await temporary.remove();
});

/** A store in memory, which has to be told when it is away. */
const store = {
	async put(key: string, bytes: Uint8Array) {
		if (isDown) throw new StoreError("unavailable", "away");
		objects.set(key, bytes.slice());
	},
	async get(key: string) {
		const bytes = objects.get(key);
		if (bytes === undefined) throw new StoreError("missing", key);
		return bytes;
	},
	async getRange(key: string, offset: number, length: number) {
		return (await store.get(key)).subarray(offset, offset + length);
	},
};

function openJournal(uploadMs = 60_000): Journal<Entry> {
	const names = { node: "test", now: Date.now };
	const createId = (now: number) => createUuidV7(now, randomBytes(10));
	const journal = createJournal<Entry>({
		...{ ...names, folder, createId, uploadMs, store: store as unknown as Store, log: () => {} },
		direct: createPackWriter({ ...names, createId, store, onStored: () => direct++ }),
		onAppended: ({ key, places }) => appended.push({ key, places }),
		onUploaded: (key) => uploaded.push(key),
	});
	journals.push(journal);
	return journal;
}

const notes = () =>
	[...objects.values()]
		.flatMap((bytes) => decodePack(bytes).entries.map(({ head }) => head.userAgent))
		.sort();

describe("a journal", () => {
	test("gathers batches in one pack and uploads it when its time has come, whole and at the places it said", async () => {
		const journal = openJournal(100);
		await journal.write([entry("a", 10), entry("b", 20)], SIGNAL);
		await journal.write([entry("c", 30)], SIGNAL);
		expect(objects.size).toBe(0);
		await waitFor(() => uploaded.length === 1, { what: "the upload" });
		const [first, second] = appended;
		expect([first?.key, second?.key]).toEqual([uploaded[0], uploaded[0]]);
		const { entries, torn } = decodePack(objects.get(uploaded[0] ?? "") ?? new Uint8Array());
		expect(torn).toBe(false);
		expect(entries.map(({ offset, length }) => ({ offset, length }))).toEqual([
			...(first?.places ?? []),
			...(second?.places ?? []),
		]);
		await waitFor(async () => (await readdir(folder)).length === 0, { what: "the empty folder" });
	});

	test("uploads a pack that is full, and none larger than 8 MiB", async () => {
		const journal = openJournal();
		for (let n = 0; n < 9; n++) await journal.write([entry(`${n}`, 2_000_000)], SIGNAL);
		await waitFor(() => uploaded.length === 2, { what: "two full packs" });
		for (const bytes of objects.values()) expect(bytes.length).toBeLessThan(8 * 1024 * 1024 + 1000);
		expect(notes()).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
	});

	test("reads what it has not uploaded yet, and what it has", async () => {
		const journal = openJournal();
		await journal.write([entry("a", 10), entry("b", 20)], SIGNAL);
		const { key = "", places = [] } = appended[0] ?? {};
		const read = async () => {
			const [, place] = places;
			const bytes = await journal.store.getRange(key, place?.offset ?? 0, place?.length ?? 0);
			const whole = decodePack(await journal.store.get(key));
			return [Buffer.from(bytes).toString("hex"), whole.torn, whole.entries.length];
		};
		const before = await read();
		expect(before.slice(1)).toEqual([false, 2]);
		await journal.close();
		expect(objects.size).toBe(1);
		expect(await read()).toEqual(before);
	});

	test("keeps what the store does not take, and uploads it when it does", async () => {
		isDown = true;
		const journal = openJournal(20);
		await journal.write([entry("a")], SIGNAL);
		await journal.write([entry("b")], SIGNAL);
		await waitFor(() => journal.waitingBytes() > 0, { what: "the waiting pack" });
		await journal.write([entry("c")], SIGNAL);
		expect(direct).toBe(0);
		isDown = false;
		await waitFor(() => notes().length === 3, { what: "all of it", timeoutMs: 20_000 });
	});
});

describe("what a crash leaves", () => {
	test("is uploaded first at the next start, without the entry that was being written", async () => {
		const journal = openJournal();
		await journal.write([entry("a", 100)], SIGNAL);
		await journal.write([entry("b", 100)], SIGNAL);
		const [name = ""] = await readdir(folder);
		await truncate(join(folder, name), (appended[1]?.places[0]?.offset ?? 0) + 50);
		await openJournal().recover();
		expect(notes()).toEqual(["a"]);
		expect([...objects.keys()]).toEqual([appended[0]?.key]);
		expect(await readdir(folder)).toEqual([]);
	});

	test("without a single entry is removed, and what is not ours is left alone", async () => {
		await mkdir(folder, { recursive: true });
		await writeFile(join(folder, `${createUuidV7(Date.now(), randomBytes(10))}-test.pk`), "SN");
		await writeFile(join(folder, "notes.txt"), "mine");
		await openJournal().recover();
		expect(await readdir(folder)).toEqual(["notes.txt"]);
		expect(objects.size).toBe(0);
	});

	test("waits for a store that is away", async () => {
		await openJournal().write([entry("a")], SIGNAL);
		isDown = true;
		const next = openJournal();
		await expect(next.recover()).rejects.toThrow(StoreError);
		isDown = false;
		await waitFor(() => notes().includes("a"), { what: "the upload", timeoutMs: 20_000 });
	});
});

describe("where the local disk fails", () => {
	test("before the first entry, it goes to the store", async () => {
		await writeFile(folder, "a file where the folder should be");
		const journal = openJournal();
		await journal.write([entry("a")], SIGNAL);
		await journal.write([entry("b")], SIGNAL);
		expect([notes(), direct]).toEqual([["a", "b"], 2]);
	});

	test("and the store as well, nothing is acknowledged", async () => {
		await writeFile(folder, "a file where the folder should be");
		isDown = true;
		await expect(openJournal().write([entry("a")], SIGNAL)).rejects.toThrow(StoreError);
	});
});
