// The parts of ingest, in the order a chunk meets them: memory, budgets, what is known of sessions, and
// the packer, which writes to the store or, where that is asked for, to a journal in front of it.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createUuidV7 } from "../../protocol/ids.ts";
import type { Config } from "../config.ts";
import { StoreError } from "../errors.ts";
import type { Feeder } from "../index/feeder.ts";
import { createPackRow, createPackRows, type PackRows } from "../index/rows.ts";
import type { Metrics } from "../metrics.ts";
import type { Store } from "../store/store.ts";
import { type Arrivals, createArrivals } from "./arrivals.ts";
import { type Budgets, createBudgets } from "./budgets.ts";
import { createIngestMetrics, type IngestMetrics } from "./ingest-metrics.ts";
import { createJournal } from "./journal.ts";
import { createLinger } from "./linger.ts";
import { createMemory, type Memory } from "./memory.ts";
import { createPackWriter, type StoredPack } from "./pack-writer.ts";
import { createPacker, type Packer } from "./packer.ts";
import type { ReceivedEntry } from "./receive.ts";
import { createSessionRegistry, type SessionRegistry } from "./session-registry.ts";

const IN_FLIGHT_BYTES = 64 * 1024 * 1024;
/** What a fact takes while it waits, alone and as a row: 400 bytes of upload may carry 10,000 of them. */
const FACT_BYTES = 500;
/** Recorders wait for thirty seconds. */
const ACKNOWLEDGE_MS = 20_000;
/** A disk acknowledges at once; on S3 a wait for company keeps the number of requests low. */
const WRITING = {
	disk: { linger: undefined, maxWrites: 2 },
	s3: { linger: { busyMs: 100, idleMs: 2000 }, maxWrites: 4 },
	// Appends come one after another; what arrives meanwhile goes with the next.
	journal: { linger: undefined, maxWrites: 1 },
} as const;

export interface Ingest {
	memory: Memory;
	budgets: Budgets;
	registry: SessionRegistry;
	packer: Packer<ReceivedEntry>;
	arrivals: Arrivals;
	ingestMetrics: IngestMetrics;
	/** Reads what was acknowledged, wherever it is. */
	store: Store;
	/** Uploads what an earlier process left in its journal, if the store takes it. */
	recover(): Promise<void>;
	close(): Promise<void>;
}

export interface IngestOptions {
	config: Config;
	store: Store;
	node: string;
	feeder: Feeder;
	/** Packs are stored that the index does not know of. */
	repairSoon: () => void;
	metrics: Metrics;
	now: () => number;
	log: (line: string) => void;
}

export function createIngest(options: IngestOptions): Ingest {
	const { config, store, node, feeder, metrics, now, log } = options;
	const memory = createMemory(IN_FLIGHT_BYTES);
	const registry = createSessionRegistry();
	const ingestMetrics = createIngestMetrics(metrics);
	const createId = (at: number) => createUuidV7(at, randomBytes(10));
	const feed = (key: string, rows: PackRows, receivedAt: number): boolean => {
		const isFed = feeder.add({ key, rows, receivedAt });
		if (!isFed) options.repairSoon();
		return isFed;
	};

	const direct = createPackWriter<ReceivedEntry>({
		...{ store, node, createId, now },
		onStored: (pack) => {
			ingestMetrics.onPack(pack.entries.length, pack.bytes);
			feed(pack.key, toRows(pack), receiptOf(pack));
		},
	});
	// A pack whose rows were all fed is named to the index when it is whole; others are left to the repair.
	let isRecovering = false;
	const fed = new Map<string, { chunks: number; receivedAt: number }>();
	const journal =
		config.ack === "journal"
			? createJournal<ReceivedEntry>({
					...{ store, direct, node, createId, now, log },
					folder: join(config.dataFolder, "journal"),
					onAppended(pack) {
						const before = fed.get(pack.key) ?? { chunks: 0, receivedAt: receiptOf(pack) };
						const first = pack.places[0]?.offset ?? 0;
						const isFed = feed(`${pack.key}@${first}`, { ...toRows(pack), packs: [] }, now());
						const chunks = isFed ? before.chunks + pack.entries.length : Number.NaN;
						fed.set(pack.key, { ...before, chunks });
					},
					onUploaded(key, bytes) {
						const pack = fed.get(key);
						fed.delete(key);
						if (pack === undefined || Number.isNaN(pack.chunks)) {
							// The first repair comes anyway.
							if (!isRecovering) options.repairSoon();
							return;
						}
						ingestMetrics.onPack(pack.chunks, bytes.length);
						const packs = [createPackRow({ key, bytes: bytes.length }, pack.chunks)];
						feed(key, { chunks: [], facts: [], elements: [], packs }, pack.receivedAt);
					},
				})
			: undefined;

	const { linger, maxWrites } = WRITING[journal === undefined ? config.storage.kind : "journal"];
	const packer = createPacker<ReceivedEntry>({
		...{ now, maxWrites, memory },
		write: journal?.write ?? direct,
		linger: linger && createLinger(linger),
		deadlineMs: ACKNOWLEDGE_MS,
		weigh: ({ chunk, facts }) => chunk.length + facts.length * FACT_BYTES,
	});
	metrics.gauge("snag_in_flight_bytes", "Bytes held for uploads.", memory.held);
	metrics.gauge(
		"snag_known_sessions",
		"Sessions that are remembered.",
		() => registry.remembered().sessions,
	);
	metrics.gauge(
		"snag_journal_bytes",
		"Bytes that wait in the journal.",
		() => journal?.waitingBytes() ?? 0,
	);
	watchFeeder(metrics, feeder, now);

	return {
		...{ memory, registry, packer, ingestMetrics },
		arrivals: createArrivals(),
		budgets: createBudgets({
			...{ limits: config.budgets, now, salt: randomBytes(16).toString("hex") },
			onRefused: ingestMetrics.onOverBudget,
		}),
		store: journal?.store ?? store,
		async recover() {
			isRecovering = true;
			await journal?.recover().catch((error: unknown) => {
				if (!(error instanceof StoreError)) throw error;
				log(`what the journal holds is uploaded once the store answers (${error.message})`);
			});
			isRecovering = false;
		},
		async close() {
			await packer.drain();
			await journal?.close();
		},
	};
}

function watchFeeder(metrics: Metrics, feeder: Feeder, now: () => number): void {
	metrics.gauge(
		"snag_index_waiting_chunks",
		"Stored chunks that are not in the index yet.",
		() => feeder.freshness().waitingChunks,
	);
	metrics.gauge("snag_index_lag_seconds", "For how long the oldest of them has waited.", () => {
		const { waitingSince } = feeder.freshness();
		return waitingSince === 0 ? 0 : Math.max(0, now() - waitingSince) / 1000;
	});
}

function toRows(pack: StoredPack<ReceivedEntry>): PackRows {
	const entries = pack.entries.map(({ head, envelope, facts }, position) => ({
		...{ head, envelope, facts },
		place: pack.places[position] ?? { offset: 0, length: 0 },
	}));
	return createPackRows(pack, entries);
}

function receiptOf(pack: StoredPack<ReceivedEntry>): number {
	return Math.min(...pack.entries.map(({ head }) => head.receivedAt));
}
