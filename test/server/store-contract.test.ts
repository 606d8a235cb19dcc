// One contract, every store: what ingest and reading rely on, on a disk, on a real S3 server, and on the
// S3 stand-in that other suites inject faults with.
import { randomUUID } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Config } from "../../server/config.ts";
import { StartError, StoreError } from "../../server/errors.ts";
import { createStore } from "../../server/store/create-store.ts";
import type { Store } from "../../server/store/store.ts";
import { startFaultS3 } from "../support/fault-s3.ts";
import { describeWithS3 } from "../support/suites.ts";
import { createTempFolder } from "../support/temp-folder.ts";
import { useS3Keys } from "./s3-storage.ts";

function testContract(create: () => Store): void {
	let store: Store;
	beforeAll(async () => {
		store = create();
		await store.probe();
	});
	afterAll(() => store.close());
	const listed = async (prefix: string) => {
		const found: [string, number][] = [];
		for await (const { key, bytes } of store.list(prefix)) found.push([key, bytes]);
		return found;
	};
	const bytes = new Uint8Array(300_000).map((_, index) => (index * 31) & 255);

	test("gives back what was put, whole and in ranges", async () => {
		await store.put("p/a/one.pk", bytes);
		expect(Buffer.from(await store.get("p/a/one.pk")).equals(bytes)).toBe(true);
		const range = await store.getRange("p/a/one.pk", 1000, 5000);
		expect(Buffer.from(range).equals(bytes.subarray(1000, 6000))).toBe(true);
	});

	test("takes a file as it takes bytes, and leaves the file", async () => {
		const path = join(tmpdir(), `snag-put-${randomUUID()}`);
		for (const size of [0, 1, bytes.length]) {
			await writeFile(path, bytes.subarray(0, size));
			await store.putFile("p/a/file.pk", path, size);
			const stored = await store.get("p/a/file.pk");
			expect(Buffer.from(stored).equals(bytes.subarray(0, size))).toBe(true);
		}
		expect((await stat(path)).size).toBe(bytes.length);
		await rm(path);
		await expect(store.putFile("p/a/file.pk", path, 3)).rejects.toBeInstanceOf(StoreError);
		expect((await store.get("p/a/file.pk")).length).toBe(bytes.length);
	});

	test("gives fewer bytes where the object ends before the range, none behind it", async () => {
		await store.put("p/a/short.pk", bytes.subarray(0, 10));
		expect((await store.getRange("p/a/short.pk", 4, 100)).length).toBe(6);
		expect((await store.getRange("p/a/short.pk", 50, 100)).length).toBe(0);
	});

	test("keeps an empty object and replaces an object that is put again", async () => {
		await store.put("p/a/empty.pk", new Uint8Array());
		expect((await store.get("p/a/empty.pk")).length).toBe(0);
		await store.put("p/a/twice.pk", bytes.subarray(0, 3));
		await store.put("p/a/twice.pk", bytes.subarray(0, 4));
		expect((await store.get("p/a/twice.pk")).length).toBe(4);
	});

	test("lists by prefix in key order, across more than one page of answers", async () => {
		const keys = Array.from({ length: 1100 }, (_, n) => `p/list/${String(n).padStart(4, "0")}.pk`);
		for (let at = 0; at < keys.length; at += 20) {
			await Promise.all(keys.slice(at, at + 20).map((key) => store.put(key, bytes.subarray(0, 2))));
		}
		await store.put("p/list-not/0001.pk", bytes.subarray(0, 2));
		expect(await listed("p/list/")).toEqual(keys.map((key) => [key, 2]));
		expect(await listed("p/list/01")).toHaveLength(100);
		expect(await listed("p/none/")).toEqual([]);
	});

	test("says that an object is missing, and deletes what is not there without complaint", async () => {
		await store.put("p/a/gone.pk", bytes.subarray(0, 1));
		await store.delete("p/a/gone.pk");
		await store.delete("p/a/gone.pk");
		for (const read of [
			() => store.get("p/a/gone.pk"),
			() => store.getRange("p/a/gone.pk", 0, 1),
		]) {
			await expect(read()).rejects.toMatchObject({ name: "StoreError", kind: "missing" });
		}
	});

	test.each([
		"../secret",
		"p/../../secret",
		"/etc/passwd",
		"p//x",
		"p/x/",
		"",
		"p/\u0000",
		"p/%2e%2e",
	])("takes %j for no key", async (key) => {
		await expect(store.put(key, bytes)).rejects.toBeInstanceOf(StoreError);
		await expect(store.get(key)).rejects.toMatchObject({ kind: "missing" });
	});

	test("may be probed many times at once", async () => {
		const probes = Array.from({ length: 40 }, () => store.probe());
		expect(await Promise.allSettled(probes)).toEqual(
			probes.map(() => ({ status: "fulfilled", value: undefined })),
		);
	});

	test("takes many puts at once", async () => {
		const keys = Array.from({ length: 40 }, (_, n) => `p/many/${n}.pk`);
		await Promise.all(keys.map((key, n) => store.put(key, bytes.subarray(n, n + 1000))));
		const read = await Promise.all(keys.map((key) => store.get(key)));
		expect(read.every((found, n) => Buffer.from(found).equals(bytes.subarray(n, n + 1000)))).toBe(
			true,
		);
	});
}

describe("the disk store", () => {
	const folder = createTempFolder("store");
	let path = "";
	beforeAll(async () => {
		path = (await folder).path;
	});
	afterAll(async () => (await folder).remove());
	testContract(() => createStore({ kind: "disk", folder: `${path}/objects with space` }));
});

describeWithS3("the S3 store on a real server", (s3) => {
	testContract(() => createStore(useS3Keys(s3(), "some/prefix")));

	test("names the missing bucket and what to do", async () => {
		const store = createStore({ ...useS3Keys(s3(), ""), bucket: "not-there" } as Config["storage"]);
		const probe = store.probe();
		await expect(probe).rejects.toBeInstanceOf(StartError);
		await expect(probe).rejects.toThrow(/NoSuchBucket: create the bucket/);
	});

	test("is unavailable while the server is down and goes on when it is back", async () => {
		const store = createStore(useS3Keys(s3(), "down"));
		await store.put("p/before.pk", new Uint8Array([1]));
		await s3().pause();
		await expect(store.put("p/during.pk", new Uint8Array([2]))).rejects.toMatchObject({
			kind: "unavailable",
		});
		await expect(store.probe()).rejects.toBeInstanceOf(StoreError);
		await s3().resume();
		await store.put("p/after.pk", new Uint8Array([3]));
		expect([...(await store.get("p/before.pk"))]).toEqual([1]);
	});
});

describe("the S3 store on the stand-in", () => {
	let s3: Awaited<ReturnType<typeof startFaultS3>>;
	beforeAll(async () => {
		s3 = await startFaultS3();
	});
	afterAll(() => s3.stop());
	testContract(() => createStore(useS3Keys(s3, "")));
});
