// How long does it take to finish a session at its caps, and how much memory? The server runs as in
// life; its finisher's process is watched from outside, from when it starts to when it ends, beside the
// same process that was started and given nothing to do.
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SESSION_CHUNKS, SESSION_EVENTS_BYTES, SESSION_WIRE_BYTES } from "../protocol/limits.ts";
import type { Bench, Figure } from "./figure.ts";
import { startProduct } from "./product.ts";
import { DENSE, streamSession } from "./sessions/create-session.ts";
import { type RecordedSession, recordSession } from "./sessions/upload-session.ts";

const SEED = 99;
const FINISHER = fileURLToPath(new URL("../../dist/finisher.js", import.meta.url));
const IDLE_SECONDS = 20;
const WATCH_MS = 20;
const MEGABYTE = 1024 * 1024;
const HOUR_MS = 3_600_000;

/** As close below all caps at once as a visit can come: about 250 MiB of events in 4,000 chunks. */
const AT_CAPS = { ...DENSE, durationMs: 3.2 * HOUR_MS, mutations: 189_000, moves: 30_000 };

interface Watched {
	/** From when it was seen first until it was gone. */
	seconds: number;
	/** Of the processor. */
	cpuSeconds: number;
	/** Most that was resident at any time. */
	peakBytes: number;
}

export const measureFinishing: Bench = async ({ tell, quick }) => {
	if (!existsSync("/proc/self/status")) {
		tell("not run: what a process takes is read from /proc, which is Linux only");
		return [];
	}
	const shape = quick ? { ...AT_CAPS, mutations: 1000, moves: 500 } : AT_CAPS;
	const idle = quick ? 2 : IDLE_SECONDS;
	const product = await startProduct({ env: { SNAG_IDLE_SECONDS: String(idle) } });
	try {
		const startBytes = await measureIdle(product.dataFolder);
		const source = streamSession(shape, { seed: SEED, startedAt: Date.now() - 3.3 * HOUR_MS });
		const recorded = recordSession(source, SEED);
		checkCaps(recorded);
		const watching = watchFinisher(product.process.pid);
		await product.store(recorded);
		tell(
			`${recorded.chunks.length} chunks, ${recorded.wireBytes} bytes sent, ${recorded.jsonBytes} as JSON`,
		);
		const finished = await product.waitUntilFinished(recorded.id);
		if (!finished) {
			throw new Error(`not finished in time; the server printed:\n${product.process.output()}`);
		}
		const { seconds, cpuSeconds, peakBytes } = await watching;
		tell(`peak ${peakBytes} bytes, ${startBytes} with nothing to do`);
		const figures: Figure[] = [
			{ question: "finishing a session at its caps", unit: "s", ours: seconds },
			{ question: "finishing, time of the processor", unit: "s", ours: cpuSeconds },
			{
				...{ question: "finishing, JSON per second of the processor", unit: "MB/s" },
				ours: recorded.jsonBytes / 1e6 / cpuSeconds,
			},
			{
				...{ question: "finishing, memory over that of an idle finisher", unit: "MB" },
				...{ ours: (peakBytes - startBytes) / MEGABYTE },
				budget: { of: "ours", is: "at most", value: 128 },
			},
		];
		return figures;
	} finally {
		await product.close();
	}
};

function checkCaps(recorded: RecordedSession): void {
	const { chunks, wireBytes, jsonBytes } = recorded;
	const isWithin =
		chunks.length <= SESSION_CHUNKS &&
		wireBytes < SESSION_WIRE_BYTES &&
		jsonBytes < SESSION_EVENTS_BYTES;
	if (isWithin) return;
	throw new Error(
		`no recorder sends a session of ${chunks.length} chunks, ${wireBytes} bytes, ${jsonBytes} as JSON`,
	);
}

/** Resident bytes of a finisher that was set up and has no job. */
async function measureIdle(dataFolder: string): Promise<number> {
	const child = fork(FINISHER, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
	try {
		const storage = { kind: "disk", folder: join(dataFolder, "objects") };
		child.send({ kind: "setup", setup: { storage, folder: join(dataFolder, "idle") } });
		await once(child, "message");
		return readResident(String(child.pid), "VmRSS") ?? Number.NaN;
	} finally {
		child.kill("SIGKILL");
	}
}

/** Follows the first finisher that the server starts until it has ended. */
async function watchFinisher(server: number): Promise<Watched> {
	let pid: string | undefined;
	while (pid === undefined) {
		await delay(WATCH_MS);
		pid = listChildren(server).find((child) => readCommand(child).includes("finisher.js"));
	}
	const before = performance.now();
	let [peakBytes, cpuSeconds] = [0, 0];
	for (let now: number | undefined = 0; now !== undefined; now = readResident(pid, "VmHWM")) {
		peakBytes = Math.max(peakBytes, now);
		cpuSeconds = Math.max(cpuSeconds, readCpuSeconds(pid));
		await delay(WATCH_MS);
	}
	return { seconds: (performance.now() - before) / 1000, cpuSeconds, peakBytes };
}

function listChildren(pid: number): string[] {
	return readProcess(`${pid}/task/${pid}/children`).split(" ").filter(Boolean);
}

function readCommand(pid: string): string {
	return readProcess(`${pid}/cmdline`);
}

/** @returns undefined where the process is gone, of which a zombie is the last sign */
function readResident(pid: string, what: "VmRSS" | "VmHWM"): number | undefined {
	const kilobytes = new RegExp(`${what}:\\s+(\\d+) kB`).exec(readProcess(`${pid}/status`))?.[1];
	return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** The kernel tells it in hundredths of a second. */
function readCpuSeconds(pid: string): number {
	const stat = readProcess(`${pid}/stat`);
	const [user, system] = stat
		.slice(stat.lastIndexOf(")") + 2)
		.split(" ")
		.slice(11, 13);
	return (Number(user ?? 0) + Number(system ?? 0)) / 100;
}

function readProcess(path: string): string {
	try {
		return readFileSync(`/proc/${path}`, "utf8");
	} catch {
		return "";
	}
}
