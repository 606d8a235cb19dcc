// Events as they travel: what there is most of (trees, changes of them, pointer positions) is packed into
// arrays, anything else stays the object that it is in rrweb's format. Packed, a session is about half as
// many bytes after compression, and less work for the page that it is recorded in. Numbers of nodes are
// what costs: inside a tree they are not written, because nodes are numbered in the order of telling.
//
//   [2, at, left, top, first, document, 1?]                     full snapshot; 1: more of it follows
//   [3, at, removes, adds, texts, attributes]                   mutation; trailing empty lists are left out
//   [4, at, frame, first, document]                             what a frame holds
//   [5, at, isTouch, ms, x, y, node, ms, x, y, node …]          pointer positions, each as a difference
//   [6, at, node, x, y]                                         scroll
//
//   removes     [[parent, node, node …] …]
//   adds        [[parent, next or 0, root or 0, first, tree, tree …] …]   siblings, in their order
//   texts       [nodes, values]
//   attributes  [[name, nodes, values] …]
//   tree        "text" | [tag, {attribute: value}?, tree …]
//
// `first` is the number of a tree's first node; those in it follow by one each, parents before their
// children. A negative parent: the shadow tree of that node. Lists of nodes are differences from the one
// before. A number among `values` is the position of an equal value before it. Behind a tag's name and a
// blank stand `s` (SVG), `c` (custom element), `b` (blocked). `#document`, `#doctype` and `#cdata` are what
// they are called, `#shadow` holds the shadow tree of its parent, `#css` a text put into a known style.

export const PACKED_SNAPSHOT = 2;
export const PACKED_MUTATION = 3;
export const PACKED_FRAME = 4;
export const PACKED_MOVES = 5;
export const PACKED_SCROLL = 6;

/** Tag of rrweb's custom event behind the last part of a document that was too large for its snapshot. */
export const SNAPSHOT_COMPLETE = "snag.complete";

/** An event in rrweb's format. */
export interface RrwebEvent {
	type: number;
	/** Epoch ms. */
	timestamp: number;
	data: unknown;
}

export type PackedTree = string | PackedElement;
export type PackedElement = [tag: string, ...(PackedTree | Record<string, unknown>)[]];
export type PackedAdds = [
	parent: number,
	next: number,
	root: number,
	first: number,
	...trees: PackedTree[],
];
export type PackedAttributes = [name: string, ...column: PackedColumn];
export type PackedColumn = [nodes: number[], values: unknown[]];

interface RrwebNode {
	type: number;
	id: number;
	rootId?: number;
	childNodes?: RrwebNode[];
	[field: string]: unknown;
}

/** Where a tree is told. */
interface Place {
	rootId: number;
	isShadow: boolean;
	isStyle: boolean;
}

const MUTATION_SOURCE = 0;
const MOVE_SOURCE = 1;
const SCROLL_SOURCE = 3;
const TOUCH_MOVE_SOURCE = 6;

/**
 * An item of a list of events → the event in rrweb's format. What is no packed event comes back as it is.
 *
 * @throws TypeError where a packed event is not of its form
 */
export function unpackEvent(item: unknown): unknown {
	if (!Array.isArray(item)) return item;
	const [code, timestamp, ...rest] = item;
	const unpack = UNPACK[numberOf(code)];
	if (unpack === undefined) throw new TypeError(`there is no packed event ${code}`);
	const type = code === PACKED_SNAPSHOT ? 2 : 3;
	return { type, timestamp: numberOf(timestamp), data: unpack(rest) };
}

const UNPACK: Readonly<Record<number, (rest: unknown[]) => object>> = {
	[PACKED_SNAPSHOT]: ([left, top, first, tree, more]) => ({
		node: nest(tree, createNumbers(first), { rootId: 0, isShadow: false, isStyle: false }),
		initialOffset: { left: numberOf(left), top: numberOf(top) },
		...(more === 1 && { isPartial: true }),
	}),
	[PACKED_MUTATION]: ([removes = [], adds = [], texts = [], attributes = []]) => ({
		...{ source: MUTATION_SOURCE, texts: unpackTexts(texts) },
		attributes: unpackAttributes(attributes),
		removes: listOf(removes).flatMap(unpackRemoves),
		adds: listOf(adds).flatMap(unpackAdds),
	}),
	[PACKED_FRAME]: ([frame, first, tree]) => {
		const rootId = numberOf(first);
		const node = nest(tree, createNumbers(first), { rootId, isShadow: false, isStyle: false });
		delete node.rootId;
		return {
			...{ source: MUTATION_SOURCE, texts: [], attributes: [], removes: [] },
			adds: [{ parentId: numberOf(frame), nextId: null, node }],
			isAttachIframe: true,
		};
	},
	[PACKED_MOVES]: ([isTouch, ...deltas]) => ({
		source: isTouch === 1 ? TOUCH_MOVE_SOURCE : MOVE_SOURCE,
		positions: unpackMoves(deltas.map(numberOf)),
	}),
	[PACKED_SCROLL]: ([id, x, y]) => ({
		...{ source: SCROLL_SOURCE, id: numberOf(id), x: numberOf(x), y: numberOf(y) },
	}),
};

function unpackRemoves(group: unknown): object[] {
	const [parent, ...deltas] = listOf(group);
	return unpackNodes(deltas).map((id) => ({
		...{ parentId: Math.abs(numberOf(parent)), id },
		...(numberOf(parent) < 0 && { isShadow: true }),
	}));
}

/** Flat and later siblings first, as rrweb builds them. */
function unpackAdds(group: unknown): object[] {
	const [parent, next, root, first, ...trees] = listOf(group);
	const parentId = Math.abs(numberOf(parent));
	const place = { rootId: numberOf(root), isShadow: numberOf(parent) < 0, isStyle: false };
	const numbers = createNumbers(first);
	const adds: object[] = [];
	const nodes = trees.map((tree) => nest(tree, numbers, place));
	flatten(nodes, parentId, numberOf(next) || null, adds);
	return adds;
}

function flatten(
	nodes: readonly RrwebNode[],
	parentId: number,
	lastId: number | null,
	adds: object[],
): void {
	let nextId = lastId;
	for (let at = nodes.length - 1; at >= 0; at--) {
		const node = nodes[at];
		if (node === undefined) continue;
		const { childNodes } = node;
		if (childNodes !== undefined) node.childNodes = [];
		adds.push({ parentId, nextId, node });
		const own = childNodes?.filter(({ isShadow }) => !isShadow) ?? [];
		const shadow = childNodes?.filter(({ isShadow }) => isShadow) ?? [];
		flatten(own, node.id, null, adds);
		flatten(shadow, node.id, null, adds);
		nextId = node.id;
	}
}

function unpackTexts(column: unknown): object[] {
	return unpackColumn(column).map(([id, value]) => ({ id, value: textOf(value) }));
}

/** What changed of one element stands together again. */
function unpackAttributes(columns: unknown): object[] {
	const byNode = new Map<number, [name: string, value: unknown][]>();
	for (const item of listOf(columns)) {
		const [name, ...column] = listOf(item);
		for (const [id, value] of unpackColumn(column)) {
			const entries = byNode.get(id) ?? [];
			byNode.set(id, entries);
			entries.push([textOf(name), value]);
		}
	}
	// Never by assignment: `__proto__` is a name like any other.
	return [...byNode].map(([id, entries]) => ({ id, attributes: Object.fromEntries(entries) }));
}

function unpackColumn(column: unknown): [id: number, value: unknown][] {
	const [nodes = [], values = []] = listOf(column);
	const told = listOf(values);
	return unpackNodes(listOf(nodes)).map((id, at) => {
		const value = told[at];
		return [id, typeof value === "number" ? told[value] : value];
	});
}

function unpackNodes(deltas: readonly unknown[]): number[] {
	let id = 0;
	return deltas.map((delta) => {
		id += numberOf(delta);
		return id;
	});
}

function unpackMoves(deltas: readonly number[]): object[] {
	const at = [0, 0, 0, 0];
	const positions: object[] = [];
	for (let index = 0; index + 3 < deltas.length; index += 4) {
		for (let field = 0; field < 4; field++)
			at[field] = (at[field] ?? 0) + (deltas[index + field] ?? 0);
		const [timeOffset, x, y, id] = at;
		positions.push({ x, y, id, timeOffset });
	}
	return positions;
}

function nest(tree: unknown, number: () => number, place: Place): RrwebNode {
	const id = number();
	const named = {
		...{ id, ...(place.rootId > 0 && { rootId: place.rootId }) },
		...(place.isShadow && { isShadow: true }),
	};
	if (typeof tree === "string") {
		const isStyle = place.isStyle && { isStyle: true };
		return { type: 3, textContent: tree, ...isStyle, ...named };
	}
	const [head, ...rest] = listOf(tree);
	const [tag = "", flags = ""] = textOf(head).split(" ");
	const second = rest[0];
	const attributes = isRecord(second) ? second : {};
	const children = isRecord(second) ? rest.slice(1) : rest;
	if (tag === "#doctype") return { type: 1, ...attributes, ...named } as RrwebNode;
	if (tag === "#css") return { type: 3, textContent: textOf(rest[0]), isStyle: true, ...named };
	if (tag === "#cdata") return { type: 4, textContent: "", ...named };
	const shadow = children.find(isShadowTree);
	const inside = { rootId: place.rootId, isShadow: false, isStyle: tag === "style" };
	const childNodes = children
		.filter((child) => child !== shadow)
		.map((child) => nest(child, number, inside));
	if (shadow !== undefined) {
		const place = { ...inside, isShadow: true };
		childNodes.push(
			...listOf(shadow)
				.slice(1)
				.map((child) => nest(child, number, place)),
		);
	}
	if (tag === "#document") return { type: 0, ...attributes, childNodes, ...named } as RrwebNode;
	return {
		...{ type: 2, tagName: tag, attributes, childNodes },
		...(flags.includes("s") && { isSVG: true }),
		...(shadow !== undefined && { isShadowHost: true }),
		...(flags.includes("c") && { isCustom: true }),
		...(flags.includes("b") && { needBlock: true }),
		...named,
	};
}

function isShadowTree(tree: unknown): boolean {
	return Array.isArray(tree) && tree[0] === "#shadow";
}

function createNumbers(first: unknown): () => number {
	let next = numberOf(first);
	return () => next++;
}

function numberOf(value: unknown): number {
	if (typeof value !== "number") throw new TypeError("a number was expected in a packed event");
	return value;
}

function textOf(value: unknown): string {
	if (typeof value !== "string") throw new TypeError("a text was expected in a packed event");
	return value;
}

function listOf(value: unknown): unknown[] {
	if (!Array.isArray(value)) throw new TypeError("a list was expected in a packed event");
	return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
