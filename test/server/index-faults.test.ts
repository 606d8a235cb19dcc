// The index may die, hang or keep its lock: recording goes on, nothing is lost, and who looks is told
// that figures lag.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Health, Sessions } from "../../protocol/api.ts";
import { parseConfig } from "../../server/config.ts";
import { serve } from "../../server/serve.ts";
import { createTempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { createPageFact, createSampleChunk, createSampleSession } from "./sample-chunk.ts";
import { DIST, ORIGIN, startTestServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

const send = async () => {
	const session = createSampleSession();
	const answer = await server.post(
		createSampleChunk(session, { facts: [createPageFact(session)] }),
	);
	expect(answer.status).toBe(204);
	return session.session;
};
const list = () => server.get(`/sites/${server.siteId}/sessions`);
const health = async () => (await (await fetch(`${server.url}/readyz`)).json()) as Health;
const listHas = (id: string) => (answer: Sessions) =>
	answer.sessions.some((session) => session.id === id);

test("an index that was killed is started again, and what came meanwhile is counted", async () => {
	const before = await send();
	await server.getUntil<Sessions>(`/sites/${server.siteId}/sessions`, listHas(before));
	const pid = server.server.indexPid() ?? 0;
	process.kill(pid, "SIGKILL");
	await waitFor(async () => (await health()).status === "degraded", { what: "a degraded health" });
	const during = await send();
	expect((await health()).waitingChunks).toBeGreaterThan(0);
	const answer = await list();
	// The index may be back already; if it is not, the answer says so.
	if (!answer.ok)
		expect([answer.status, (await answer.json()).error.code]).toEqual([503, "index_unavailable"]);
	for (const id of [before, during]) {
		await server.getUntil<Sessions>(`/sites/${server.siteId}/sessions`, listHas(id));
	}
	expect(server.server.indexPid()).not.toBe(pid);
	expect(await health()).toMatchObject({ status: "ready" });
});

test("an index that hangs is ended and started again, and figures are said to lag", async () => {
	const pid = server.server.indexPid() ?? 0;
	process.kill(pid, "SIGSTOP");
	const during = await send();
	const answer = await waitFor(
		async () => {
			const found = await list();
			return found.ok ? undefined : found;
		},
		{ what: "an index that does not answer", timeoutMs: 60_000 },
	);
	expect((await answer.json()).error.code).toBe("index_unavailable");
	await server.getUntil<Sessions>(`/sites/${server.siteId}/sessions`, listHas(during));
	expect(server.server.indexPid()).not.toBe(pid);
}, 120_000);

test("figures that lag for more than ten seconds say so", async () => {
	const { createFeeder } = await import("../../server/index/feeder.ts");
	const { IndexUnavailable } = await import("../../server/errors.ts");
	let now = 1_000_000;
	const index = { insert: () => Promise.reject(new IndexUnavailable()) } as never;
	const feeder = createFeeder({ isErased: () => false, index, now: () => now, log: () => {} });
	const rows = { chunks: [{}, {}], facts: [], elements: [], packs: [{}] };
	feeder.add({ key: "p/1", rows, receivedAt: now });
	expect(feeder.freshness()).toEqual({
		state: "current",
		waitingChunks: 2,
		waitingSince: 1_000_000,
	});
	now += 10_001;
	expect(feeder.freshness()).toMatchObject({ state: "lagging" });
	feeder.stop();
});

test("an index whose folder another process still holds is waited for; recording goes on", async () => {
	const folder = await createTempFolder("locked");
	const holder = fork(
		"dist/index-child.js",
		[join(folder.path, "index"), join(folder.path, "x.sock")],
		{
			execArgv: [],
		},
	);
	await once(holder, "message");
	const config = parseConfig({ PORT: "0", SNAG_DATA: folder.path });
	const log: string[] = [];
	const locked = await serve({ config, distFolder: DIST, log: (line) => log.push(line) });
	await waitFor(() => log.some((line) => /holds the index folder/.test(line)), {
		what: "the lock",
	});
	const site = await locked.sites.create({ name: "Shop", origins: [ORIGIN] });
	const answer = await fetch(`${locked.url}/i/${site.key}`, {
		method: "POST",
		body: createSampleChunk(createSampleSession()) as Uint8Array<ArrayBuffer>,
		headers: { origin: ORIGIN },
	});
	expect(answer.status).toBe(204);
	holder.kill("SIGKILL");
	await locked.indexReady;
	await locked.close();
	await folder.remove();
});
