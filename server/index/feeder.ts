// Rows behind the acknowledgement: packs wait here until their rows are in the index, at most one
// insert per table per second. While the index is down they keep waiting; what does not fit in memory
// is refused here, because the repair finds it again in the store.
import type { Freshness } from "../../protocol/api.ts";
import { IndexRefusal, IndexUnavailable } from "../errors.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import type { Index } from "./client.ts";
import { dropErased, encodePackRows, type RowTexts } from "./row-text.ts";
import type { PackRows } from "./rows.ts";
import { FILL_ORDER } from "./schema.ts";

const EVERY_MS = 1000;
const MAX_ROWS = 200_000;
const LAG_MS = 10_000;
const ROWS_PER_INSERT = 20_000;
const DRAIN_MS = 60_000;

export interface WaitingPack {
	key: string;
	rows: PackRows;
	/** Epoch ms of the receipt of its first chunk. */
	receivedAt: number;
}

interface EncodedPack extends RowTexts {
	key: string;
	receivedAt: number;
}

export interface Feeder {
	/** @returns false where there is no room: the pack stays in the store for the repair to find */
	add(pack: WaitingPack): boolean;
	/** Is this pack waiting to be counted? */
	holds(key: string): boolean;
	freshness(): Freshness;
	/** Tries to write all that waits, for at most this long. @returns whether it did */
	drain(ms: number): Promise<boolean>;
	/** Resolves when what is being written at the moment is; what comes after knows today's tombstones. */
	settled(): Promise<void>;
	/** Does something during which no rows are written. */
	pause(work: () => Promise<void>): Promise<void>;
	stop(): void;
}

export interface FeederOptions {
	index: Index;
	isErased: Tombstones["isErased"];
	now: () => number;
	log: (line: string) => void;
}

export function createFeeder({ index, isErased, now, log }: FeederOptions): Feeder {
	const waiting = new Map<string, EncodedPack>();
	let rows = 0;
	let lastAt = 0;
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	let isStopped = false;

	const schedule = (): void => {
		if (timer !== undefined || running !== undefined || waiting.size === 0 || isStopped) return;
		// A clock that was set back must not hold up the rows until it has caught up.
		const wait = Math.min(EVERY_MS, Math.max(0, lastAt + EVERY_MS - now()));
		timer = setTimeout(() => run(), wait);
	};

	const run = (): Promise<void> => {
		clearTimeout(timer);
		timer = undefined;
		running ??= flush()
			.catch(() => {})
			.finally(() => {
				lastAt = now();
				running = undefined;
				schedule();
			});
		return running;
	};

	const flush = async (): Promise<void> => {
		const packs = takePacks();
		try {
			await insertPacks(index, packs, isErased);
		} catch (error) {
			if (!(error instanceof IndexRefusal)) throw error;
			for (const pack of packs) await insertAlone(pack);
		}
		for (const pack of packs) remove(pack);
	};

	/** One pack that the index refuses must not hold up the others for ever. */
	const insertAlone = async (pack: EncodedPack): Promise<void> => {
		try {
			await insertPacks(index, [pack], isErased);
		} catch (error) {
			if (!(error instanceof IndexRefusal)) throw error;
			log(`pack ${pack.key} is stored but cannot be counted: ${error.message}`);
		}
	};

	const takePacks = (): EncodedPack[] => {
		const packs: EncodedPack[] = [];
		let count = 0;
		for (const pack of waiting.values()) {
			packs.push(pack);
			count += pack.rows;
			if (count >= ROWS_PER_INSERT) break;
		}
		return packs;
	};

	const remove = (pack: EncodedPack): void => {
		if (waiting.delete(pack.key)) rows -= pack.rows;
	};

	return {
		add(pack) {
			if (waiting.has(pack.key)) return true;
			if (waiting.size > 0 && rows + sizeOf(pack) > MAX_ROWS) return false;
			const { key, receivedAt } = pack;
			const encoded = { key, receivedAt, ...encodePackRows(pack.rows) };
			rows += encoded.rows;
			waiting.set(key, encoded);
			schedule();
			return true;
		},
		holds: (key) => waiting.has(key),
		freshness() {
			let waitingChunks = 0;
			let waitingSince = 0;
			for (const pack of waiting.values()) {
				waitingChunks += pack.chunks;
				if (waitingSince === 0 || pack.receivedAt < waitingSince) waitingSince = pack.receivedAt;
			}
			const isLagging = waitingSince > 0 && now() - waitingSince > LAG_MS;
			return { state: isLagging ? "lagging" : "current", waitingChunks, waitingSince };
		},
		async drain(ms) {
			const until = now() + ms;
			while (waiting.size > 0 && now() < until) {
				const before = waiting.size;
				await run();
				if (waiting.size === before) return false;
			}
			return waiting.size === 0;
		},
		settled: () => running ?? Promise.resolve(),
		async pause(work) {
			while (running !== undefined) await running;
			const paused = work().finally(() => {
				running = undefined;
				schedule();
			});
			running = paused.catch(() => {});
			await paused;
		},
		stop() {
			isStopped = true;
			clearTimeout(timer);
			timer = undefined;
		},
	};
}

/** Waits for room. @throws IndexUnavailable where none comes */
export async function feedPack(feeder: Feeder, pack: WaitingPack): Promise<void> {
	while (!feeder.add(pack)) {
		if (!(await feeder.drain(DRAIN_MS))) throw new IndexUnavailable();
	}
}

/** In the order in which a run that is cut short leaves nothing half known. */
async function insertPacks(
	index: Index,
	packs: readonly EncodedPack[],
	isErased: Tombstones["isErased"],
): Promise<void> {
	const kept = packs.map((pack) => dropErased(pack, isErased));
	for (const table of FILL_ORDER) {
		await index.insert(table, Buffer.concat(kept.map((texts) => texts[table])));
	}
}

/** What it will take in the end, before it is encoded. */
function sizeOf({ rows }: WaitingPack): number {
	return FILL_ORDER.reduce((sum, table) => sum + (rows[table]?.length ?? 0), 0);
}
