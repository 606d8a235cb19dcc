// How sure a share is. Wilson's score interval, because the textbook one gives 0 ± 0 for 0 of 3 and leaves
// its bounds for small counts; Newcombe's (1998, method 10) for the difference of two shares, which is made
// of two of Wilson's.

/** Of the normal distribution, for 95 %. */
const Z = 1.959963984540054;

/** All between 0 and 1. */
export interface Interval {
	share: number;
	lower: number;
	upper: number;
}

/** Between -1 and 1, with the probability of such a difference by chance alone. */
export interface Difference extends Interval {
	p: number;
}

/** `part` of `whole`; of nothing anything may be true. @throws RangeError where `part` is not of `whole` */
export function wilson(part: number, whole: number): Interval {
	if (!(part >= 0 && part <= whole)) {
		throw new RangeError(`a share needs a part within its whole, got ${part} of ${whole}`);
	}
	if (whole === 0) return { share: 0, lower: 0, upper: 1 };
	const share = part / whole;
	const scale = 1 + Z ** 2 / whole;
	const middle = (share + Z ** 2 / (2 * whole)) / scale;
	const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / whole + Z ** 2 / (4 * whole ** 2));
	return {
		share,
		lower: part === 0 ? 0 : Math.max(0, middle - reach),
		upper: part === whole ? 1 : Math.min(1, middle + reach),
	};
}

/** Share of `b` less share of `a`, each `[part, whole]`. */
export function newcombe(a: readonly [number, number], b: readonly [number, number]): Difference {
	const [from, to] = [wilson(...a), wilson(...b)];
	const share = to.share - from.share;
	const lower = share - Math.hypot(to.share - to.lower, from.upper - from.share);
	const upper = share + Math.hypot(to.upper - to.share, from.share - from.lower);
	return { share, lower: Math.max(-1, lower), upper: Math.min(1, upper), p: chanceOf(a, b) };
}

/** Two-sided, of the pooled test of two shares. */
function chanceOf([a, n]: readonly [number, number], [b, m]: readonly [number, number]): number {
	const pooled = (a + b) / (n + m);
	const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
	if (!(spread > 0) || !Number.isFinite(spread)) return 1;
	return 2 * (1 - normalBelow(Math.abs(b / m - a / n) / spread));
}

/** Of the standard normal distribution (Abramowitz and Stegun 26.2.17), to 7.5e-8. */
function normalBelow(z: number): number {
	const t = 1 / (1 + 0.2316419 * z);
	const terms = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
	const tail = terms.reduceRight((sum, term) => (sum + term) * t, 0);
	return 1 - (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
