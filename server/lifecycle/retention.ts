// The sweeper: what is older than the retention goes, from every store, by the day of the session (UTC), so
// that objects and rows agree. A pack goes only when no session in it can still be inside the retention.
// What nothing in the store explains stays and is left to `snag doctor`: in doubt nothing is deleted.
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { SESSION_CLOCK_MS } from "../../protocol/limits.ts";
import { sweepAssets } from "../assets/asset-shelf.ts";
import type { ControlDatabase } from "../control/database.ts";
import type { Index } from "../index/client.ts";
import { deleteOldRows, deletePackRows } from "../index/delete-rows.ts";
import {
	ALL_BASELINES,
	ALL_PACKS,
	ALL_QUARANTINE,
	ALL_RECORDINGS,
	parseBaselineKey,
	parsePackKey,
	parseQuarantineKey,
	parseRecordingKey,
} from "../store/layout.ts";
import type { Store, StoredObject } from "../store/store.ts";
import type { Report } from "./progress.ts";
import { findSuperseded } from "./superseded.ts";
import type { Tombstones } from "./tombstones.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Tombstones outlive what they name by this much: a backup may come back. */
const TOMBSTONE_MS = 30 * DAY_MS;

export interface SweepResult {
	isDryRun: boolean;
	/** Sessions of days before this one are gone. */
	keptFrom: string;
	/** How many objects, tombstones and rows went, or would go, by kind. */
	counts: Record<string, number>;
	bytes: number;
	/** Objects that went, or would go. */
	keys: string[];
}

export interface SweepParts {
	store: Store;
	index: Index;
	control: ControlDatabase;
	tombstones: Tombstones;
	retentionMs: number;
	now: () => number;
}

export interface SweepOptions {
	isDryRun: boolean;
	report: Report;
}

/** @throws StoreError, IndexUnavailable; to be called again then */
export async function sweepOld(parts: SweepParts, options: SweepOptions): Promise<SweepResult> {
	const keptFrom = dayOf(parts.now() - parts.retentionMs);
	const result: SweepResult = {
		...{ isDryRun: options.isDryRun, keptFrom, counts: {}, bytes: 0, keys: [] },
	};
	const discard = createDiscard(parts.store, result, options);
	await sweepRecordings(parts, keptFrom, discard);
	await sweepQuarantine(parts, keptFrom, discard);
	await sweepBaselines(parts, keptFrom, discard);
	await sweepPacks(parts, keptFrom, discard);
	const control = parts.control.withoutPlugins();
	await sweepAssets({ ...parts, control }, options.isDryRun, (object) => discard("files", object));
	if (!options.isDryRun) await deletePackRows(parts.index, result.keys);
	options.report({ step: "deleting rows", done: 0, total: 0 });
	const { isDryRun } = options;
	const rows = await deleteOldRows(parts.index, { day: keptFrom, isDryRun });
	for (const [table, deleted] of Object.entries(rows)) {
		if (deleted > 0) result.counts[`rows of ${table}`] = deleted;
	}
	await sweepTombstones(parts, result);
	if (!isDryRun) await parts.store.tidy();
	return result;
}

type Discard = (kind: string, object: { key: string; bytes: number }) => Promise<void>;

function createDiscard(
	store: Store,
	result: SweepResult,
	{ isDryRun, report }: SweepOptions,
): Discard {
	return async (kind, { key, bytes }) => {
		if (!isDryRun) await store.delete(key);
		result.counts[kind] = (result.counts[kind] ?? 0) + 1;
		result.bytes += bytes;
		result.keys.push(key);
		report({ step: "deleting objects", done: result.keys.length, total: 0 });
	};
}

async function sweepRecordings(
	parts: SweepParts,
	keptFrom: string,
	discard: Discard,
): Promise<void> {
	const { store, tombstones } = parts;
	// Keys come in order, so the generations of a session stand together.
	let generations: StoredObject[] = [];
	let session = "";
	const judgeGenerations = async (): Promise<void> => {
		const superseded = generations.length > 1 ? await findSuperseded(parts, generations) : [];
		for (const object of superseded) await discard("superseded recordings", object);
		generations = [];
	};
	for await (const object of store.list(ALL_RECORDINGS)) {
		const name = parseRecordingKey(object.key);
		if (name === undefined) continue;
		if (session !== name.session) await judgeGenerations();
		session = name.session;
		if (isBefore(session, keptFrom)) await discard("recordings", object);
		else if (tombstones.isErased(name.site, session)) await discard("erased recordings", object);
		else generations.push(object);
	}
	await judgeGenerations();
}

async function sweepQuarantine(
	{ store, tombstones }: SweepParts,
	keptFrom: string,
	discard: Discard,
): Promise<void> {
	for await (const object of store.list(ALL_QUARANTINE)) {
		const name = parseQuarantineKey(object.key);
		if (name === undefined) continue;
		const { site, session } = name;
		if (isBefore(session, keptFrom)) await discard("quarantined", object);
		else if (tombstones.isErased(site, session)) await discard("erased quarantined", object);
	}
}

/** What was usual is kept for as long as sessions are that may be judged by it: those before the next was frozen. */
async function sweepBaselines(
	{ store }: SweepParts,
	keptFrom: string,
	discard: Discard,
): Promise<void> {
	let before: (StoredObject & { site: number }) | undefined;
	for await (const object of store.list(ALL_BASELINES)) {
		const name = parseBaselineKey(object.key);
		if (name === undefined) continue;
		const { site, at } = name;
		const isOver = dayOf(at + SESSION_CLOCK_MS) < keptFrom;
		if (before?.site === site && isOver) await discard("baselines", before);
		before = { ...object, site };
	}
}

async function sweepPacks(
	{ store }: SweepParts,
	keptFrom: string,
	discard: Discard,
): Promise<void> {
	for await (const object of store.list(ALL_PACKS)) {
		const name = parsePackKey(object.key);
		if (name === undefined) continue;
		// A visitor's clock may be this far ahead, and dates the sessions inside.
		if (dayOf(name.writtenAt + SESSION_CLOCK_MS) >= keptFrom) break;
		await discard("packs", object);
	}
}

async function sweepTombstones(
	{ tombstones, retentionMs, now }: SweepParts,
	{ counts, isDryRun }: SweepResult,
): Promise<void> {
	for (const tombstone of await tombstones.list()) {
		if (tombstone.createdAt > now() - retentionMs - TOMBSTONE_MS) continue;
		if (!tombstone.isCarriedOut) continue;
		if (!isDryRun) await tombstones.remove(tombstone);
		counts.tombstones = (counts.tombstones ?? 0) + 1;
	}
}

function isBefore(session: string, day: string): boolean {
	return dayOf(timeOfUuidV7(session)) < day;
}

/** `2026-11-22` */
function dayOf(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}
