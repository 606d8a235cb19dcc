// A disk that goes away leaves an empty folder or none: what is put there would never be found again, and
// what is looked for there would seem to be gone.
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDiskStore } from "../../../server/store/disk-store.ts";
import type { Store } from "../../../server/store/store.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";

const KEY = "p/a/one.pk";
const BYTES = new Uint8Array([1, 2, 3]);

let folder: TempFolder;
let root: string;
let store: Store;
beforeEach(async () => {
	folder = await createTempFolder("disk");
	root = join(folder.path, "objects");
	store = createDiskStore(root);
	await store.probe();
	await store.put(KEY, BYTES);
});
afterEach(() => folder.remove());

const list = async () => {
	const keys: string[] = [];
	for await (const { key } of store.list("p/")) keys.push(key);
	return keys;
};
const whatever: [what: string, act: () => Promise<unknown>][] = [
	["put", () => store.put("p/a/two.pk", BYTES)],
	["get", () => store.get(KEY)],
	["read a range", () => store.getRange(KEY, 0, 2)],
	["list", list],
	["delete", () => store.delete(KEY)],
];

test("what was never put is missing, and the mark is no object", async () => {
	await expect(store.get("p/a/none.pk")).rejects.toMatchObject({ kind: "missing" });
	expect(await list()).toEqual([KEY]);
	const all: string[] = [];
	for await (const { key } of store.list("")) all.push(key);
	expect(all).toEqual([KEY]);
});

describe.each([
	["is gone", async () => {}],
	["is an empty one of the same name", () => mkdir(root)],
])("while the folder %s", (_, replace) => {
	test.each(whatever)("nothing can be done: %s", async (_, act) => {
		await rename(root, `${root}.away`);
		await replace();
		await expect(act()).rejects.toMatchObject({ kind: "unavailable" });
		await expect(store.probe()).rejects.toThrow(/cannot be written/);
		// Nothing was made either where the disk belongs.
		expect(await readdir(root).catch(() => [])).toEqual([]);
	});

	test("nor by a process that has not seen it before", async () => {
		await rename(root, `${root}.away`);
		await replace();
		store = createDiskStore(root);
		for (const [, act] of whatever) {
			await expect(act()).rejects.toMatchObject({ kind: "unavailable" });
		}
		expect(await readdir(root).catch(() => [])).toEqual([]);
	});

	test("and everything is there when it is back", async () => {
		await rename(root, `${root}.away`);
		await replace();
		await expect(store.put("p/a/two.pk", BYTES)).rejects.toMatchObject({ kind: "unavailable" });
		await rename(`${root}.away`, root);
		await store.put("p/a/two.pk", BYTES);
		expect(await list()).toEqual([KEY, "p/a/two.pk"]);
	});
});
