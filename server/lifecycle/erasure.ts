// Erasing a visitor or a session from every store. The tombstone comes first and is in force at once; the
// rest may be cut short anywhere and is begun again, because everything in it finds out anew what is left:
// sessions by the index and by the packs, then recordings, quarantine and packs, and rows at the very end,
// since they are what says which sessions a visitor had.
//
// What was on its way when the tombstone fell may land a little later, and a finisher without its lease
// may still write; so an erasure is looked after for two days, by the sweeper.
import { isSessionId, timeOfUuidV7 } from "../../protocol/ids.ts";
import { IndexUnavailable } from "../errors.ts";
import type { Index } from "../index/client.ts";
import {
	countSessionRows,
	deletePackRows,
	deleteSessionRows,
	listVisitorSessions,
	type RowCounts,
} from "../index/delete-rows.ts";
import type { Feeder } from "../index/feeder.ts";
import { ALL_PACKS, isPackKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import { deleteSessionObjects } from "./delete-objects.ts";
import type { Report } from "./progress.ts";
import { countGone, createReceipt, noteObject, type Receipt } from "./receipt.ts";
import { type ErasedEntry, rewritePack } from "./rewrite-pack.ts";
import type { TombstoneRow, Tombstones } from "./tombstones.ts";

export const LOOKED_AFTER_MS = 48 * 60 * 60 * 1000;

export interface ErasureParts {
	tombstones: Tombstones;
	store: Store;
	index: Index;
	feeder: Feeder;
	/** Packs that hold nothing of all that is erased so far. */
	examined: Set<string>;
	now: () => number;
	log: (line: string) => void;
}

/**
 * Carries out some tombstones together, so that every pack is read once, and writes their receipts.
 * @throws StoreError, IndexUnavailable; to be called again then
 */
export async function carryOut(
	parts: ErasureParts,
	rows: readonly TombstoneRow[],
	report: Report = () => {},
): Promise<Receipt[]> {
	if (rows.length === 0) return [];
	if (!(await parts.index.isReady())) throw new IndexUnavailable();
	await parts.feeder.settled();
	const drafts = rows.map((row) => ({ row, receipt: createReceipt(row) }));
	try {
		await removeAll(parts, drafts, report);
	} catch (error) {
		// The next run does not find what is gone by now.
		await writeReceipts(parts, drafts);
		throw error;
	}
	for (const { receipt } of drafts) {
		receipt.checkedAt = parts.now();
		receipt.finishedAt ||= receipt.checkedAt;
	}
	await writeReceipts(parts, drafts);
	report({ step: "deleting recordings", done: drafts.length, total: drafts.length });
	return drafts.map(({ receipt }) => receipt);
}

async function removeAll(
	parts: ErasureParts,
	drafts: readonly Draft[],
	report: Report,
): Promise<void> {
	const { index } = parts;
	for (const draft of drafts) await findSessions(parts, draft);
	const packs = await rewritePacks(parts, drafts, report);
	for (const [done, { receipt }] of drafts.entries()) {
		report({ step: "deleting recordings", done, total: drafts.length });
		await deleteSessions(parts.store, receipt);
	}
	// Once the rows are gone nothing else names the sessions of a visitor.
	await writeReceipts(parts, drafts);
	await deleteRows(index, drafts);
	// An index that was filled from recordings names them there too.
	await deletePackRows(index, [...packs, ...drafts.flatMap(({ receipt }) => receipt.keys)]);
}

async function writeReceipts(
	{ tombstones }: ErasureParts,
	drafts: readonly Draft[],
): Promise<void> {
	for (const { row, receipt } of drafts) await tombstones.writeReceipt(row.id, receipt);
}

interface Draft {
	row: TombstoneRow;
	receipt: Receipt;
}

async function findSessions(parts: ErasureParts, { row, receipt }: Draft): Promise<void> {
	parts.tombstones.cover(row.site, receipt.sessions);
	if (row.kind === "session") return;
	const where = { site: row.site, visitor: row.subject };
	for (const { session, receivedAt } of await listVisitorSessions(parts.index, where)) {
		if (timeOfUuidV7(session) > row.createdAt) {
			if (receivedAt > row.createdAt) continue;
			// A visitor's clock that is ahead dates a session later than it began: it is named by itself.
			await parts.tombstones.add({ site: row.site, kind: "session", subject: session });
		}
		addSession(parts, receipt, session);
	}
}

function addSession(parts: ErasureParts, receipt: Receipt, session: string): void {
	if (receipt.sessions.includes(session)) return;
	receipt.sessions.push(session);
	parts.tombstones.cover(receipt.site, [session]);
}

/** @returns keys of the packs that are gone */
async function rewritePacks(
	parts: ErasureParts,
	drafts: readonly Draft[],
	report: Report,
): Promise<string[]> {
	const { isErased } = parts.tombstones;
	const keys = await listPacks(parts, drafts);
	const gone: string[] = [];
	for (const [done, key] of keys.entries()) {
		report({ step: "reading packs", done, total: keys.length, note: `${gone.length} rewritten` });
		const isGone = await rewritePack({ ...parts, isErased }, key, (erased) => {
			for (const { receipt } of drafts) noteEntries(parts, receipt, { key, erased });
		});
		if (isGone) gone.push(key);
		else parts.examined.add(key);
	}
	report({
		...{ step: "reading packs", done: keys.length, total: keys.length },
		note: `${gone.length} rewritten`,
	});
	return gone;
}

/**
 * The first time all packs are looked through, later only those that have come since: a pack never
 * changes, but one that was begun long ago may come late, as from the journal after an outage.
 */
async function listPacks(
	{ store, examined }: ErasureParts,
	drafts: readonly Draft[],
): Promise<string[]> {
	if (drafts.some(({ row }) => !row.isCarriedOut)) examined.clear();
	const keys: string[] = [];
	for await (const { key } of store.list(ALL_PACKS)) {
		if (isPackKey(key) && !examined.has(key)) keys.push(key);
	}
	return keys;
}

function noteEntries(
	parts: ErasureParts,
	receipt: Receipt,
	{ key, erased }: { key: string; erased: readonly ErasedEntry[] },
): void {
	const ours = erased.filter(
		({ site, session, visitor }) =>
			site === receipt.site &&
			(receipt.sessions.includes(session) ||
				(receipt.kind === "visitor" &&
					visitor === receipt.subject &&
					timeOfUuidV7(session) <= receipt.erasedAt)),
	);
	if (ours.length === 0) return;
	for (const { session } of ours) addSession(parts, receipt, session);
	noteObject(receipt, key, { chunks: ours.length, packs: 1 });
}

async function deleteSessions(store: Store, receipt: Receipt): Promise<void> {
	const { site } = receipt;
	for (const session of receipt.sessions.filter(isSessionId)) {
		await deleteSessionObjects(store, { site, session }, (kind, key) =>
			noteObject(receipt, key, { [kind]: 1 }),
		);
	}
}

/** Of all together: a table is written anew once, however many were erased. */
async function deleteRows(index: Index, drafts: readonly Draft[]): Promise<void> {
	const sites = new Map<number, Set<string>>();
	const counted: [Receipt, RowCounts][] = [];
	for (const { receipt } of drafts) {
		const sessions = sites.get(receipt.site) ?? new Set();
		sites.set(receipt.site, sessions);
		for (const session of receipt.sessions) sessions.add(session);
		const ours = { site: receipt.site, sessions: receipt.sessions.filter(isSessionId) };
		counted.push([receipt, await countSessionRows(index, ours)]);
	}
	for (const [site, sessions] of sites) {
		await deleteSessionRows(index, { site, sessions: [...sessions] });
	}
	for (const [receipt, rows] of counted) {
		for (const [table, deleted] of Object.entries(rows)) {
			countGone(receipt, `rows of ${table}`, deleted);
		}
	}
}
