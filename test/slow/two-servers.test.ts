// Two servers on one object folder or one bucket, each with an index and control data of its own, so with
// no lease between them: both take chunks, both finish the same sessions, and one is often killed. The
// other's packs are found by repair. Nothing is lost, and on both every chunk is seen once.
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { createStore } from "../../server/store/create-store.ts";
import { isPackKey } from "../../server/store/layout.ts";
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

const KILLS = 10;
const WAVES = 3;
const RECORDERS = 12;
const LIFE_MS = 8000;
const IDLE_SECONDS = 3;
const MINUTE = 60_000;

let servers: KillableServer[] = [];
let recorders: RetryingRecorder[] = [];
afterEach(async () => {
	for (const recorder of recorders) recorder.stop();
	for (const server of servers) await server.remove();
});

async function listRecordings(store: Store): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of store.list("r/")) if (!isPackKey(key)) keys.push(key);
	return keys;
}

async function liveAndDie(where: string, env: Record<string, string>, store: Store): Promise<void> {
	const random = createSeededRandom(`two servers on ${where}`);
	const all = { ...env, SNAG_IDLE_SECONDS: String(IDLE_SECONDS) };
	const first = await createKillableServer(all);
	const second = await createKillableServer(all, first);
	servers = [first, second];
	await Promise.all(servers.map((server) => server.start()));
	const anyServer = {
		get endpoint() {
			return (random.next() < 0.5 ? first : second).endpoint;
		},
	};
	for (let wave = 0; wave < WAVES; wave++) {
		// Those of the waves before are over and are finished while these go on.
		const running = startRecorders(RECORDERS, anyServer, random);
		recorders = [...recorders, ...running];
		for (let kill = 0; kill < KILLS / WAVES; kill++) {
			await delay(random.next() * LIFE_MS);
			const victim = random.next() < 0.5 ? first : second;
			await victim.kill();
			await victim.start();
		}
		await finishAll(running, 2 * MINUTE);
	}
	const isFinished = async () => (await listRecordings(store)).length >= recorders.length;
	await waitFor(isFinished, { what: "a recording of every session", timeoutMs: 3 * MINUTE });
	for (const server of servers) await server.kill();
	await expectNothingLost(where, recorders, store);

	// Each has now found the packs of the other.
	for (const server of servers) {
		await server.start();
		await server.process().ready();
		await expectSeenOnce(server, recorders);
		await server.kill();
	}
	const recordings = await listRecordings(store);
	console.log(`${where}: ${countAcknowledged(recorders)} chunks, ${recordings.length} recordings`);
	const sessions = new Set(recordings.map((key) => /([0-9a-f-]{36})\.g/.exec(key)?.[1]));
	expect(sessions.size).toBe(recorders.length);
}

describe("on one folder", () => {
	let folder: TempFolder | undefined;
	afterEach(() => folder?.remove());
	test(
		"two servers lose nothing and show nothing twice",
		async () => {
			folder = await createTempFolder("shared");
			const objects = join(folder.path, "objects");
			const store = createStore({ kind: "disk", folder: objects });
			await liveAndDie("one folder", { SNAG_STORAGE: `file:${objects}` }, store);
		},
		15 * MINUTE,
	);
});

describeWithS3("on one bucket", (s3) => {
	test(
		"two servers lose nothing and show nothing twice",
		async () => {
			await liveAndDie("one bucket", s3Environment(s3()), createStore(useS3Keys(s3(), "tests")));
		},
		15 * MINUTE,
	);
});
