// An answer has so many bins at most. Elements with more than their share are told on a coarser grid: cells
// join, counts stay. Small elements keep their bins, since theirs is not where the many are.
import { BINS } from "../../protocol/limits.ts";

export const MOST_BINS = 50_000;
/** Bins to a side of a cell, and how many cells an element can have then. */
const GRIDS = [2, 4, 8, 16, 32, 64].map((side) => ({ side, cells: (BINS / side) ** 2 }));

/** Which share of all bins an element may have, by how many each has. */
export function findShare(lengths: readonly number[], most = MOST_BINS): number {
	let share = Number.POSITIVE_INFINITY;
	if (lengths.reduce((sum, length) => sum + length, 0) <= most) return share;
	share = most / lengths.length;
	// What small ones leave is for the others.
	for (let round = 0; round < 8; round++) {
		const small = lengths.filter((length) => length <= share);
		const rest = most - small.reduce((sum, length) => sum + length, 0);
		if (small.length === lengths.length) break;
		share = rest / (lengths.length - small.length);
	}
	return share;
}

/** @param bins bin (column × 64 + row) → count */
export function capBins(bins: ReadonlyMap<number, number>, share: number): Map<number, number> {
	const grid = GRIDS.find(({ cells }) => cells <= share) ?? GRIDS.at(-1);
	if (bins.size <= share || grid === undefined) return new Map(bins);
	const { side } = grid;
	const middle = (at: number) => Math.floor(at / side) * side + side / 2;
	const joined = new Map<number, number>();
	for (const [bin, count] of bins) {
		const cell = middle(Math.floor(bin / BINS)) * BINS + middle(bin % BINS);
		joined.set(cell, (joined.get(cell) ?? 0) + count);
	}
	return joined;
}
