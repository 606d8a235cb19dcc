// Judging sessions again, with the real engine: what is told, what is written, and where it goes on after it was cut.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ControlDatabase, openControlDatabase } from "../../../server/control/database.ts";
import { createLeases } from "../../../server/control/leases.ts";
import { dropSetting, findSetting } from "../../../server/control/settings.ts";
import type { Index } from "../../../server/index/client.ts";
import { encodeRows } from "../../../server/index/row-text.ts";
import { type DetectOptions, detectAgain } from "../../../server/lifecycle/detect-again.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleSession,
	type SampleSession,
} from "../sample-chunk.ts";
import { createNoAnswerFact, type SampleIndex, SITE, startSampleIndex } from "../sample-index.ts";

let sample: SampleIndex;
let index: Index;
let control: ControlDatabase;
let sessions: SampleSession[];

beforeAll(async () => {
	sample = await startSampleIndex();
	index = sample.index;
	control = await openControlDatabase(sample.folder.path);
});

afterAll(async () => {
	await control.destroy();
	await sample.close();
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

test("what changed since then is written; a run that was ended goes on for who asks in the same words, and tells of the whole", async () => {
	for (const at of [0, 1, 2]) await invent("rage", at);
	const of = { asked: "2d", since: sessions[1]?.startedAt ?? 0 };
	const ending = new AbortController();
	const report: DetectOptions["report"] = ({ done }) => {
		if (done === 1) ending.abort(new Error("ended"));
	};
	await expect(detect({ ...of, report, signal: ending.signal })).rejects.toThrow("ended");
	const dry = await detect({ ...of, isDryRun: true });
	expect(dry, "a dry run has nothing to do with it").toMatchObject({ resumed: 0, changed: 1 });
	expect(await detect(of)).toMatchObject({
		...{ resumed: 1, sessions: 2, changed: 2, written: 2 },
		kinds: { rage: { before: 2, after: 0, lost: 2 } },
	});
	expect(await findSetting(control, "detect")).toBeUndefined();
	const left = (await listEpisodes()).map(({ id, kind }) => `${nameOf(id)} ${kind}`);
	expect(left).toEqual(["0 dead", "0 rage", "1 dead", "2 dead"]);
	expect(await countPresses()).toBe(3);
	expect(await fill(), "nothing is due").toBe(0);
	expect(await detect({ site: SITE + 1 })).toMatchObject({ sessions: 0, written: 0 });
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
		{ ...sample, control, index: of, isErased: () => false, now: Date.now, log: () => {} },
		{
			...{ asked: "", since: 0, site: 0, isDryRun: false, report: () => {}, atOnce: 1 },
			...options,
		},
	);
}

function nameOf(session: string): number {
	return sessions.findIndex((one) => one.session === session);
}

function fill(): Promise<number> {
	return sample.fill(createLeases({ control, holder: "filler", now: Date.now }));
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
	await sample.upload(session, [
		...[createPageFact(session), createElementFact(session), createPressFact(session)],
		createNoAnswerFact(session),
	]);
	await sample.finish(session);
}
