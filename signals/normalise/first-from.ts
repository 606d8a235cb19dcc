// Where in a sorted list an instant begins.

/** Index of the first item at `at` or later; the length of the list where there is none. */
export function firstFrom(times: readonly number[], at: number): number;
export function firstFrom<T>(items: readonly T[], at: number, timeOf: (item: T) => number): number;
export function firstFrom<T>(
	items: readonly T[],
	at: number,
	timeOf?: (item: T) => number,
): number {
	let [low, high] = [0, items.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const item = items[middle] as T;
		if ((timeOf === undefined ? Number(item) : timeOf(item)) < at) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Is there one between two instants, both included, for which it holds? */
export function someBetween<T extends { at: number }>(
	items: readonly T[],
	[from, to]: readonly [from: number, to: number],
	holds: (item: T) => boolean,
): boolean {
	for (let index = firstFrom(items, from, ({ at }) => at); index < items.length; index++) {
		const item = items[index] as T;
		if (item.at > to) return false;
		if (holds(item)) return true;
	}
	return false;
}
