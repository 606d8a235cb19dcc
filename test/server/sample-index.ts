// The real engine in a folder of its own, and sessions as a feeder, a finisher and a filler leave them in it.
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import { FACT_ANSWER, type Fact } from "../../protocol/fact.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import type { Leases } from "../../server/control/leases.ts";
import { createIndex, type Index } from "../../server/index/client.ts";
import { createHeatFiller } from "../../server/index/heat-filler.ts";
import { encodeRows } from "../../server/index/row-text.ts";
import { createPackRows, type PackRows } from "../../server/index/rows.ts";
import { createSupervisor } from "../../server/index/supervisor.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { createSampleChunk, type SampleSession } from "./sample-chunk.ts";
import { DIST } from "./start-server.ts";

export const SITE = 7;

export interface SampleIndex {
	index: Index;
	folder: TempFolder;
	/** One chunk with these facts; the session goes on. */
	upload(session: SampleSession, facts: Fact[], more?: UploadOptions): Promise<void>;
	/** As if a recording of it was made. */
	finish(session: SampleSession, chunks?: number): Promise<void>;
	/** Writes what is derived of finished sessions. @returns of how many */
	fill(leases?: Leases): Promise<number>;
	close(): Promise<void>;
}

interface UploadOptions {
	sequence?: number;
	events?: unknown[];
	envelope?: Partial<Envelope>;
}

const NO_LEASES: Leases = {
	acquire: async () => 0,
	renew: async () => true,
	finish: async () => {},
	giveBack: async () => {},
};

export async function startSampleIndex(): Promise<SampleIndex> {
	const folder = await createTempFolder("index");
	const childPath = join(DIST, "index-child.js");
	const log = () => {};
	const supervisor = createSupervisor({ childPath, folder: join(folder.path, "index"), log });
	supervisor.start();
	await supervisor.firstReady;
	const index = createIndex({ url: "http://localhost", agent: supervisor.agent, log });
	await index.migrate();
	return {
		...{ index, folder },
		async upload(session, facts, options = {}) {
			const { envelope, facts: packed } = decodeChunk(
				createSampleChunk(session, { facts, ...options }),
			);
			const receivedAt = session.startedAt + 9000;
			const head = {
				site: SITE,
				receivedAt,
				sentAt: receivedAt,
				attempt: 1,
				userAgent: "",
				crc: 1,
			};
			const entry = {
				...{ head, envelope, place: { offset: 0, length: 1 } },
				facts: JSON.parse(gunzipSync(packed).toString()) as Fact[],
			};
			const rows = createPackRows({ key: "p/20261122/00/aa/x.pk", bytes: 1 }, [entry]);
			for (const table of ["elements", "facts", "chunks"] satisfies (keyof PackRows)[]) {
				await index.insert(table, encodeRows(rows[table]));
			}
		},
		async finish({ session, startedAt }, chunks = 1) {
			const day = new Date(timeOfUuidV7(session)).toISOString().slice(0, 10);
			const row = { site: SITE, day, session, generation: chunks, key: "", chunks };
			const version = chunks * 2 ** 20 + chunks;
			await index.insert("recordings", encodeRows([{ ...row, started_at: startedAt, version }]));
		},
		fill(leases = NO_LEASES) {
			const rest = { isErased: () => false, isIndexed: () => true, now: Date.now, log };
			return createHeatFiller({ index, leases, config: { idleMs: 1000 }, ...rest }).run();
		},
		async close() {
			await index.close();
			await supervisor.stop();
			await folder.remove();
		},
	};
}

/** For a press of `createPressFact`: nothing came of it in seven seconds. */
export function createNoAnswerFact({ startedAt }: SampleSession, after = 500): Fact {
	const at = startedAt + after;
	return [FACT_ANSWER, at + 7000, 0, 1, at, 1, 7000, 0, []];
}
