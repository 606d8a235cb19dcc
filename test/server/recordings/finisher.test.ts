// Finishing over a real index and a real store, one step at a time: what is due, who does it, what
// happens to those that end in the middle of it, and when packs go.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseConfig } from "../../../server/config.ts";
import { createLeases } from "../../../server/control/leases.ts";
import { IndexUnavailable } from "../../../server/errors.ts";
import { feedPack } from "../../../server/index/feeder.ts";
import { openParts, type Parts } from "../../../server/parts.ts";
import { createFinisher, type FinisherParts } from "../../../server/recordings/finisher.ts";
import { createPackCollector } from "../../../server/recordings/pack-collector.ts";
import { ALL_PACKS, ALL_QUARANTINE, ALL_RECORDINGS } from "../../../server/store/layout.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";
import { waitFor } from "../../support/wait-for.ts";
import {
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "../sample-chunk.ts";
import { DIST } from "../start-server.ts";
import { decodeRecording, type Received, SITE, storePack } from "./sample-store.ts";

const IDLE_MS = 60_000;
const HOUR_MS = 3_600_000;

let folder: TempFolder;
let parts: Parts;
/** Ahead of the real clock, so that sessions of now are over. */
let ahead = 0;
const now = () => Date.now() + ahead;
const log: string[] = [];

async function open() {
	const config = parseConfig({ PORT: "0", SNAG_DATA: folder.path });
	const opened = await openParts({ config, distFolder: DIST, now, log: (line) => log.push(line) });
	opened.service.start();
	await opened.service.ready;
	await opened.service.feeder.drain(20_000);
	return opened;
}

beforeAll(async () => {
	folder = await createTempFolder("finisher");
	parts = await open();
});
afterAll(async () => {
	await parts.close();
	await folder.remove();
});
beforeEach(() => {
	ahead = 10 * 60_000;
	log.length = 0;
});

function create(options: Partial<FinisherParts> = {}) {
	const { control, store, service, tombstones } = parts;
	return createFinisher({
		config: configOf(),
		...{ store, index: service.index, feeder: service.feeder, distFolder: DIST, now },
		leases: createLeases({ control, holder: Math.random().toString(16), now }),
		isErased: tombstones.isErased,
		isIndexed: () => true,
		log: (line) => log.push(line),
		...options,
	});
}

function createCollector(options: { closedMs?: number } = {}) {
	const { control, store, service, tombstones } = parts;
	return createPackCollector({
		...{ store, index: service.index, now, log: (line: string) => log.push(line) },
		leases: createLeases({ control, holder: Math.random().toString(16), now }),
		isErased: tombstones.isErased,
		isIndexed: () => true,
		...{ closedMs: 0, retryMs: 0, ...options },
	});
}

async function receive(received: readonly Received[]): Promise<string> {
	const { key, rows } = await storePack(parts.store, received);
	const { feeder } = parts.service;
	await feedPack(feeder, { key, rows, receivedAt: received[0]?.receivedAt ?? 0 });
	expect(await feeder.drain(20_000)).toBe(true);
	return key;
}

const part = (session: SampleSession, sequence: number, after = sequence * 100): Received => ({
	chunk: createSampleChunk(session, {
		sequence,
		facts: sequence === 0 ? [createPageFact(session)] : [createPressFact(session, { after })],
		events: sequence === 0 ? createSampleSnapshot(session) : [scroll(session, after)],
	}),
	receivedAt: session.startedAt + after,
});
const scroll = ({ startedAt }: SampleSession, after: number) => ({
	...{ type: 3, timestamp: startedAt + after, data: { source: 3, id: 4, x: 0, y: after } },
});

async function list(prefix: string, session?: SampleSession): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of parts.store.list(prefix)) {
		if (session === undefined || key.includes(session.session)) keys.push(key);
	}
	return keys;
}

async function read(session: SampleSession) {
	const keys = await list(ALL_RECORDINGS, session);
	const recordings = await Promise.all(
		keys.map(async (key) => decodeRecording(await parts.store.get(key))),
	);
	return { keys, recordings };
}

interface Row {
	key: string;
	chunks: number;
	generation: number;
}
const rowsOf = ({ session }: SampleSession) =>
	parts.service.index.query<Row>(
		"SELECT key, chunks, generation FROM recordings FINAL WHERE session = {session:UUID}",
		{ session },
	);

describe("finishing", () => {
	test("takes sessions that are over, once", async () => {
		const session = createSampleSession();
		await receive([part(session, 0), part(session, 1)]);
		const finisher = create();
		ahead = 0;
		expect(await finisher.run()).toBe(0);
		ahead = 2 * IDLE_MS;
		expect(await finisher.run()).toBe(1);
		const { keys, recordings } = await read(session);
		expect(await rowsOf(session)).toEqual([{ key: keys[0], chunks: 2, generation: 1 }]);
		expect(recordings[0]?.play(session.stream).map(({ type }) => type)).toEqual([4, 2, 3]);
		expect(await finisher.run()).toBe(0);
		expect(finisher.status()).toEqual({ finished: 1, quarantined: 0, givenUp: 0 });
	});

	test("takes a session at its caps that goes on for ever", async () => {
		const session = createSampleSession(Date.now() - 5 * HOUR_MS);
		await receive([part(session, 0), { ...part(session, 1), receivedAt: Date.now() }]);
		ahead = 0;
		// Heard from a moment ago: what was on its way is waited for.
		const patient = create({ config: { ...configOf(), idleMs: 3 * HOUR_MS } });
		expect(await patient.run()).toBe(0);
		ahead = 2 * 60_000;
		expect(await patient.run()).toBe(1);
		expect((await rowsOf(session))[0]).toMatchObject({ chunks: 2 });
	});

	test("makes a second generation of all chunks when one comes late, an hour later at the earliest", async () => {
		const session = createSampleSession();
		await receive([part(session, 0), part(session, 2)]);
		await create().run();
		await receive([part(session, 1)]);
		ahead += HOUR_MS / 2;
		expect(await create().run()).toBe(0);
		ahead += HOUR_MS;
		expect(await create().run()).toBe(1);
		const { keys, recordings } = await read(session);
		expect(keys).toHaveLength(2);
		expect(await rowsOf(session)).toEqual([{ key: keys[1], chunks: 3, generation: 2 }]);
		expect(recordings[0]?.head.streams[0]?.gaps).toHaveLength(1);
		expect(recordings[1]?.head.streams[0]?.gaps).toEqual([]);
		const times = recordings[1]
			?.play(session.stream)
			.map(({ timestamp }) => timestamp - session.startedAt);
		expect(times).toEqual([0, 1, 100, 200]);
	});

	test("waits for chunks that the index does not have yet", async () => {
		const session = createSampleSession();
		await receive([part(session, 0)]);
		const { feeder } = parts.service;
		const freshness = () => ({ ...feeder.freshness(), waitingSince: session.startedAt });
		expect(await create({ feeder: { ...feeder, freshness } }).run()).toBe(0);
		expect(await create({ isIndexed: () => false }).run()).toBe(0);
		expect(await create().run()).toBe(1);
	});

	test("is done by one where two want to, and again where that one is gone", async () => {
		const session = createSampleSession();
		await receive([part(session, 0)]);
		const [first, second] = [create(), create()];
		const done = await Promise.all([first.run(), second.run()]);
		expect(done.sort()).toEqual([0, 1]);
		const gone = createLeases({ control: parts.control, holder: "gone", now });
		const other = createSampleSession();
		await receive([part(other, 0)]);
		await gone.acquire(`finish/${SITE}/${other.session}`);
		expect(await create().run()).toBe(0);
		ahead += 61_000;
		expect(await create().run()).toBe(1);
	});

	test("of a slow one that has lost its lease ends in the same object, and in its row once", async () => {
		const session = createSampleSession();
		await receive([part(session, 0), part(session, 1)]);
		let isLate = false;
		const leases = createLeases({ control: parts.control, holder: "slow", now });
		const store = {
			...parts.store,
			// The first look at the recording is where it falls asleep.
			async getRange(key: string, offset: number, length: number) {
				if (key.startsWith(ALL_RECORDINGS) && !isLate) {
					isLate = true;
					ahead += 70_000;
					expect(await create().run()).toBe(1);
				}
				return parts.store.getRange(key, offset, length);
			},
		};
		await create({ store, leases }).run();
		expect(isLate).toBe(true);
		const { keys } = await read(session);
		expect(keys).toHaveLength(1);
		expect(await rowsOf(session)).toEqual([{ key: keys[0], chunks: 2, generation: 1 }]);
	});

	test("takes the recording of somebody who ended before telling the index", async () => {
		const session = createSampleSession();
		await receive([part(session, 0)]);
		const index = {
			...parts.service.index,
			insert: () => Promise.reject(new IndexUnavailable()),
		};
		await expect(create({ index }).run()).rejects.toBeInstanceOf(IndexUnavailable);
		expect([(await read(session)).keys.length, await rowsOf(session)]).toEqual([1, []]);
		const finisher = create({ distFolder: "/nowhere" });
		expect(await finisher.run()).toBe(1);
		expect(await rowsOf(session)).toHaveLength(1);
	});

	test("does not take a recording that was cut off, and makes it again", async () => {
		const session = createSampleSession();
		await receive([part(session, 0)]);
		const index = { ...parts.service.index, insert: () => Promise.reject(new IndexUnavailable()) };
		await create({ index })
			.run()
			.catch(() => {});
		const { keys, recordings } = await read(session);
		const bytes = recordings[0]?.bytes ?? new Uint8Array();
		await parts.store.put(keys[0] ?? "", bytes.subarray(0, -1));
		expect(await create().run()).toBe(1);
		expect(Buffer.from((await read(session)).recordings[0]?.bytes ?? "").equals(bytes)).toBe(true);
	});

	test("starts its process again where that is killed, and gives up what kills it three times", async () => {
		const session = createSampleSession();
		const other = createSampleSession();
		await receive([part(session, 0)]);
		await receive([part(other, 0)]);
		const finisher = create();
		const killWhen = (line: string) => async () => {
			const run = finisher.run();
			await waitFor(() => finisher.pid() !== undefined, { what: line });
			process.kill(finisher.pid() ?? 0, "SIGKILL");
			return run;
		};
		expect(await killWhen("a process")()).toBe(0);
		// It was killed before it began with a session: that is nobody's fault.
		const tries = await parts.control.selectFrom("leases").select("attempts").execute();
		for (const { attempts } of tries) expect(attempts).toBeLessThanOrEqual(1);
		const leases = createLeases({ control: parts.control, holder: "x", now });
		const lease = `finish/${SITE}/${session.session}`;
		for (let attempt = 0; attempt < 3; attempt++) {
			await leases.acquire(lease);
			await leases.giveBack(lease, true);
		}
		expect(await finisher.run()).toBe(1);
		expect(await rowsOf(other)).toHaveLength(1);
		expect(finisher.status().givenUp).toBe(1);
		expect(await list(ALL_QUARANTINE, session)).toHaveLength(1);
		expect(await finisher.run()).toBe(0);
		expect(await finisher.run()).toBe(0);
		const before = await list(ALL_PACKS);
		await createCollector().collect();
		const stays = (await list(ALL_PACKS)).filter((key) => before.includes(key));
		expect(stays.length).toBeGreaterThan(0);
	});

	test("leaves out who was erased, also while it goes on", async () => {
		const session = createSampleSession();
		await receive([part(session, 0)]);
		let asked = 0;
		const isErased = (_: number, id: string) => id === session.session && ++asked > 1;
		await create({ isErased }).run();
		expect(asked).toBe(2);
		expect([await list(ALL_RECORDINGS, session), await rowsOf(session)]).toEqual([[], []]);
		expect(await create({ isErased: (_, id) => id === session.session }).run()).toBe(0);
		await create().run();
	});
});

function configOf(): FinisherParts["config"] {
	const storage = { kind: "disk", folder: join(folder.path, "objects") } as const;
	return { storage, dataFolder: folder.path, idleMs: IDLE_MS };
}

describe("packs", () => {
	beforeEach(async () => {
		await create().run();
		for (const key of await list(ALL_PACKS)) await parts.store.delete(key);
	});
	const packs = () => list(ALL_PACKS);

	test("go when all that they hold stands in recordings, and not before", async () => {
		const [first, second] = [createSampleSession(), createSampleSession()];
		await receive([part(first, 0), part(second, 0)]);
		await receive([part(first, 1)]);
		expect(await createCollector().collect()).toBe(0);
		await create().run();
		expect(await createCollector({ closedMs: 25 * HOUR_MS }).collect()).toBe(0);
		await receive([part(second, 1)]);
		// A chunk came late: what the session is made of must stay until it is in.
		expect(await createCollector().collect()).toBe(1);
		expect(await packs()).toHaveLength(2);
		ahead += 2 * HOUR_MS;
		await create().run();
		expect(await createCollector().collect()).toBe(2);
		expect(await packs()).toEqual([]);
		expect((await read(second)).recordings.map(({ head }) => head.generation)).toEqual([1, 2]);
	});

	test("stay where they are damaged, hold what no recording names, or their recording is gone", async () => {
		const session = createSampleSession();
		const key = await receive([part(session, 0)]);
		const damaged = await receive([part(session, 1)]);
		const bytes = Uint8Array.from(await parts.store.get(damaged));
		bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
		await parts.store.put(damaged, bytes);
		const stranger = await storePack(parts.store, [part(createSampleSession(), 0)]);
		await create().run();
		const recording = (await read(session)).keys[0] ?? "";
		const whole = await parts.store.get(recording);
		await parts.store.put(recording, whole.subarray(0, -1));
		expect(await createCollector().collect()).toBe(0);
		await parts.store.put(recording, whole);
		expect(await createCollector().collect()).toBe(1);
		expect(await packs()).toEqual([damaged, stranger.key].sort());
		expect(await list(ALL_QUARANTINE, session)).toHaveLength(2);
		expect(key).not.toBe(damaged);
	});

	test("go with chunks of another write key, of the erased, and with those that came second", async () => {
		const session = createSampleSession();
		const forger = { ...session, writeKey: "f".repeat(32), stream: "e".repeat(32) };
		const rival = part(session, 1, 150);
		await receive([part(session, 0), part(session, 1)]);
		await receive([{ ...rival, receivedAt: session.startedAt + 5000 }]);
		await receive([{ ...part(forger, 0), receivedAt: session.startedAt + 6000 }]);
		const erased = createSampleSession();
		await storePack(parts.store, [part(erased, 0)]);
		await create().run();
		await parts.tombstones.add({ site: SITE, kind: "session", subject: erased.session });
		expect(await createCollector().collect()).toBe(4);
		expect(await list(ALL_QUARANTINE, session)).toHaveLength(2);
		expect((await read(session)).recordings[0]?.play(session.stream)).toHaveLength(3);
	});

	test("are deleted by who holds the lease only", async () => {
		const session = createSampleSession();
		await receive([part(session, 0)]);
		await create().run();
		const other = createLeases({ control: parts.control, holder: "other", now });
		await other.acquire("collect-packs");
		expect(await createCollector().collect()).toBe(0);
		await other.finish("collect-packs");
		const lost = createLeases({ control: parts.control, holder: "lost", now });
		const { store, service, tombstones } = parts;
		const collector = createPackCollector({
			...{ store, index: service.index, now, log: () => {}, closedMs: 0, retryMs: 0 },
			leases: { ...lost, renew: () => Promise.resolve(false) },
			isErased: tombstones.isErased,
			isIndexed: () => true,
		});
		expect(await collector.collect()).toBe(0);
		expect(await createCollector().collect()).toBe(1);
	});

	test("that are gone are made up for by recordings when the index is lost", async () => {
		const session = createSampleSession();
		await receive([part(session, 0), part(session, 1)]);
		await receive([part(session, 2)]);
		await create().run();
		const tables = async () => {
			const answer: Record<string, unknown> = {};
			for (const table of ["chunks", "facts", "elements"]) {
				const columns = table === "chunks" ? "* EXCEPT (pack, offset)" : "*";
				answer[table] = await parts.service.index.query(
					`SELECT ${columns} FROM ${table} FINAL WHERE session = {session:UUID} ORDER BY ALL`,
					{ session: session.session },
				);
			}
			return { ...answer, recordings: await rowsOf(session) };
		};
		const before = await tables();
		expect(await createCollector().collect()).toBe(2);
		await parts.close();
		await rm(join(folder.path, "index"), { recursive: true });
		parts = await open();
		expect(await tables()).toEqual(before);
		expect(await create().run()).toBe(0);
	});
});
