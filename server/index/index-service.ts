// The index as the server sees it: an engine (embedded or elsewhere), a feeder behind the
// acknowledgement, and repairs that bring it up to date: at the start, soon after something did not fit
// or failed, and every ten minutes.
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import { createQueue } from "../queue.ts";
import type { Store } from "../store/store.ts";
import { createIndex, type Index } from "./client.ts";
import { createFeeder, type Feeder } from "./feeder.ts";
import { createRepair, type Repaired, type RepairOptions } from "./repair.ts";
import { scheduleRepairs } from "./schedule-repairs.ts";
import { createSupervisor } from "./supervisor.ts";

const DRAIN_MS = 2000;

export interface IndexService {
	index: Index;
	feeder: Feeder;
	/** @param options.withRepairs false where the caller counts what is missing itself */
	start(options?: { withRepairs: boolean }): void;
	/** Resolves when statements are answered; rejects with a StartError where they never can be. */
	engineReady: Promise<void>;
	/** Resolves when the first repair is done; rejects with a StartError where none ever can be. */
	ready: Promise<void>;
	/** Packs are stored that the feeder had no room for. */
	repairSoon(): void;
	/**
	 * Counts everything in the store that is not counted, after forgetting everything if it is to be fresh.
	 * @throws IndexUnavailable, StoreError; what is done by then stays done
	 */
	reindex(options: RepairOptions & { isFresh: boolean }): Promise<Repaired>;
	/** Is the index being filled anew? Then what it says is not the whole. */
	isFilling(): boolean;
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
	const repair = createRepair({ store, index, feeder, isErased, now, log });
	const lane = createQueue(1);
	let isFilling = false;
	const engineReady = supervisor?.firstReady ?? Promise.resolve();
	engineReady.catch(() => {});
	const repairs = scheduleRepairs(
		() =>
			lane(async () => {
				await engineReady;
				await index.migrate();
				await repair();
				isFilling = false;
			}),
		log,
	);

	return {
		index,
		feeder,
		ready: repairs.first,
		repairSoon: repairs.soon,
		pid: () => supervisor?.pid(),
		reindex: (options) =>
			lane(async () => {
				await engineReady;
				await index.migrate();
				// Until it is filled to its end, here or by a later repair.
				isFilling ||= options.isFresh;
				try {
					const repaired = await repair({ ...options, isWhole: true });
					isFilling = false;
					return repaired;
				} catch (error) {
					if (isFilling) repairs.soon();
					throw error;
				}
			}),
		isFilling: () => isFilling,
		engineReady,
		start({ withRepairs } = { withRepairs: true }) {
			supervisor?.start();
			if (withRepairs) repairs.start();
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
