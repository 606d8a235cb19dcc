// A quantile of values as they are, by linear interpolation (Hyndman and Fan 1996, type 7: what R and
// NumPy give when nothing else is said).

/** @param share 0 to 1. Of nothing it is NaN. */
export function quantileOf(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const place = (sorted.length - 1) * share;
	const low = Math.floor(place);
	const [below = Number.NaN, above = below] = [sorted[low], sorted[low + 1]];
	return below + (place - low) * (above - below);
}
