// Files of pages go when no recording can name them any more, and not before.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createAssetShelf, sweepAssets } from "../../../server/assets/asset-shelf.ts";
import { openControlDatabase } from "../../../server/control/database.ts";
import { createDiskStore } from "../../../server/store/disk-store.ts";
import { ALL_ASSETS } from "../../../server/store/layout.ts";
import { createTempFolder } from "../../support/temp-folder.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const KEPT_MS = 30 * DAY_MS;
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const [OLD, USED] = [Buffer.from("old{}"), Buffer.from("used{}")];

async function withShelf(work: (parts: Awaited<ReturnType<typeof openShelf>>) => Promise<void>) {
	const folder = await createTempFolder("shelf");
	const parts = await openShelf(folder.path);
	try {
		await work(parts);
	} finally {
		await parts.control.destroy();
		await folder.remove();
	}
}

async function openShelf(folder: string) {
	const store = createDiskStore(`${folder}/objects`);
	await store.probe();
	const control = await openControlDatabase(folder);
	const clock = { at: 100 * DAY_MS };
	const parts = { control, store, now: () => clock.at, retentionMs: KEPT_MS };
	const list = async () => {
		const keys: string[] = [];
		for await (const { key } of store.list(ALL_ASSETS)) keys.push(key.slice(-64));
		return keys.sort();
	};
	const sweep = async (isDryRun = false) => {
		const gone: string[] = [];
		await sweepAssets(parts, isDryRun, async ({ key }) => {
			gone.push(key.slice(-64));
			if (!isDryRun) await store.delete(key);
		});
		return gone;
	};
	return { control, clock, shelf: createAssetShelf(parts), list, sweep };
}

test("a file that is asked for stays, one that nobody asks for goes with the recordings", () =>
	withShelf(async ({ clock, shelf, list, sweep }) => {
		for (const bytes of [OLD, USED]) await shelf.put(1, hashOf(bytes), bytes);
		clock.at += KEPT_MS;
		expect(await shelf.ask(1, [hashOf(USED)])).toEqual([]);
		expect(await sweep()).toEqual([]);
		clock.at += 4 * DAY_MS;
		expect(await sweep(true)).toEqual([hashOf(OLD)]);
		expect(await list()).toHaveLength(2);
		expect(await sweep()).toEqual([hashOf(OLD)]);
		expect(await list()).toEqual([hashOf(USED)]);
		expect(await shelf.ask(1, [hashOf(OLD), hashOf(USED)])).toEqual([hashOf(OLD)]);
	}));

test("where the control data was lost, files are put again and their time begins anew", () =>
	withShelf(async ({ control, clock, shelf, sweep }) => {
		await shelf.put(1, hashOf(OLD), OLD);
		await control.deleteFrom("assets").execute();
		expect(await shelf.ask(1, [hashOf(OLD)])).toEqual([hashOf(OLD)]);
		clock.at += 2 * KEPT_MS;
		expect(await sweep()).toEqual([]);
		expect(await shelf.ask(1, [hashOf(OLD)])).toEqual([]);
		clock.at += KEPT_MS + 4 * DAY_MS;
		expect(await sweep()).toEqual([hashOf(OLD)]);
	}));
