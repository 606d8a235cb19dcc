// A store in trouble, one kind of trouble after the other, while chunks go on coming: nothing that was
// acknowledged is lost or seen twice, the server says that it is not ready, does not end, and goes on by
// itself once the store is back.
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Health } from "../../protocol/api.ts";
import { createStore } from "../../server/store/create-store.ts";
import type { Store } from "../../server/store/store.ts";
import { s3Environment, useS3Keys } from "../server/s3-storage.ts";
import { type FaultS3, type Faults, startFaultS3 } from "../support/fault-s3.ts";
import { createSeededRandom } from "../support/seed.ts";
import { openTcpGate, type TcpGate } from "../support/tcp-gate.ts";
import { waitFor } from "../support/wait-for.ts";
import { createKillableServer, type KillableServer } from "./killable-server.ts";
import {
	countAcknowledged,
	expectNothingLost,
	expectSeenOnce,
	finishAll,
	startRecorders,
} from "./nothing-lost.ts";
import { createOwnDisk, type OwnDisk, whyNoOwnDisk } from "./own-disk.ts";

const RECORDERS = 16;
const FAULT_MS = 5000;
const HANG_MS = 10_000;
const MINUTE = 60_000;
/** What a server with its index off may hold, whatever its store does: DESIGN.md §8 and 64 MiB in flight. */
const RESIDENT_BYTES = 300 * 1024 * 1024;

interface Trouble {
	name: string;
	begin: () => unknown;
	end: () => unknown;
	/** Chunks may still be stored meanwhile, so the store may be called ready. */
	isPartial?: boolean;
	lastsMs?: number;
}

/** Chunks before, during and after one kind of trouble. */
async function live(server: KillableServer, trouble: Trouble, store: Store): Promise<void> {
	const random = createSeededRandom(trouble.name);
	const recorders = startRecorders(RECORDERS, server, random);
	const { pid } = server.process();
	const whole = async () => countAcknowledged(recorders) > RECORDERS * 2;
	await waitFor(whole, { what: "chunks before the trouble", timeoutMs: MINUTE });

	await trouble.begin();
	const before = countAcknowledged(recorders);
	if (trouble.isPartial !== true) {
		const isDown = async () => (await readHealth(server)).store === "unavailable";
		await waitFor(isDown, { what: "a health that says so", timeoutMs: MINUTE });
	}
	await delay(trouble.lastsMs ?? FAULT_MS);
	const during = countAcknowledged(recorders) - before;
	const resident = await server.residentBytes();
	await trouble.end();

	const health = async () => (await readHealth(server)).status === "ready";
	await waitFor(health, { what: "a server that is ready again", timeoutMs: MINUTE });
	await finishAll(recorders, 2 * MINUTE);
	console.log(
		`${trouble.name}: ${before} acknowledged before, ${during} during, ${countAcknowledged(recorders)} in the end; ${Math.round(resident / 1e6)} MB resident`,
	);
	await expectNothingLost(trouble.name, recorders, store);
	await expectSeenOnce(server, recorders);
	expect(server.process().pid).toBe(pid);
	expect(resident).toBeGreaterThan(0);
	expect(resident).toBeLessThan(RESIDENT_BYTES);
}

async function readHealth(server: KillableServer): Promise<Health> {
	return (await (await fetch(`${server.url}/readyz`)).json()) as Health;
}

describe("on S3", () => {
	let s3: FaultS3;
	let gate: TcpGate;
	let server: KillableServer;
	let store: Store;
	beforeAll(async () => {
		s3 = await startFaultS3();
		const { hostname, port } = new URL(s3.endpoint);
		gate = await openTcpGate({ host: hostname, port: Number(port) });
		const gated = { ...s3, endpoint: `http://127.0.0.1:${gate.port}` };
		server = await createKillableServer(s3Environment(gated));
		await server.start();
		await server.process().ready();
		store = createStore(useS3Keys(s3, "tests"));
	});
	afterAll(async () => {
		await server?.remove();
		store?.close();
		await gate?.close();
		await s3?.stop();
	});

	const says = (status: number, code: string) => () => ({ status, code });
	const onPut = (hook: Faults["before"]): Faults["before"] => {
		return (request) => (request.operation === "PutObject" ? hook?.(request) : undefined);
	};
	const sometimes = (hook: Faults["before"], share: number): Faults["before"] => {
		let count = 0;
		return (request) => (count++ % share === 0 ? hook?.(request) : undefined);
	};
	const hang = async () => {
		await delay(HANG_MS);
		return undefined;
	};

	test.each<[name: string, faults: Faults, more?: Partial<Trouble>]>([
		["answers 503 to everything", { before: says(503, "SlowDown") }],
		["answers 500 to writes", { before: onPut(says(500, "InternalError")) }],
		[
			"answers 503 to every other write",
			{ before: onPut(sometimes(says(503, "SlowDown"), 2)) },
			{ isPartial: true },
		],
		["says no but stored it", { after: onPut(says(500, "InternalError")) }],
		["stores it and cuts the line", { after: onPut(() => "drop") }],
		["cuts the line before it stores", { before: onPut(() => "drop") }],
		["is full", { before: onPut(says(507, "XMinioStorageFull")) }],
		["is over its quota", { before: onPut(says(403, "QuotaExceeded")) }],
		[
			"is read-only",
			{
				before: ({ operation }) =>
					/^(Put|Delete)/.test(operation) ? says(403, "AccessDenied")() : undefined,
			},
		],
		["has lost its bucket", { before: says(404, "NoSuchBucket") }],
		["hangs for 10 s", { before: onPut(hang) }, { lastsMs: 15_000, isPartial: true }],
		[
			"hangs for 10 s with every fifth write",
			{ before: onPut(sometimes(hang, 5)) },
			{ lastsMs: 15_000, isPartial: true },
		],
		[
			"cannot be read or listed",
			{
				before: ({ operation }) =>
					/^(Get|List)/.test(operation) ? says(503, "SlowDown")() : undefined,
			},
		],
	])(
		"%s",
		(name, faults, more = {}) => {
			const begin = () => Object.assign(s3.faults, faults);
			const end = () => {
				s3.faults.before = undefined;
				s3.faults.after = undefined;
			};
			return live(server, { name: `S3 ${name}`, begin, end, ...more }, store);
		},
		5 * MINUTE,
	);

	test(
		"disappears and comes back",
		() => live(server, { name: "S3 disappears", begin: gate.close, end: gate.open }, store),
		5 * MINUTE,
	);
});

const missing = await whyNoOwnDisk();
const withOwnDisk = missing === undefined ? describe : describe.skip;

withOwnDisk(`on a disk of its own${missing === undefined ? "" : ` (not run: ${missing})`}`, () => {
	let disk: OwnDisk;
	let server: KillableServer;
	let store: Store;
	let objects: string;
	beforeAll(async () => {
		disk = await createOwnDisk();
		objects = join(disk.path, "objects");
		server = await createKillableServer({ SNAG_STORAGE: `file:${objects}` });
		await server.start();
		await server.process().ready();
		store = createStore({ kind: "disk", folder: objects });
	});
	afterAll(async () => {
		await server?.remove();
		await disk?.remove();
	});

	test.each<[name: string, trouble: () => Pick<Trouble, "begin" | "end">]>([
		["is full", () => ({ begin: disk.fill, end: disk.clear })],
		["is read-only", () => ({ begin: disk.makeReadOnly, end: disk.makeWritable })],
		["is not mounted", () => ({ begin: disk.cover, end: disk.uncover })],
		[
			"has lost the folder",
			() => ({
				begin: () => rename(objects, `${objects}.away`),
				end: () => rename(`${objects}.away`, objects),
			}),
		],
		// The last, since the file system is not quite the same after it.
		[
			"takes writes and fails to keep them",
			() => ({ begin: disk.refuseSync, end: disk.allowSync }),
		],
	])(
		"%s",
		(name, trouble) => live(server, { name: `a disk that ${name}`, ...trouble() }, store),
		5 * MINUTE,
	);
});
