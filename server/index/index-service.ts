// The index as the server sees it: an engine (embedded or elsewhere), a feeder behind the
// acknowledgement, and repairs that bring it up to date: at the start, soon after something did not fit
// or failed, and every ten minutes.
import { join } from "node:path";
import type { Config } from "../config.ts";
import { StartError } from "../errors.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import type { Store } from "../store/store.ts";
import { createIndex, type Index } from "./client.ts";
import { createFeeder, type Feeder } from "./feeder.ts";
import { createRepair } from "./repair.ts";
import { createSupervisor } from "./supervisor.ts";

const REPAIR_MS = 10 * 60 * 1000;
const REPAIR_RETRY_MS = 1000;
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

function scheduleRepairs(repair: () => Promise<void>, log: (line: string) => void) {
	let timer: NodeJS.Timeout | undefined;
	let isRunning = false;
	let isStopped = false;
	let settle = { done: () => {}, fail: (_: unknown) => {} };
	const first = new Promise<void>((done, fail) => {
		settle = { done, fail };
	});
	// Whoever waits for it hears of a failure; until somebody does, it is not an unhandled one.
	first.catch(() => {});
	const schedule = (ms: number): void => {
		clearTimeout(timer);
		if (!isStopped && !isRunning) timer = setTimeout(run, ms);
	};
	const run = async (): Promise<void> => {
		isRunning = true;
		let next = REPAIR_MS;
		try {
			await repair();
			settle.done();
		} catch (error) {
			next = REPAIR_RETRY_MS;
			if (error instanceof StartError) settle.fail(error);
			else if (!isStopped) log(`the index cannot be brought up to date yet: ${String(error)}`);
		}
		isRunning = false;
		schedule(next);
	};
	return {
		first,
		start: () => void run(),
		soon: () => schedule(REPAIR_RETRY_MS),
		stop: () => {
			isStopped = true;
			clearTimeout(timer);
		},
	};
}
