// Progress for people: one line that is written over on a terminal, a line now and then in a log.
import type { Progress, Report } from "../lifecycle/progress.ts";

const TERMINAL_MS = 100;
const LOG_MS = 10_000;
const CLEAR = "\r\x1b[2K";

export interface ProgressLine {
	report: Report;
	/** A line that stays. */
	log(line: string): void;
	clear(): void;
}

export interface Terminal {
	write(text: string): unknown;
	isTTY?: boolean;
}

export function createProgressLine(terminal: Terminal, now: () => number): ProgressLine {
	const isTerminal = terminal.isTTY === true;
	let step = { name: "", startedAt: 0, shownAt: 0 };
	const clear = (): void => {
		if (isTerminal) terminal.write(CLEAR);
	};
	return {
		report(progress) {
			const at = now();
			const isNew = progress.step !== step.name;
			const isEnd = progress.total > 0 && progress.done === progress.total;
			if (isNew) step = { name: progress.step, startedAt: at, shownAt: at };
			else if (!isEnd && at - step.shownAt < (isTerminal ? TERMINAL_MS : LOG_MS)) return;
			step.shownAt = at;
			const text = formatProgress(progress, at - step.startedAt);
			terminal.write(isTerminal ? CLEAR + text : `${text}\n`);
		},
		log(line) {
			clear();
			terminal.write(`${line}\n`);
		},
		clear,
	};
}

/** `counting objects 120/400, 3100 chunks, 60/s, 5 s left` */
export function formatProgress({ step, done, total, note }: Progress, elapsedMs: number): string {
	const count = total > 0 ? `${done}/${total}` : done > 0 ? String(done) : "";
	const parts = [[step, count].filter(Boolean).join(" ")];
	if (note !== undefined) parts.push(note);
	if (done > 0 && elapsedMs >= 1000) {
		const rate = (done * 1000) / elapsedMs;
		parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`);
		if (total > done) parts.push(`${Math.ceil((total - done) / rate)} s left`);
	}
	return parts.join(", ");
}
