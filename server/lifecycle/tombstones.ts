// What was erased and must not come back. A tombstone is written as an object before anything else
// happens, so that neither a crash, nor a lost control database, nor a reindex can bring back what it
// names; then as a row, then into memory, where uploads and reads ask at every step.
//
// A visitor's tombstone covers the sessions that began up to its instant, by the time inside the session
// id. Later visits of the same visitor are new.
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import type { ControlDatabase, TombstonesTable } from "../control/database.ts";
import { ALL_TOMBSTONES, isTombstoneKey, tombstoneKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";

export interface Tombstone {
	/** UUIDv7. */
	id: string;
	site: number;
	kind: "visitor" | "session";
	/** The visitor's or the session's id. */
	subject: string;
	createdAt: number;
}

export interface TombstoneRow extends Tombstone {
	/** JSON of what was removed for it so far, null before the first of it. */
	receipt: string | null;
	/** Was everything removed once? */
	isCarriedOut: boolean;
}

export interface Tombstones {
	/** Asked by everything that stores, reads, counts or finishes. Without a visitor only known sessions are found. */
	isErased(site: number, session: string, visitor?: string): boolean;
	/** When it resolves, the tombstone is durable and in force. @throws StoreError unavailable */
	add(subject: Pick<Tombstone, "site" | "kind" | "subject">): Promise<Tombstone>;
	/** Sessions that turned out to be covered by a visitor's tombstone. */
	cover(site: number, sessions: readonly string[]): void;
	/** Oldest first. */
	list(): Promise<TombstoneRow[]>;
	writeReceipt(id: string, receipt: object): Promise<void>;
	/** Forgets tombstones whose subjects have long gone by age alone. */
	remove(tombstone: Tombstone): Promise<void>;
	/** Takes over what the control rows and the store know. @throws StoreError unavailable */
	load(): Promise<void>;
}

export interface TombstonesParts {
	control: ControlDatabase;
	store: Store;
	createId: (at: number) => string;
	now: () => number;
}

interface Covered {
	sessions: Set<string>;
	/** Visitor → the latest instant up to which sessions are gone. */
	visitors: Map<string, number>;
}

export function createTombstones(parts: TombstonesParts): Tombstones {
	const { control, store } = parts;
	const sites = new Map<number, Covered>();

	const findCovered = (site: number): Covered => {
		const covered = sites.get(site) ?? { sessions: new Set(), visitors: new Map() };
		sites.set(site, covered);
		return covered;
	};

	const enforce = ({ site, kind, subject, createdAt }: Tombstone): void => {
		const { sessions, visitors } = findCovered(site);
		if (kind === "session") sessions.add(subject);
		else visitors.set(subject, Math.max(createdAt, visitors.get(subject) ?? 0));
	};

	return {
		isErased(site, session, visitor) {
			const covered = sites.get(site);
			if (covered === undefined) return false;
			if (covered.sessions.has(session)) return true;
			const until = visitor === undefined ? undefined : covered.visitors.get(visitor);
			return until !== undefined && timeOfUuidV7(session) <= until;
		},
		async add(subject) {
			const createdAt = parts.now();
			const tombstone = { id: parts.createId(createdAt), ...subject, createdAt };
			await store.put(tombstoneKey(tombstone.id, createdAt), encodeTombstone(tombstone));
			enforce(tombstone);
			await insertTombstone(control, tombstone);
			return tombstone;
		},
		cover(site, sessions) {
			for (const session of sessions) findCovered(site).sessions.add(session);
		},
		list: () => listTombstones(control),
		async writeReceipt(id, receipt) {
			const values = { receipt: JSON.stringify(receipt) };
			await control.updateTable("tombstones").set(values).where("id", "=", id).execute();
		},
		async remove({ id, createdAt }) {
			await store.delete(tombstoneKey(id, createdAt));
			await control.deleteFrom("tombstones").where("id", "=", id).execute();
		},
		async load() {
			const rows = await listTombstones(control);
			for (const row of rows) {
				enforce(row);
				const { sessions } = readReceipt(row);
				for (const session of sessions) findCovered(row.site).sessions.add(session);
			}
			const known = new Set(rows.map(({ id, createdAt }) => tombstoneKey(id, createdAt)));
			for await (const { key } of store.list(ALL_TOMBSTONES)) {
				if (!isTombstoneKey(key) || known.has(key)) continue;
				const tombstone = parseTombstone(await store.get(key));
				if (tombstone === undefined) continue;
				enforce(tombstone);
				await insertTombstone(control, tombstone);
			}
		},
	};
}

async function listTombstones(control: ControlDatabase): Promise<TombstoneRow[]> {
	const rows = await control.selectFrom("tombstones").selectAll().orderBy("id").execute();
	return rows.map(({ created_at, ...row }) => ({
		...{ ...row, createdAt: created_at },
		isCarriedOut: readReceipt(row).finishedAt > 0,
	}));
}

async function insertTombstone(
	control: ControlDatabase,
	{ createdAt, ...tombstone }: Tombstone,
): Promise<void> {
	const row: TombstonesTable = { ...tombstone, created_at: createdAt, receipt: null };
	await control
		.insertInto("tombstones")
		.values(row)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** A receipt names the sessions that a visitor had, also while the work goes on. */
function readReceipt({ receipt }: { receipt: string | null }): ReceiptStart {
	const read: Partial<ReceiptStart> = receipt === null ? {} : JSON.parse(receipt);
	return { sessions: read.sessions ?? [], finishedAt: read.finishedAt ?? 0 };
}

interface ReceiptStart {
	sessions: string[];
	/** 0 while the work goes on. */
	finishedAt: number;
}

function encodeTombstone(tombstone: Tombstone): Uint8Array {
	return Buffer.from(JSON.stringify({ version: 1, ...tombstone }));
}

/** @returns undefined for what is no tombstone of ours */
function parseTombstone(bytes: Uint8Array): Tombstone | undefined {
	try {
		const value: Record<string, unknown> = JSON.parse(Buffer.from(bytes).toString("utf8"));
		const { id, site, kind, subject, createdAt } = value;
		if (typeof id !== "string" || typeof site !== "number" || typeof subject !== "string") return;
		if ((kind !== "visitor" && kind !== "session") || typeof createdAt !== "number") return;
		return { id, site, kind, subject, createdAt };
	} catch {
		return undefined;
	}
}
