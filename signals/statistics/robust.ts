// Where values lie and how far they scatter, when some of them are of another kind: one visitor who went for
// coffee must not move what is usual. The median and the median of the distances from it, because up to half
// of the values may be wrong before they are; Huber's and Qn's estimates need fewer values for the same
// precision, which a shrunken baseline does not lack.
import { quantileOf } from "./quantile.ts";

/** Makes the median distance that of the normal distribution's standard deviation (Rousseeuw and Croux 1993). */
export const MAD_TO_SIGMA = 1.4826;
/** Of a median, for normal values: √(π/2) times that of a mean. */
const MEDIAN_ERROR = Math.sqrt(Math.PI / 2);
/** Of the normal distribution, for 95 %. */
const Z = 1.959963984540054;

/** `scale` estimates the standard deviation of the values that are of one kind. */
export interface Robust {
	count: number;
	location: number;
	scale: number;
}

export function median(values: readonly number[]): number {
	return quantileOf(values, 0.5);
}

/** Of nothing, location and scale are NaN. */
export function robust(values: readonly number[]): Robust {
	const location = median(values);
	const scale = MAD_TO_SIGMA * median(values.map((value) => Math.abs(value - location)));
	return { count: values.length, location, scale };
}

/** A value, and how often it was there. */
export type Counted = readonly [value: number, count: number];

/** The same of values that were counted; `robust` of as many values. */
export function robustOfCounts(counted: readonly Counted[]): Robust {
	const location = medianOfCounts(counted);
	const distances = counted.map(([value, n]): Counted => [Math.abs(value - location), n]);
	const count = counted.reduce((sum, [, n]) => sum + n, 0);
	return { count, location, scale: MAD_TO_SIGMA * medianOfCounts(distances) };
}

function medianOfCounts(counted: readonly Counted[]): number {
	const sorted = counted.filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
	const count = sorted.reduce((sum, [, n]) => sum + n, 0);
	const at = (place: number): number => {
		let left = place;
		for (const [value, n] of sorted) {
			if (left < n) return value;
			left -= n;
		}
		return Number.NaN;
	};
	return (at((count - 1) >> 1) + at(count >> 1)) / 2;
}

/** How far to either side of a location the true one may lie, at 95 %; for 20 values and more. */
export function reachOf({ count, scale }: Robust): number {
	return count === 0 ? Number.POSITIVE_INFINITY : (Z * MEDIAN_ERROR * scale) / Math.sqrt(count);
}
