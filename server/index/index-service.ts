// The index as the server sees it: an engine (embedded or elsewhere), a feeder behind the
// acknowledgement, and repairs that bring it up to date: at the start, soon after something did not fit
// or failed, and every ten minutes.
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import type { Store } from "../store/store.ts";
import { createIndex, type Index } from "./client.ts";
import { createFeeder, type Feeder } from "./feeder.ts";
import { createRepair } from "./repair.ts";
import { scheduleRepairs } from "./schedule-repairs.ts";
import { createSupervisor } from "./supervisor.ts";

const DRAIN_MS = 2000;

export interface IndexService {
	index: Index;
	feeder: Feeder;
	start(): void;
	/** Resolves when the first repair is done; rejects with a StartError where none ever can be. */
	ready: Promise<void>;
	/** Packs are stored that the feeder had no room for. */
	repairSoon(): void;
	/** Process of the embedded engine, undefined while there is none. */
	pid(): number | undefined;
	close(): Promise<void>;
}

export interface IndexServiceOptions {
	config: Config;
	store: Store;
	/** Folder of the build, where the engine's process script is. */
	distFolder: string;
	/** Rows of the erased are not written. */
	isErased: Tombstones["isErased"];
	now: () => number;
	log: (line: string) => void;
}

export function createIndexService(options: IndexServiceOptions): IndexService {
	const { config, store, distFolder, isErased, now, log } = options;
	const supervisor =
		config.clickhouseUrl === undefined
			? createSupervisor({
					childPath: join(distFolder, "index-child.js"),
					folder: join(config.dataFolder, "index"),
					log,
				})
			: undefined;
	const index = createIndex({
		url: config.clickhouseUrl ?? "http://localhost",
		...(supervisor === undefined ? {} : { agent: supervisor.agent }),
		log,
	});
	const feeder = createFeeder({ index, isErased, now, log });
	const repair = createRepair({ store, index, feeder, now, log });
	const repairs = scheduleRepairs(async () => {
		await supervisor?.firstReady;
		await index.migrate();
		await repair();
	}, log);

	return {
		index,
		feeder,
		ready: repairs.first,
		repairSoon: repairs.soon,
		pid: () => supervisor?.pid(),
		start() {
			supervisor?.start();
			repairs.start();
		},
		async close() {
			repairs.stop();
			await feeder.drain(DRAIN_MS);
			feeder.stop();
			await index.close();
			await supervisor?.stop();
		},
	};
}
