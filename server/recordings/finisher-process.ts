// The finisher's child process: started for a batch of sessions, ended with it. What it costs in memory
// is given back, and a session that ends it names itself by having been begun last.
import { type ChildProcess, fork } from "node:child_process";
import type { ChildMessage, FinisherSetup, FinishJob, ParentMessage } from "./finish-message.ts";

/** A session at its caps takes a sixth of this. */
const HEAP_MB = 768;
/** Without a word for this long it hangs. */
const SILENCE_MS = 5 * 60 * 1000;

export type Outcome =
	| { kind: "finished"; bytes: number; quarantined: number; rss: number }
	| { kind: "failed"; why: "gone" | "retry" | "fault"; message: string };

export interface FinisherProcess {
	/** @returns what became of each session; those that were not begun are not in it */
	finish(jobs: readonly FinishJob[]): Promise<Map<string, Outcome>>;
	pid(): number | undefined;
	stop(): void;
}

export interface FinisherProcessOptions {
	childPath: string;
	setup: FinisherSetup;
	log: (line: string) => void;
	silenceMs?: number;
}

export function createFinisherProcess(options: FinisherProcessOptions): FinisherProcess {
	const { childPath, setup, log, silenceMs = SILENCE_MS } = options;
	let running: ChildProcess | undefined;

	const finish = (jobs: readonly FinishJob[]): Promise<Map<string, Outcome>> =>
		new Promise((resolve) => {
			const outcomes = new Map<string, Outcome>();
			const child = fork(childPath, [], {
				execArgv: [`--max-old-space-size=${HEAP_MB}`],
				stdio: ["ignore", "ignore", "pipe", "ipc"],
			});
			running = child;
			let begun: string | undefined;
			const hang = setTimeout(() => child.kill("SIGKILL"), silenceMs);
			const tell = (message: ParentMessage) => child.connected && child.send(message);
			child.stderr?.on("data", (bytes: Buffer) => log(`finisher: ${describe(bytes)}`));
			child.on("error", (error) => log(`finisher process: ${error.message}`));
			child.on("message", (message: ChildMessage) => {
				hang.refresh();
				if (message.kind === "ready") tell({ kind: "finish", jobs: [...jobs] });
				else if (message.kind === "begun") begun = message.session;
				else if (message.kind === "done") child.disconnect();
				else {
					const { session, ...outcome } = message;
					outcomes.set(session, outcome);
					if (begun === session) begun = undefined;
				}
			});
			child.on("exit", (code, signal) => {
				clearTimeout(hang);
				running = undefined;
				if (begun !== undefined) {
					const message = `the process ended with ${signal ?? code}`;
					outcomes.set(begun, { kind: "failed", why: "fault", message });
				}
				resolve(outcomes);
			});
			tell({ kind: "setup", setup });
		});

	return {
		finish,
		pid: () => running?.pid,
		stop: () => void running?.kill("SIGKILL"),
	};
}

/** A heap that is full comes with a page of stack. */
function describe(bytes: Buffer): string {
	return bytes.toString().trim().slice(0, 300);
}
