// How much longer visitors take at an element than at controls like it, and how sure that is. Times count as their
// logarithms, so that half as long and twice as long are as far from as long; what is told is their ratio.

import { type Counted, reachOf, robustOfCounts } from "../statistics/robust.ts";
import { SIGMA_FLOOR } from "../thresholds.ts";

/** Of fewer sessions nothing is told. */
export const LEAST_TIMED = 10;

export interface Slowness {
	sessions: number;
	/** 2 is twice as long as at its like. */
	ratio: number;
	/** At 95 %. */
	lower: number;
	upper: number;
}

/** @param over ln of each time less that of its like, one of a session */
export function measureSlowness(over: readonly Counted[]): Slowness | undefined {
	const found = robustOfCounts(over);
	if (found.count < LEAST_TIMED) return undefined;
	// Times that are all the same are too good to be true: milliseconds are rounded, and the shortest are one.
	const scale = Math.max(SIGMA_FLOOR, found.scale);
	const reach = reachOf({ ...found, scale }) * widenOf(found.count);
	return {
		sessions: found.count,
		ratio: Math.exp(found.location),
		lower: Math.exp(found.location - reach),
		upper: Math.exp(found.location + reach),
	};
}

/**
 * Of few values a scatter is found too small (Croux and Rousseeuw 1992: n / (n − 0.8)), and is itself unsure (Student's
 * distribution, by the first term of its expansion: 1 + (z² + 1) / 4 (n − 1)).
 */
function widenOf(count: number): number {
	return (count / (count - 0.8)) * (1 + 4.84 / (4 * (count - 1)));
}
