// What was done in each field of a page view, in all: a field is told of at every blur, every attempt and every time
// the page went out of sight.
import type { FieldSeen, Seen } from "../observation.ts";

export interface FieldSum {
	/** In the order of time. */
	parts: [FieldSeen, ...FieldSeen[]];
	edits: number;
	deletions: number;
	emptied: number;
}

export function sumFields({ field }: Seen): FieldSum[] {
	const sums = new Map<string, FieldSum>();
	for (const one of field) {
		const { edits, deletions, emptied } = one;
		const name = `${one.view.stream} ${one.view.number} ${one.element.number}`;
		const known = sums.get(name);
		if (known === undefined) {
			sums.set(name, { parts: [one], edits, deletions, emptied });
			continue;
		}
		known.parts.push(one);
		known.edits += edits;
		known.deletions += deletions;
		known.emptied += emptied;
	}
	return [...sums.values()];
}
