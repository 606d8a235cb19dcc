// A part of what was counted → counts that stand for all of it. Each is rounded down, and what is left goes
// to those that lost most, so that the sum is right; a cell that stands for less than a half can vanish.

/** @returns counts that add up to `total`, in the same proportions; the lower key wins where two lost the same */
export function scaleCounts(
	counts: ReadonlyMap<number, number>,
	total: number,
): Map<number, number> {
	const sum = [...counts.values()].reduce((all, count) => all + count, 0);
	if (sum === 0 || sum === total) return new Map(counts);
	const parts = [...counts].map(([key, count]) => {
		const exact = (count * total) / sum;
		return { key, whole: Math.floor(exact), lost: exact - Math.floor(exact) };
	});
	let left = total - parts.reduce((all, { whole }) => all + whole, 0);
	for (const part of parts.toSorted((a, b) => b.lost - a.lost || a.key - b.key)) {
		if (left <= 0) break;
		part.whole++;
		left--;
	}
	return new Map(parts.filter(({ whole }) => whole > 0).map(({ key, whole }) => [key, whole]));
}
