// The longest rising subsequence (patience sorting; Fredman 1975): of the children of a node those that can
// stay where they are, so that as few as possible are moved.

/**
 * @param places a number for each item, -1 for those that are left out; no other number twice
 * @returns indices of items whose numbers rise, as many as there are, in order
 */
export function findRising(places: readonly number[]): number[] {
	/** Index of the item with which a run of this length ends lowest. */
	const ends: number[] = [];
	const before: number[] = [];
	for (const [index, place] of places.entries()) {
		if (place < 0) continue;
		let [low, high] = [0, ends.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((places[ends[middle] ?? 0] ?? 0) < place) low = middle + 1;
			else high = middle;
		}
		before[index] = ends[low - 1] ?? -1;
		ends[low] = index;
	}
	const rising: number[] = [];
	for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) rising.push(at);
	return rising.reverse();
}
