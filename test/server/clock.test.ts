// The clock of the machine is set back by an hour, as it happens when it is synchronised at last.
import { expect, test } from "vitest";
import { openControlDatabase } from "../../server/control/database.ts";
import { createSites } from "../../server/control/sites.ts";
import { createHealthCheck } from "../../server/health.ts";
import { createFeeder } from "../../server/index/feeder.ts";
import { createTempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";

const HOUR_MS = 60 * 60 * 1000;

test("rows are written within a second all the same", async () => {
	let now = Date.now();
	const tables: string[] = [];
	const index = { insert: async (table: string) => void tables.push(table) } as never;
	const feeder = createFeeder({ isErased: () => false, index, now: () => now, log: () => {} });
	const rows = { chunks: [{}], facts: [], elements: [], packs: [{}] };
	feeder.add({ key: "p/1", rows, receivedAt: now });
	await waitFor(() => tables.length === 5, { what: "the first rows" });
	now -= HOUR_MS;
	feeder.add({ key: "p/2", rows, receivedAt: now });
	await waitFor(() => tables.length === 10, { what: "the next rows", timeoutMs: 5000 });
	feeder.stop();
});

test("the store is asked again whether it is there", async () => {
	let now = Date.now();
	let probes = 0;
	const store = { probe: async () => void probes++ } as never;
	const feeder = createFeeder({
		isErased: () => false,
		index: {} as never,
		now: () => now,
		log: () => {},
	});
	const check = createHealthCheck({
		...{ store, feeder, index: { isReady: async () => true } as never },
		now: () => now,
	});
	await check();
	now -= HOUR_MS;
	await check();
	expect(probes).toBe(2);
});

test("a site made by another server is found", async () => {
	let now = Date.now();
	const folder = await createTempFolder("clock");
	const control = await openControlDatabase(folder.path);
	const here = createSites(control, () => now);
	const elsewhere = createSites(control, () => now);
	await here.findByKey("a".repeat(20));
	const { key } = await elsewhere.create({ name: "Shop", origins: [] });
	now -= HOUR_MS;
	expect(await here.findByKey(key)).toMatchObject({ key });
	await control.destroy();
	await folder.remove();
});
