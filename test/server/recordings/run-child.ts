// The finisher's own process, given one job, and what it took.
import { fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type {
	ChildMessage,
	FinishJob,
	ParentMessage,
} from "../../../server/recordings/finish-message.ts";
import { DIST } from "../start-server.ts";

export interface Ran {
	/** What it said of each session, in order. */
	messages: ChildMessage[];
	/** Resident bytes when it was ready, and the most there were until it ended. */
	startBytes: number;
	peakBytes: number;
	ms: number;
}

/** @param folder whose `objects` is the store */
export function runChild(folder: string, jobs: FinishJob[], heapMb = 768): Promise<Ran> {
	return new Promise((resolve) => {
		const child = fork(join(DIST, "finisher.js"), [], {
			execArgv: [`--max-old-space-size=${heapMb}`],
			stdio: ["ignore", "ignore", "ignore", "ipc"],
		});
		const messages: ChildMessage[] = [];
		let [startBytes, peakBytes, startedAt] = [0, 0, 0];
		child.on("message", (message: ChildMessage) => {
			if (message.kind === "ready") {
				startBytes = readPeak(child.pid);
				startedAt = performance.now();
				child.send({ kind: "finish", jobs } satisfies ParentMessage);
			} else if (message.kind === "done") {
				peakBytes = readPeak(child.pid);
				child.disconnect();
			} else messages.push(message);
		});
		child.on("exit", () =>
			resolve({ messages, startBytes, peakBytes, ms: performance.now() - startedAt }),
		);
		const storage = { kind: "disk", folder: join(folder, "objects") } as const;
		child.send({ kind: "setup", setup: { storage, folder } } satisfies ParentMessage);
	});
}

/** Linux tells it of every process; elsewhere it is 0. */
function readPeak(pid: number | undefined): number {
	const path = `/proc/${pid}/status`;
	const status = existsSync(path) ? readFileSync(path, "utf8") : "";
	return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
