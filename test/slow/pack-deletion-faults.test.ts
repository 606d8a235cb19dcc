// A store in trouble while packs are deleted whose chunks stand in recordings: whatever it answers, every
// chunk stays readable in a pack or a recording, and once the store is back the packs go.
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseConfig } from "../../server/config.ts";
import { createLeases } from "../../server/control/leases.ts";
import { feedPack } from "../../server/index/feeder.ts";
import { openParts, type Parts } from "../../server/parts.ts";
import { createFinisher } from "../../server/recordings/finisher.ts";
import { createPackCollector } from "../../server/recordings/pack-collector.ts";
import { readWholeRecording } from "../../server/recordings/read-recording.ts";
import { ALL_PACKS, ALL_RECORDINGS } from "../../server/store/layout.ts";
import { findLosses, readStoredChunks } from "../server/read-packs.ts";
import { type Received, storePack } from "../server/recordings/sample-store.ts";
import { s3Environment } from "../server/s3-storage.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "../server/sample-chunk.ts";
import { DIST } from "../server/start-server.ts";
import { type FaultRequest, type FaultS3, type Faults, startFaultS3 } from "../support/fault-s3.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";

const IDLE_MS = 60_000;
const HANG_MS = 10_000;
const MINUTE = 60_000;
const SESSIONS = 4;
const PACKS = 5;

let s3: FaultS3;
let folder: TempFolder;
let parts: Parts;
/** Ahead of the real clock, so that sessions of now are over. */
const now = () => Date.now() + 10 * MINUTE;

beforeAll(async () => {
	s3 = await startFaultS3();
	folder = await createTempFolder("pack-deletion");
	const { SNAG_STORAGE = "", ...keys } = s3Environment(s3);
	Object.assign(process.env, keys);
	const config = parseConfig({ PORT: "0", SNAG_DATA: folder.path, SNAG_STORAGE });
	parts = await openParts({ config, distFolder: DIST, now, log: () => {} });
	parts.service.start();
	await parts.service.ready;
});
afterAll(async () => {
	s3.faults.before = undefined;
	s3.faults.after = undefined;
	await parts?.close();
	await s3?.stop();
	await folder?.remove();
});
beforeEach(async () => {
	s3.faults.before = undefined;
	s3.faults.after = undefined;
	for (const key of await listKeys(ALL_PACKS)) await parts.store.delete(key);
});

const leases = () =>
	createLeases({ control: parts.control, holder: Math.random().toString(16), now });

function collect(): Promise<number> {
	const { store, service, tombstones } = parts;
	return createPackCollector({
		...{ store, index: service.index, leases: leases(), now, log: () => {} },
		...{ isErased: tombstones.isErased, isIndexed: () => true, closedMs: 0, retryMs: 0 },
	}).collect();
}

/** Sessions whose chunks lie in the same packs, finished. @returns stream and sequence → CRC-32 */
async function finishSessions(): Promise<Map<string, number[]>> {
	const { store, service, tombstones } = parts;
	const sessions = Array.from({ length: SESSIONS }, () => createSampleSession());
	for (let sequence = 0; sequence < PACKS; sequence++) {
		const { key, rows } = await storePack(
			store,
			sessions.map((session) => createPart(session, sequence)),
		);
		await feedPack(service.feeder, { key, rows, receivedAt: Date.now() });
	}
	const areCounted = () => service.feeder.drain(MINUTE);
	await waitFor(areCounted, { what: "rows of all packs", timeoutMs: 2 * MINUTE });
	const { storage } = parseConfig({ SNAG_STORAGE: s3Environment(s3).SNAG_STORAGE });
	const finisher = createFinisher({
		config: { storage, dataFolder: folder.path, idleMs: IDLE_MS },
		...{ store, index: service.index, feeder: service.feeder, distFolder: DIST, now },
		...{ leases: leases(), isErased: tombstones.isErased, isIndexed: () => true, log: () => {} },
	});
	expect(await finisher.run()).toBe(SESSIONS);
	await finisher.stop();
	return (await readStoredChunks(store)).copies;
}

function createPart(session: SampleSession, sequence: number): Received {
	const at = session.startedAt + sequence * 100;
	const scroll = { type: 3, timestamp: at, data: { source: 3, id: 4, x: 0, y: sequence } };
	const isFirst = sequence === 0;
	const chunk = createSampleChunk(session, {
		sequence,
		facts: isFirst ? [createPageFact(session)] : [],
		events: isFirst ? createSampleSnapshot(session) : [scroll],
	});
	return { chunk, receivedAt: at };
}

async function listKeys(prefix: string): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of parts.store.list(prefix)) keys.push(key);
	return keys;
}

/** Every chunk of before in a pack, or in a recording that is whole. */
async function expectAllStored(chunks: ReadonlyMap<string, number[]>): Promise<void> {
	const stored = await readStoredChunks(parts.store);
	const wanted = [...chunks].map(([name, crcs]): [string, number] => [name, crcs[0] ?? 0]);
	expect(wanted).not.toEqual([]);
	expect(findLosses(wanted, stored)).toEqual([]);
	for (const key of await listKeys(ALL_RECORDINGS)) {
		expect(await readWholeRecording(parts.store, key), key).toBeDefined();
	}
}

const no = { status: 503, code: "SlowDown" };
const isDelete = ({ operation }: FaultRequest) => operation === "DeleteObject";
const isRead = ({ operation }: FaultRequest) => operation === "GetObject";
const isOfPack = ({ key }: FaultRequest) => key.includes(`/${ALL_PACKS}`);
const isOfRecording = ({ key }: FaultRequest) => key.includes(`/${ALL_RECORDINGS}`);
/** From the second deletion on, so that it falls into the midst. */
const fromSecondDeletion = (fault: Faults["before"]): Faults["before"] => {
	let deletions = 0;
	return (request) => {
		if (isDelete(request)) deletions++;
		return deletions >= 2 ? fault?.(request) : undefined;
	};
};
const hang = async () => {
	await delay(HANG_MS);
	return undefined;
};

test.each<[name: string, faults: () => Faults, survivors: number]>([
	["answers 503 to everything", () => ({ before: fromSecondDeletion(() => no) }), PACKS - 1],
	[
		"answers 503 to deletions",
		() => ({ before: fromSecondDeletion((request) => (isDelete(request) ? no : undefined)) }),
		PACKS - 1,
	],
	[
		"says no to a deletion but did it",
		() => ({ after: (request) => (isDelete(request) ? no : undefined) }),
		PACKS - 1,
	],
	[
		"cuts the line behind a deletion",
		() => ({ after: (request) => (isDelete(request) ? "drop" : undefined) }),
		PACKS - 1,
	],
	// Its deletions still take place, some of them too late for who asked.
	["hangs for 10 s", () => ({ before: fromSecondDeletion(hang) }), 0],
	[
		"cannot read recordings",
		() => ({ before: (request) => (isRead(request) && isOfRecording(request) ? no : undefined) }),
		PACKS,
	],
	[
		"cannot find recordings",
		() => ({
			before: (request) =>
				isRead(request) && isOfRecording(request) ? { status: 404, code: "NoSuchKey" } : undefined,
		}),
		PACKS,
	],
	[
		"cannot read packs",
		() => ({ before: (request) => (isRead(request) && isOfPack(request) ? no : undefined) }),
		PACKS,
	],
	[
		"cannot be listed",
		() => ({ before: ({ operation }) => (operation === "ListObjectsV2" ? no : undefined) }),
		PACKS,
	],
	["has lost its bucket", () => ({ before: () => ({ status: 404, code: "NoSuchBucket" }) }), PACKS],
])(
	"nothing is lost while packs go and the store %s",
	async (_, faults, survivors) => {
		const chunks = await finishSessions();
		expect(await listKeys(ALL_PACKS)).toHaveLength(PACKS);
		Object.assign(s3.faults, faults());
		await collect().catch(() => {});
		s3.faults.before = undefined;
		s3.faults.after = undefined;
		expect((await listKeys(ALL_PACKS)).length).toBeGreaterThanOrEqual(survivors);
		await expectAllStored(chunks);

		await collect();
		expect(await listKeys(ALL_PACKS)).toEqual([]);
		await expectAllStored(chunks);
	},
	5 * MINUTE,
);
