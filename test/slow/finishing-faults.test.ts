// A store in trouble while sessions are due to be finished: none is given up, none is made of half of its
// chunks, and every one is finished once the store is back. And the process that finishes killed at random.
import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Manifest } from "../../protocol/api.ts";
import { createStore } from "../../server/store/create-store.ts";
import type { Store } from "../../server/store/store.ts";
import type { RetryingRecorder } from "../server/retrying-recorder.ts";
import { s3Environment, useS3Keys } from "../server/s3-storage.ts";
import { type FaultS3, type Faults, startFaultS3 } from "../support/fault-s3.ts";
import { createSeededRandom } from "../support/seed.ts";
import { waitFor } from "../support/wait-for.ts";
import { createKillableServer, type KillableServer } from "./killable-server.ts";
import {
	countAcknowledged,
	expectNothingLost,
	expectSeenOnce,
	finishAll,
	startRecorders,
} from "./nothing-lost.ts";

const RECORDERS = 12;
const IDLE_SECONDS = 10;
/** From the last chunk: sessions become due after a third of it. */
const FAULT_MS = 3 * IDLE_SECONDS * 1000;
const HANG_MS = 10_000;
const MINUTE = 60_000;
const KILLS = 15;

let server: KillableServer;
let recorders: RetryingRecorder[] = [];
afterEach(async () => {
	for (const recorder of recorders) recorder.stop();
	await server?.remove();
});

async function startWithSessions(env: Record<string, string>): Promise<void> {
	server = await createKillableServer({ SNAG_IDLE_SECONDS: String(IDLE_SECONDS), ...env });
	await server.start();
	await server.process().ready();
	recorders = startRecorders(RECORDERS, server, createSeededRandom("sessions to be finished"));
	const enough = () => countAcknowledged(recorders) > RECORDERS * 6;
	await waitFor(enough, { what: "sessions", timeoutMs: MINUTE });
	await finishAll(recorders);
}

async function countFinished(): Promise<number> {
	let count = 0;
	for (const { session } of recorders) {
		const answer = await server.get(`/sites/${server.siteId}/sessions/${session.session}`);
		if (answer.ok && ((await answer.json()) as Manifest).recording !== "") count++;
	}
	return count;
}

async function listKeys(store: Store, prefix: string): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of store.list(prefix)) keys.push(key);
	return keys;
}

async function expectFinished(where: string, store: Store): Promise<void> {
	const areFinished = async () => (await countFinished()) === recorders.length;
	await waitFor(areFinished, { what: "a recording of every session", timeoutMs: 5 * MINUTE });
	expect(await listKeys(store, "q/")).toEqual([]);
	await expectNothingLost(where, recorders, store);
	await expectSeenOnce(server, recorders);
}

describe("while S3", () => {
	let s3: FaultS3;
	beforeEach(async () => {
		s3 = await startFaultS3();
	});
	afterEach(() => s3.stop());

	const isRecording = (key: string) => key.includes("/r/");
	const onRecordings = (hook: Faults["before"]): Faults["before"] => {
		return (request) =>
			request.operation === "PutObject" && isRecording(request.key) ? hook?.(request) : undefined;
	};
	const no = () => ({ status: 503, code: "SlowDown" });
	const hang = async () => {
		await delay(HANG_MS);
		return undefined;
	};
	const onReads: Faults["before"] = ({ operation }) =>
		operation === "GetObject" ? no() : undefined;

	test.each<[name: string, faults: Faults]>([
		["answers 503 to everything", { before: no }],
		["takes no recording", { before: onRecordings(no) }],
		["says no to a recording but stored it", { after: onRecordings(no) }],
		["hangs for 10 s with every recording", { before: onRecordings(hang) }],
		["cuts the line behind a recording", { after: onRecordings(() => "drop") }],
		["cannot be read", { before: onReads }],
		["has lost its bucket", { before: () => ({ status: 404, code: "NoSuchBucket" }) }],
	])(
		"%s",
		async (name, faults) => {
			await startWithSessions(s3Environment(s3));
			Object.assign(s3.faults, faults);
			await delay(FAULT_MS);
			s3.faults.before = undefined;
			s3.faults.after = undefined;
			await expectFinished(name, createStore(useS3Keys(s3, "tests")));
		},
		10 * MINUTE,
	);
});

test(
	"while the folder is away",
	async () => {
		await startWithSessions({});
		const objects = join(server.dataFolder, "objects");
		await rename(objects, `${objects}.away`);
		await delay(FAULT_MS);
		await rename(`${objects}.away`, objects);
		const store = createStore({ kind: "disk", folder: objects });
		await expectFinished("a folder that was away", store);
	},
	10 * MINUTE,
);

test(
	"while the process that finishes, or the server, is killed",
	async () => {
		await startWithSessions({});
		const random = createSeededRandom("kills of the finisher");
		let killed = 0;
		const until = Date.now() + 2 * MINUTE;
		while (killed < KILLS && Date.now() < until) {
			const pid = await findFinisher(server.process().pid);
			if (random.next() < 0.02) {
				await server.kill();
				await server.start();
			} else if (pid !== 0) {
				await delay(random.next() * 150);
				killed += kill(pid) ? 1 : 0;
			} else if ((await countFinished().catch(() => 0)) === recorders.length) break;
			await delay(20);
		}
		console.log(`${killed} kills of the finisher`);
		await expectFinished(
			"kills of the finisher",
			createStore({ kind: "disk", folder: join(server.dataFolder, "objects") }),
		);
	},
	10 * MINUTE,
);

function kill(pid: number): boolean {
	try {
		return process.kill(pid, "SIGKILL");
	} catch {
		// It has ended meanwhile.
		return false;
	}
}

/** @returns 0 while there is none */
async function findFinisher(parent: number): Promise<number> {
	const children = await readFile(`/proc/${parent}/task/${parent}/children`, "utf8").catch(
		() => "",
	);
	for (const pid of children.trim().split(" ")) {
		const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
		if (command.includes("finisher")) return Number(pid);
	}
	return 0;
}
