// A server with a journal in front of S3 is killed while recorders send, the store away half of the
// time: after the last start everything that was acknowledged is in the store.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStore } from "../../../server/store/create-store.ts";
import { createKillableServer, type KillableServer, NO_INDEX } from "../../slow/killable-server.ts";
import { type FaultS3, startFaultS3 } from "../../support/fault-s3.ts";
import { waitFor } from "../../support/wait-for.ts";
import { findLosses, readStoredChunks } from "../read-packs.ts";
import { createRetryingRecorder } from "../retrying-recorder.ts";
import { s3Environment, useS3Keys } from "../s3-storage.ts";

const KILLS = 3;
const RECORDERS = 8;
const ACKNOWLEDGED_PER_KILL = 30;

let s3: FaultS3;
let server: KillableServer;
beforeAll(async () => {
	s3 = await startFaultS3();
	server = await createKillableServer({
		...s3Environment(s3),
		...NO_INDEX,
		SNAG_ACK: "journal",
	});
});
afterAll(async () => {
	await server.remove();
	await s3.stop();
});

test("kills lose nothing that only the journal had", async () => {
	const recorders = Array.from({ length: RECORDERS }, () =>
		createRetryingRecorder({ endpoint: () => server.endpoint, random: Math.random, pauseMs: 5 }),
	);
	const acknowledged = () =>
		recorders.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
	const store = createStore(useS3Keys(s3, "tests"));
	let onlyInJournal = 0;
	for (let kill = 0; kill < KILLS; kill++) {
		await server.start();
		const goal = acknowledged() + ACKNOWLEDGED_PER_KILL;
		await waitFor(() => acknowledged() >= goal, { what: "acknowledgements", timeoutMs: 60_000 });
		s3.faults.before =
			kill % 2 === 0
				? ({ operation }) =>
						operation === "PutObject" ? { status: 503, code: "SlowDown" } : undefined
				: undefined;
		const more = acknowledged() + ACKNOWLEDGED_PER_KILL;
		await waitFor(() => acknowledged() >= more, { what: "acknowledgements", timeoutMs: 60_000 });
		await server.kill();
		onlyInJournal += acknowledged() - (await readStoredChunks(store)).copies.size;
	}
	s3.faults.before = undefined;
	await server.start();
	await Promise.all(recorders.map((recorder) => recorder.finish(30_000)));
	server.process().stop();
	await server.process().exited;

	const stored = await readStoredChunks(store);
	const losses = recorders.flatMap(({ acknowledged }) => findLosses(acknowledged, stored));
	expect(losses).toEqual([]);
	expect(stored.torn).toEqual([]);
	expect(onlyInJournal).toBeGreaterThan(ACKNOWLEDGED_PER_KILL);
	console.log(
		`${acknowledged()} acknowledged chunks in ${stored.packs} packs after ${KILLS} kills; ${onlyInJournal} times one was only in the journal`,
	);
	store.close();
}, 180_000);
