// Finishes sessions: looks which are due, has them made into recordings by a child process, reads those
// back, and tells the index. Anything may end at any point: what was not told is found due again, and a
// recording that is already there is taken as it is, because its key names the chunks it was made of.
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Leases } from "../control/leases.ts";
import { IndexUnavailable } from "../errors.ts";
import type { Index } from "../index/client.ts";
import type { Feeder } from "../index/feeder.ts";
import { createRecordingRow } from "../index/recording-row.ts";
import { encodeRows } from "../index/row-text.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import { createLoop } from "../loop.ts";
import { quarantineKeys, recordingKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import { hashChunkSet } from "./chunk-set.ts";
import { type DueSession, listDueSessions, listStoredChunks } from "./due-sessions.ts";
import type { FinishJob } from "./finish-message.ts";
import { createFinisherProcess, type Outcome } from "./finisher-process.ts";
import { findRecording } from "./read-recording.ts";

const MIN_EVERY_MS = 1000;
const MAX_EVERY_MS = 60_000;
/** Late chunks make a new generation at most this often. */
const LATE_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Sessions older than this are looked for once an hour only: nothing new comes of them. */
const RECENT_MS = 3 * DAY_MS;
const HOUR_MS = 60 * 60 * 1000;
const BATCH = 50;
const BATCH_CHUNKS = 10_000;
const BATCH_BYTES = 128 * 1024 * 1024;
const ATTEMPTS = 3;
const RENEW_MS = 20_000;

export interface Finisher {
	start(): void;
	/** Looks once for what is due and finishes it. @returns how many sessions were finished */
	run(): Promise<number>;
	status(): FinisherStatus;
	/** Of the process that finishes at the moment. */
	pid(): number | undefined;
	stop(): Promise<void>;
}

/** Counted since the start. */
export interface FinisherStatus {
	finished: number;
	/** Chunks that were put aside. */
	quarantined: number;
	/** Sessions that are left in their packs because they cannot be finished. */
	givenUp: number;
}

export interface FinisherParts {
	config: Pick<Config, "storage" | "dataFolder" | "idleMs">;
	store: Store;
	index: Index;
	feeder: Feeder;
	leases: Leases;
	isErased: Tombstones["isErased"];
	/** Has the index been brought up to date once? */
	isIndexed: () => boolean;
	/** Folder of the build, where the process script is. */
	distFolder: string;
	now: () => number;
	log: (line: string) => void;
	lateMs?: number;
}

export function createFinisher(parts: FinisherParts): Finisher {
	const { config, store, index, leases, isErased, now, log } = parts;
	const folder = join(config.dataFolder, "finishing");
	const child = createFinisherProcess({
		childPath: join(parts.distFolder, "finisher.js"),
		setup: { storage: config.storage, folder },
		log,
	});
	const status: FinisherStatus = { finished: 0, quarantined: 0, givenUp: 0 };
	const givenUp = new Set<string>();
	const held = new Map<string, string>();
	let allSeenAt = Number.NEGATIVE_INFINITY;
	let isStopped = false;

	const findDue = async (): Promise<DueSession[]> => {
		const at = now();
		const isAll = Math.abs(at - allSeenAt) >= HOUR_MS;
		const due = await listDueSessions(index, {
			...{ now: at, idleMs: config.idleMs, lateMs: parts.lateMs ?? LATE_MS },
			since: isAll ? 0 : at - RECENT_MS,
			skip: [...givenUp],
			limit: BATCH,
		});
		if (isAll && due.length < BATCH) allSeenAt = at;
		return due;
	};

	/** Only what the index surely has is finished: a chunk that waits would be a late one. */
	const isBehind = (): boolean => {
		const { waitingSince } = parts.feeder.freshness();
		return !parts.isIndexed() || (waitingSince > 0 && waitingSince <= now() - config.idleMs);
	};

	/** @returns undefined where there is nothing to do, or it is not for us to do */
	const prepare = async (due: DueSession): Promise<FinishJob | undefined> => {
		const { site, session, visitor } = due;
		if (isErased(site, session, visitor)) return undefined;
		const lease = `finish/${site}/${session}`;
		const attempts = await leases.acquire(lease);
		if (attempts === undefined) return undefined;
		held.set(session, lease);
		if (attempts >= ATTEMPTS) {
			await giveUp(due, `it failed ${attempts} times`);
			return undefined;
		}
		const chunks = await listStoredChunks(index, due);
		const generation = due.generation + 1;
		const name = { site, session, generation, hash: hashChunkSet(chunks) };
		return { site, session, generation, chunks, key: recordingKey(name) };
	};

	/** @returns whether the recording is in the store, whole, and in the index */
	const record = async (job: FinishJob): Promise<boolean> => {
		const found = await findRecording(store, job);
		if (found === undefined) return false;
		if (!held.has(job.session)) return true;
		if (isErased(job.site, job.session, found.head.visitor)) await store.delete(job.key);
		else await index.insert("recordings", encodeRows([createRecordingRow(found, now())]));
		await release(job.session);
		status.finished++;
		return true;
	};

	const release = async (session: string, failed?: boolean): Promise<void> => {
		const lease = held.get(session);
		held.delete(session);
		if (lease === undefined) return;
		if (failed === undefined) await leases.finish(lease);
		else await leases.giveBack(lease, failed);
	};

	const settle = async (job: FinishJob, outcome: Outcome | undefined): Promise<boolean> => {
		if (outcome?.kind === "finished") {
			status.quarantined += outcome.quarantined;
			if (outcome.quarantined > 0) {
				log(`${outcome.quarantined} chunks of session ${job.session} cannot be read; put aside`);
			}
			if (await record(job)) return true;
		}
		const failure = outcome?.kind === "failed" ? outcome : undefined;
		if (failure !== undefined) log(`session ${job.session} is not finished: ${failure.message}`);
		await release(job.session, failure !== undefined && failure.why !== "retry");
		return false;
	};

	const giveUp = async ({ site, session }: DueSession, reason: string): Promise<void> => {
		const { reason: key } = quarantineKeys({ site, session, crc: 0 });
		await store.put(key, Buffer.from(JSON.stringify({ version: 1, reason, site, session })));
		givenUp.add(session);
		status.givenUp++;
		log(`session ${session} cannot be finished (${reason}); it stays in its packs`);
		await release(session, false);
	};

	const finishBatch = async (batch: readonly DueSession[]): Promise<number> => {
		const jobs: FinishJob[] = [];
		let finished = 0;
		for (const due of batch) {
			const job = await prepare(due);
			if (job === undefined) continue;
			// Made by somebody who ended before telling.
			if (await record(job)) finished++;
			else jobs.push(job);
		}
		if (jobs.length === 0 || isStopped) return finished;
		const outcomes = await child.finish(jobs);
		for (const job of jobs) {
			if (await settle(job, outcomes.get(job.session))) finished++;
		}
		return finished;
	};

	const renew = async (): Promise<void> => {
		for (const [session, lease] of held) {
			if (await leases.renew(lease)) continue;
			held.delete(session);
			log(`somebody else finishes session ${session} by now`);
		}
	};

	const run = async (): Promise<number> => {
		if (isBehind()) return 0;
		const renewing = setInterval(() => void renew().catch(() => {}), RENEW_MS);
		try {
			return await finishBatch(takeBatch(await findDue()));
		} finally {
			clearInterval(renewing);
			for (const session of [...held.keys()]) await release(session, false);
		}
	};

	const loop = createLoop(
		async () => {
			const finished = await run();
			return finished > 0 ? 0 : clamp(config.idleMs / 10);
		},
		(error) => {
			if (!isStopped && !(error instanceof IndexUnavailable)) {
				log(`sessions cannot be finished at the moment: ${String(error)}`);
			}
			return clamp(config.idleMs / 10);
		},
	);

	return {
		start() {
			// What a process left that was killed was of use to nobody else.
			rmSync(folder, { recursive: true, force: true });
			loop.start();
		},
		run,
		status: () => ({ ...status }),
		pid: child.pid,
		async stop() {
			isStopped = true;
			child.stop();
			await loop.stop();
		},
	};
}

/** As many as are gathered at once; at least one, however large. */
function takeBatch(due: readonly DueSession[]): DueSession[] {
	let chunks = 0;
	let bytes = 0;
	const ids = new Set<string>();
	return due.filter((session, position) => {
		// Sites have ids of their own, but who makes one up may use it for two: one of them waits.
		if (ids.has(session.session)) return false;
		ids.add(session.session);
		chunks += session.chunks;
		bytes += session.bytes;
		return position === 0 || (chunks <= BATCH_CHUNKS && bytes <= BATCH_BYTES);
	});
}

function clamp(ms: number): number {
	return Math.min(MAX_EVERY_MS, Math.max(MIN_EVERY_MS, ms));
}
