// What a keyframe says behind its snapshot, by node: state that has no place in a tree. Some of it can be
// set anew at any time, some can only be had by a new element, and some belongs to the page as a
// whole, which then has to be the same at both instants.
import type { TreeChange } from "./difference-tree.ts";
import type { RawEvent } from "./scrub.ts";
import { type Fields, isRecord, recordsOf } from "./scrub-node.ts";

export interface States {
	/** Of the page as a whole, as text. */
	whole: string;
	/** Ids that are named by what belongs to the whole: these nodes stay as they are. */
	fixed: ReadonlySet<unknown>;
	/** Changes of single properties, in order. */
	styles: ReadonlyMap<number, Fields[]>;
	/** Attributes that a snapshot would read as something else. */
	late: ReadonlyMap<number, Fields>;
	/** Of `style` elements. */
	rules: ReadonlyMap<number, Fields[]>;
	/** What was typed, ticked and chosen, in order, with what has to stand around it. */
	inputs: readonly Fields[];
	/** Whether some input stands among others that it needs. */
	isEntangled: boolean;
	typed: ReadonlySet<number>;
	media: ReadonlyMap<number, Fields>;
	scrolls: ReadonlyMap<number, { x: number; y: number }>;
	pointer: readonly Fields[];
}

const INCREMENTAL = 3;

const MUTATION = 0;
const MOUSE_MOVE = 1;
const MOUSE_INTERACTION = 2;
const SCROLL = 3;
const INPUT = 5;
const TOUCH_MOVE = 6;
const MEDIA_INTERACTION = 7;
const STYLE_RULE = 8;
const STYLE_DECLARATION = 13;
const SELECTION = 14;

/** @param events of a keyframe; they are not changed */
export function readStates(events: readonly RawEvent[]): States {
	const whole: Fields[] = [];
	const styles = new Map<number, Fields[]>();
	const late = new Map<number, Fields>();
	const rules = new Map<number, Fields[]>();
	const media = new Map<number, Fields>();
	const scrolls = new Map<number, { x: number; y: number }>();
	const inputs: Fields[] = [];
	const pointer: Fields[] = [];
	let isEntangled = false;
	for (const { type, data } of events) {
		if (type !== INCREMENTAL || !isRecord(data)) continue;
		const id = Number(data.id);
		switch (data.source) {
			case MUTATION:
				if (!isOfAttributes(data)) whole.push(data);
				else if (isOfInput(data)) {
					isEntangled = true;
					inputs.push(data);
				} else readAttributes(data, { styles, late });
				break;
			case INPUT:
				inputs.push(data);
				break;
			case SCROLL:
				scrolls.set(id, { x: Number(data.x), y: Number(data.y) });
				break;
			case MEDIA_INTERACTION:
				media.set(id, data);
				break;
			case STYLE_RULE:
			case STYLE_DECLARATION:
				if (data.styleId) whole.push(data);
				else push(rules, id, data);
				break;
			case MOUSE_MOVE:
			case TOUCH_MOVE:
			case MOUSE_INTERACTION:
			case SELECTION:
				pointer.push(data);
				break;
			default:
				whole.push(data);
		}
	}
	const typed = new Set(
		inputs.filter(({ source }) => source === INPUT).map(({ id }) => Number(id)),
	);
	return {
		...{ whole: JSON.stringify(whole), fixed: idsOf(whole), styles, late, rules, inputs },
		...{ isEntangled, typed, media, scrolls, pointer },
	};
}

/** Whether all that cannot be changed for a single node is the same. */
export function isSameStates(before: States, after: States): boolean {
	if (before.whole !== after.whole) return false;
	// The pointer and a selection can be moved, but not taken away.
	const kinds = new Set(after.pointer.map(({ source, type }) => `${source} ${type}`));
	if (before.pointer.some(({ source, type }) => !kinds.has(`${source} ${type}`))) return false;
	if (!before.isEntangled && !after.isEntangled) return true;
	return isSame(before.inputs, after.inputs);
}

/** Whether an element that was in one state can be brought to the other; else it is made anew. */
export function canChange(id: number, before: States, after: States): boolean {
	if (before.typed.has(id) && !after.typed.has(id)) return false;
	if (before.media.has(id) && !after.media.has(id)) return false;
	return (
		isSame(before.late.get(id), after.late.get(id)) &&
		isSame(before.rules.get(id), after.rules.get(id))
	);
}

/** Whether what is not in the tree, because it stands in a frame, can stay as it is. */
export function isSameElsewhere(
	before: States,
	after: States,
	isInTree: (id: number) => boolean,
): boolean {
	const kinds = (["styles", "late", "rules", "typed", "media"] as const).flatMap((kind) => [
		...before[kind].keys(),
		...after[kind].keys(),
	]);
	return kinds.every(
		(id) => isInTree(id) || (canChange(id, before, after) && isSameStyle(id, before, after)),
	);
}

/** Whether a node is nothing but what its tree says. */
export function isPlain(id: number, states: States): boolean {
	const { styles, late, rules, typed, media, scrolls } = states;
	return ![styles, late, rules, typed, media, scrolls].some((kind) => kind.has(id));
}

export function isSameStyle(id: number, before: States, after: States): boolean {
	return isSame(before.styles.get(id), after.styles.get(id));
}

/** @returns the data of events that bring the changed nodes to their states, in order */
export function encodeStates(before: States, after: States, { made }: TreeChange): Fields[] {
	const attributes: Fields[] = [];
	for (const [id, late] of after.late) if (made.has(id)) attributes.push({ id, attributes: late });
	for (const [id, changes] of after.styles) {
		if (!made.has(id) && isSameStyle(id, before, after)) continue;
		for (const style of changes) attributes.push({ id, attributes: { style } });
	}
	const mutation = { source: MUTATION, texts: [], attributes, removes: [], adds: [] };
	return [
		...(attributes.length === 0 ? [] : [mutation]),
		...[...after.rules].flatMap(([id, changes]) => (made.has(id) ? changes : [])),
		...after.inputs,
		...[...after.media].flatMap(([id, state]) =>
			made.has(id) || !isSame(before.media.get(id), state) ? [state] : [],
		),
		...after.pointer,
	];
}

function isOfAttributes({ adds, removes, texts }: Fields): boolean {
	return [adds, removes, texts].every((list) => recordsOf(list).length === 0);
}

/** A value that is written for the sake of an input: see `fold-tail.ts`. */
function isOfInput({ attributes }: Fields): boolean {
	const first = recordsOf(attributes)[0]?.attributes;
	return isRecord(first) && "value" in first;
}

function readAttributes(
	data: Fields,
	into: { styles: Map<number, Fields[]>; late: Map<number, Fields> },
): void {
	for (const { id, attributes } of recordsOf(data.attributes)) {
		if (!isRecord(attributes)) continue;
		const { style } = attributes;
		if (isRecord(style)) push(into.styles, Number(id), style);
		else into.late.set(Number(id), attributes);
	}
}

function idsOf(whole: readonly Fields[]): Set<unknown> {
	const ids = new Set<unknown>();
	for (const data of whole) {
		if (data.id !== undefined) ids.add(data.id);
		for (const list of [data.adds, data.removes, data.texts]) {
			for (const { id, parentId, nextId } of recordsOf(list)) {
				for (const each of [id, parentId, nextId]) if (typeof each === "number") ids.add(each);
			}
		}
	}
	return ids;
}

function push(map: Map<number, Fields[]>, id: number, value: Fields): void {
	const list = map.get(id);
	if (list === undefined) map.set(id, [value]);
	else list.push(value);
}

function isSame(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
