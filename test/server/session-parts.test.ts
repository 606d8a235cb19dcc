// What a player fetches of a live session: parts as they were uploaded, named by the manifest.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Manifest, ReplayEvent } from "../../protocol/api.ts";
import { decodeChunk, encodeChunk } from "../../protocol/chunk.ts";
import { createStore } from "../../server/store/create-store.ts";
import { type FaultS3, startFaultS3 } from "../support/fault-s3.ts";
import { s3Environment } from "./s3-storage.ts";
import { createSampleChunk, createSampleSession, createSampleSnapshot } from "./sample-chunk.ts";
import { startTestServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

const pathOf = ({ session }: { session: string }, of = server) =>
	`/sites/${of.siteId}/sessions/${session}`;

const store = () => createStore({ kind: "disk", folder: join(server.dataFolder, "objects") });

/** In the order they were written. */
async function listPacks(): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of store().list("p/")) keys.push(key);
	const written = (key: string) => key.slice(key.lastIndexOf("/"));
	return keys.sort((a, b) => (written(a) < written(b) ? -1 : 1));
}

/** Sends chunks and waits until all are in the manifest. */
async function record(chunks: readonly Uint8Array[], path: string, to = server): Promise<Manifest> {
	for (const chunk of chunks) expect((await to.post(chunk)).status).toBe(204);
	return to.getUntil<Manifest>(path, ({ slices }) => slices.length === chunks.length);
}

describe("a part of a live session", () => {
	const session = createSampleSession();
	const note = { type: 5, timestamp: session.startedAt + 100, data: { tag: "a", payload: "<b>" } };
	const sent = [createSampleSnapshot(session), [note]];
	let manifest: Manifest;
	beforeAll(async () => {
		const [first, second] = sent;
		manifest = await record(
			[
				createSampleChunk(session, { events: first }),
				createSampleChunk(session, { sequence: 1, events: second, encoding: "raw" }),
			],
			pathOf(session),
		);
	});
	const part = (at: number) => `${pathOf(session)}/parts/${manifest.slices[at]?.part}`;

	test("holds the events that were uploaded, gzip or plain, to be kept by the browser", async () => {
		expect(manifest).toMatchObject({ recording: "", texts: [] });
		expect(manifest.keyframes).toEqual([
			{
				...{ tab: session.tab, stream: session.stream, at: 1 },
				...{ part: "", bytes: 0, recorded: true, texts: [] },
			},
		]);
		for (const [at, encoding] of ["gzip", null].entries()) {
			const answer = await server.get(part(at));
			expect(await answer.json()).toEqual(sent[at]);
			expect(answer.headers.get("content-encoding")).toBe(encoding);
			expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
			expect(answer.headers.get("cache-control")).toBe("private, max-age=86400, immutable");
			expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
			expect(answer.headers.get("etag")).toBe(`"${manifest.slices[at]?.part}"`);
		}
	});

	test("is not sent again to a browser that has it", async () => {
		const headers = {
			authorization: `Bearer ${server.server.token}`,
			"if-none-match": `"${manifest.slices[0]?.part}"`,
		};
		const answer = await fetch(`${server.url}/api/v1${part(0)}`, { headers });
		expect([answer.status, await answer.text()]).toEqual([304, ""]);
	});

	test("is given to who is signed in, and only as a part of its own session and site", async () => {
		expect((await fetch(`${server.url}/api/v1${part(0)}`)).status).toBe(401);
		const other = await server.server.sites.create({ name: "Other", origins: [] });
		const another = createSampleSession().session;
		for (const [path, code] of [
			[part(0).replace(`/sites/${server.siteId}/`, `/sites/${other.id}/`), "part_gone"],
			[part(0).replace(`/sites/${server.siteId}/`, "/sites/999/"), "not_found"],
			[part(0).replace(session.session, another), "part_gone"],
			[`${pathOf(session)}/parts/r-g1-0123456789abcdef-100-20`, "part_gone"],
			[part(0).replace(/.$/, (digit) => (digit === "0" ? "1" : "0")), "part_gone"],
		] as const) {
			const answer = await server.get(path);
			expect([answer.status, (await answer.json()).error.code]).toEqual([404, code]);
			expect(answer.headers.get("cache-control")).toBe("no-store");
		}
	});

	test("that is misnamed is refused with how parts are named", async () => {
		for (const name of ["c-1-2", "%2e%2e%2fc-1", "p-x-a-1-1", "r-g1--5"]) {
			const answer = await server.get(`${pathOf(session)}/parts/${name}`);
			const { error } = await answer.json();
			expect([answer.status, error.code]).toEqual([400, "bad_request"]);
			expect(error.message).toContain("c-{stream}-{sequence}-{part}-{crc}");
		}
	});

	test("whose pack has gone says so, and is found where it was written anew", async () => {
		const keys = await listPacks();
		const pack = keys.at(-1) ?? "";
		const bytes = await store().get(pack);
		await rm(join(server.dataFolder, "objects", pack));
		const gone = await server.get(part(1));
		expect([gone.status, (await gone.json()).error.code]).toEqual([404, "part_gone"]);
		await store().put(pack, bytes);
		expect(await (await server.get(part(1))).json()).toEqual([note]);
	});
});

test("a part of a page whose clock was off says what to add to its times", async () => {
	const session = createSampleSession();
	const days = 3 * 24 * 60 * 60 * 1000;
	const page = { ...session, startedAt: session.startedAt - days };
	const chunk = createSampleChunk(session, { events: createSampleSnapshot(page) });
	const query = `?t=${Date.now() - days}`;
	expect((await server.post(chunk, { query })).status).toBe(204);
	const { slices, session: found } = await server.getUntil<Manifest>(
		pathOf(session),
		(manifest) => manifest.slices.length === 1,
	);
	const part = await server.get(`${pathOf(session)}/parts/${slices[0]?.part}`);
	const shift = Number(part.headers.get("snag-shift"));
	const [first] = (await part.json()) as ReplayEvent[];
	expect((first?.timestamp ?? 0) + shift).toBe(found.startedAt + (slices[0]?.from ?? 0));
	expect(shift).toBe(days);
});

test("a part that claims to be gzip and is not is refused, and one that inflates to much is passed on", async () => {
	const session = createSampleSession();
	const chunk = (sequence: number, events: Uint8Array) => {
		const events_ = createSampleSnapshot(session, sequence);
		return encodeChunk({
			...decodeChunk(createSampleChunk(session, { sequence, events: events_ })),
			events,
		});
	};
	const bomb = gzipSync(Buffer.alloc(160 * 1024 * 1024, 0x20));
	const { slices } = await record(
		[chunk(0, Buffer.from("[no gzip]")), chunk(1, bomb)],
		pathOf(session),
	);
	const wrong = await server.get(`${pathOf(session)}/parts/${slices[0]?.part}`);
	expect([wrong.status, (await wrong.json()).error.code]).toEqual([404, "part_damaged"]);
	const rss = process.memoryUsage.rss();
	const passed = await server.get(`${pathOf(session)}/parts/${slices[1]?.part}`);
	expect([passed.status, passed.headers.get("content-length")]).toEqual([200, String(bomb.length)]);
	await passed.body?.cancel();
	expect(process.memoryUsage.rss() - rss).toBeLessThan(80 * 1024 * 1024);
});

describe("while the store does not answer", () => {
	let s3: FaultS3;
	let remote: TestServer;
	beforeAll(async () => {
		s3 = await startFaultS3();
		const keys = s3Environment(s3);
		Object.assign(process.env, keys);
		remote = await startTestServer({ SNAG_STORAGE: keys.SNAG_STORAGE ?? "" });
	});
	afterAll(async () => {
		await remote.close();
		await s3.stop();
	});

	test("a part is to be asked for again, and is there once the store is", async () => {
		const session = createSampleSession();
		const events = createSampleSnapshot(session);
		const path = pathOf(session, remote);
		const { slices } = await record([createSampleChunk(session, { events })], path, remote);
		s3.faults.before = ({ operation }) =>
			operation === "GetObject" ? { status: 503, code: "SlowDown" } : undefined;
		const answer = await remote.get(`${path}/parts/${slices[0]?.part}`);
		expect([answer.status, (await answer.json()).error.code]).toEqual([503, "store_unavailable"]);
		expect(answer.headers.get("retry-after")).toBe("5");
		s3.faults.before = undefined;
		const again = await remote.get(`${path}/parts/${slices[0]?.part}`);
		expect((await again.json()) as ReplayEvent[]).toEqual(events);
	});
});
