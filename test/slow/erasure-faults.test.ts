// Erasing while the server is killed again and again, and while the store is in trouble: the erased is in
// no answer from the first moment, the erasure comes to its end by itself, and of everybody else nothing
// is lost. Half of the visitors are erased, whose chunks lie in the same packs as those of the others.
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Erasures, Manifest } from "../../protocol/api.ts";
import { createStore } from "../../server/store/create-store.ts";
import type { Store } from "../../server/store/store.ts";
import { findText, readIndexTexts } from "../journeys/search-stored.ts";
import { readObjectTexts } from "../server/lifecycle/stored-bytes.ts";
import { readStoredChunks } from "../server/read-packs.ts";
import type { RetryingRecorder } from "../server/retrying-recorder.ts";
import { s3Environment, useS3Keys } from "../server/s3-storage.ts";
import { type FaultRequest, type FaultS3, type Faults, startFaultS3 } from "../support/fault-s3.ts";
import { createSeededRandom, type SeededRandom } from "../support/seed.ts";
import { waitFor } from "../support/wait-for.ts";
import { createKillableServer, type KillableServer } from "./killable-server.ts";
import {
	countAcknowledged,
	expectNothingLost,
	expectSeenOnce,
	finishAll,
	startRecorders,
} from "./nothing-lost.ts";

const RECORDERS = 10;
const CHUNKS_EACH = 8;
const IDLE_SECONDS = 5;
const KILLS = 8;
/** A kill falls somewhere in this time behind the first pack of a start that is written anew. */
const LIFE_MS = 400;
const HANG_MS = 10_000;
const MINUTE = 60_000;

let server: KillableServer;
let recorders: RetryingRecorder[] = [];
afterEach(() => {
	for (const recorder of recorders) recorder.stop();
	recorders = [];
});

interface Visitors {
	erased: RetryingRecorder[];
	kept: RetryingRecorder[];
}

/** Visits that are over and have their recordings; their packs are still there. */
async function visit(random: SeededRandom): Promise<Visitors> {
	recorders = startRecorders(RECORDERS, server, random);
	const enough = () => recorders.every(({ acknowledged }) => acknowledged.size >= CHUNKS_EACH);
	await waitFor(enough, { what: "chunks of every visitor", timeoutMs: MINUTE });
	await finishAll(recorders);
	const areFinished = async () => {
		for (const { session } of recorders) {
			const answer = await server.get(pathOf(session.session));
			if (!answer.ok || ((await answer.json()) as Manifest).recording === "") return false;
		}
		return true;
	};
	await waitFor(areFinished, { what: "their recordings", timeoutMs: 2 * MINUTE });
	return {
		erased: recorders.filter((_, at) => at % 2 === 0),
		kept: recorders.filter((_, at) => at % 2 === 1),
	};
}

const pathOf = (session: string) => `/sites/${server.siteId}/sessions/${session}`;
const erasures = () => `/sites/${server.siteId}/erasures`;

/** Some by their visitor, some by their session. @returns answers of the requests, 0 for none */
function erase({ erased }: Visitors): Promise<number[]> {
	return Promise.all(
		erased.map(async ({ session: { visitor, session } }, at) => {
			const subject = at % 2 === 0 ? { visitor } : { session };
			const answer = await server.post(erasures(), subject).catch(() => undefined);
			return answer?.status ?? 0;
		}),
	);
}

async function readErasures(): Promise<Erasures["erasures"]> {
	return ((await (await server.get(erasures())).json()) as Erasures).erasures;
}

async function expectUnseen({ erased }: Visitors): Promise<void> {
	for (const { session } of erased) {
		for (const tail of ["", "/events"]) {
			const { status } = await server.get(pathOf(session.session) + tail);
			// Without an index nothing is found, whoever asks.
			expect([404, 503]).toContain(status);
		}
	}
}

async function expectErased(where: string, visitors: Visitors, store: Store): Promise<void> {
	const { erased, kept } = visitors;
	const subjects = erased.map(({ session }, at) => (at % 2 ? session.session : session.visitor));
	const areDone = async () => {
		const done = (await readErasures()).filter(({ state }) => state === "done");
		return subjects.every((subject) => done.some((erasure) => erasure.subject === subject));
	};
	await waitFor(areDone, { what: "erasures that are done", timeoutMs: 3 * MINUTE });
	await expectUnseen(visitors);
	const named = (await readErasures()).flatMap(({ sessions }) => sessions);
	for (const { session } of erased) expect(named).toContain(session.session);

	const { copies } = await readStoredChunks(store);
	const left = erased.flatMap(({ acknowledged }) => [...acknowledged.keys()]);
	expect(left.filter((identity) => copies.has(identity))).toEqual([]);
	const texts = await readObjectTexts(store);
	for (const { session } of erased) expect(findText(texts, session.writeKey)).toEqual([]);
	await expectNothingLost(where, kept, store);
	await expectSeenOnce(server, kept);
}

/** Of rows too, also those that only a server that has ended still had in mind. */
async function expectGoneFromIndex({ erased, kept }: Visitors): Promise<void> {
	await server.process().stop();
	const texts = await readIndexTexts(server.dataFolder);
	for (const { session } of erased) expect(findText(texts, session.writeKey)).toEqual([]);
	for (const { session } of kept) expect(findText(texts, session.writeKey)).not.toEqual([]);
}

async function listPacks(store: Store): Promise<string> {
	const keys: string[] = [];
	for await (const { key } of store.list("p/")) keys.push(key);
	return keys.join();
}

describe("on a disk", () => {
	afterEach(() => server?.remove());

	test(
		`an erasure that is killed up to ${KILLS} times is carried out by the next starts`,
		async () => {
			server = await createKillableServer({ SNAG_IDLE_SECONDS: String(IDLE_SECONDS) });
			await server.start();
			await server.process().ready();
			const random = createSeededRandom("kills of erasures");
			const visitors = await visit(random);
			const store = createStore({ kind: "disk", folder: join(server.dataFolder, "objects") });
			void erase(visitors);
			const areNamed = async () => (await readErasures()).length === visitors.erased.length;
			await waitFor(areNamed, { what: "tombstones of all" });
			const all = visitors.erased.flatMap(({ acknowledged }) => [...acknowledged.keys()]);
			const left: number[] = [];
			for (let kill = 0; kill < KILLS && left.at(-1) !== 0; kill++) {
				const before = await listPacks(store);
				const isBegun = async () =>
					(await listPacks(store)) !== before ||
					(await readErasures()).every(({ state }) => state === "done");
				await waitFor(isBegun, { what: "a pack that is written anew", timeoutMs: MINUTE });
				await delay(random.next() * LIFE_MS);
				await server.kill();
				const { copies } = await readStoredChunks(store);
				left.push(all.reduce((sum, identity) => sum + (copies.get(identity)?.length ?? 0), 0));
				await server.start();
				await server.process().ready();
				await expectUnseen(visitors);
			}
			console.log(`copies of ${all.length} chunks that were left at each kill: ${left.join(" ")}`);
			expect(left[0]).toBeGreaterThan(0);
			await expectErased("kills of erasures", visitors, store);
			await expectGoneFromIndex(visitors);
		},
		10 * MINUTE,
	);
});

describe("on S3", () => {
	let s3: FaultS3;
	let store: Store;
	beforeAll(async () => {
		s3 = await startFaultS3();
		const env = { ...s3Environment(s3), SNAG_IDLE_SECONDS: String(IDLE_SECONDS) };
		server = await createKillableServer(env);
		await server.start();
		await server.process().ready();
		store = createStore(useS3Keys(s3, "tests"));
	});
	const heal = () => {
		s3.faults.before = undefined;
		s3.faults.after = undefined;
	};
	afterEach(heal);
	afterAll(async () => {
		await server?.remove();
		store?.close();
		await s3?.stop();
	});

	const no = { status: 503, code: "SlowDown" };
	const isDelete = ({ operation }: FaultRequest) => operation === "DeleteObject";
	const isRead = ({ operation }: FaultRequest) => /^(Get|List)/.test(operation);
	const isPackPut = ({ operation, key }: FaultRequest) =>
		operation === "PutObject" && key.includes("/p/");
	/** When all tombstones are stored, and some of the erased is gone and some is not. */
	const inTheMidst = (fault: Faults["before"]): Faults["before"] => {
		let tombstones = 0;
		let deletions = 0;
		return (request) => {
			if (/\/t\//.test(request.key)) tombstones++;
			if (isDelete(request) && /\/[pr]\//.test(request.key)) deletions++;
			return tombstones >= RECORDERS / 2 && deletions >= 3 ? fault?.(request) : undefined;
		};
	};
	const hang = async () => {
		await delay(HANG_MS);
		return undefined;
	};
	const countLines = () => server.process().output().split("an erasure waits").length - 1;

	test.each<[name: string, faults: () => Faults, isSlow?: boolean]>([
		["answers 503 to everything", () => ({ before: inTheMidst(() => no) })],
		[
			"answers 503 to deletions",
			() => ({ before: inTheMidst((request) => (isDelete(request) ? no : undefined)) }),
		],
		[
			"says no to deletions but did them",
			() => ({ after: inTheMidst((request) => (isDelete(request) ? no : undefined)) }),
		],
		[
			"takes no packs",
			() => ({ before: inTheMidst((request) => (isPackPut(request) ? no : undefined)) }),
		],
		[
			"cannot be read or listed",
			() => ({ before: inTheMidst((request) => (isRead(request) ? no : undefined)) }),
		],
		["hangs for 10 s", () => ({ before: inTheMidst(hang) }), true],
	])(
		"an erasure goes on by itself behind a store that %s",
		async (name, faults, isSlow = false) => {
			const random = createSeededRandom(`erasing and S3 ${name}`);
			const visitors = await visit(random);
			const before = countLines();
			Object.assign(s3.faults, faults());
			const answers = erase(visitors);
			if (isSlow) await delay(2 * HANG_MS);
			else {
				const hasFailed = () => countLines() >= before + 1;
				await waitFor(hasFailed, { what: "an erasure that failed twice", timeoutMs: 2 * MINUTE });
			}
			await expectUnseen(visitors);
			heal();
			expect((await answers).filter((status) => status !== 201 && status !== 202)).toEqual([]);
			console.log(`${name}: ${countAcknowledged(visitors.erased)} chunks to erase`);
			await expectErased(name, visitors, store);
		},
		10 * MINUTE,
	);

	test(
		"a tombstone that cannot be stored is refused, and nothing has happened",
		async () => {
			const visitors = await visit(createSeededRandom("erasing without a store"));
			const before = (await readErasures()).length;
			s3.faults.before = () => no;
			expect(new Set(await erase(visitors))).toEqual(new Set([503]));
			heal();
			expect(await readErasures()).toHaveLength(before);
			await expectNothingLost("refused erasures", recorders, store);
			await expectSeenOnce(server, recorders);
			expect((await erase(visitors)).filter((status) => status >= 300)).toEqual([]);
			await expectErased("erased after all", visitors, store);
			await expectGoneFromIndex(visitors);
		},
		5 * MINUTE,
	);
});
