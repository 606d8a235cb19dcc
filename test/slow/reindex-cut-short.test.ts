// An index that is made afresh and whose engine or server goes at any of the statements that forget and
// fill: what comes next, in the same server or after a start, fills it to the same rows. Of some sessions
// only the recording is left, of some only packs, of some both.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseConfig } from "../../server/config.ts";
import { createLeases } from "../../server/control/leases.ts";
import { feedPack } from "../../server/index/feeder.ts";
import { FILL_ORDER } from "../../server/index/schema.ts";
import { openParts, type Parts } from "../../server/parts.ts";
import { createFinisher } from "../../server/recordings/finisher.ts";
import { storePack } from "../server/recordings/sample-store.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../server/sample-chunk.ts";
import { DIST } from "../server/start-server.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { type SharedIndex, startSharedIndex } from "./shared-index.ts";

const MINUTE = 60_000;
const IDLE_MS = MINUTE;
/** More statements than such a fill has. */
const MAX_STATEMENTS = 60;

let folder: TempFolder;
let engine: SharedIndex;
let door: Door;
let parts: Parts;
/** Ahead of the real clock, so that sessions of now are over. */
const now = () => Date.now() + 10 * MINUTE;

beforeAll(async () => {
	folder = await createTempFolder("cut-short");
	engine = await startSharedIndex();
	door = await openDoor(engine.url);
	parts = await open();
	await storeSessions();
	await parts.lifecycle.reindex({ isFresh: true });
});
afterAll(async () => {
	door?.reopen();
	await parts?.close();
	door?.close();
	await engine?.stop();
	await folder?.remove();
});

interface Door {
	url: string;
	/** Lets some writing statements through; at the next one the engine is gone for everybody. */
	shutAfter(statements: number): void;
	isShut(): boolean;
	reopen(): void;
	close(): void;
}

/** Stands between the server and its engine. */
async function openDoor(target: string): Promise<Door> {
	let left = Number.POSITIVE_INFINITY;
	const server = createServer(async (request, response) => {
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(piece);
		const body = Buffer.concat(pieces);
		const statement = `${decodeURIComponent(request.url ?? "").replaceAll("+", " ")} ${body.toString("latin1", 0, 200)}`;
		if (/TRUNCATE|INSERT INTO/i.test(statement)) left--;
		if (left < 0) return response.destroy();
		const answer = await fetch(target + request.url, {
			method: request.method ?? "GET",
			...(body.length > 0 && { body }),
		}).catch(() => undefined);
		if (answer === undefined) return response.destroy();
		response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
		return response.end(Buffer.from(await answer.arrayBuffer()));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		shutAfter: (statements) => {
			left = statements;
		},
		isShut: () => left < 0,
		reopen: () => {
			left = Number.POSITIVE_INFINITY;
		},
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

async function open(): Promise<Parts> {
	const config = parseConfig({
		...{ PORT: "0", SNAG_DATA: folder.path, SNAG_CLICKHOUSE_URL: door.url },
	});
	const opened = await openParts({ config, distFolder: DIST, now, log: () => {} });
	opened.service.start();
	await opened.service.ready;
	return opened;
}

async function drain(): Promise<void> {
	const areCounted = () => parts.service.feeder.drain(MINUTE);
	await waitFor(areCounted, { what: "all rows", timeoutMs: 2 * MINUTE });
}

async function storeSessions(): Promise<void> {
	const finished = await receive();
	const { store, service, tombstones, control } = parts;
	await receive();
	const finisher = createFinisher({
		config: { ...parseConfig({ SNAG_DATA: folder.path }), idleMs: IDLE_MS },
		...{ store, index: service.index, feeder: service.feeder, distFolder: DIST, now },
		leases: createLeases({ control, holder: "test", now }),
		...{ isErased: tombstones.isErased, isIndexed: () => true, log: () => {} },
	});
	expect(await finisher.run()).toBe(2);
	await finisher.stop();
	// Only its recording is left.
	for (const key of finished) await store.delete(key);
	// Only its packs.
	await receive();
}

/** A session of three chunks in two packs. @returns their keys */
async function receive(): Promise<string[]> {
	const session = createSampleSession();
	const at = session.startedAt;
	const chunks = Array.from({ length: 3 }, (_, sequence) => ({
		chunk: createSampleChunk(session, {
			sequence,
			facts:
				sequence === 0
					? [createPageFact(session), createElementFact(session)]
					: [createPressFact(session, { after: sequence * 100 })],
			events: sequence === 0 ? createSampleSnapshot(session) : [],
		}),
		receivedAt: at + sequence * 100,
	}));
	const keys: string[] = [];
	for (const some of [chunks.slice(0, 2), chunks.slice(2)]) {
		const { key, rows } = await storePack(parts.store, some);
		await feedPack(parts.service.feeder, { key, rows, receivedAt: at });
		keys.push(key);
	}
	await drain();
	return keys;
}

async function readTables(): Promise<Record<string, unknown[]>> {
	const tables: Record<string, unknown[]> = {};
	for (const table of FILL_ORDER) {
		// Recordings are named among packs only where rows were made from them.
		const where = table === "packs" ? "WHERE NOT startsWith(key, 'r/')" : "";
		const rows = `SELECT * FROM ${table} FINAL ${where} ORDER BY ALL`;
		tables[table] = await parts.service.index.query(rows);
	}
	return tables;
}

test.each<[where: string, goOn: () => Promise<void>]>([
	[
		"in the same server",
		async () => {
			door.reopen();
			const isFilled = () => !parts.service.isFilling();
			await waitFor(isFilled, { what: "an index that is whole", timeoutMs: MINUTE });
		},
	],
	[
		"after a start",
		async () => {
			await parts.close();
			door.reopen();
			parts = await open();
		},
	],
])(
	"a fresh index that is cut short at any statement is filled %s",
	async (_, goOn) => {
		const before = await readTables();
		for (const [table, rows] of Object.entries(before)) {
			expect([table, rows.length > 0]).toEqual([table, true]);
		}
		let statements = 0;
		for (let isCut = true; isCut; statements++) {
			expect(statements).toBeLessThan(MAX_STATEMENTS);
			door.shutAfter(statements);
			const reindexed = await parts.lifecycle.reindex({ isFresh: true }).then(
				() => true,
				() => false,
			);
			isCut = door.isShut();
			expect(reindexed).toBe(!isCut);
			await goOn();
			await drain();
			expect([statements, await readTables()]).toEqual([statements, before]);
		}
		console.log(`cut short at each of ${statements - 1} statements`);
		expect(statements).toBeGreaterThan(FILL_ORDER.length * 2);
	},
	10 * MINUTE,
);
