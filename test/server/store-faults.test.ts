// What the store does to ingest when it fails: nothing is acknowledged that is not stored, the recorder is
// told to keep what it has, and the server goes on.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Health, ReplayEvent } from "../../protocol/api.ts";
import { type FaultS3, startFaultS3 } from "../support/fault-s3.ts";
import { s3Environment } from "./s3-storage.ts";
import { createSampleChunk, createSampleSession, createSampleSnapshot } from "./sample-chunk.ts";
import { startTestServer, type TestServer } from "./start-server.ts";

let s3: FaultS3;
let server: TestServer;
beforeAll(async () => {
	s3 = await startFaultS3();
	const keys = s3Environment(s3);
	Object.assign(process.env, keys);
	server = await startTestServer({ SNAG_STORAGE: keys.SNAG_STORAGE ?? "" });
});
afterAll(async () => {
	await server.close();
	await s3.stop();
});

const objects = () =>
	[...(s3.buckets.get(s3.bucket)?.keys() ?? [])].filter((key) => key.endsWith(".pk"));

describe("while the store answers 503", () => {
	test("an upload is to be kept and sent again, and is taken once the store is back", async () => {
		const session = createSampleSession();
		const chunk = createSampleChunk(session, { events: createSampleSnapshot(session) });
		s3.faults.before = ({ operation }) =>
			operation === "PutObject" ? { status: 503, code: "SlowDown" } : undefined;
		const before = objects().length;
		const refused = await server.post(chunk);
		expect([refused.status, (await refused.json()).error.code]).toEqual([503, "store_unavailable"]);
		expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
		expect(objects()).toHaveLength(before);
		const health = (await (await fetch(`${server.url}/readyz`)).json()) as Health;
		expect(health).toMatchObject({ status: "unavailable", store: "unavailable" });

		s3.faults.before = undefined;
		expect((await server.post(chunk)).status).toBe(204);
		expect(objects()).toHaveLength(before + 1);
		const path = `/sites/${server.siteId}/sessions/${session.session}/events`;
		const events = await server.getUntil<ReplayEvent[]>(path, ({ length }) => length > 0);
		expect(events.map(({ type }) => type)).toEqual([4, 2]);
	});
});

describe("when the store says no but has stored it", () => {
	test("the chunk is seen once after it was sent again", async () => {
		const session = createSampleSession();
		const chunk = createSampleChunk(session, { events: createSampleSnapshot(session) });
		s3.faults.after = ({ operation }) =>
			operation === "PutObject" ? { status: 500, code: "InternalError" } : undefined;
		const before = objects().length;
		expect((await server.post(chunk)).status).toBe(503);
		s3.faults.after = undefined;
		expect((await server.post(chunk)).status).toBe(204);
		expect(objects().length).toBeGreaterThan(before + 1);
		const path = `/sites/${server.siteId}/sessions/${session.session}/events`;
		const events = await server.getUntil<ReplayEvent[]>(path, ({ length }) => length > 0);
		expect(events.map(({ type }) => type)).toEqual([4, 2]);
	});
});

test("a stored object that cannot be read is a clear answer, not a broken session", async () => {
	const session = createSampleSession();
	await server.post(createSampleChunk(session, { events: createSampleSnapshot(session) }));
	const path = `/sites/${server.siteId}/sessions/${session.session}/events`;
	await server.getUntil<ReplayEvent[]>(path, ({ length }) => length > 0);
	s3.faults.before = ({ operation }) =>
		operation === "GetObject" ? { status: 503, code: "SlowDown" } : undefined;
	const answer = await server.get(path);
	expect([answer.status, (await answer.json()).error.code]).toEqual([503, "store_unavailable"]);
	s3.faults.before = undefined;
	expect((await server.get(path)).status).toBe(200);
});
