// The index is derived: its process may be killed at any instant, its disk may be full, and the server
// may end between an acknowledgement and its rows. Recording goes on, and in the end every row is there.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { Health, Sessions } from "../../protocol/api.ts";
import { createStore } from "../../server/store/create-store.ts";
import type { RetryingRecorder } from "../server/retrying-recorder.ts";
import { createSeededRandom, type SeededRandom } from "../support/seed.ts";
import { waitFor } from "../support/wait-for.ts";
import { createKillableServer, type KillableServer, readResidentBytes } from "./killable-server.ts";
import {
	countAcknowledged,
	expectNothingLost,
	expectSeenOnce,
	finishAll,
	startRecorders,
} from "./nothing-lost.ts";
import { createOwnDisk, whyNoOwnDisk } from "./own-disk.ts";

const CHILD_KILLS = 40;
const SERVER_KILLS = 8;
const RECORDERS = 12;
const READERS = 4;
/** A kill falls somewhere in this time behind the one before. */
const LIFE_MS = 3000;
const MINUTE = 60_000;
const SERVER_BYTES = 300 * 1024 * 1024;
const INDEX_BYTES = 1024 * 1024 * 1024;

let server: KillableServer;
let recorders: RetryingRecorder[] = [];
afterEach(async () => {
	for (const recorder of recorders) recorder.stop();
	await server?.remove();
});

const readHealth = async () => (await (await fetch(`${server.url}/readyz`)).json()) as Health;
const isReady = async () => (await readHealth()).status === "ready";

async function expectWhole(where: string): Promise<void> {
	await finishAll(recorders);
	await waitFor(isReady, { what: "a server that is ready", timeoutMs: MINUTE });
	const store = createStore({ kind: "disk", folder: join(server.dataFolder, "objects") });
	await expectNothingLost(where, recorders, store);
	await expectSeenOnce(server, recorders);
	const answer = await server.get(`/sites/${server.siteId}/sessions?limit=200`);
	const listed = ((await answer.json()) as Sessions).sessions.map(({ id }) => id);
	expect(listed.toSorted()).toEqual(recorders.map(({ session }) => session.session).toSorted());
}

async function start(random: SeededRandom, env: Record<string, string> = {}): Promise<void> {
	server = await createKillableServer(env);
	await server.start();
	await server.process().ready();
	recorders = startRecorders(RECORDERS, server, random);
}

test(
	`an index that is killed ${CHILD_KILLS} times under load with reads going on has every row in the end`,
	async () => {
		const random = createSeededRandom("kills of the index");
		await start(random);
		const readers = startReaders();
		const resident = { server: 0, index: 0 };
		let killed = 0;
		for (let kill = 0; kill < CHILD_KILLS; kill++) {
			await delay(random.next() * LIFE_MS);
			const pid = await findIndexPid(server.process().pid);
			resident.server = Math.max(resident.server, await server.residentBytes());
			resident.index = Math.max(resident.index, await readResidentBytes(pid));
			// It may just be away from the kill before.
			if (pid === 0) continue;
			process.kill(pid, "SIGKILL");
			killed++;
		}
		const statuses = await readers.stop();
		console.log(
			`${killed} kills; answers ${JSON.stringify(statuses)}; resident MB: ${JSON.stringify(resident)}`,
		);
		expect(killed).toBeGreaterThan(CHILD_KILLS / 2);
		expect(Object.keys(statuses).filter((status) => !/^(200|404|503)$/.test(status))).toEqual([]);
		expect(resident.server).toBeLessThan(SERVER_BYTES);
		expect(resident.index).toBeLessThan(INDEX_BYTES);
		await expectWhole("kills of the index");
	},
	15 * MINUTE,
);

test(
	`a server that ends ${SERVER_KILLS} times between acknowledgements and their rows finds them again`,
	async () => {
		const random = createSeededRandom("kills before the rows");
		await start(random);
		for (let kill = 0; kill < SERVER_KILLS; kill++) {
			await waitFor(isReady, { what: "a server that is ready", timeoutMs: MINUTE });
			const pid = await waitFor(() => findIndexPid(server.process().pid), { what: "the index" });
			// From here no row can be written.
			process.kill(pid, "SIGSTOP");
			const before = countAcknowledged(recorders);
			await waitFor(() => countAcknowledged(recorders) > before + RECORDERS, {
				what: "chunks that wait for their rows",
			});
			await server.kill();
			process.kill(pid, "SIGKILL");
			await server.start();
		}
		await expectWhole("kills before the rows");
	},
	15 * MINUTE,
);

const missing = await whyNoOwnDisk();
const withOwnDisk = missing === undefined ? describe : describe.skip;
withOwnDisk(`on a disk of its own${missing === undefined ? "" : ` (not run: ${missing})`}`, () => {
	test(
		"an index whose disk is full holds nothing up and counts everything once there is room",
		async () => {
			const random = createSeededRandom("a full index disk");
			const disk = await createOwnDisk(512 * 1024 * 1024);
			server = await createKillableServer();
			const folder = join(server.dataFolder, "index");
			mkdirSync(folder);
			execFileSync("mount", ["--bind", disk.path, folder]);
			try {
				await server.start();
				await server.process().ready();
				recorders = startRecorders(RECORDERS, server, random);
				const whole = () => countAcknowledged(recorders) > RECORDERS * 3;
				await waitFor(whole, { what: "chunks before the trouble" });
				await disk.fill();
				const before = countAcknowledged(recorders);
				// More than what just waits for its turn: nothing that came since is counted.
				const isBehind = async () => {
					const more = countAcknowledged(recorders) - before;
					return more > RECORDERS * 5 && (await readHealth()).waitingChunks >= more;
				};
				await waitFor(isBehind, { what: "rows that wait", timeoutMs: MINUTE });
				expect((await readHealth()).store).toBe("ready");
				expect(await server.residentBytes()).toBeLessThan(SERVER_BYTES);
				disk.clear();
				await expectWhole("a full index disk");
			} finally {
				await server.kill();
				execFileSync("umount", ["-l", folder]);
				await disk.remove();
			}
		},
		10 * MINUTE,
	);
});

/** Somebody looks at lists, sessions and maps all the time. */
function startReaders(): { stop: () => Promise<Record<string, number>> } {
	const statuses: Record<string, number> = {};
	let isStopped = false;
	const sites = `/sites/${server.siteId}`;
	const paths = ["/sessions", "/pages", "/heatmap?page=/products"];
	const look = async (): Promise<void> => {
		while (!isStopped) {
			const sessions = recorders.map(({ session }) => `/sessions/${session.session}`);
			for (const path of [...paths, sessions[0], `${sessions[1]}/events`]) {
				const answer = await server.get(`${sites}${path}`).catch(() => undefined);
				await answer?.arrayBuffer().catch(() => {});
				const status = String(answer?.status ?? "none");
				statuses[status] = (statuses[status] ?? 0) + 1;
			}
		}
	};
	const looking = Array.from({ length: READERS }, look);
	return {
		async stop() {
			isStopped = true;
			await Promise.all(looking);
			return statuses;
		},
	};
}

/** @returns 0 while there is none */
async function findIndexPid(parent: number): Promise<number> {
	const children = await readFile(`/proc/${parent}/task/${parent}/children`, "utf8");
	for (const pid of children.trim().split(" ")) {
		const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
		if (command.includes("index-child")) return Number(pid);
	}
	return 0;
}
