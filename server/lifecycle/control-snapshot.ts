// Control data as objects, so that a lost disk in front of a store loses no site: a snapshot is written a
// second after sites, page rules, tokens or tombstones change, and restored where a server starts with none of them.
//
// Of the admin token only a hash is kept. A restored server accepts the old token by it and makes a new
// one for the link it prints, so that who may read the bucket may not act on the server. Sign-ins, leases
// and receipts are left out: they are made again, or of no use elsewhere.
import { createHash } from "node:crypto";
import type { ControlDatabase } from "../control/database.ts";
import { readSetting } from "../control/settings.ts";
import { StartError, StoreError } from "../errors.ts";
import {
	ALL_CONTROL_SNAPSHOTS,
	controlSnapshotKey,
	parseControlSnapshotKey,
} from "../store/layout.ts";
import type { Store } from "../store/store.ts";

const DEBOUNCE_MS = 1000;
const RETRY_MS = 5000;
const KEPT = 10;
const RESTORE_TRIES = 10;
const RESTORE_RETRY_MS = 2000;
const KNOWN_TOKENS = "known_token_hashes";
const TOKENS_KEPT = 10;

type Row = Record<string, string | number | null>;

interface ControlSnapshot {
	version: 1;
	sites: Row[];
	tombstones: Row[];
	page_rules: Row[];
	/** SHA-256 in hex of admin tokens that are valid. */
	tokenHashes: string[];
}

export interface ControlSnapshots {
	/** Something may have changed: writes a snapshot soon, if it has. */
	changed(): void;
	/** Writes what has changed, now. @throws StoreError unavailable */
	flush(): Promise<void>;
	close(): Promise<void>;
}

export interface ControlSnapshotsParts {
	control: ControlDatabase;
	store: Store;
	node: string;
	/** Hashes of the admin tokens that are valid. */
	tokenHashes: readonly string[];
	now: () => number;
	log: (line: string) => void;
}

export function createControlSnapshots(parts: ControlSnapshotsParts): ControlSnapshots {
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> = Promise.resolve();
	let isFailing = false;
	let isClosed = false;
	let written: string | undefined;

	const write = async (): Promise<void> => {
		const keys = await listSnapshotKeys(parts.store);
		const newest = keys.at(-1);
		if (written === undefined && newest !== undefined) {
			written = Buffer.from(await parts.store.get(newest)).toString("utf8");
		}
		const json = JSON.stringify(await readControl(parts));
		if (json === written) return;
		// A clock that was set back must not make the newest snapshot look old.
		const at = Math.max(parts.now(), (parseControlSnapshotKey(newest ?? "")?.at ?? 0) + 1);
		await parts.store.put(controlSnapshotKey(at, parts.node), Buffer.from(json));
		written = json;
		for (const key of keys.slice(0, -(KEPT - 1))) await parts.store.delete(key);
	};

	const flush = (): Promise<void> => {
		clearTimeout(timer);
		timer = undefined;
		running = running.catch(() => {}).then(write);
		return running;
	};

	const schedule = (ms: number): void => {
		if (isClosed) return;
		timer ??= setTimeout(async () => {
			try {
				await flush();
				isFailing = false;
			} catch (error) {
				if (!isFailing) parts.log(`control data cannot be copied to the store: ${String(error)}`);
				isFailing = true;
				schedule(RETRY_MS);
			}
		}, ms).unref();
	};

	return {
		changed: () => schedule(DEBOUNCE_MS),
		flush,
		async close() {
			isClosed = true;
			await flush().catch(() => {});
		},
	};
}

/**
 * Fills an empty control database from the newest snapshot there is.
 * @returns whether there was one
 * @throws StartError where the store does not say whether there is
 */
export async function restoreControl(
	control: ControlDatabase,
	store: Store,
	log: (line: string) => void,
): Promise<boolean> {
	const rows = await Promise.all([
		control.selectFrom("sites").select("id").limit(1).execute(),
		control.selectFrom("settings").select("name").limit(1).execute(),
	]);
	if (rows.flat().length > 0) return false;
	const snapshot = await findSnapshotPatiently(store, log);
	if (snapshot === undefined) return false;
	await writeControl(control, snapshot);
	log(`${snapshot.sites.length} sites were restored from a control snapshot in ${store.name}`);
	return true;
}

/** Hashes of tokens that were valid on the server whose control data was restored. */
export async function readKnownTokens(control: ControlDatabase): Promise<string[]> {
	return JSON.parse(await readSetting(control, KNOWN_TOKENS, () => "[]")) as string[];
}

export function hashToken(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}

/** Starting without an answer would make new sites in the place of those that wait to be restored. */
async function findSnapshotPatiently(
	store: Store,
	log: (line: string) => void,
): Promise<ControlSnapshot | undefined> {
	for (let tries = 1; ; tries++) {
		try {
			return await findSnapshot(store, log);
		} catch (error) {
			if (!(error instanceof StoreError)) throw error;
			if (tries === RESTORE_TRIES) {
				throw new StartError(
					`The data folder is new and the store ${store.name} does not say whether there are sites to restore: start again when it answers, or change SNAG_STORAGE`,
				);
			}
			await new Promise((next) => setTimeout(next, RESTORE_RETRY_MS));
		}
	}
}

async function findSnapshot(
	store: Store,
	log: (line: string) => void,
): Promise<ControlSnapshot | undefined> {
	for (const key of (await listSnapshotKeys(store)).reverse()) {
		const snapshot = parseSnapshot(await store.get(key));
		if (snapshot !== undefined) return snapshot;
		log(`the control snapshot ${key} cannot be read, an older one is tried`);
	}
	return undefined;
}

/** Oldest first. */
export async function listSnapshotKeys(store: Store): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of store.list(ALL_CONTROL_SNAPSHOTS)) {
		if (parseControlSnapshotKey(key) !== undefined) keys.push(key);
	}
	return keys.sort();
}

async function readControl({
	control,
	tokenHashes,
}: ControlSnapshotsParts): Promise<ControlSnapshot> {
	const [sites, tombstones, pageRules] = await Promise.all([
		control.selectFrom("sites").selectAll().orderBy("id").execute(),
		control
			.selectFrom("tombstones")
			.select(["id", "site", "kind", "subject", "created_at"])
			.orderBy("id")
			.execute(),
		control.selectFrom("page_rules").selectAll().orderBy("site").orderBy("version").execute(),
	]);
	const copy = (row: object): Row => ({ ...row });
	return {
		version: 1,
		sites: sites.map(copy),
		tombstones: tombstones.map(copy),
		page_rules: pageRules.map(copy),
		tokenHashes: [...tokenHashes],
	};
}

async function writeControl(control: ControlDatabase, snapshot: ControlSnapshot): Promise<void> {
	const tables = await control.introspection.getTables();
	// A snapshot of another version may have columns that this one does not know.
	const take = (table: string, row: Row): object => {
		const columns = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name);
		return Object.fromEntries(Object.entries(row).filter(([name]) => columns?.includes(name)));
	};
	await control.transaction().execute(async (transaction) => {
		for (const table of ["sites", "tombstones", "page_rules"] as const) {
			for (const row of snapshot[table]) {
				const values = take(table, row) as never;
				await transaction.insertInto(table).values(values).execute();
			}
		}
		const value = JSON.stringify(snapshot.tokenHashes.slice(-TOKENS_KEPT));
		await transaction.insertInto("settings").values({ name: KNOWN_TOKENS, value }).execute();
	});
}

function parseSnapshot(bytes: Uint8Array): ControlSnapshot | undefined {
	try {
		const value: Partial<ControlSnapshot> = JSON.parse(Buffer.from(bytes).toString("utf8"));
		const isRows = (rows: unknown): rows is Row[] =>
			Array.isArray(rows) && rows.every((row) => typeof row === "object" && row !== null);
		// Older snapshots have no page rules.
		const { version, sites, tombstones, page_rules = [], tokenHashes } = value;
		if (version !== 1 || !isRows(sites) || !isRows(tombstones)) return undefined;
		if (!isRows(page_rules)) return undefined;
		if (!Array.isArray(tokenHashes)) return undefined;
		const hashes = tokenHashes.filter((hash) => /^[0-9a-f]{64}$/.test(String(hash)));
		return { version, sites, tombstones, page_rules, tokenHashes: hashes };
	} catch {
		return undefined;
	}
}
