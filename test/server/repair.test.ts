// What was stored and not counted is found again, however long the server was away, and whatever else
// lies in the store.
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sessions } from "../../protocol/api.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { encodePack } from "../../protocol/pack.ts";
import { parseConfig } from "../../server/config.ts";
import { serve } from "../../server/serve.ts";
import { packKey } from "../../server/store/layout.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	type SampleSession,
} from "./sample-chunk.ts";
import { DIST, ORIGIN } from "./start-server.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const PACK_ID = "01890000-0000-7000-8000-0000000000";

let folder: TempFolder;
beforeAll(async () => {
	folder = await createTempFolder("repair");
});
afterAll(() => folder.remove());

async function start() {
	const log: string[] = [];
	const config = parseConfig({ PORT: "0", SNAG_DATA: folder.path });
	const server = await serve({ config, distFolder: DIST, log: (line) => log.push(line) });
	await server.indexReady;
	const list = async (site: number) => {
		const answer = await fetch(`${server.url}/api/v1/sites/${site}/sessions`, {
			headers: { authorization: `Bearer ${server.token}` },
		});
		return ((await answer.json()) as Sessions).sessions.map(({ id }) => id);
	};
	return { server, log, list };
}

const placeOf = (writtenAt: number, last: string) =>
	join(folder.path, "objects", packKey(`${PACK_ID}${last}`, "test", writtenAt));

/** A pack as a server leaves it that ends between its acknowledgement and its rows. */
async function storePack(site: number, session: SampleSession, writtenAt: number) {
	const chunk = createSampleChunk(session, { facts: [createPageFact(session)] });
	const times = { receivedAt: writtenAt, sentAt: writtenAt };
	const head = { site, ...times, attempt: 0, userAgent: "", crc: crc32(chunk) };
	const path = placeOf(writtenAt, "aa");
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, encodePack([{ head, chunk }]).bytes);
}

test("packs that were acknowledged days ago are counted after a long absence, past those that cannot be read", async () => {
	const first = await start();
	const site = await first.server.sites.create({ name: "Shop", origins: [ORIGIN] });
	const today = createSampleSession();
	await fetch(`${first.server.url}/i/${site.key}`, {
		method: "POST",
		body: createSampleChunk(today) as Uint8Array<ArrayBuffer>,
		headers: { origin: ORIGIN },
	});
	await waitFor(async () => (await first.list(site.id)).includes(today.session), {
		what: "a counted session",
	});
	await first.server.close();

	const longAgo = Date.now() - 3 * DAY_MS;
	const missed = createSampleSession(longAgo);
	await storePack(site.id, missed, longAgo);
	const unreadable = placeOf(longAgo - 60 * 60 * 1000, "bb");
	await mkdir(dirname(unreadable), { recursive: true });
	await symlink(folder.path, unreadable);
	await symlink("/nowhere", placeOf(longAgo - 60 * 60 * 1000, "cc").replace("/cc/", "/bb/"));

	const second = await start();
	await waitFor(async () => (await second.list(site.id)).includes(missed.session), {
		what: "the session that was missed",
	});
	expect(second.log.filter((line) => line.includes("cannot be read"))).toHaveLength(1);
	await second.server.close();
});
