// What a player fetches of a live session: parts as they were uploaded, named by the manifest.
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Manifest, ReplayEvent } from "../../protocol/api.ts";
import { decodeChunk, encodeChunk } from "../../protocol/chunk.ts";
import { createUuidV7 } from "../../protocol/ids.ts";
import { parsePartName } from "../../server/recordings/part-name.ts";
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
			expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
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
		for (const path of [
			part(0).replace(`/sites/${server.siteId}/`, `/sites/${other.id}/`),
			part(0).replace(session.session, another),
			`/sites/${server.siteId}/sessions/${another}/parts/r-g1-0123456789abcdef-100-20`,
		]) {
			const answer = await server.get(path);
			expect([answer.status, (await answer.json()).error.code]).toEqual([404, "not_found"]);
			expect(answer.headers.get("cache-control")).toBe("no-store");
		}
	});

	test("that is misnamed is refused with how parts are named", async () => {
		for (const name of ["p-1-2", "%2e%2e%2fp-1", "p-x-a-1-1", "r-g1--5"]) {
			const answer = await server.get(`${pathOf(session)}/parts/${name}`);
			const { error } = await answer.json();
			expect([answer.status, error.code]).toEqual([400, "bad_request"]);
			expect(error.message).toContain("p-{pack}-{node}-{offset}-{length}");
		}
	});

	test("that is damaged or does not begin where an entry does is never sent", async () => {
		const name = manifest.slices[0]?.part ?? "";
		const shifted = name.replace(/-4-(\d+)$/, "-5-$1");
		const shorter = name.replace(/-(\d+)$/, (_, length) => `-${Number(length) - 1}`);
		const longer = name.replace(/-(\d+)$/, (_, length) => `-${Number(length) + 1}`);
		for (const wrong of [shifted, shorter, longer]) {
			expect(wrong).not.toBe(name);
			const answer = await server.get(`${pathOf(session)}/parts/${wrong}`);
			expect([answer.status, (await answer.json()).error.code]).toEqual([404, "part_damaged"]);
		}
	});

	test("whose pack has gone says so", async () => {
		const id = createUuidV7(session.startedAt, randomBytes(10));
		const gone = await server.get(`${pathOf(session)}/parts/p-${id}-a1-4-100`);
		expect([gone.status, (await gone.json()).error.code]).toEqual([404, "part_gone"]);
		const known = parsePartName(manifest.slices[1]?.part ?? "");
		if (known?.kind !== "pack") throw new Error("the manifest names no pack");
		await rm(join(server.dataFolder, "objects", known.key));
		expect((await (await server.get(part(1))).json()).error.code).toBe("part_gone");
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

test("a flipped byte anywhere in a stored chunk is never sent as if it were whole", async () => {
	const session = createSampleSession();
	const { slices } = await record(
		[createSampleChunk(session, { events: createSampleSnapshot(session) })],
		pathOf(session),
	);
	const name = slices[0]?.part ?? "";
	const place = parsePartName(name);
	if (place?.kind !== "pack") throw new Error("the manifest names no pack");
	const store = createStore({ kind: "disk", folder: join(server.dataFolder, "objects") });
	const whole = await store.get(place.key);
	for (let at = place.offset; at < place.offset + place.length; at += 16) {
		const bytes = new Uint8Array(whole);
		bytes[at] = (bytes[at] ?? 0) ^ 0x40;
		await store.put(place.key, bytes);
		const answer = await server.get(`${pathOf(session)}/parts/${name}`);
		expect([at, answer.status, (await answer.json()).error.code]).toEqual([
			...[at, 404, "part_damaged"],
		]);
	}
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
