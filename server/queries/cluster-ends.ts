// Widths at which a site's style sheets change → the ends of its viewport groups. Those that lie close to
// each other are one, written differently: the one that decides most rules stands for them. Pure.

const CLOSE_PX = 16;
const LEAST_RULES = 2;
const MOST_ENDS = 5;

/** @returns rising, more than 16 px from each other; none where the site says too little */
export function clusterEnds(rules: Iterable<readonly [width: number, rules: number]>): number[] {
	const left = [...rules].sort(([a, moreA], [b, moreB]) => moreB - moreA || a - b);
	const ends: { width: number; rules: number }[] = [];
	for (const [width, count] of left) {
		const near = ends.filter((end) => Math.abs(end.width - width) <= CLOSE_PX);
		// Of two within reach the nearer one, of two as near the smaller one.
		near.sort((a, b) => Math.abs(a.width - width) - Math.abs(b.width - width) || a.width - b.width);
		if (near[0] === undefined) ends.push({ width, rules: count });
		else near[0].rules += count;
	}
	return ends
		.filter((end) => end.rules >= LEAST_RULES)
		.sort((a, b) => b.rules - a.rules || a.width - b.width)
		.slice(0, MOST_ENDS)
		.map(({ width }) => width)
		.sort((a, b) => a - b);
}
