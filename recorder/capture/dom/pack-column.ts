// Values by node as they travel: sorted by the number of the node, so that the numbers become small
// differences, and a value that stands there already is named by its position.
import type { PackedColumn } from "../../../protocol/packed-event.ts";

export function createColumn(rows: [id: number, value: unknown][]): PackedColumn {
	rows.sort(([a], [b]) => a - b);
	const places = new Map<unknown, number>();
	const values = rows.map(([, value], place) => {
		const before = places.get(value);
		if (before === undefined) places.set(value, place);
		return before ?? value;
	});
	return [takeDifferences(rows.map(([id]) => id)), values];
}

/** Each number less the one before it. */
export function takeDifferences(numbers: readonly number[]): number[] {
	return numbers.map((number, at) => number - (numbers[at - 1] ?? 0));
}
