// A visitor whose clock is days off is seen where the visit was: in the list, in the markers, on the
// map and in the replay, all by one rule.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Manifest, ReplayEvent } from "../../../protocol/api.ts";
import { createUuidV7 } from "../../../protocol/ids.ts";
import { SESSION_MS } from "../../../protocol/limits.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../sample-chunk.ts";
import { startTestServer, type TestServer } from "../start-server.ts";

const DAY_MS = 86_400_000;

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

test("what a closed laptop held is kept for a day, and what goes on beyond four hours is not", async () => {
	const now = Date.now();
	const session = createSampleSession(now - SESSION_MS - 3_600_000);
	const post = async (sequence: number, at: number) => {
		const facts = [createPageFact({ ...session, startedAt: at })];
		const answer = await server.post(createSampleChunk(session, { sequence, facts }), {
			query: `?t=${now}&a=0`,
		});
		return [answer.status, await answer.text()];
	};
	expect(await post(0, session.startedAt)).toEqual([204, ""]);
	const [status, text] = await post(1, now);
	expect(status).toBe(200);
	expect(text).toContain("rotate");
});

test.each([
	["three days behind", -3],
	["two days ahead", 2],
])("a page clock %s", async (_, days) => {
	const skew = days * DAY_MS;
	const before = Date.now();
	// The recorder was told the time by a `rotate`: its session id is right, its clock is not.
	const session = {
		...createSampleSession(before + skew),
		session: createUuidV7(before, crypto.getRandomValues(new Uint8Array(10))),
	};
	const body = createSampleChunk(session, {
		events: createSampleSnapshot(session),
		facts: [createPageFact(session), createElementFact(session), createPressFact(session)],
	});
	const query = `?t=${before + skew}&a=0`;
	expect((await server.post(body, { query })).status).toBe(204);

	const path = `/sites/${server.siteId}/sessions/${session.session}`;
	const manifest = await server.getUntil<Manifest>(path, ({ markers }) => markers.length === 2);
	const near = (at: number) => Math.abs(at - before) < 35_000;
	expect(near(manifest.session.startedAt)).toBe(true);
	expect(manifest.session.durationMs).toBe(500);
	expect(manifest.markers.map(({ kind, at }) => [kind, at])).toEqual([
		["page", 2],
		["press", 500],
	]);
	const events = (await (await server.get(`${path}/events`)).json()) as ReplayEvent[];
	expect(events.map(({ timestamp }) => timestamp - manifest.session.startedAt)).toEqual([0, 1]);
});
