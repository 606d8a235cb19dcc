// Finishing over a store that fails, and with a process that is killed while it stores: what is not said
// to be stored is made again, what is stored and not said is found, and nothing is seen by halves.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReplayEvent } from "../../../protocol/api.ts";
import { type FaultS3, startFaultS3 } from "../../support/fault-s3.ts";
import { s3Environment } from "../s3-storage.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../sample-chunk.ts";
import { startTestServer, type TestServer } from "../start-server.ts";
import { decodeRecording } from "./sample-store.ts";

let s3: FaultS3;
let server: TestServer;
beforeAll(async () => {
	s3 = await startFaultS3();
	const keys = s3Environment(s3);
	Object.assign(process.env, keys);
	const storage = { SNAG_STORAGE: keys.SNAG_STORAGE ?? "" };
	server = await startTestServer({ ...storage, SNAG_IDLE_SECONDS: "1" });
});
afterAll(async () => {
	await server.close();
	await s3.stop();
});

const recordings = () =>
	[...(s3.buckets.get(s3.bucket) ?? [])].filter(([key]) => key.endsWith(".rec"));
const isRecording = ({ operation, key }: { operation: string; key: string }) =>
	operation === "PutObject" && key.endsWith(".rec");

async function record() {
	const session = createSampleSession();
	const events = createSampleSnapshot(session);
	const chunk = createSampleChunk(session, { events, facts: [createPageFact(session)] });
	expect((await server.post(chunk)).status).toBe(204);
	return session;
}

/** Until the recording of a session is what it is read from. */
async function waitUntilFinished(session: string) {
	const path = `/sites/${server.siteId}/sessions/${session}`;
	await server.getUntil<{ recording: string }>(path, ({ recording }) => recording !== "");
	const events = await server.get(`${path}/events`);
	expect(((await events.json()) as ReplayEvent[]).map(({ type }) => type)).toEqual([4, 2]);
	const own = recordings().filter(([key]) => key.includes(session));
	expect(own).toHaveLength(1);
	expect(decodeRecording(own[0]?.[1].body ?? new Uint8Array()).head.session).toBe(session);
}

test("a recording that the store refuses for a while is stored when it takes it again", async () => {
	let refused = 0;
	s3.faults.before = (request) =>
		isRecording(request) && ++refused <= 3 ? { status: 503, code: "SlowDown" } : undefined;
	const { session } = await record();
	await waitUntilFinished(session);
	expect(refused).toBeGreaterThan(3);
	s3.faults.before = undefined;
});

test("a recording of which the store says no and has it is there once", async () => {
	let told = 0;
	s3.faults.after = (request) =>
		isRecording(request) && ++told <= 3 ? { status: 500, code: "InternalError" } : undefined;
	const { session } = await record();
	await waitUntilFinished(session);
	expect(told).toBeGreaterThanOrEqual(3);
	s3.faults.after = undefined;
});

test.each(["before", "after"] as const)(
	"a process that is killed %s the store has the recording costs nothing but time",
	async (when) => {
		let killed = 0;
		s3.faults[when] = (request) => {
			if (!isRecording(request) || killed > 0) return undefined;
			killed = server.server.finisherPid() ?? 0;
			process.kill(killed, "SIGKILL");
			return "drop";
		};
		const { session } = await record();
		await waitUntilFinished(session);
		expect(killed).toBeGreaterThan(0);
		s3.faults[when] = undefined;
	},
);

test("while the index is down nothing is finished, and all of it when it is back", async () => {
	const { session } = await record();
	process.kill(server.server.indexPid() ?? 0, "SIGKILL");
	await waitUntilFinished(session);
});
