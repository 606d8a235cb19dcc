// The process that finishes sessions: what visitors sent is inflated, parsed and folded here, so that
// one session that takes too much of anything ends this process and nothing else.
//
//   node --max-old-space-size=… finisher.js, spoken to over IPC
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { StoreError } from "../errors.ts";
import { createStore } from "../store/create-store.ts";
import type { Store } from "../store/store.ts";
import type { ChildMessage, FinishJob, ParentMessage } from "./finish-message.ts";
import { finishSession, GoneError } from "./finish-session.ts";
import { gatherChunks } from "./gather.ts";

const HEARTBEAT_MS = 10_000;

let store: Store | undefined;
let folder = "";

process.on("message", (message: ParentMessage) => {
	if (message.kind === "setup") {
		store = createStore(message.setup.storage);
		folder = join(message.setup.folder, String(process.pid));
		tell({ kind: "ready" });
	} else if (store !== undefined) void finishAll(store, message.jobs);
});
// Nothing it does is of use to anybody else.
process.on("disconnect", () => process.exit(0));
// The terminal sends SIGINT to the whole group; the parent decides when this process ends.
process.on("SIGINT", () => {});

async function finishAll(from: Store, jobs: readonly FinishJob[]): Promise<void> {
	await mkdir(folder, { recursive: true });
	const file = await open(join(folder, "chunks"), "w+");
	try {
		const chunks = jobs.flatMap((job) => job.chunks);
		const gathered = await gatherChunks(from, chunks, file);
		for (const job of jobs) {
			tell({ kind: "begun", session: job.session });
			try {
				const parts = { store: from, folder, file, gathered, onProgress: createHeartbeat(job) };
				const { bytes, quarantined } = await finishSession(parts, job);
				const rss = process.resourceUsage().maxRSS * 1024;
				tell({ kind: "finished", session: job.session, bytes, quarantined, rss });
			} catch (error) {
				fail(job, error);
			}
		}
	} catch (error) {
		for (const job of jobs) fail(job, error);
	} finally {
		await file.close();
		await rm(folder, { recursive: true, force: true });
		tell({ kind: "done" });
	}
}

/** On a machine with much to do the largest sessions take minutes. */
function createHeartbeat({ session }: FinishJob): () => void {
	let toldAt = performance.now();
	return () => {
		if (performance.now() - toldAt < HEARTBEAT_MS) return;
		toldAt = performance.now();
		tell({ kind: "begun", session });
	};
}

function fail({ session }: FinishJob, error: unknown): void {
	const isStore = error instanceof StoreError && error.kind === "unavailable";
	const why = isStore ? "retry" : error instanceof GoneError ? "gone" : "fault";
	tell({ kind: "failed", session, why, message: String(error).slice(0, 500) });
}

function tell(message: ChildMessage): void {
	process.send?.(message);
}
