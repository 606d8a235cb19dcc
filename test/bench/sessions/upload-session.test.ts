import { afterAll, beforeAll, expect, test } from "vitest";
import { createSession, LONG } from "../../../bench/sessions/create-session.ts";
import { recordSession, uploadSession } from "../../../bench/sessions/upload-session.ts";
import { ORIGIN, startTestServer, type TestServer } from "../../server/start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

test("an uploaded session is read back event for event", async () => {
	const shape = { ...LONG, durationMs: 600_000, mutations: 300, moves: 200 };
	const startedAt = Date.now() - shape.durationMs - 60_000;
	const session = createSession(shape, { seed: 5, startedAt });
	const { id, chunks } = recordSession(session, 5);
	const { url, siteKey } = server;
	await uploadSession({ url, siteKey, origin: ORIGIN }, chunks);
	const path = `/sites/${server.siteId}/sessions/${id}/events`;
	const events = await server.getUntil<{ timestamp: number }[]>(
		path,
		(answer) => answer.length === session.events.length,
	);
	expect(events.map(({ timestamp }) => timestamp)).toEqual(
		session.events.map(({ timestamp }) => timestamp),
	);
});
