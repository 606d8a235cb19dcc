// What recording may cost a page: a balance of milliseconds of its main thread that fills by itself and is
// spent by all that we do. In debt we do less, a step at a time, until it is paid: changes are told
// together, then slowly, then facts alone are, then nothing. A balance rather than an average over some
// window: a large snapshot is a debt that is paid off, and steady small work is none.
//
// The share and the longest task are `DESIGN.md`, Budgets.

/** Everything · changes come together · changes come slowly · facts alone · nothing. */
export type Step = 0 | 1 | 2 | 3 | 4;

export interface Governor {
	/** We have kept the main thread this long, in ms. */
	spend(ms: number): void;
	step(): Step;
	/** Calls back where the step has changed; while nothing is recorded nobody else would ask. */
	look(): void;
}

const SHARE = 0.015;
const LONG_TASK_MS = 50;
/** What is above the longest task costs as much more. */
const LONG_TASK_PRICE = 4;
/** For the beginning, and the most that can be saved. */
const MOST_MS = 300;
/** Debts at which a step is taken, ms. */
const DEBTS = [0, 300, 1000, 2000];
/** A step is taken back only when so much less is owed. */
const PAID_MS = 100;

/** @param clock monotonic milliseconds */
export function createGovernor(clock: () => number, onStep: (step: Step) => void): Governor {
	let balance = MOST_MS;
	let at = clock();
	let step: Step = 0;

	const look = (): void => {
		const now = clock();
		balance = Math.min(MOST_MS, balance + (now - at) * SHARE);
		at = now;
		const owed = DEBTS.filter((debt) => balance < -debt).length;
		const unpaid = DEBTS.filter((debt) => balance < PAID_MS - debt).length;
		const next = (owed > step ? owed : Math.min(step, unpaid)) as Step;
		if (next === step) return;
		step = next;
		onStep(step);
	};
	return {
		spend(ms) {
			balance -= ms + Math.max(0, ms - LONG_TASK_MS) * LONG_TASK_PRICE;
			// Most of the time nothing is owed, and nothing else is to be found out.
			if (balance < 0 || step > 0) look();
		},
		step: () => step,
		look,
	};
}
