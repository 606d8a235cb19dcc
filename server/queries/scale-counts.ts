// A part of what was counted → counts that stand for all of it. What rounding takes from one count is carried on to
// the next, so that the sum is right without a look at which lost most: there are a hundred thousand of them.

/** @returns in the same order, counts that add up to `total`, each within one of its share; none is made of none */
export function scaleCounts(counts: readonly number[], total: number): number[] {
	const sum = counts.reduce((all, count) => all + count, 0);
	let read = 0;
	let given = 0;
	return counts.map((count) => {
		read += count;
		const whole = sum === 0 ? 0 : Math.round((read * total) / sum) - given;
		given += whole;
		return whole;
	});
}
