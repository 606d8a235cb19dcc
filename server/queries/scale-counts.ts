// A part of what was counted → counts that stand for all of it. What rounding takes from one count is carried on to
// the next, so that the sum is right without a look at which lost most: there are a hundred thousand of them.

/** @returns counts that add up to `total`, each within one of its share; those that stand for nothing vanish */
export function scaleCounts(
	counts: ReadonlyMap<number, number>,
	total: number,
): Map<number, number> {
	let sum = 0;
	for (const count of counts.values()) sum += count;
	if (sum === 0 || sum === total) return new Map(counts);
	const scaled = new Map<number, number>();
	let read = 0;
	let given = 0;
	for (const [key, count] of counts) {
		read += count;
		const whole = Math.round((read * total) / sum) - given;
		given += whole;
		if (whole > 0) scaled.set(key, whole);
	}
	return scaled;
}
