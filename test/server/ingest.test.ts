import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReplayEvent, Sessions } from "../../protocol/api.ts";
import { encodeChunk } from "../../protocol/chunk.ts";
import { createUuidV7 } from "../../protocol/ids.ts";
import { CHUNK_BYTES, FACTS_BYTES } from "../../protocol/limits.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "./sample-chunk.ts";
import { ORIGIN, startTestServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

const valid = () => createSampleChunk(createSampleSession());
const withFacts = (facts: Uint8Array) => {
	const bytes = valid();
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	const length = view.getUint32(4, true);
	const envelope = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
	return encodeChunk({ envelope, facts, events: new Uint8Array() });
};

describe("an upload is refused with the status and the code of the contract", () => {
	const cases: [name: string, send: () => Promise<Response>, status: number, code: string][] = [
		[
			"an unknown key",
			() => server.post(valid(), { key: "site0000000000000000" }),
			404,
			"unknown_site",
		],
		[
			"a key that is none",
			() => server.post(valid(), { key: "..%2f..%2fetc" }),
			404,
			"unknown_site",
		],
		[
			"a foreign origin",
			() => server.post(valid(), { origin: "http://evil.example" }),
			403,
			"origin_not_allowed",
		],
		[
			"a first chunk without origin",
			() => server.post(valid(), { origin: null }),
			403,
			"origin_not_allowed",
		],
		[
			"a first chunk of a null origin",
			() => server.post(valid(), { origin: "null" }),
			403,
			"origin_not_allowed",
		],
		["wrong magic", () => server.post(randomBytes(100)), 400, "bad_magic"],
		["an empty body", () => server.post(new Uint8Array()), 400, "bad_magic"],
		["a truncated body", () => server.post(valid().subarray(0, 200)), 400, "truncated"],
		["an oversized body", () => server.post(new Uint8Array(CHUNK_BYTES + 1)), 413, "too_large"],
		[
			"an unknown version",
			() =>
				server.post(createSampleChunk(createSampleSession(), { envelope: { version: 2 as 1 } })),
			422,
			"unknown_version",
		],
		[
			"an envelope without a visitor",
			() =>
				server.post(
					createSampleChunk(createSampleSession(), { envelope: { visitor: "me" as never } }),
				),
			400,
			"bad_envelope",
		],
		["facts that are no gzip", () => server.post(withFacts(randomBytes(50))), 400, "bad_facts"],
		["facts that are no JSON", () => server.post(withFacts(gzipSync("{"))), 400, "bad_facts"],
		[
			"a malformed known fact",
			() => server.post(withFacts(gzipSync('[[1,"now"]]'))),
			400,
			"bad_facts",
		],
		[
			"facts that inflate too far",
			() => server.post(withFacts(gzipSync(Buffer.alloc(FACTS_BYTES + 1, 32)))),
			413,
			"too_large",
		],
	];
	test.each(cases)("%s", async (_, send, status, code) => {
		const response = await send();
		expect([response.status, (await response.json()).error.code]).toEqual([status, code]);
		expect(response.headers.get("access-control-allow-origin")).toBe("*");
	});

	test("an envelope that is not JSON", async () => {
		const bytes = valid();
		bytes.fill(0x7b, 8, 20);
		const response = await server.post(bytes);
		expect([response.status, (await response.json()).error.code]).toEqual([400, "bad_envelope"]);
	});

	test("a chunk with another write key than the session's first", async () => {
		const session = createSampleSession();
		expect((await server.post(createSampleChunk(session))).status).toBe(204);
		const forged = createSampleChunk(
			{ ...session, writeKey: randomBytes(16).toString("hex") },
			{ sequence: 1 },
		);
		const response = await server.post(forged);
		expect([response.status, (await response.json()).error.code]).toEqual([403, "wrong_write_key"]);
	});

	test("and the server goes on", async () => {
		expect((await server.post(valid())).status).toBe(204);
	});
});

describe("an upload is accepted", () => {
	test("without origin when the session is known", async () => {
		const session = createSampleSession();
		await server.post(createSampleChunk(session));
		const last = createSampleChunk(session, { sequence: 1, envelope: { last: true } });
		expect((await server.post(last, { origin: null })).status).toBe(204);
	});

	test("with unknown kinds of facts, which are skipped", async () => {
		expect((await server.post(withFacts(gzipSync("[[999,1,2,3]]")))).status).toBe(204);
	});

	test("but not stored when its clock is days off: the recorder is told the time", async () => {
		const id = createUuidV7(Date.now() - 3 * 86_400_000, randomBytes(10));
		const response = await server.post(
			createSampleChunk({ ...createSampleSession(), session: id }),
		);
		expect(response.status).toBe(200);
		const { directives } = await response.json();
		expect(directives[0].do).toBe("rotate");
		expect(Math.abs(directives[0].serverTime - Date.now())).toBeLessThan(5000);
		expect((await server.get(`/sites/${server.siteId}/sessions/${id}`)).status).toBe(404);
	});
});

test("a chunk that comes twice and chunks out of order are acknowledged and seen once, in order", async () => {
	const session = createSampleSession();
	const event = (number: number) => ({
		type: 5,
		timestamp: session.startedAt + 100 + number,
		data: { tag: "number", payload: number },
	});
	const first = createSampleChunk(session, {
		events: createSampleSnapshot(session),
		facts: [createPageFact(session)],
	});
	const second = createSampleChunk(session, { sequence: 1, events: [event(1)] });
	const third = createSampleChunk(session, { sequence: 2, events: [event(2)] });
	for (const chunk of [third, first, second, first, third]) {
		expect((await server.post(chunk)).status).toBe(204);
	}
	const path = `/sites/${server.siteId}/sessions/${session.session}/events`;
	const events = await server.getUntil<ReplayEvent[]>(path, ({ length }) => length >= 4);
	expect(events.map(({ type }) => type)).toEqual([4, 2, 5, 5]);
	expect(events.slice(2).map(({ data }) => (data as { payload: number }).payload)).toEqual([1, 2]);
});

test("a session is in the list within a second of its acknowledgement", async () => {
	const session = createSampleSession();
	await server.post(
		createSampleChunk(session, {
			events: createSampleSnapshot(session),
			facts: [createPageFact(session)],
		}),
	);
	const acknowledgedAt = performance.now();
	const path = `/sites/${server.siteId}/sessions`;
	await server.getUntil<Sessions>(path, ({ sessions }) =>
		sessions.some(({ id }) => id === session.session),
	);
	expect(performance.now() - acknowledgedAt).toBeLessThan(2500);
});

test("a preflight is answered, so that pages with odd content types can record too", async () => {
	const response = await fetch(`${server.url}/i/${server.siteKey}`, {
		method: "OPTIONS",
		headers: { origin: ORIGIN },
	});
	expect(response.status).toBe(204);
	expect(response.headers.get("access-control-allow-headers")).toBe("content-type");
});
