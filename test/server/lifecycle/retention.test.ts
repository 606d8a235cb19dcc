// The sweeper takes what is too old from everywhere, and nothing else.
import { existsSync } from "node:fs";
import { utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionId } from "../../../protocol/ids.ts";
import { createRecordingRow } from "../../../server/index/recording-row.ts";
import { encodeRows } from "../../../server/index/row-text.ts";
import type { SweepResult } from "../../../server/lifecycle/retention.ts";
import { baselineKey, quarantineKeys } from "../../../server/store/layout.ts";
import { RECORDING_HEAD } from "../../protocol/sample-recording.ts";
import { createSampleSession, type SampleSession } from "../sample-chunk.ts";
import { openStoredLife, type StoredLife } from "./stored-life.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

let life: StoredLife;
beforeAll(async () => {
	life = await openStoredLife({ SNAG_RETENTION_DAYS: "10" });
});
afterAll(() => life.close());

const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
/** A session of so many days ago, at noon UTC. */
const sessionOf = (daysAgo: number) =>
	createSampleSession(midnight - daysAgo * DAY_MS + 12 * HOUR_MS);
const sweep = (isDryRun: boolean): Promise<SweepResult> =>
	life.parts.lifecycle.sweep({ isDryRun, report: () => {} });
const isStored = (key: string) => existsSync(join(life.folder, key));

async function countRows(table: string): Promise<number> {
	const rows = await life.parts.service.index.query<{ n: string }>(
		`SELECT count() AS n FROM ${table} FINAL`,
	);
	return Number(rows[0]?.n);
}

async function storeQuarantine({ session }: SampleSession): Promise<string> {
	const keys = quarantineKeys({ site: life.site, session: session as SessionId, crc: 7 });
	await life.store(keys.reason, Buffer.from("{}"));
	return life.store(keys.bytes, Buffer.from("?"));
}

test("sessions of days before the retention go, with packs a day later, and a dry run only says so", async () => {
	const [old, older, edge, fresh] = [sessionOf(11), sessionOf(12), sessionOf(10), sessionOf(0)];
	const packs = {
		older: await life.storePack(older),
		// It may hold a session that a visitor's clock dates to the day that is kept.
		old: await life.storePack(old),
		edge: await life.storePack(edge),
		fresh: await life.storePack(fresh, Date.now() - 1000),
	};
	const recordings = {
		old: await life.storeRecording(old, 1, 2),
		edge: await life.storeRecording(edge, 1, 2),
	};
	const quarantined = { old: await storeQuarantine(old), edge: await storeQuarantine(edge) };
	await life.count();
	expect(await countRows("chunks")).toBe(4);

	const gone = [packs.older, recordings.old, quarantined.old];
	const kept = [packs.old, packs.edge, packs.fresh, recordings.edge, quarantined.edge];
	const dry = await sweep(true);
	expect(dry.keys.toSorted()).toEqual(
		[...gone, quarantined.old.replace(".bad", ".json")].toSorted(),
	);
	expect(dry.counts).toMatchObject({ recordings: 1, packs: 1, quarantined: 2 });
	expect([...gone, ...kept].every(isStored)).toBe(true);
	expect(await countRows("chunks")).toBe(4);

	// Folders are tidied once nothing has changed in them for a while.
	const hourAgo = new Date(Date.now() - 2 * HOUR_MS);
	const emptied = dirname(join(life.folder, packs.older));
	const swept = await sweep(false);
	expect(swept).toMatchObject({ ...dry, isDryRun: false });
	expect(gone.filter(isStored)).toEqual([]);
	expect(kept.every(isStored)).toBe(true);
	expect(await countRows("chunks")).toBe(2);
	expect(await countRows("facts")).toBe(2);
	await utimes(emptied, hourAgo, hourAgo);
	expect((await sweep(false)).keys).toEqual([]);
	expect(existsSync(emptied)).toBe(false);
});

test("a generation goes an hour after another took all of its chunks over, whatever their numbers", async () => {
	const session = sessionOf(1);
	const first = await life.storeRecording(session, 1, 2);
	const second = await life.storeRecording(session, 2, 5);
	// A slow finisher without its lease wrote fewer chunks under a later number.
	const slow = await life.storeRecording(session, 3, 3);
	const unread = await life.storeRecording(session, 4, 9);
	const insertRow = (finishedAt: number) =>
		life.parts.service.index.insert(
			"recordings",
			encodeRows([
				createRecordingRow(
					{
						key: second,
						head: { ...RECORDING_HEAD, site: life.site, session: session.session as SessionId },
						...{ headBytes: 100, bytes: 100, chunks: 5 },
					},
					finishedAt,
				),
			]),
		);
	await insertRow(Date.now() - HOUR_MS / 2);
	expect((await sweep(false)).keys).toEqual([]);
	await insertRow(Date.now() - 2 * HOUR_MS);
	expect(await sweep(false)).toMatchObject({
		keys: [first, slow],
		counts: { "superseded recordings": 2 },
	});
	expect([first, second, slow, unread].map(isStored)).toEqual([false, true, false, true]);
});

test("what comes back of the erased, as from an old copy, goes again; tombstones outlive it", async () => {
	const session = sessionOf(2);
	const { lifecycle } = life.parts;
	const subject = { site: life.site, kind: "session" as const, subject: session.session };
	await (await lifecycle.erase(subject)).receipt;
	const recording = await life.storeRecording(session, 1, 1);
	const quarantined = await storeQuarantine(session);
	const { counts } = await sweep(false);
	expect([isStored(recording), isStored(quarantined)]).toEqual([false, false]);
	expect(counts.tombstones).toBeUndefined();
	expect(await lifecycle.listErasures(life.site)).toMatchObject([
		{ receipt: { counts: { recordings: 1, quarantined: 2 } } },
	]);
});

test("what was usual goes once no session that is kept can be judged by it", async () => {
	const storeBaseline = (site: number, daysAgo: number): Promise<string> => {
		const at = midnight - daysAgo * DAY_MS + 12 * HOUR_MS;
		return life.store(baselineKey({ site, at }), Buffer.from("{}"));
	};
	const days = [30, 20, 12, 11, 1];
	const keys = await Promise.all(days.map((daysAgo) => storeBaseline(life.site, daysAgo)));
	const last = await storeBaseline(life.site + 1, 40);
	expect((await sweep(false)).counts).toMatchObject({ baselines: 2 });
	// A clock may have been a day off, and what was frozen holds until the next was.
	expect(days.filter((_, at) => isStored(keys[at] ?? ""))).toEqual([12, 11, 1]);
	expect(isStored(last)).toBe(true);
});
