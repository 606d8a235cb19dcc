// When the index is brought up to date: at the start, every ten minutes, a second after it failed, and
// soon after something is known to be missing.
import { StartError } from "../errors.ts";

const REPAIR_MS = 10 * 60 * 1000;
const REPAIR_RETRY_MS = 1000;

export interface RepairSchedule {
	/** Resolves when the first repair is done; rejects with a StartError where none ever can be. */
	first: Promise<void>;
	start(): void;
	/** Something is missing that the next repair would find. */
	soon(): void;
	stop(): void;
}

/** @param repair rejects where it is to be tried again; with a StartError where that is of no use */
export function scheduleRepairs(
	repair: () => Promise<void>,
	log: (line: string) => void,
): RepairSchedule {
	let timer: NodeJS.Timeout | undefined;
	let isRunning = false;
	let isWanted = false;
	let isStopped = false;
	let said = "";
	let settle = { done: () => {}, fail: (_: unknown) => {} };
	const first = new Promise<void>((done, fail) => {
		settle = { done, fail };
	});
	// Whoever waits for it hears of a failure; until somebody does, it is not an unhandled one.
	first.catch(() => {});
	const schedule = (ms: number): void => {
		clearTimeout(timer);
		if (!isStopped && !isRunning) timer = setTimeout(run, ms);
	};
	const run = async (): Promise<void> => {
		isRunning = true;
		isWanted = false;
		let next = REPAIR_MS;
		try {
			await repair();
			settle.done();
			said = "";
		} catch (error) {
			next = REPAIR_RETRY_MS;
			if (error instanceof StartError) settle.fail(error);
			else if (!isStopped) say(`the index cannot be brought up to date yet: ${String(error)}`);
		}
		isRunning = false;
		schedule(isWanted ? REPAIR_RETRY_MS : next);
	};
	/** It is tried every second, which the log need not tell. */
	const say = (line: string): void => {
		if (line !== said) log(line);
		said = line;
	};
	return {
		first,
		start: () => void run(),
		soon: () => {
			// Asked for again and again it must not be put off again and again.
			if (!isWanted) schedule(REPAIR_RETRY_MS);
			isWanted = true;
		},
		stop: () => {
			isStopped = true;
			clearTimeout(timer);
		},
	};
}
