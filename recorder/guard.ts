// The one guard: every callback of ours that the browser calls goes through it. Nothing is
// ever thrown into the page; errors are counted, and after too many of them the recorder goes quiet.
// It also takes the time, so that the price of recording travels with the recording.

const QUIET_AFTER_ERRORS = 20;

export interface Guard {
	/** The same function, timed, giving undefined where it would have thrown. */
	wrap<A extends unknown[], R>(callback: (...args: A) => R): (...args: A) => R | undefined;
	/** Counts an error that was caught elsewhere. */
	count(): void;
	errors(): number;
	/** Milliseconds of the main thread so far. */
	cost(): { totalMs: number; longestMs: number };
	/** A new stream begins: cost and errors are its own. Quiet stays quiet. */
	restart(): void;
}

/**
 * @param clock monotonic milliseconds
 * @param onQuiet called once, when the guard stops calling anything
 * @param onCost told after each outermost call how long it kept the main thread, in ms
 */
export function createGuard(
	clock: () => number,
	onQuiet: () => void,
	onCost: (ms: number) => void = () => {},
): Guard {
	let errors = 0;
	let errorsBefore = 0;
	let totalMs = 0;
	let longestMs = 0;
	let depth = 0;

	const count = (): void => {
		if (++errors === QUIET_AFTER_ERRORS) attempt(onQuiet);
	};
	/** The clock, the timers and whatever else hears of it may be the page's own by now. */
	const attempt = (work: () => void): void => {
		try {
			work();
		} catch {
			count();
		}
	};

	return {
		wrap:
			(callback) =>
			(...args) => {
				if (errors >= QUIET_AFTER_ERRORS) return undefined;
				let begin = 0;
				depth++;
				try {
					if (depth === 1) begin = clock();
					return callback(...args);
				} catch {
					count();
					return undefined;
				} finally {
					// Only the outermost call is timed: guarded calls run inside guarded calls.
					if (--depth === 0) {
						attempt(() => {
							const ms = clock() - begin;
							totalMs += ms;
							longestMs = Math.max(longestMs, ms);
							onCost(ms);
						});
					}
				}
			},
		count,
		errors: () => errors - errorsBefore,
		cost: () => ({ totalMs: round(totalMs), longestMs: round(longestMs) }),
		restart() {
			errorsBefore = errors;
			totalMs = 0;
			longestMs = 0;
		},
	};
}

function round(ms: number): number {
	return Math.round(ms * 10) / 10;
}
