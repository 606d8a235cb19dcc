// Starts a long-running program, keeps its output in a log file and watches it: whoever waits for
// the program to do something learns at once, with the end of its log, that it has died instead.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { killWithUs } from "./reaper.ts";

const KILL_AFTER_MS = 2_000;
const TAIL_LINES = 20;

export interface Daemon {
	pid: number;
	/** Aborted, with an error that carries the end of the log, when the program ends unasked. */
	died: AbortSignal;
	/** TERM, after 2 s KILL; resolves when the process is gone. */
	stop(): Promise<void>;
	/** KILL, as a crash would end it; resolves when the process is gone. */
	kill(): Promise<void>;
}

export interface DaemonOptions {
	command: string;
	args: string[];
	logFile: string;
	/** Removed after the daemon was killed because this process died. */
	folder?: string;
}

export function startDaemon({ command, args, logFile, folder }: DaemonOptions): Daemon {
	const log = openSync(logFile, "a");
	const child = spawn(command, args, { stdio: ["ignore", log, log], detached: true });
	closeSync(log);
	killWithUs(child, folder);

	const died = new AbortController();
	let stopping = false;
	const ended = new Promise<void>((resolve) => {
		child.once("error", (error) => {
			died.abort(new Error(`${command} did not start`, { cause: error }));
			resolve();
		});
		child.once("exit", (code, signal) => {
			if (!stopping) died.abort(deathOf(command, code ?? signal, logFile));
			resolve();
		});
	});
	return {
		pid: child.pid ?? -1,
		died: died.signal,
		async stop() {
			stopping = true;
			child.kill("SIGTERM");
			const timer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
			await ended;
			clearTimeout(timer);
		},
		async kill() {
			stopping = true;
			child.kill("SIGKILL");
			await ended;
		},
	};
}

function deathOf(command: string, how: number | string | null, logFile: string): Error {
	const tail = readFileSync(logFile, "utf8").trim().split("\n").slice(-TAIL_LINES);
	return new Error(`${basename(command)} ended (${how}); end of its log:\n${tail.join("\n")}`);
}
