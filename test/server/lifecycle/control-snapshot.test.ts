// A lost disk in front of a store loses no site, no token that a script uses, and nothing that was erased
// comes back by it.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../../server/config.ts";
import { openParts } from "../../../server/parts.ts";
import { createStore } from "../../../server/store/create-store.ts";
import { describeWithS3 } from "../../support/suites.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";
import { waitFor } from "../../support/wait-for.ts";
import { s3Environment } from "../s3-storage.ts";
import { createSampleSession } from "../sample-chunk.ts";
import { DIST } from "../start-server.ts";

let folder: TempFolder;
beforeAll(async () => {
	folder = await createTempFolder("control-snapshot");
});
afterAll(() => folder.remove());

/** Control data and store of a server, without its engine and its port. */
async function open(storage: string) {
	const log: string[] = [];
	const data = join(folder.path, "data");
	const config = parseConfig({ SNAG_DATA: data, SNAG_STORAGE: storage });
	const parts = await openParts({
		...{ config, distFolder: DIST, now: Date.now },
		log: (line) => log.push(line),
	});
	return { parts, log, loseDisk: () => rm(data, { recursive: true }) };
}

async function listSnapshots(storage: string): Promise<string[]> {
	const store = createStore(parseConfig({ SNAG_STORAGE: storage }).storage);
	const texts: string[] = [];
	for await (const { key } of store.list("c/")) {
		texts.push(Buffer.from(await store.get(key)).toString("utf8"));
	}
	store.close();
	return texts;
}

function testRestore(storageOf: () => string): void {
	test("sites, page rules, tokens and tombstones are there again after the data folder is lost", async () => {
		const storage = storageOf();
		const first = await open(storage);
		const site = await first.parts.sites.create({
			name: "Shop",
			origins: ["https://shop.example"],
		});
		const renamed = await first.parts.sites.change(site.id, { name: "The shop" });
		const rules = await first.parts.pageRules.change(
			site.id,
			{ version: 0, rules: ["/product/:slug"], rejected: [] },
			"token",
		);
		const { session, visitor } = createSampleSession();
		await first.parts.tombstones.add({ site: site.id, kind: "visitor", subject: visitor });
		await waitFor(async () => (await listSnapshots(storage)).at(-1)?.includes(visitor) ?? false, {
			what: "a snapshot with the tombstone",
		});
		await first.parts.close();
		await first.loseDisk();

		const second = await open(storage);
		expect(await second.parts.sites.list()).toEqual([renamed]);
		expect(await second.parts.pageRules.read(site.id)).toEqual(rules);
		expect(second.parts.tombstones.isErased(site.id, session, visitor)).toBe(true);
		expect(second.parts.tombstones.isErased(site.id, session)).toBe(false);
		expect(second.parts.tokenHashes).toEqual(expect.arrayContaining([...first.parts.tokenHashes]));
		expect(second.parts.node).not.toBe(first.parts.node);
		expect(second.log).toEqual([expect.stringContaining("1 sites were restored")]);
		await second.parts.close();
		for (const text of await listSnapshots(storage)) {
			expect(text).not.toContain(first.parts.token);
			expect(text).not.toContain(second.parts.token);
		}
		await second.loseDisk();
	});
}

describe("on a disk", () => {
	const storage = () => `file:${join(folder.path, "objects")}`;
	testRestore(storage);

	test("a data folder that is not empty keeps what it has", async () => {
		const first = await open(storage());
		const sites = await first.parts.sites.list();
		await first.parts.sites.create({ name: "Second", origins: [] });
		await first.parts.close();
		const again = await open(storage());
		expect(await again.parts.sites.list()).toHaveLength(sites.length + 1);
		expect(again.log).toEqual([]);
		await again.parts.close();
		await again.loseDisk();
	});

	test("a snapshot that cannot be read gives way to the one before it, and ten are kept", async () => {
		const snapshots = join(folder.path, "objects", "c");
		await mkdir(snapshots, { recursive: true });
		await writeFile(join(snapshots, `${Date.now() + 60_000}-bad.json`), '{"version":1,"sites":7}');
		const { parts, log, loseDisk } = await open(storage());
		expect(log[0]).toContain("cannot be read, an older one is tried");
		expect((await parts.sites.list()).length).toBeGreaterThan(0);
		const [valid = ""] = (await readdir(snapshots)).filter((name) => !name.includes("bad"));
		for (let older = 0; older < 12; older++) {
			await cp(join(snapshots, valid), join(snapshots, `${1e12 + older}-old.json`));
		}
		await parts.sites.create({ name: "New", origins: [] });
		await waitFor(
			async () => {
				const newest = (await readdir(snapshots)).sort().at(-1) ?? "";
				return (await readFile(join(snapshots, newest), "utf8")).includes('"New"');
			},
			{ what: "a snapshot of the change" },
		);
		await parts.close();
		expect(await readdir(snapshots)).toHaveLength(10);
		await loseDisk();
	});
});

describeWithS3("on S3", (s3) => {
	beforeAll(() => {
		Object.assign(process.env, s3Environment(s3()));
	});
	testRestore(() => s3Environment(s3()).SNAG_STORAGE ?? "");
});
