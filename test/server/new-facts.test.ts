// Kinds of facts that came later reach an index that was made before them, and one that is made again.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Sessions } from "../../protocol/api.ts";
import type { Fact } from "../../protocol/fact.ts";
import { parseConfig } from "../../server/config.ts";
import { createIndex, type Index } from "../../server/index/client.ts";
import { createSupervisor } from "../../server/index/supervisor.ts";
import { serve } from "../../server/serve.ts";
import { createTempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { createPageFact, createSampleChunk, createSampleSession } from "./sample-chunk.ts";
import { DIST, ORIGIN } from "./start-server.ts";

async function withIndex<T>(folder: string, work: (index: Index) => Promise<T>): Promise<T> {
	const childPath = join(DIST, "index-child.js");
	const log = () => {};
	const supervisor = createSupervisor({ childPath, folder: join(folder, "index"), log });
	supervisor.start();
	await supervisor.firstReady;
	const index = createIndex({ url: "http://localhost", agent: supervisor.agent, log });
	try {
		return await work(index);
	} finally {
		await index.close();
		await supervisor.stop();
	}
}

const readRows = (folder: string) =>
	withIndex(folder, (index) =>
		index.query("SELECT kind, path, element, data FROM facts FINAL WHERE kind > 5 ORDER BY kind"),
	);

test("an index without the column for new kinds of facts gets it, and one that is made anew has the same rows", async () => {
	const folder = await createTempFolder("new-facts");
	const start = async () => {
		const config = parseConfig({ PORT: "0", SNAG_DATA: folder.path });
		const server = await serve({ config, distFolder: DIST, log: () => {} });
		await server.indexReady;
		return server;
	};
	const first = await start();
	const site = await first.sites.create({ name: "Shop", origins: [ORIGIN] });
	await first.close();
	await withIndex(folder.path, (index) => index.command("ALTER TABLE facts DROP COLUMN data"));

	const session = createSampleSession();
	const at = session.startedAt + 10;
	const facts: Fact[] = [
		createPageFact(session, "/cart"),
		[6, at, 0, 3, at, 1, 7000, 2, [["mutation", 120, "inside"]]],
		[16, at, 0, "it's “added”\n", [["items", 2.5]]],
	];
	const second = await start();
	const answer = await fetch(`${second.url}/i/${site.key}`, {
		method: "POST",
		body: createSampleChunk(session, { facts }) as Uint8Array<ArrayBuffer>,
		headers: { origin: ORIGIN, "content-type": "text/plain" },
	});
	expect(answer.status).toBe(204);
	const isCounted = async () => {
		const headers = { authorization: `Bearer ${second.token}` };
		const list = await fetch(`${second.url}/api/v1/sites/${site.id}/sessions`, { headers });
		return ((await list.json()) as Sessions).sessions.length > 0;
	};
	await waitFor(isCounted, { what: "the session", timeoutMs: 20_000 });
	await second.close();
	const want = [
		{ kind: 6, path: "/cart", element: 3, data: JSON.stringify(facts[1]?.slice(4)) },
		{ kind: 16, path: "/cart", element: 0, data: JSON.stringify(facts[2]?.slice(3)) },
	];
	expect(await readRows(folder.path)).toEqual(want);

	await rm(join(folder.path, "index"), { recursive: true });
	await (await start()).close();
	expect(await readRows(folder.path)).toEqual(want);
	await folder.remove();
});
