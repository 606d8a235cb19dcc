/** The smallest value that at least this share of the values does not exceed; NaN of none. */
export function findQuantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function findMedian(values: readonly number[]): number {
	return findQuantile(values, 0.5);
}
