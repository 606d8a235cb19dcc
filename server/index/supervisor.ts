// Keeps the embedded index running: starts it, restarts it when it dies or stops answering, ends it with
// the server. Nothing waits for it: while it is down the feeder keeps rows and the store keeps everything.
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "../errors.ts";
import type { ChildMessage } from "./child-message.ts";

const RESTART_MS = [200, 500, 1000, 2000, 5000, 10_000];
const PING_EVERY_MS = 2000;
const PING_TIMEOUT_MS = 1900;
const PINGS_MISSED = 4;
const STOP_MS = 3000;

export interface Supervisor {
	start(): void;
	/** Agent whose connections lead to the child. */
	agent: Agent;
	/** Resolves at the first start that succeeds; rejects only where no start ever can. */
	firstReady: Promise<void>;
	/** Process id of the running child, for people and tests. */
	pid(): number | undefined;
	stop(): Promise<void>;
}

export interface SupervisorOptions {
	childPath: string;
	folder: string;
	/** Told about what people should see in the log. */
	log: (line: string) => void;
}

export function createSupervisor({ childPath, folder, log }: SupervisorOptions): Supervisor {
	// Socket paths are cut at 107 bytes, so it cannot stand in the data folder.
	const socketFolder = mkdtempSync(join(tmpdir(), "snag-"));
	const socketPath = join(socketFolder, "index.sock");
	// The socket path is an option of the connections, which the types of an agent do not know.
	const connection: object = { socketPath };
	const agent = new Agent({ keepAlive: true, maxSockets: 10, ...connection });

	let child: ChildProcess | undefined;
	let isUp = false;
	let isStopping = false;
	let failures = 0;
	let timer: NodeJS.Timeout | undefined;
	let settle = { ready: () => {}, unsupported: (_: Error) => {} };
	const firstReady = new Promise<void>((ready, unsupported) => {
		settle = { ready, unsupported };
	});

	const start = (): void => {
		const started = fork(childPath, [folder, socketPath], {
			env: { ...process.env, UV_THREADPOOL_SIZE: "16" },
			execArgv: [],
			stdio: ["ignore", "ignore", "pipe", "ipc"],
		});
		child = started;
		started.stderr?.on("data", (bytes: Buffer) => log(`index: ${bytes.toString().trim()}`));
		started.on("message", (message: ChildMessage) => hear(message));
		started.on("error", (error) => log(`index process: ${error.message}`));
		started.on("exit", (code, signal) => {
			child = undefined;
			isUp = false;
			if (isStopping) return;
			log(`the index process ended (${signal ?? code}); it is started again, nothing is lost`);
			timer = setTimeout(start, RESTART_MS[Math.min(failures++, RESTART_MS.length - 1)]);
		});
	};

	const hear = (message: ChildMessage): void => {
		if (message.kind === "ready") {
			failures = 0;
			isUp = true;
			settle.ready();
		} else if (message.kind === "unsupported") {
			isStopping = true;
			settle.unsupported(
				new StartError(
					`The embedded index does not ship for ${process.platform}-${process.arch}: use Linux with glibc or macOS, or set SNAG_CLICKHOUSE_URL to a ClickHouse server`,
				),
			);
		} else if (message.kind === "failed") log(`the index cannot start: ${message.message}`);
		else log("another process still holds the index folder; waiting for it");
	};

	let stopWatching = () => {};

	return {
		agent,
		firstReady,
		pid: () => child?.pid,
		start() {
			start();
			stopWatching = watchPings(
				socketPath,
				() => isUp,
				() => {
					log("the index process does not answer; it is ended and started again");
					child?.kill("SIGKILL");
				},
			);
		},
		async stop() {
			isStopping = true;
			clearTimeout(timer);
			stopWatching();
			agent.destroy();
			const running = child;
			if (running !== undefined && running.exitCode === null) {
				const ended = new Promise((resolve) => running.once("exit", resolve));
				running.kill("SIGTERM");
				const hard = setTimeout(() => running.kill("SIGKILL"), STOP_MS);
				await ended;
				clearTimeout(hard);
			}
			rmSync(socketFolder, { recursive: true, force: true });
		},
	};
}

/**
 * Calls `onSilent` when a child that is up misses several pings in a row. Pings have sockets of their
 * own: queries that hang may hold all of the agent's.
 */
function watchPings(socketPath: string, isUp: () => boolean, onSilent: () => void): () => void {
	let missed = 0;
	const timer = setInterval(() => {
		if (!isUp()) return;
		const sentAt = performance.now();
		const options = { agent: false, socketPath, path: "/ping", timeout: PING_TIMEOUT_MS };
		const ping = request(options, (response) => {
			response.resume();
			missed = 0;
		});
		ping.on("timeout", () => {
			ping.destroy();
			// A timeout that comes late is this process having been busy, not the child being silent.
			if (performance.now() - sentAt > PING_TIMEOUT_MS * 1.5) return;
			if (!isUp() || ++missed < PINGS_MISSED) return;
			missed = 0;
			onSilent();
		});
		// A connection that breaks is a child that ends, which its exit tells.
		ping.on("error", () => {});
		ping.end();
	}, PING_EVERY_MS);
	timer.unref();
	return () => clearInterval(timer);
}
