// The life cycle of what is stored: erasing, sweeping, rebuilding the index. One piece of this work runs at
// a time, whoever asked for it: the clock, the API or a command.
import type { BaselineShelf } from "../baselines/shelf.ts";
import { StartError } from "../errors.ts";
import type { Repaired, RepairOptions } from "../index/repair.ts";
import { createQueue } from "../queue.ts";
import { type DetectOptions, type DetectResult, detectAgain } from "./detect-again.ts";
import { type DoctorParts, type Examination, examineAll } from "./doctor.ts";
import { carryOut, type ErasureParts, LOOKED_AFTER_MS } from "./erasure.ts";
import type { Report } from "./progress.ts";
import type { Receipt } from "./receipt.ts";
import { type SweepOptions, type SweepResult, sweepOld } from "./retention.ts";
import type { Tombstone, TombstoneRow } from "./tombstones.ts";

const FIRST_SWEEP_MS = 5 * 60 * 1000;
const SWEEP_MS = 60 * 60 * 1000;
const RETRY_MS = 10_000;
/** What was on its way when a tombstone fell has landed by then. */
const LANDED_MS = 60_000;

export type Subject = Pick<Tombstone, "site" | "kind" | "subject">;

export interface Lifecycle {
	/**
	 * When it resolves, the erased can no longer be read or sent.
	 * @returns its tombstone, and the receipt once everything is gone
	 * @throws StoreError where the tombstone could not be stored: nothing has happened
	 */
	erase(
		subject: Subject,
		report?: Report,
	): Promise<{ tombstone: Tombstone; receipt: Promise<Receipt> }>;
	/** Newest first; `receipt` is undefined while the work goes on. */
	listErasures(site: number): Promise<{ tombstone: Tombstone; receipt: Receipt | undefined }[]>;
	/** Finishes erasures, then deletes what is too old. @throws StoreError, IndexUnavailable */
	sweep(options: SweepOptions): Promise<SweepResult & { erasures: number }>;
	/** @throws StoreError, IndexUnavailable */
	reindex(options: RepairOptions & { isFresh: boolean }): Promise<Repaired>;
	/** Judges what is stored again. @throws IndexUnavailable */
	detect(options: DetectOptions): Promise<DetectResult>;
	/** Looks at everything and changes nothing. */
	examine(report: Report): Promise<Examination>;
	start(): void;
	close(): void;
}

export interface LifecycleParts extends DoctorParts {
	baselineShelf: BaselineShelf;
	log: (line: string) => void;
}

export function createLifecycle(parts: LifecycleParts): Lifecycle {
	const { tombstones, service, now, log } = parts;
	const erasureParts: ErasureParts = {
		...parts,
		...{ index: service.index, feeder: service.feeder, examined: new Set() },
	};
	const { retentionMs } = parts.config;
	const sweepParts = { ...parts, index: service.index, retentionMs };
	const lane = createQueue(1);
	const timers = new Set<NodeJS.Timeout>();
	let isClosed = false;

	const later = (ms: number, work: () => Promise<unknown>): void => {
		if (isClosed) return;
		const timer = setTimeout(() => {
			timers.delete(timer);
			void work();
		}, ms).unref();
		timers.add(timer);
	};

	/** Those that came meanwhile are carried out in the same round. */
	const carryOutWaiting = async (report?: Report): Promise<void> => {
		await service.ready;
		for (;;) {
			const waiting = (await tombstones.list()).filter(({ isCarriedOut }) => !isCarriedOut);
			if (waiting.length === 0) return;
			await carryOut(erasureParts, waiting, report);
		}
	};

	const finishErasures = async (): Promise<void> => {
		try {
			await lane(() => carryOutWaiting());
		} catch (error) {
			// A server that cannot start says why itself, and ends.
			if (isClosed || error instanceof StartError) return;
			log(`an erasure waits to be finished (${String(error)}); it is in force already`);
			later(RETRY_MS, finishErasures);
		}
	};

	const lookAfterAll = async (report?: Report): Promise<number> => {
		await service.ready;
		const rows = (await tombstones.list()).filter((row) => isLookedAfter(row, now()));
		await carryOut(erasureParts, rows, report);
		return rows.length;
	};

	/** A failure is made good by the hourly sweep. */
	const lookAfter = (): Promise<unknown> => lane(() => lookAfterAll()).catch(() => {});

	const sweep: Lifecycle["sweep"] = (options) =>
		lane(async () => {
			await service.ready;
			const erasures = options.isDryRun ? 0 : await lookAfterAll(options.report);
			return { ...(await sweepOld(sweepParts, options)), erasures };
		});

	const sweepHourly = async (): Promise<void> => {
		try {
			const { keys } = await sweep({ isDryRun: false, report: () => {} });
			if (keys.length > 0) log(`the sweeper deleted ${keys.length} objects`);
		} catch (error) {
			if (!isClosed) log(`the sweeper could not finish: ${String(error)}`);
		}
		later(SWEEP_MS, sweepHourly);
	};

	return {
		async erase(subject, report) {
			const tombstone = await tombstones.add(subject);
			const receipt = lane(async () => {
				await carryOutWaiting(report);
				const row = (await tombstones.list()).find(({ id }) => id === tombstone.id);
				return JSON.parse(row?.receipt ?? "{}") as Receipt;
			});
			receipt.then(
				() => later(LANDED_MS, lookAfter),
				() => later(RETRY_MS, finishErasures),
			);
			return { tombstone, receipt };
		},
		async listErasures(site) {
			const rows = (await tombstones.list()).filter((row) => row.site === site);
			return rows.reverse().map(({ receipt, isCarriedOut, ...tombstone }) => ({
				tombstone,
				receipt: isCarriedOut ? (JSON.parse(receipt ?? "{}") as Receipt) : undefined,
			}));
		},
		sweep,
		reindex: (options) => lane(() => service.reindex(options)),
		detect: (options) =>
			lane(async () => {
				// A dry run takes the index as it is: counting what is missing would write to it.
				if (!options.isDryRun) await service.ready;
				return detectAgain({ ...erasureParts, ...parts, isErased: tombstones.isErased }, options);
			}),
		examine: (report) => examineAll(parts, report),
		start() {
			later(0, finishErasures);
			later(FIRST_SWEEP_MS, sweepHourly);
		},
		close() {
			isClosed = true;
			for (const timer of timers) clearTimeout(timer);
		},
	};
}

function isLookedAfter({ isCarriedOut, createdAt }: TombstoneRow, now: number): boolean {
	return !isCarriedOut || createdAt > now - LOOKED_AFTER_MS;
}
