// A session from its uploads to its recording, by a whole server with its child process.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
	decodeRecordingStart,
	type PartPlace,
	type Place,
	parseRecordingHead,
} from "../../../protocol/recording.ts";
import { waitFor } from "../../support/wait-for.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../sample-chunk.ts";
import { startTestServer, type TestServer } from "../start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer({ SNAG_IDLE_SECONDS: "3" });
});
afterAll(() => server.close());

async function listRecordings(session: string): Promise<string[]> {
	const folder = join(server.dataFolder, "objects", "r");
	const keys = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
	return keys.filter((key) => key.includes(session) && key.endsWith(".rec"));
}

async function readRecording(session: string) {
	await waitFor(async () => (await listRecordings(session)).length > 0, {
		what: "a recording",
		timeoutMs: 20_000,
	});
	const [key = ""] = await listRecordings(session);
	const bytes = await readFile(join(server.dataFolder, "objects", "r", key));
	const { head, body } = decodeRecordingStart(bytes);
	const partOf = ([offset, length]: Place | PartPlace): string =>
		gunzipSync(bytes.subarray(body + offset, body + offset + length)).toString();
	return { key, head: parseRecordingHead(gunzipSync(head ?? "").toString()), partOf };
}

test("a session that is over becomes a recording with its snapshot, its events and its rows", async () => {
	const session = createSampleSession();
	const snapshot = createSampleSnapshot(session);
	const move = {
		type: 3,
		timestamp: session.startedAt + 400,
		data: { source: 1, positions: [{ x: 1, y: 2, id: 5, timeOffset: 0 }] },
	};
	const facts = [createPageFact(session)];
	const chunks = [
		createSampleChunk(session, { facts, events: snapshot }),
		createSampleChunk(session, { sequence: 1, events: [move] }),
	];
	// Together, since a machine with much to do might call the session over between them.
	const answers = await Promise.all(chunks.map((chunk) => server.post(chunk)));
	expect(answers.map(({ status }) => status)).toEqual([204, 204]);
	const { key, head, partOf } = await readRecording(session.session);
	expect(key).toContain(`${session.session}.g1-`);
	expect(head).toMatchObject({
		site: Number(server.siteId),
		generation: 1,
		quarantined: 0,
		dropped: 0,
	});
	expect(head.streams).toMatchObject([{ id: session.stream, tab: session.tab, gaps: [] }]);
	expect(head.keyframes).toMatchObject([{ at: session.startedAt, recorded: true, slice: 0 }]);
	expect(JSON.parse(partOf(head.keyframes[0]?.place ?? [0, 0]))).toMatchObject([
		{ type: 4 },
		{ type: 2 },
	]);
	expect(head.slices).toMatchObject([{ stream: session.stream, events: 1 }]);
	expect(JSON.parse(partOf(head.slices[0]?.place ?? [0, 0]))).toEqual([move]);
	expect(Object.keys(head.chunks)).toEqual([session.stream]);
	expect(head.chunks[session.stream]).toHaveLength(2);
	const rows = partOf(head.rows)
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));
	expect(rows.map(([, envelope, facts]) => [envelope.sequence, facts])).toEqual([
		[0, facts],
		[1, []],
	]);
});
