// A trace as the browser writes it, with the costs that must be found in it.
import { describe, expect, test } from "vitest";
import { readCost, type TraceEvent } from "../../../bench/recorder/trace.ts";

const PAGE = 10;
const MAIN = 10;
const WORKER = 11;
const POOL = 12;

const mark = (ts: number): TraceEvent => ({
	...{ name: "bench-recorder", cat: "blink.user_timing", ph: "I", pid: PAGE, tid: MAIN, ts },
});
const named = (tid: number, name: string, pid = PAGE): TraceEvent => ({
	...{ name: "thread_name", cat: "__metadata", ph: "M", pid, tid, ts: 0, args: { name } },
});
/** Milliseconds, as they are counted in the end. */
const task = (tid: number, atMs: number, ms: number, cpuMs = ms, pid = PAGE): TraceEvent => ({
	...{ name: "RunTask", cat: "toplevel", ph: "X", pid, tid },
	...{ ts: atMs * 1000, dur: ms * 1000, tdur: cpuMs * 1000 },
});
const threads = [named(MAIN, "CrRendererMain"), named(WORKER, "DedicatedWorker thread")];

describe("the cost in a trace", () => {
	test("is the processor time of all tasks of the main thread", () => {
		const cost = readCost([...threads, mark(0), task(MAIN, 1, 10, 4), task(MAIN, 20, 5)]);
		expect(cost).toMatchObject({ mainMs: 9, longestMs: 5, workerMs: 0, poolMs: 0 });
	});

	test("does not count what runs inside a task again", () => {
		const nested = [task(MAIN, 2, 3), task(MAIN, 1, 10), task(MAIN, 5, 6)];
		expect(readCost([...threads, mark(0), ...nested]).mainMs).toBe(10);
	});

	test("counts the tasks before the recorder was loaded, but not as its longest", () => {
		const cost = readCost([...threads, task(MAIN, 1, 300), mark(400_000), task(MAIN, 500, 7)]);
		expect(cost).toMatchObject({ mainMs: 307, longestMs: 7 });
	});

	test("charges workers and the pool beside the main thread", () => {
		const pool = named(POOL, "ThreadPoolForegroundWorker");
		const cost = readCost([
			...[...threads, pool, mark(0), task(MAIN, 1, 1)],
			...[task(WORKER, 1, 20), task(POOL, 1, 8), task(POOL, 9, 8)],
		]);
		expect(cost).toEqual({ mainMs: 1, longestMs: 1, workerMs: 20, poolMs: 16 });
	});

	test("leaves out other processes", () => {
		const other = [named(99, "CrRendererMain", 90), task(99, 1, 50, 50, 90)];
		expect(readCost([...threads, mark(0), ...other, task(MAIN, 1, 2)]).mainMs).toBe(2);
	});

	test("is none where the page is not in it", () => {
		expect(() => readCost([...threads, task(MAIN, 1, 2)])).toThrow("does not show the page");
	});
});
