// A mutation of many thousand nodes, as a page that fills a large table in one task sends it, blocks a
// player until all of them stand. As several events of the same instant it can be played bit by bit. It is
// split only where the parts do the same as the whole: each add of a later part finds its parent and its
// next sibling already there, and what refers to all nodes comes with the last part. Only an add that a
// browser refuses, which no recorder sends, ends its own part alone instead of all that follow.

import type { RawEvent } from "./scrub.ts";
import { type Fields, isRecord, recordsOf } from "./scrub-node.ts";

/** About 150 ms of replay. */
const ADDS_MAX = 5_000;

/**
 * @returns the parts in order; the event itself where it is small or its adds depend on later ones, which
 * only the replayer can sort out
 */
export function splitGiant(event: RawEvent): RawEvent[] {
	const { data } = event;
	if (event.type !== 3 || !isRecord(data) || data.source !== 0) return [event];
	const adds = recordsOf(data.adds);
	if (adds.length <= ADDS_MAX || !isInOrder(adds)) return [event];
	const count = Math.ceil(adds.length / ADDS_MAX);
	return Array.from({ length: count }, (_, part) => {
		const own = adds.slice(part * ADDS_MAX, (part + 1) * ADDS_MAX);
		const isFirst = part === 0;
		const isLast = part === count - 1;
		const split: Fields = {
			...data,
			adds: own,
			removes: isFirst ? data.removes : [],
			texts: isLast ? data.texts : [],
			attributes: isLast ? data.attributes : [],
		};
		return { ...event, data: split };
	});
}

/**
 * Whether no add names a node that only a later one brings. Nodes that none of them brings are in the page
 * or they are not, before and after. A node that comes twice is left to the replayer as well.
 */
function isInOrder(adds: readonly Fields[]): boolean {
	const later = new Set<unknown>();
	for (const { node } of adds) {
		const id = isRecord(node) ? node.id : undefined;
		if (later.has(id)) return false;
		later.add(id);
	}
	for (const { node, parentId, nextId, previousId } of adds) {
		if ([parentId, nextId, previousId].some((id) => id !== null && later.has(id))) return false;
		if (isRecord(node)) later.delete(node.id);
	}
	return true;
}
