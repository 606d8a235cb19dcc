// How much of a machine does an acknowledgement cost? Our server with everything it does (checks,
// facts, sessions, packs, rows for the index) beside a bare route that only makes the same bytes
// durable, in turn, each with one core for itself; load and index share the other one.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { killWithUs } from "../test/support/reaper.ts";
import { createTempFolder } from "../test/support/temp-folder.ts";
import type { Bench, Figure } from "./figure.ts";
import type { LoadOptions, LoadResult } from "./ingest/load.ts";
import { ORIGIN, startProduct } from "./product.ts";
import { findMedian, findQuantile } from "./quantile.ts";

const BUILT = fileURLToPath(new URL("../../dist/bench", import.meta.url));
const CHUNK_BYTES = 10_000;
const CONNECTIONS = 64;
const WARM_CHUNKS = 10_000;
const WARM_ROUNDS = 4;
const RESULT_BYTES = 64 * 1024 * 1024;
/** The kernel tells times in hundredths of a second. */
const TICK_MS = 10;
const MEASURED_CPU = "0";
const OTHER_CPU = "1";

interface Contender {
	name: string;
	pid: number;
	port: number;
	path: string;
	folder: string;
	results: LoadResult[];
	/** What the process took of its core for one chunk, in each round. */
	cpuMs: number[];
}

export const measureIngest: Bench = async ({ tell, quick }) => {
	const [rounds, durationMs] = quick ? [1, 300] : [7, 2500];
	const product = await startProduct();
	const folder = await createTempFolder("bare");
	const bare = await startBareRoute(folder.path);
	try {
		const port = Number(new URL(product.url).port);
		const contenders: Contender[] = [
			{
				...{ name: "ours", pid: product.process.pid, port, path: `/i/${product.site.key}?a=0` },
				...{ folder: `${product.dataFolder}/objects/p`, results: [], cpuMs: [] },
			},
			{
				...{ name: "bare", pid: bare.process.pid ?? 0, port: bare.port, path: "/" },
				...{ folder: folder.path, results: [], cpuMs: [] },
			},
		];
		for (const { pid } of contenders) await pin(pid, MEASURED_CPU);
		for (const pid of listChildren(product.process.pid)) await pin(pid, OTHER_CPU);
		for (const one of contenders) await warmUp(one, durationMs);
		for (let round = 0; round < rounds; round++) {
			for (const one of contenders) {
				const before = await countPacks(one.folder);
				const cpuBefore = readCpuMs(one.pid);
				const result = await load(one, durationMs);
				one.results.push(result);
				one.cpuMs.push((readCpuMs(one.pid) - cpuBefore) / result.chunks);
				tell(describe(one, result, (await countPacks(one.folder)) - before));
			}
		}
		return createFigures(contenders);
	} finally {
		bare.process.kill();
		await product.close();
		await folder.remove();
	}
};

function createFigures([ours, bare]: readonly Contender[]): Figure[] {
	const rates = (one?: Contender) =>
		(one?.results ?? []).map(({ chunks, elapsedMs }) => (chunks / elapsedMs) * 1000);
	const p99 = (one?: Contender) =>
		findQuantile(
			(one?.results ?? []).flatMap(({ latenciesMs }) => latenciesMs),
			0.99,
		);
	const others = rates(bare);
	const ratio = findMedian(rates(ours).map((rate, round) => rate / (others[round] ?? Number.NaN)));
	return [
		{
			...{ question: "ingest, one core, 10 KB chunks", unit: "chunks/s" },
			...{ ours: findMedian(rates(ours)), rival: findMedian(others), ratio },
			budget: { of: "ratio", is: "at least", value: 0.5 },
		},
		{
			...{ question: "ingest, time of the processor per chunk", unit: "ms" },
			...{ ours: findMedian(ours?.cpuMs ?? []), rival: findMedian(bare?.cpuMs ?? []) },
		},
		{ question: "ingest, answered within, p99", unit: "ms", ours: p99(ours), rival: p99(bare) },
	];
}

async function startBareRoute(folder: string): Promise<{ process: ChildProcess; port: number }> {
	const child = spawn(process.execPath, [`${BUILT}/bare-route.js`, folder], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	killWithUs(child);
	const [line] = (await once(child.stdout, "data")) as [Buffer];
	return { process: child, port: Number(line.toString()) };
}

/** @throws where anything but an acknowledgement came */
async function load({ name, port, path }: Contender, durationMs: number): Promise<LoadResult> {
	const options: LoadOptions = {
		...{ port, path, durationMs, origin: ORIGIN },
		...{ connections: CONNECTIONS, chunkBytes: CHUNK_BYTES },
	};
	const command = [process.execPath, `${BUILT}/load.js`, JSON.stringify(options)];
	const [program = "", ...args] = canPin() ? ["taskset", "-c", OTHER_CPU, ...command] : command;
	const { stdout } = await promisify(execFile)(program, args, { maxBuffer: RESULT_BYTES });
	const result = JSON.parse(stdout) as LoadResult;
	if (result.refused > 0) {
		throw new Error(`${name} refused ${result.refused} chunks, first: ${result.firstRefusal}`);
	}
	return result;
}

/** Until the compiler has made fast code of it. */
async function warmUp(one: Contender, durationMs: number): Promise<void> {
	let chunks = 0;
	for (let round = 0; round < WARM_ROUNDS && chunks < WARM_CHUNKS; round++) {
		chunks += (await load(one, durationMs)).chunks;
	}
}

function canPin(): boolean {
	return process.platform === "linux" && availableParallelism() > 1;
}

/** All threads there are; those to come inherit it. */
async function pin(pid: number, cpu: string): Promise<void> {
	if (canPin()) await promisify(execFile)("taskset", ["-a", "-p", "-c", cpu, String(pid)]);
}

/** The index runs in a child of the server. */
function listChildren(pid: number): number[] {
	if (!canPin()) return [];
	const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
	return listed.split(" ").filter(Boolean).map(Number);
}

/** All threads of a process, from when it started; NaN where there is no /proc. */
function readCpuMs(pid: number): number {
	if (process.platform !== "linux") return Number.NaN;
	const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
	const [user, system] = stat
		.slice(stat.lastIndexOf(")") + 2)
		.split(" ")
		.slice(11, 13);
	return (Number(user) + Number(system)) * TICK_MS;
}

async function countPacks(folder: string): Promise<number> {
	const names = await readdir(folder, { recursive: true }).catch(() => []);
	return names.filter((name) => name.endsWith(".pk")).length;
}

function describe(
	{ name }: Contender,
	{ chunks, elapsedMs, busy }: LoadResult,
	packs: number,
): string {
	const rate = Math.round((chunks / elapsedMs) * 1000);
	const perPack = (chunks / Math.max(1, packs)).toFixed(1);
	return `${name}: ${rate} chunks/s, ${perPack} per pack, load busy ${Math.round(busy * 100)} %`;
}
