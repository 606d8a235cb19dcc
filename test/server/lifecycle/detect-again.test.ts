// Judging sessions again, with the real engine: what is told, what is written, and where it goes on after it was cut.
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { decodeChunk } from "../../../protocol/chunk.ts";
import { FACT_ANSWER, type Fact } from "../../../protocol/fact.ts";
import { timeOfUuidV7 } from "../../../protocol/ids.ts";
import { type ControlDatabase, openControlDatabase } from "../../../server/control/database.ts";
import { createLeases } from "../../../server/control/leases.ts";
import { dropSetting, findSetting } from "../../../server/control/settings.ts";
import { createIndex, type Index } from "../../../server/index/client.ts";
import { createHeatFiller } from "../../../server/index/heat-filler.ts";
import { encodeRows } from "../../../server/index/row-text.ts";
import { createPackRows, type PackRows } from "../../../server/index/rows.ts";
import { createSupervisor, type Supervisor } from "../../../server/index/supervisor.ts";
import { type DetectOptions, detectAgain } from "../../../server/lifecycle/detect-again.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	type SampleSession,
} from "../sample-chunk.ts";
import { DIST } from "../start-server.ts";

const SITE = 7;
let supervisor: Supervisor;
let index: Index;
let control: ControlDatabase;
let folder: TempFolder;
let sessions: SampleSession[];

beforeAll(async () => {
	folder = await createTempFolder("detect");
	const childPath = join(DIST, "index-child.js");
	supervisor = createSupervisor({ childPath, folder: join(folder.path, "index"), log: () => {} });
	supervisor.start();
	await supervisor.firstReady;
	index = createIndex({ url: "http://localhost", agent: supervisor.agent, log: () => {} });
	await index.migrate();
	control = await openControlDatabase(folder.path);
});

afterAll(async () => {
	await control.destroy();
	await index.close();
	await supervisor.stop();
	await folder.remove();
});

/** Three sessions with a dead press each, written down; the oldest first. */
beforeEach(async () => {
	await index.truncate();
	await dropSetting(control, "detect");
	sessions = [3, 2, 1].map((days) => createSampleSession(Date.now() - days * 24 * 60 * 60 * 1000));
	for (const session of sessions) await visit(session);
	expect(await fill()).toBe(3);
});

test("what is found as before is neither told nor written", async () => {
	const versions = await readVersions();
	expect(await detect({})).toMatchObject({
		...{ sessions: 3, resumed: 0, unknown: 0, changed: 0, written: 0, elements: [] },
		kinds: { dead: { before: 3, after: 3, gained: 0, lost: 0, severity: 0 } },
	});
	expect(await readVersions()).toEqual(versions);
});

test("a dry run tells what would change and leaves it as it is", async () => {
	await forget("dead", 0);
	await invent("rage", 1);
	const before = await listEpisodes();
	const result = await detect({ isDryRun: true });
	expect(result).toMatchObject({
		...{ isDryRun: true, sessions: 3, changed: 2, written: 0 },
		kinds: {
			dead: { before: 2, after: 3, gained: 1, lost: 0 },
			rage: { before: 1, after: 0, gained: 0, lost: 1 },
		},
	});
	expect(result.elements.map(({ kind, name, gained, lost }) => [kind, name, gained, lost])).toEqual(
		expect.arrayContaining([
			["dead", "Buy", 1, 0],
			["rage", "Buy", 0, 1],
		]),
	);
	expect(await listEpisodes()).toEqual(before);
	expect(await findSetting(control, "detect")).toBeUndefined();
});

test("what changed is written, of sessions since then and of the site, and stays written", async () => {
	for (const at of [0, 1]) await invent("rage", at);
	expect(await detect({ site: SITE + 1 })).toMatchObject({ sessions: 0, written: 0 });
	const since = sessions[1]?.startedAt ?? 0;
	expect(await detect({ since })).toMatchObject({ sessions: 2, changed: 1, written: 1 });
	const left = (await listEpisodes()).map(({ id, kind }) => `${nameOf(id)} ${kind}`);
	expect(left).toEqual(["0 dead", "0 rage", "1 dead", "2 dead"]);
	expect(await countPresses()).toBe(3);
	expect(await fill(), "nothing is due").toBe(0);
	expect(await detect({ since })).toMatchObject({ sessions: 2, changed: 0, written: 0 });
});

test("a run that was ended goes on where it was when it is asked for in the same words, and tells of the whole", async () => {
	for (const at of [0, 2]) await invent("rage", at);
	const ending = new AbortController();
	const report: DetectOptions["report"] = ({ done }) => {
		if (done === 2) ending.abort(new Error("ended"));
	};
	await expect(detect({ report, signal: ending.signal })).rejects.toThrow("ended");
	const dry = await detect({ isDryRun: true });
	expect(dry, "a dry run has nothing to do with it").toMatchObject({ resumed: 0, changed: 1 });
	expect(await detect({})).toMatchObject({
		...{ resumed: 2, sessions: 3, changed: 2, written: 2 },
		kinds: { rage: { before: 2, after: 0, lost: 2 } },
	});
	expect(await findSetting(control, "detect")).toBeUndefined();
});

test("rows that were cut short while they were written again are made good by the server", async () => {
	await invent("rage", 2);
	const failing: Index = {
		...index,
		insert: (table, rows) => {
			if (table === "presses") throw new Error("cut short");
			return index.insert(table, rows);
		},
	};
	await expect(detect({}, failing)).rejects.toThrow("cut short");
	expect(await countPresses()).toBe(2);
	expect(await fill()).toBe(1);
	expect(await countPresses()).toBe(3);
	expect((await listEpisodes()).map(({ kind }) => kind)).toEqual(["dead", "dead", "dead"]);
	expect(await fill()).toBe(0);
});

function detect(options: Partial<DetectOptions>, of = index) {
	return detectAgain(
		{ control, index: of, isErased: () => false, now: Date.now },
		{
			...{ asked: "", since: 0, site: 0, isDryRun: false, report: () => {}, atOnce: 1 },
			...options,
		},
	);
}

function nameOf(session: string): number {
	return sessions.findIndex((one) => one.session === session);
}

async function fill(): Promise<number> {
	const leases = createLeases({ control, holder: "filler", now: Date.now });
	const rest = { isErased: () => false, isIndexed: () => true, now: Date.now, log: () => {} };
	return createHeatFiller({ index, leases, config: { idleMs: 1000 }, ...rest }).run();
}

/** As if detectors of before had found it. */
async function invent(kind: string, at: number): Promise<void> {
	const [row] = await index.query<object>(
		"SELECT * FROM episodes WHERE session = {session:UUID} LIMIT 1",
		{ session: sessions[at]?.session },
	);
	await index.insert("episodes", encodeRows([{ ...row, class: kind }]));
}

/** As if detectors of before had not found it. */
async function forget(kind: string, at: number): Promise<void> {
	await index.command(
		"ALTER TABLE episodes DELETE WHERE session = {session:UUID} AND class = {kind:String} SETTINGS mutations_sync = 1",
		{ session: sessions[at]?.session, kind },
	);
}

function listEpisodes(): Promise<{ id: string; kind: string }[]> {
	return index.query(
		"SELECT toString(session) AS id, class AS kind FROM episodes ORDER BY toString(session), kind",
	);
}

function readVersions(): Promise<object[]> {
	return index.query(
		"SELECT session, max(version) AS latest FROM heats GROUP BY session ORDER BY session",
	);
}

async function countPresses(): Promise<number> {
	const [row] = await index.query<{ n: string }>("SELECT count() AS n FROM presses");
	return Number(row?.n);
}

async function visit(session: SampleSession): Promise<void> {
	const pressedAt = session.startedAt + 500;
	const answer: Fact = [FACT_ANSWER, pressedAt + 7000, 0, 1, pressedAt, 1, 7000, 0, []];
	const facts = [
		...[createPageFact(session), createElementFact(session), createPressFact(session), answer],
	];
	const bytes = createSampleChunk(session, { facts });
	const { envelope, facts: packed } = decodeChunk(bytes);
	const receivedAt = session.startedAt + 9000;
	const head = { site: SITE, receivedAt, sentAt: receivedAt, attempt: 1, userAgent: "", crc: 1 };
	const entry = {
		...{ head, envelope, place: { offset: 0, length: 1 } },
		facts: JSON.parse(gunzipSync(packed).toString()) as Fact[],
	};
	const rows = createPackRows({ key: "p/20261122/00/aa/x.pk", bytes: 1 }, [entry]);
	for (const table of ["elements", "facts", "chunks"] satisfies (keyof PackRows)[]) {
		await index.insert(table, encodeRows(rows[table]));
	}
	const day = new Date(timeOfUuidV7(session.session)).toISOString().slice(0, 10);
	await index.insert(
		"recordings",
		encodeRows([
			{
				...{ site: SITE, day, session: session.session, generation: 1, key: "", chunks: 1 },
				...{ started_at: session.startedAt, version: 2 ** 20 + 1 },
			},
		]),
	);
}
