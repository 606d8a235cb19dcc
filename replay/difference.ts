// From one instant of a document to another without building it anew: what has to be done to the page that
// stands there. Both instants come as keyframes, so their pages are trees whose ids are the recorder's own,
// and how they were reached does not matter: back in time goes as well as forward.
//
// Elements that were exchanged for others of their kind, as the rows of a list are, are not removed and made
// again: they are *renamed* and told what differs. A browser then keeps their styles and boxes, which
// is most of the work of a seek. Whatever cannot be changed in place for certain (the document itself,
// frames, sheets of scripts) is left to a rebuild.

import { encodeStates, isSameStates, readStates, type States } from "./difference-states.ts";
import { compareTrees, type TreeChange } from "./difference-tree.ts";
import { DOCUMENT } from "./fold-tree.ts";
import type { RawEvent } from "./scrub.ts";
import { type Fields, isRecord } from "./scrub-node.ts";

export interface Difference {
	/** Nodes that become others, in place: the id they have, and what they are then. */
	renames: { from: number; node: Fields }[];
	/** Incremental events, to be applied in this order behind the renames. */
	events: RawEvent[];
	/** Offsets that have to be set once the page is laid out, of the page and of elements. */
	scrolls: { id: number; x: number; y: number }[];
}

const META = 4;
const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const MUTATION = 0;
const VIEWPORT_RESIZE = 4;
/** Nodes that are made one by one by the replayer, in one task: about 10 µs each. */
const ADDS_MAX = 6_000;

/**
 * @param before keyframe (Meta, full snapshot, tail) of the page as it stands; it is not changed
 * @param after keyframe of the page as it shall be, of the same document
 * @param at of the events, epoch ms
 * @returns undefined where the page has to be built anew
 */
export function findDifference(
	before: readonly RawEvent[],
	after: readonly RawEvent[],
	at: number,
): Difference | undefined {
	const [from, to] = [readPage(before), readPage(after)];
	if (from === undefined || to === undefined) return undefined;
	const states = { before: readStates(before), after: readStates(after) };
	if (!isSameStates(states.before, states.after)) return undefined;
	const change = compareTrees(from.node, to.node, states);
	if (change === undefined || change.adds.length > ADDS_MAX) return undefined;
	if (touches(change, states.before.fixed) || touches(change, states.after.fixed)) return undefined;
	const { removes, adds, texts, attributes } = change;
	const own = removes.length + adds.length + texts.length + attributes.length;
	const data = [
		...(isSameSize(from.meta, to.meta) ? [] : [resize(to.meta)]),
		...(own === 0 ? [] : [{ source: MUTATION, removes, adds, texts, attributes }]),
		...encodeStates(states.before, states.after, change),
	];
	return {
		renames: change.renames,
		events: data.map((each) => ({ type: INCREMENTAL, data: each, timestamp: at })),
		scrolls: listScrolls(states.before, states.after, change),
	};
}

interface PageAt {
	meta: Fields;
	node: Fields;
}

function readPage(events: readonly RawEvent[]): PageAt | undefined {
	const meta = events.find(({ type }) => type === META)?.data;
	const snapshot = events.find(({ type }) => type === FULL_SNAPSHOT)?.data;
	if (!isRecord(meta) || !isRecord(snapshot) || !isRecord(snapshot.node)) return undefined;
	return snapshot.node.type === DOCUMENT ? { meta, node: snapshot.node } : undefined;
}

function isSameSize(a: Fields, b: Fields): boolean {
	return a.width === b.width && a.height === b.height;
}

function resize({ width, height }: Fields): Fields {
	return { source: VIEWPORT_RESIZE, width, height };
}

/** Whether nodes are concerned that are named by what stays as it is, or stand beside them. */
function touches(change: TreeChange, fixed: ReadonlySet<unknown>): boolean {
	const { made, gone, renames, adds, removes } = change;
	if (fixed.size === 0) return false;
	const isFixed = (id: unknown) => fixed.has(id);
	return (
		[...made].some(isFixed) ||
		[...gone].some(isFixed) ||
		renames.some(({ from, node }) => isFixed(from) || isFixed(node.id)) ||
		[...adds, ...removes].some(({ parentId }) => isFixed(parentId))
	);
}

/** All of them: a browser takes offsets back where a page becomes shorter. */
function listScrolls(before: States, after: States, { gone }: TreeChange): Difference["scrolls"] {
	const scrolls = new Map<number, { x: number; y: number }>();
	for (const id of before.scrolls.keys()) if (!gone.has(id)) scrolls.set(id, { x: 0, y: 0 });
	for (const [id, offset] of after.scrolls) scrolls.set(id, offset);
	return [...scrolls].map(([id, { x, y }]) => ({ id, x, y }));
}
