// Control data: the little that is not derived from recordings. SQLite through Kysely.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Generated, Kysely, SqliteDialect, sql } from "kysely";
import Database from "libsql";
import { StartError } from "../errors.ts";

export interface Tables {
	sites: SitesTable;
	sign_ins: { hash: string; expires_at: number };
	settings: { name: string; value: string };
	tombstones: TombstonesTable;
	leases: LeasesTable;
	assets: AssetsTable;
	page_rules: PageRulesTable;
}

/** A row per change; the highest version holds. */
export interface PageRulesTable {
	site: number;
	version: number;
	/** JSON list of patterns. */
	rules: string;
	/** JSON list of learned patterns that are not used. */
	rejected: string;
	changed_at: number;
	changed_by: string;
}

export interface AssetsTable {
	site: number;
	/** SHA-256, hex. */
	hash: string;
	/** Epoch ms of the day on which a page last asked for it. */
	asked_at: number;
}

export interface LeasesTable {
	name: string;
	/** Who holds it, or held it last. */
	holder: string;
	/** Epoch ms; 0 where it was given back. */
	expires_at: number;
	/** How often the work failed by its own fault. */
	attempts: number;
}

export interface SitesTable {
	id: Generated<number>;
	key: string;
	name: string;
	/** JSON list. */
	origins: string;
	created_at: number;
	/** 1 where nothing is recorded. */
	stopped: Generated<number>;
	/** JSON of what was decided; the rest has its default. */
	config: Generated<string>;
}

export interface TombstonesTable {
	id: string;
	site: number;
	kind: "visitor" | "session";
	subject: string;
	created_at: number;
	/** JSON of what was removed so far; null before the first of it. */
	receipt: string | null;
}

export type ControlDatabase = Kysely<Tables>;

/** Applied in order, each once; the list only grows. */
const MIGRATIONS = [
	[
		"CREATE TABLE sites (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, origins TEXT NOT NULL, created_at INTEGER NOT NULL)",
		"CREATE TABLE sign_ins (hash TEXT PRIMARY KEY, expires_at INTEGER NOT NULL)",
		"CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
	],
	[
		"CREATE TABLE tombstones (id TEXT PRIMARY KEY, site INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, created_at INTEGER NOT NULL, receipt TEXT)",
	],
	[
		"CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires_at INTEGER NOT NULL, attempts INTEGER NOT NULL)",
	],
	[
		"ALTER TABLE sites ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0",
		"ALTER TABLE sites ADD COLUMN config TEXT NOT NULL DEFAULT '{}'",
	],
	[
		"CREATE TABLE assets (site INTEGER NOT NULL, hash TEXT NOT NULL, asked_at INTEGER NOT NULL, PRIMARY KEY (site, hash)) WITHOUT ROWID",
	],
	[
		"CREATE TABLE page_rules (site INTEGER NOT NULL, version INTEGER NOT NULL, rules TEXT NOT NULL, rejected TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, PRIMARY KEY (site, version)) WITHOUT ROWID",
	],
];

/** @throws StartError where the folder cannot be written */
export async function openControlDatabase(folder: string): Promise<ControlDatabase> {
	try {
		mkdirSync(folder, { recursive: true });
		const database = new Database(join(folder, "control.db"));
		database.pragma("journal_mode = WAL");
		database.pragma("synchronous = FULL");
		// What is deleted is overwritten, not only forgotten.
		database.pragma("secure_delete = ON");
		const control = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
		await migrate(control);
		return control;
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new StartError(
			`The data folder ${folder} cannot be used (${reason}): make it writable or set SNAG_DATA to another one`,
		);
	}
}

async function migrate(control: ControlDatabase): Promise<void> {
	const { rows } = await sql<{ user_version: number }>`PRAGMA user_version`.execute(control);
	const done = rows[0]?.user_version ?? 0;
	for (const [index, statements] of MIGRATIONS.entries()) {
		if (index < done) continue;
		await control.transaction().execute(async (transaction) => {
			for (const statement of statements) await sql.raw(statement).execute(transaction);
			await sql.raw(`PRAGMA user_version = ${index + 1}`).execute(transaction);
		});
	}
}
