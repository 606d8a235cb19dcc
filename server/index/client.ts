// The stock ClickHouse client, pointed at a cluster or at the embedded engine's socket. Settings never
// go through it: on the embedded engine they belong into the SQL.

import type { Agent } from "node:http";
import { Readable } from "node:stream";
import {
	type ClickHouseClient,
	ClickHouseError,
	ClickHouseLogLevel,
	createClient,
} from "@clickhouse/client";
import { IndexRefusal, IndexUnavailable } from "../errors.ts";
import { CHANGES, COUNT, FILL_ORDER, HEAT_TABLES, TABLES, UNCOUNTED } from "./schema.ts";

const QUERY_MS = 12_000;
const DATABASE = "snag";
/**
 * Too slow, too many queries, out of memory, disk full (75, 243), read-only, too many parts, ending:
 * the same may be answered, and the same rows taken, later.
 */
const BUSY = new Set(["159", "202", "241", "173", "75", "243", "242", "252", "236", "439"]);

export interface Index {
	/** Rows of a query; parameters are bound by name. @throws IndexUnavailable */
	query<Row>(sql: string, parameters?: Record<string, unknown>): Promise<Row[]>;
	/** A statement without an answer. @throws IndexUnavailable */
	command(sql: string, parameters?: Record<string, unknown>): Promise<void>;
	/** @param rows JSON, a line each, as UTF-8 @throws IndexUnavailable */
	insert(table: string, rows: Uint8Array): Promise<void>;
	/** Makes the tables and columns that do not exist yet. @throws IndexUnavailable */
	migrate(): Promise<void>;
	/** Forgets all rows. @throws IndexUnavailable */
	truncate(): Promise<void>;
	isReady(): Promise<boolean>;
	close(): Promise<void>;
}

export interface IndexOptions {
	url: string;
	agent?: Agent;
	/** Told the inside of a failure, which the asker does not see. */
	log: (line: string) => void;
}

export function createIndex({ url, agent, log }: IndexOptions): Index {
	const options = {
		url,
		request_timeout: QUERY_MS,
		// The members of a page may be thousands: too long for an address.
		use_multipart_params_auto: true,
		...(agent === undefined ? {} : { http_agent: agent, set_basic_auth_header: true }),
		// Failures are logged here, once.
		log: { level: ClickHouseLogLevel.OFF },
	};
	const client = createClient({ ...options, database: DATABASE });

	return {
		query: (sql, parameters = {}) =>
			guard(log, sql, async () => {
				const answer = await client.query({
					query: sql,
					query_params: parameters,
					format: "JSONEachRow",
				});
				return answer.json();
			}),
		command: (sql, parameters = {}) =>
			guard(log, sql, async () => {
				await client.command({ query: sql, query_params: parameters });
			}),
		insert: (table, rows) =>
			guard(log, table, async () => {
				if (rows.length === 0) return;
				// The client's own insert takes objects only, and would write them as text all at once.
				const { stream } = await client.exec({
					query: `INSERT INTO ${table} FORMAT JSONEachRow`,
					values: Readable.from([rows], { objectMode: false }),
				});
				for await (const _ of stream);
			}),
		migrate: () =>
			guard(log, "migrate", async () => {
				const anywhere = createClient(options);
				await anywhere.command({ query: `CREATE DATABASE IF NOT EXISTS ${DATABASE}` });
				await anywhere.close();
				for (const query of [...TABLES, ...CHANGES]) await client.command({ query });
				const uncounted = await client.query({ query: UNCOUNTED, format: "JSONEachRow" });
				for (const { table } of await uncounted.json<{ table: string }>()) {
					await client.command({ query: COUNT, query_params: { table } });
				}
			}),
		truncate: () =>
			guard(log, "truncate", async () => {
				for (const name of [...FILL_ORDER, ...HEAT_TABLES].toReversed()) {
					await client.command({
						query: "TRUNCATE TABLE {table:Identifier}",
						query_params: { table: name },
					});
				}
			}),
		isReady: () => isReady(client),
		close: () => client.close(),
	};
}

async function isReady(client: ClickHouseClient): Promise<boolean> {
	const { success } = await client.ping();
	return success;
}

async function guard<T>(
	log: IndexOptions["log"],
	what: string,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		const words = what.slice(0, 300).replace(/\s+/g, " ");
		if (cause instanceof ClickHouseError && !BUSY.has(cause.code)) {
			throw new IndexRefusal(`${cause.message.slice(0, 500)} in ${words}`);
		}
		// That it is down is said once, by who watches it; that it is too busy would go unnoticed.
		if (cause instanceof ClickHouseError) log(`index: ${cause.message.slice(0, 500)} in ${words}`);
		throw new IndexUnavailable();
	}
}
