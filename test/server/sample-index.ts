// The real engine in a folder of its own, and sessions as a feeder, a finisher and a filler leave them in it.
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import { FACT_ANSWER, type Fact } from "../../protocol/fact.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { type BaselineShelf, createBaselineShelf } from "../../server/baselines/shelf.ts";
import type { Leases } from "../../server/control/leases.ts";
import { createIndex, type Index } from "../../server/index/client.ts";
import { createHeatFiller, type HeatFiller } from "../../server/index/heat-filler.ts";
import { encodeRows } from "../../server/index/row-text.ts";
import { createPackRows, type IndexedEntry, type PackRows } from "../../server/index/rows.ts";
import { createSupervisor } from "../../server/index/supervisor.ts";
import { createDiskStore } from "../../server/store/disk-store.ts";
import type { Store } from "../../server/store/store.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { createSampleChunk, type SampleSession } from "./sample-chunk.ts";
import { DIST } from "./start-server.ts";

export const SITE = 7;

export interface SampleIndex {
	index: Index;
	folder: TempFolder;
	store: Store;
	baselineShelf: BaselineShelf;
	/** What the filler said. */
	lines: string[];
	/** One chunk with these facts; the session goes on. */
	upload(session: SampleSession, facts: Fact[], more?: UploadOptions): Promise<void>;
	/** The same of many, at once. */
	uploadAll(chunks: readonly UploadedChunk[]): Promise<void>;
	/** As if a recording of it was made. */
	finish(session: SampleSession, chunks?: number): Promise<void>;
	createFiller(leases?: Leases, of?: Index): HeatFiller;
	/** Writes what is derived of finished sessions. @returns of how many */
	fill(leases?: Leases): Promise<number>;
	close(): Promise<void>;
}

interface UploadOptions {
	sequence?: number;
	events?: unknown[];
	envelope?: Partial<Envelope>;
	/** When it came in, in ms since the session began. */
	after?: number;
}

export interface UploadedChunk extends UploadOptions {
	session: SampleSession;
	facts: Fact[];
}

const NO_LEASES: Leases = {
	acquire: async () => 0,
	renew: async () => true,
	finish: async () => {},
	giveBack: async () => {},
};

export async function startSampleIndex(now = Date.now): Promise<SampleIndex> {
	const folder = await createTempFolder("index");
	const childPath = join(DIST, "index-child.js");
	const log = () => {};
	const supervisor = createSupervisor({ childPath, folder: join(folder.path, "index"), log });
	supervisor.start();
	await supervisor.firstReady;
	const index = createIndex({ url: "http://localhost", agent: supervisor.agent, log });
	await index.migrate();
	const store = createDiskStore(join(folder.path, "objects"));
	await store.probe();
	const baselineShelf = createBaselineShelf({ store, now });
	const lines: string[] = [];
	const say = (line: string) => void lines.push(line);
	const createFiller = (leases = NO_LEASES, of = index) => {
		const rest = { isErased: () => false, isIndexed: () => true, now, log: say };
		return createHeatFiller({
			index: of,
			baselineShelf,
			leases,
			config: { idleMs: 1000 },
			...rest,
		});
	};
	const uploadAll = async (chunks: readonly UploadedChunk[]) => {
		const rows = createPackRows({ key: "p/20261122/00/aa/x.pk", bytes: 1 }, chunks.map(toEntry));
		for (const table of ["elements", "facts", "chunks"] satisfies (keyof PackRows)[]) {
			await index.insert(table, encodeRows(rows[table]));
		}
	};
	return {
		...{ index, folder, store, baselineShelf, lines, createFiller, uploadAll },
		upload: (session, facts, options = {}) => uploadAll([{ session, facts, ...options }]),
		async finish({ session, startedAt }, chunks = 1) {
			const day = new Date(timeOfUuidV7(session)).toISOString().slice(0, 10);
			const row = { site: SITE, day, session, generation: chunks, key: "", chunks };
			const version = chunks * 2 ** 20 + chunks;
			await index.insert("recordings", encodeRows([{ ...row, started_at: startedAt, version }]));
		},
		fill: (leases) => createFiller(leases).run(),
		async close() {
			await index.close();
			await supervisor.stop();
			store.close();
			await folder.remove();
		},
	};
}

function toEntry({ session, after = 9000, ...options }: UploadedChunk): IndexedEntry {
	const { envelope, facts } = decodeChunk(createSampleChunk(session, options));
	const receivedAt = session.startedAt + after;
	return {
		head: { site: SITE, receivedAt, sentAt: receivedAt, attempt: 1, userAgent: "", crc: 1 },
		...{ envelope, place: { offset: 0, length: 1 } },
		facts: JSON.parse(gunzipSync(facts).toString()) as Fact[],
	};
}

/** For a press of `createPressFact`: nothing came of it in seven seconds. */
export function createNoAnswerFact({ startedAt }: SampleSession, after = 500): Fact {
	const at = startedAt + after;
	return [FACT_ANSWER, at + 7000, 0, 1, at, 1, 7000, 0, []];
}
