// The control database is lost: with the snapshots in the store its sites come back and recorders go on;
// without them nobody is told to stop who would go on later, and the packs stay for who finds the file.
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createStore } from "../../server/store/create-store.ts";
import type { Store } from "../../server/store/store.ts";
import { readStoredChunks } from "../server/read-packs.ts";
import type { RetryingRecorder } from "../server/retrying-recorder.ts";
import { s3Environment } from "../server/s3-storage.ts";
import { createSampleChunk, createSampleSession } from "../server/sample-chunk.ts";
import { ORIGIN } from "../server/start-server.ts";
import { startFaultS3 } from "../support/fault-s3.ts";
import { createSeededRandom } from "../support/seed.ts";
import { openTcpGate } from "../support/tcp-gate.ts";
import { waitFor } from "../support/wait-for.ts";
import { createKillableServer, type KillableServer } from "./killable-server.ts";
import {
	countAcknowledged,
	expectNothingLost,
	expectSeenOnce,
	finishAll,
	startRecorders,
} from "./nothing-lost.ts";

const RECORDERS = 8;
const MINUTE = 60_000;

let server: KillableServer;
let recorders: RetryingRecorder[] = [];
afterEach(async () => {
	for (const recorder of recorders) recorder.stop();
	recorders = [];
	await server.remove();
});

const openStore = () => createStore({ kind: "disk", folder: join(server.dataFolder, "objects") });

async function listKeys(store: Store, prefix: string): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of store.list(prefix)) keys.push(key);
	return keys;
}

async function loseControl(): Promise<void> {
	const names = (await readdir(server.dataFolder)).filter((name) => name.startsWith("control.db"));
	expect(names).not.toEqual([]);
	for (const name of names) await rm(join(server.dataFolder, name));
}

async function startWithChunks(env: Record<string, string> = {}): Promise<void> {
	server = await createKillableServer(env);
	await server.start();
	await server.process().ready();
	recorders = startRecorders(RECORDERS, server, createSeededRandom("lost control data"));
	const enough = () => countAcknowledged(recorders) > RECORDERS * 5;
	await waitFor(enough, { what: "chunks before the loss", timeoutMs: MINUTE });
}

/** It is written behind the first uploads, which may all be done before. */
async function waitForSnapshot(): Promise<void> {
	const hasSnapshot = async () => (await listKeys(openStore(), "c/")).length > 0;
	await waitFor(hasSnapshot, { what: "a snapshot of the control data", timeoutMs: MINUTE });
}

const upload = async () =>
	(
		await fetch(server.endpoint, {
			method: "POST",
			body: createSampleChunk(createSampleSession()) as Uint8Array<ArrayBuffer>,
			headers: { origin: ORIGIN },
		})
	).status;

test(
	"a server that lost its control data under load goes on where it was",
	async () => {
		await startWithChunks();
		await waitForSnapshot();
		for (let loss = 0; loss < 5; loss++) {
			await server.kill();
			await loseControl();
			await server.start();
			const before = countAcknowledged(recorders);
			const goesOn = () => countAcknowledged(recorders) > before + RECORDERS;
			await waitFor(goesOn, { what: "chunks after the loss", timeoutMs: MINUTE });
		}
		await finishAll(recorders);
		await expectNothingLost("lost control data", recorders, openStore());
		await expectSeenOnce(server, recorders);
	},
	5 * MINUTE,
);

test(
	"a control database that is damaged is not written over, and the server says what to do",
	async () => {
		await startWithChunks();
		await waitForSnapshot();
		await finishAll(recorders);
		await server.kill();
		const path = join(server.dataFolder, "control.db");
		const bytes = await readFile(path);
		await rm(`${path}-wal`, { force: true });
		await rm(`${path}-shm`, { force: true });
		const garbage = Buffer.alloc(bytes.length, 0x5a);
		await writeFile(path, garbage);
		await server.start();
		expect((await server.process().exited).code).toBe(1);
		expect(server.process().output()).toMatch(/Snag cannot start\. .*data folder/);
		expect((await readFile(path)).equals(garbage)).toBe(true);
		await rm(path);
		await server.start();
		await server.process().ready();
		await expectSeenOnce(server, recorders);
	},
	5 * MINUTE,
);

test(
	"without any snapshot the site is unknown, its packs stay, and the file brings everything back",
	async () => {
		await startWithChunks();
		await finishAll(recorders);
		await server.kill();
		const store = openStore();
		for (const key of await listKeys(store, "c/")) await store.delete(key);
		const kept = join(server.dataFolder, "kept.db");
		for (const name of ["", "-wal"]) {
			await rename(join(server.dataFolder, `control.db${name}`), `${kept}${name}`).catch(() => {});
		}
		await loseRest();
		const before = (await readStoredChunks(store)).packs;
		await server.start();
		await server.process().ready();
		expect(await upload()).toBe(404);
		await server.kill();
		expect((await readStoredChunks(store)).packs).toBe(before);

		await loseControl();
		for (const key of await listKeys(store, "c/")) await store.delete(key);
		for (const name of ["", "-wal"]) {
			await rename(`${kept}${name}`, join(server.dataFolder, `control.db${name}`)).catch(() => {});
		}
		await server.start();
		await server.process().ready();
		expect(await upload()).toBe(204);
		await expectNothingLost("found control data", recorders, store);
		await expectSeenOnce(server, recorders);
	},
	5 * MINUTE,
);

const loseRest = () => rm(join(server.dataFolder, "control.db-shm"), { force: true });

test(
	"while the store with the snapshots cannot be read, no recorder is told that its site is unknown",
	async () => {
		const s3 = await startFaultS3();
		const { hostname, port } = new URL(s3.endpoint);
		const gate = await openTcpGate({ host: hostname, port: Number(port) });
		try {
			await startWithChunks(s3Environment({ ...s3, endpoint: `http://127.0.0.1:${gate.port}` }));
			const keys = () => [...(s3.buckets.get(s3.bucket)?.keys() ?? [])];
			await waitFor(() => keys().some((key) => key.includes("/c/")), { what: "a snapshot" });
			await server.kill();
			await loseControl();
			await gate.close();
			await server.start();
			const answers = new Set<number>();
			const until = Date.now() + MINUTE / 2;
			while (Date.now() < until) answers.add(await upload().catch(() => 0));
			console.log(`answers without control data and store: ${[...answers].join(" ")}`);
			expect([...answers].filter((status) => status !== 0 && status !== 503)).toEqual([]);
			await gate.open();
			// A supervisor starts again what gave up.
			await server.kill();
			await server.start();
			await finishAll(recorders, 2 * MINUTE);
			await expectSeenOnce(server, recorders);
		} finally {
			await server.kill();
			await gate.close();
			await s3.stop();
		}
	},
	5 * MINUTE,
);
