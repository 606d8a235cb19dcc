import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeChunk } from "../../../protocol/chunk.ts";
import type { Fact } from "../../../protocol/fact.ts";
import { createAssetShelf, hashAsset } from "../../../server/assets/asset-shelf.ts";
import { parseConfig } from "../../../server/config.ts";
import { encodeRows } from "../../../server/index/row-text.ts";
import { createPackRows } from "../../../server/index/rows.ts";
import { openParts, type Parts } from "../../../server/parts.ts";
import { createViewportGroups } from "../../../server/queries/viewport-groups.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";
import { createSampleChunk, createSampleSession } from "../sample-chunk.ts";
import { DIST } from "../start-server.ts";

let folder: TempFolder;
let parts: Parts;
beforeAll(async () => {
	folder = await createTempFolder("viewport-groups");
	const config = parseConfig({ SNAG_DATA: folder.path });
	parts = await openParts({ config, distFolder: DIST, now: Date.now, log: () => {} });
	parts.service.start();
	await parts.service.ready;
});
afterAll(async () => {
	await parts.close();
	await folder.remove();
});

let site = 0;
const shelf = () => createAssetShelf({ ...parts, now: Date.now });
const groups = () => {
	const { index } = parts.service;
	return createViewportGroups({ index, shelf: shelf(), now: Date.now }).groupsOf(site);
};

/** A finished session with these widths in the sheets of its events. */
async function finished(...widths: [number, number][]): Promise<void> {
	const session = createSampleSession();
	const day = new Date(session.startedAt).toISOString().slice(0, 10);
	const row = {
		...{ site, day, session: session.session, generation: 1, key: "r/x", bytes: 1, head_bytes: 1 },
		...{ chunks: 1, started_at: 1, ended_at: 2, finished_at: 3, version: 1, media_widths: widths },
	};
	await parts.service.index.insert("recordings", encodeRows([row]));
}

/** A page that tells of its sheets, as it does when they are kept. */
async function told(...sheets: string[]): Promise<void> {
	const hashes: string[] = [];
	for (const css of sheets) {
		const bytes = Buffer.from(css);
		hashes.push(hashAsset(bytes));
		await shelf().put(site, hashAsset(bytes), bytes);
	}
	await toldHashes(hashes);
}

async function toldHashes(hashes: string[]): Promise<void> {
	const session = createSampleSession();
	const names = hashes.flatMap((hash, at) => [at.toString(36), hash]);
	const fact: Fact = [20, session.startedAt, names, []];
	const { envelope } = decodeChunk(createSampleChunk(session));
	const at = Date.now();
	const head = { site, receivedAt: at, sentAt: at, attempt: 0, userAgent: "", crc: 0 };
	const place = { offset: 0, length: 1 };
	const pack = { key: "p/20261122/12/00/x.pk", bytes: 1 };
	const { facts } = createPackRows(pack, [{ head, envelope, facts: [fact], place }]);
	await parts.service.index.insert("facts", encodeRows(facts));
}

test("are fixed where a site says nothing, or too little", async () => {
	site = 1;
	const fixed = { ends: [480, 768, 1024, 1440], source: "fixed" };
	expect(await groups()).toEqual(fixed);
	await finished([600, 1]);
	await finished([600, 1]);
	await told("@media (min-width: 900px) { a { b: c } }");
	await toldHashes([hashAsset(randomBytes(3))]);
	expect(await groups()).toEqual(fixed);
});

test("are the site's own, from sheets in its pages and from those that are kept as files", async () => {
	site = 2;
	await finished([600, 3], [1010, 1]);
	const small = "@media (max-width: 899px) { a { b: c } }";
	await told(small, `${small} @media (max-width: 1020px) { a { b: c } }`);
	await told("@media (min-width: 300px) { a { b: c } }", "body { color: red }");
	// Another page with the same sheet says nothing new.
	await told("@media (min-width: 300px) { a { b: c } }");
	expect(await groups()).toEqual({ ends: [600, 900, 1010], source: "site" });
});

test("are others as soon as the next who asks has asked, and those of one site are not another's", async () => {
	site = 3;
	let now = Date.now();
	const { index } = parts.service;
	const kept = createViewportGroups({ index, shelf: shelf(), now: () => now });
	expect((await kept.groupsOf(site)).source).toBe("fixed");
	await finished([700, 5]);
	expect((await kept.groupsOf(site)).source).toBe("fixed");
	now += 31_000;
	await expect.poll(() => kept.groupsOf(site)).toEqual({ ends: [700], source: "site" });
});
