// An erasure that ends at any of its steps: killed there, failed there, or told that a step failed which
// was taken. The next start, which knows only what was written down, brings it to its end: nothing of the
// erased is left, nothing of others is touched, and where no kill fell between, the receipt is complete.
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeChunk } from "../../protocol/chunk.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { createUuidV7, type SessionId } from "../../protocol/ids.ts";
import { decodePack, encodePack } from "../../protocol/pack.ts";
import { IndexUnavailable, StoreError } from "../../server/errors.ts";
import { carryOut, type ErasureParts } from "../../server/lifecycle/erasure.ts";
import type { Receipt } from "../../server/lifecycle/receipt.ts";
import { createTombstones, type Tombstones } from "../../server/lifecycle/tombstones.ts";
import { packKey, quarantineKeys } from "../../server/store/layout.ts";
import { openStoredLife, type StoredLife } from "../server/lifecycle/stored-life.ts";
import {
	createElementFact,
	createPageFact,
	createSampleChunk,
	createSampleSession,
	type SampleSession,
} from "../server/sample-chunk.ts";
import { waitFor } from "../support/wait-for.ts";

const MINUTE = 60_000;
/** More steps than an erasure of this size has. */
const MAX_STEPS = 100;

let life: StoredLife;
beforeAll(async () => {
	life = await openStoredLife();
});
afterAll(() => life.close());

interface Ending {
	name: string;
	/** Nothing happens any more, not even what a failure is followed by. */
	isKilled: boolean;
	/** Was the step taken nevertheless? */
	isTaken: boolean;
}

test.each<Ending>([
	{ name: "killed", isKilled: true, isTaken: false },
	{ name: "failed", isKilled: false, isTaken: false },
	{ name: "failed, as it seems,", isKilled: false, isTaken: true },
])(
	"an erasure that is $name at any step is brought to its end by the next start",
	async (ending) => {
		let steps = 0;
		for (let end: End = "cut"; end !== "done"; steps += end === "busy" ? 0 : 1) {
			expect(steps).toBeLessThan(MAX_STEPS);
			const visit = await store();
			await again(() => life.count());
			await life.parts.tombstones.add({
				...{ site: life.site, kind: "visitor", subject: visit.first.visitor },
			});
			end = await runUntilCut(steps, ending);
			await expectErased(visit, await restart(), { isExact: !ending.isKilled, step: steps });
		}
		console.log(`${ending.name} at each of ${steps - 1} steps`);
		expect(steps).toBeGreaterThan(10);
		await expectNoProblem();
	},
	10 * MINUTE,
);

interface Visit {
	first: SampleSession;
	second: SampleSession;
	other: SampleSession;
}

/** Two sessions of a visitor: in a pack of their own, and in two that they share with somebody else. */
async function store(): Promise<Visit> {
	const first = createSampleSession();
	const second = { ...createSampleSession(), visitor: first.visitor };
	const other = createSampleSession();
	await storePack([[first, 0]]);
	await storePack([
		[first, 1],
		[other, 0],
	]);
	await storePack([
		[other, 1],
		[second, 0],
	]);
	await life.storeRecording(first, 1, 2);
	const session = second.session as SessionId;
	await life.store(quarantineKeys({ site: life.site, session, crc: 1 }).bytes, gzipSync("?"));
	return { first, second, other };
}

async function storePack(chunks: readonly [SampleSession, sequence: number][]): Promise<void> {
	const at = Date.now();
	const entries = chunks.map(([session, sequence]) => {
		const facts = [createPageFact(session), createElementFact(session)];
		const chunk = createSampleChunk(session, { sequence, facts });
		const times = { receivedAt: at, sentAt: at };
		const head = { site: life.site, ...times, attempt: 0, userAgent: "", crc: crc32(chunk) };
		return { head, chunk };
	});
	await life.store(
		packKey(createUuidV7(at, randomBytes(10)), "test", at),
		encodePack(entries).bytes,
	);
}

/** Done where there was no such step; busy where the engine did not answer before it came to that. */
type End = "cut" | "done" | "busy";

async function runUntilCut(step: number, ending: Ending): Promise<End> {
	const { store, service, tombstones } = life.parts;
	let left = step;
	let isCut = false;
	const take = <Result>(work: () => Result): Result => {
		if (isCut && ending.isKilled) throw new StoreError("unavailable", "killed before");
		if (left-- !== 0) return work();
		isCut = true;
		if (!ending.isTaken) throw new StoreError("unavailable", "cut short");
		const result = work();
		const fail = () => {
			throw new StoreError("unavailable", "cut short behind the step");
		};
		// A result that is awaited is awaited before it is lost.
		return (result instanceof Promise ? result.then(fail) : fail()) as Result;
	};
	const parts: ErasureParts = {
		...partsOf(tombstones),
		store: {
			...store,
			put: (...of) => take(() => store.put(...of)),
			delete: (...of) => take(() => store.delete(...of)),
		},
		index: { ...service.index, command: (...of) => take(() => service.index.command(...of)) },
		feeder: { ...service.feeder, add: (...of) => take(() => service.feeder.add(...of)) },
		tombstones: {
			...tombstones,
			writeReceipt: (...of) => take(() => tombstones.writeReceipt(...of)),
		},
	};
	const waiting = (await tombstones.list()).filter(({ isCarriedOut }) => !isCarriedOut);
	const isDone = await carryOut(parts, waiting).then(
		() => true,
		(error: unknown) => {
			if (!isCut && !(error instanceof IndexUnavailable)) throw error;
			return false;
		},
	);
	expect(isCut && isDone).toBe(false);
	return isCut ? "cut" : isDone ? "done" : "busy";
}

/** An engine that is busy for too long is asked again, as the server does. */
function again(work: () => Promise<unknown>): Promise<true> {
	const attempt = () => work().then(() => true as const);
	return waitFor(attempt, { what: "an engine that answers", timeoutMs: 2 * MINUTE });
}

/** What a process does that knows nothing but what was written down. @returns the last receipt */
async function restart(): Promise<Receipt> {
	const { control, store } = life.parts;
	const createId = (at: number) => createUuidV7(at, randomBytes(10));
	const tombstones = createTombstones({ control, store, createId, now: Date.now });
	await tombstones.load();
	await again(async () => {
		const waiting = (await tombstones.list()).filter(({ isCarriedOut }) => !isCarriedOut);
		await carryOut(partsOf(tombstones), waiting);
	});
	const last = (await tombstones.list()).at(-1);
	expect(last?.isCarriedOut).toBe(true);
	return JSON.parse(last?.receipt ?? "{}") as Receipt;
}

function partsOf(tombstones: Tombstones): ErasureParts {
	const { store, service } = life.parts;
	const { index, feeder } = service;
	const now = Date.now;
	return { tombstones, store, index, feeder, examined: new Set(), now, log: () => {} };
}

async function expectErased(
	{ first, second, other }: Visit,
	receipt: Receipt,
	{ isExact, step }: { isExact: boolean; step: number },
): Promise<void> {
	const sessions = [first.session, second.session].toSorted();
	expect([step, ...receipt.sessions.toSorted()]).toEqual([step, ...sessions]);
	if (isExact) {
		const objects = { chunks: 3, packs: 3, recordings: 1, quarantined: 1 };
		expect({ step, ...receipt.counts }).toMatchObject({ step, ...objects });
		expect(receipt.keys).toHaveLength(5);
	}
	const stored = await readEntries();
	expect([step, stored.filter(({ session }) => sessions.includes(session))]).toEqual([step, []]);
	const kept = stored.filter(({ session }) => session === other.session);
	expect([step, kept.map(({ sequence }) => sequence).toSorted()]).toEqual([step, [0, 1]]);
	const keys = await listKeys();
	expect(keys.filter((key) => sessions.some((session) => key.includes(session)))).toEqual([]);
	expect([step, await readRows(sessions)]).toEqual([step, []]);
	const rows = await readRows([other.session]);
	expect([step, rows.length]).toEqual([step, 2]);
	expect(rows.filter(({ pack }) => !keys.includes(pack))).toEqual([]);
}

async function listKeys(): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of life.parts.store.list("")) keys.push(key);
	return keys;
}

async function readEntries(): Promise<{ session: string; sequence: number }[]> {
	const found: { session: string; sequence: number }[] = [];
	for (const key of await listKeys()) {
		if (!key.startsWith("p/")) continue;
		const { entries, torn } = decodePack(await life.parts.store.get(key));
		expect(torn).toBe(false);
		for (const { chunk } of entries) found.push(decodeChunk(chunk).envelope);
	}
	return found;
}

const readRows = (sessions: readonly string[]) =>
	life.parts.service.index.query<{ pack: string }>(
		"SELECT pack FROM chunks FINAL WHERE session IN {sessions:Array(UUID)}",
		{ sessions },
	);

async function expectNoProblem(): Promise<void> {
	const { findings } = await life.parts.lifecycle.examine(() => {});
	const checks = ["packs", "chunks", "recordings", "stored recordings", "erased data"];
	const wrong = findings.filter(
		({ check, state }) => checks.includes(check) && state === "problem",
	);
	expect(wrong).toEqual([]);
}
