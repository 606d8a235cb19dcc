// Two servers on one store, either of them killed again and again: both take chunks, so that the sessions
// lie in the packs of both. Nothing is lost and on both every chunk is seen once, whether each has an index
// of its own and finds the other's packs by repair, or both share one and finish the same sessions; their
// control data are not shared, so there is no lease between them.
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { Manifest } from "../../protocol/api.ts";
import { createStore } from "../../server/store/create-store.ts";
import type { Store } from "../../server/store/store.ts";
import type { RetryingRecorder } from "../server/retrying-recorder.ts";
import { s3Environment, useS3Keys } from "../server/s3-storage.ts";
import { createSeededRandom } from "../support/seed.ts";
import { describeWithS3 } from "../support/suites.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { createKillableServer, type KillableServer } from "./killable-server.ts";
import {
	countAcknowledged,
	expectNothingLost,
	expectSeenOnce,
	finishAll,
	startRecorders,
} from "./nothing-lost.ts";
import { type SharedIndex, startSharedIndex } from "./shared-index.ts";

const KILLS = 10;
const RECORDERS = 12;
/** A kill falls somewhere in this time behind some new chunks. */
const LIFE_MS = 2000;
/** Longer than a killed server and its rows are away: what is over has to be whole. */
const IDLE_SECONDS = 30;
const MINUTE = 60_000;

let servers: KillableServer[] = [];
let recorders: RetryingRecorder[] = [];
let sharedIndex: SharedIndex | undefined;
afterEach(async () => {
	for (const recorder of recorders) recorder.stop();
	for (const server of servers) await server.remove();
	await sharedIndex?.stop();
	sharedIndex = undefined;
});

/** Chunks for both servers, at random, while either is killed. */
async function liveAndDie(where: string, env: Record<string, string>): Promise<void> {
	const random = createSeededRandom(`two servers on ${where}`);
	const first = await createKillableServer(env);
	const second = await createKillableServer(env, first);
	servers = [first, second];
	await Promise.all(servers.map((server) => server.start()));
	recorders = startRecorders(RECORDERS, servers, random);
	for (let kill = 0; kill < KILLS; kill++) {
		const before = countAcknowledged(recorders);
		const goesOn = () => countAcknowledged(recorders) > before + RECORDERS * 2;
		await waitFor(goesOn, { what: "chunks between two kills", timeoutMs: MINUTE });
		await delay(random.next() * LIFE_MS);
		const victim = random.next() < 0.5 ? first : second;
		await victim.kill();
		await victim.start();
	}
	await finishAll(recorders, 2 * MINUTE);
}

async function countRecorded(server: KillableServer): Promise<number> {
	let count = 0;
	for (const { session } of recorders) {
		const answer = await server.get(`/sites/${server.siteId}/sessions/${session.session}`);
		if (answer.ok && ((await answer.json()) as Manifest).recording !== "") count++;
	}
	return count;
}

async function listRecordings(store: Store): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of store.list("r/")) keys.push(key);
	return keys;
}

describe("on one folder, each with an index of its own", () => {
	let folder: TempFolder | undefined;
	afterEach(() => folder?.remove());

	test(
		"two servers find each other's packs",
		async () => {
			folder = await createTempFolder("shared");
			const objects = join(folder.path, "objects");
			await liveAndDie("one folder", { SNAG_STORAGE: `file:${objects}` });
			const store = createStore({ kind: "disk", folder: objects });
			await expectNothingLost("one folder", recorders, store);
			for (const server of servers) {
				// Otherwise the repair is ten minutes away.
				await server.kill();
				await server.start();
				await server.process().ready();
				await expectSeenOnce(server, recorders);
			}
		},
		10 * MINUTE,
	);
});

describeWithS3("on one bucket and one index", (s3) => {
	test(
		"two servers finish the same sessions without a lease between them",
		async () => {
			sharedIndex = await startSharedIndex();
			await liveAndDie("one bucket", {
				...s3Environment(s3()),
				SNAG_CLICKHOUSE_URL: sharedIndex.url,
				SNAG_IDLE_SECONDS: String(IDLE_SECONDS),
			});
			const store = createStore(useS3Keys(s3(), "tests"));
			for (const server of servers) {
				const isFinished = async () => (await countRecorded(server)) === recorders.length;
				await waitFor(isFinished, { what: "recordings of all sessions", timeoutMs: 4 * MINUTE });
				await expectSeenOnce(server, recorders);
			}
			await expectNothingLost("one bucket", recorders, store);
			const recordings = await listRecordings(store);
			console.log(`${countAcknowledged(recorders)} chunks in ${recordings.length} recordings`);
			// The same chunks make the same key, whoever finishes them.
			expect(recordings).toHaveLength(recorders.length);
		},
		10 * MINUTE,
	);
});
