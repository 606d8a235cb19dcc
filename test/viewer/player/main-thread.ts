// How long the page's main thread was held by one task. What counts is the time that the thread itself
// worked: on a machine that others use too, a task also takes as long as it was kept waiting.
import type { Page } from "puppeteer-core";

export interface TaskTimes {
	/** Longest, ms of work of the thread. */
	workMs: number;
	/** Longest, ms on the clock. */
	wallMs: number;
	count: number;
}

interface TraceEvent {
	name: string;
	pid: number;
	tid: number;
	dur?: number;
	/** μs of thread time. */
	tdur?: number;
	args: { name?: string };
}

export async function measureTasks(page: Page, body: () => Promise<void>): Promise<TaskTimes> {
	await page.tracing.start({ categories: ["toplevel"] });
	await body();
	const trace = await page.tracing.stop();
	const { traceEvents } = JSON.parse(Buffer.from(trace ?? []).toString()) as {
		traceEvents: TraceEvent[];
	};
	const threads = traceEvents
		.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
		.map(({ pid, tid }) =>
			traceEvents.filter(
				(event) => event.pid === pid && event.tid === tid && event.name.endsWith("RunTask"),
			),
		);
	// Other pages of the browser do next to nothing.
	const tasks = threads.sort((a, b) => b.length - a.length)[0] ?? [];
	if (tasks.every(({ tdur }) => tdur === undefined)) throw new Error("no thread time in the trace");
	return {
		workMs: tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0),
		wallMs: tasks.reduce((most, { dur = 0 }) => Math.max(most, dur / 1000), 0),
		count: tasks.length,
	};
}
