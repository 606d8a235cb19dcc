// What a page cost its renderer, from the browser's own trace of all tasks, so that nothing is left out
// that runs later: timers, idle callbacks, microtasks, garbage collection and work handed to workers.
//
// Processor time, not time on the clock: a page that waits for its processor, since others share the
// machine, has not cost more. Long tasks as the page itself can observe them were rejected: they begin at
// 50 ms, and a recorder that works in slices of 40 ms would cost nothing.

export interface TraceEvent {
	name: string;
	cat: string;
	/** `X`: an event with a duration. */
	ph: string;
	pid: number;
	tid: number;
	/** µs. */
	ts: number;
	dur?: number;
	/** Processor time of the thread, µs. */
	tdur?: number;
	args?: { name?: unknown };
}

export interface Cost {
	/** All tasks of the page's main thread. */
	mainMs: number;
	/** The longest of them since the recorder was loaded. */
	longestMs: number;
	/** Scripts on other threads of the page: a recorder's own workers. */
	workerMs: number;
	/** The renderer's pool: garbage collection and compiling beside the main thread. */
	poolMs: number;
}

export const CATEGORIES = ["-*", "toplevel", "blink.user_timing"];
/** The page sets it where its recorder is about to be loaded. */
export const LOAD_MARK = "bench-recorder";

const WORKER = /Dedicated|Shared|Service ?Worker/i;
const POOL = /ThreadPool/i;

/** Throws where the trace does not show the page. */
export function readCost(events: readonly TraceEvent[]): Cost {
	const mark = events.find(({ name, cat }) => name === LOAD_MARK && /user_timing/.test(cat));
	if (mark === undefined) throw new Error("the trace does not show the page");
	const ofPage = events.filter(({ pid }) => pid === mark.pid);
	const names = new Map<number, string>();
	for (const { name, tid, args } of ofPage) {
		if (name === "thread_name") names.set(tid, String(args?.name));
	}
	const tasks = findTasks(ofPage);
	const main = tasks.filter(({ tid }) => tid === mark.tid);
	const since = main.filter(({ ts, dur = 0 }) => ts + dur >= mark.ts);
	const ofThreads = (kind: RegExp) =>
		tasks.filter(({ tid }) => tid !== mark.tid && kind.test(names.get(tid) ?? ""));
	return {
		mainMs: sumMs(main),
		longestMs: since.reduce((longest, task) => Math.max(longest, readMs(task)), 0),
		workerMs: sumMs(ofThreads(WORKER)),
		poolMs: sumMs(ofThreads(POOL)),
	};
}

/** Events with a duration that are not inside another one of their thread. */
function findTasks(events: readonly TraceEvent[]): TraceEvent[] {
	const ends = new Map<number, number>();
	return events
		.filter(({ ph }) => ph === "X")
		.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
		.filter(({ tid, ts, dur = 0 }) => {
			if (ts < (ends.get(tid) ?? 0)) return false;
			ends.set(tid, ts + dur);
			return true;
		});
}

function sumMs(tasks: readonly TraceEvent[]): number {
	return tasks.reduce((sum, task) => sum + readMs(task), 0);
}

function readMs({ tdur, dur = 0 }: TraceEvent): number {
	return (tdur ?? dur) / 1000;
}
