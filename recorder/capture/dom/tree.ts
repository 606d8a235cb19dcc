// What a replay must be told so that it has the page as it is: whole at the beginning, then what changed.
//
// Records of the browser are only marks of where something happened; what is told is the state at the
// time of telling. So an element that is taken out and put back a hundred times between two frames is one
// removal and one addition, and a list that is rewritten twice is written once. What moved goes out and
// comes in again with all that is in it, parents first and later siblings first, as rrweb's replayer
// builds it.
import type { MaskedElement } from "../../privacy/mask-attribute.ts";
import { createMarks, hasMarks, note } from "./marks.ts";
import {
	documentOf,
	hasContent,
	isElement,
	isInShadow,
	isRecorded,
	type Nodes,
	parentOf,
	shadowOf,
} from "./nodes.ts";
import {
	type Attributes,
	openModeOf,
	type Place,
	type SerializedNode,
	type Serializer,
} from "./serialize.ts";

export interface Tree {
	/** Of the whole document, or of what a frame holds. */
	build(document: Document, budget: number): SerializedNode;
	/** Takes note of what the browser says has happened. */
	note(records: readonly MutationRecord[]): void;
	/** Has anything been noted that was not told? */
	hasChanges(): boolean;
	/** What was noted, as data of a mutation event; undefined where nothing of it matters. */
	tellChanges(): Mutations | undefined;
	/** Some of what the first event left out: for at most so many milliseconds. */
	tellMore(ms: number): Mutations | undefined;
	hasMore(): boolean;
	/** Where it stands, as far as privacy goes. */
	describe(node: Node): MaskedElement;
	forgetAll(): void;
}

export interface Mutations extends Record<string, unknown> {
	source: 0;
	texts: { id: number; value: string }[];
	attributes: { id: number; attributes: Attributes }[];
	removes: { parentId: number; id: number; isShadow?: true }[];
	adds: { parentId: number; nextId: number | null; node: SerializedNode }[];
}

export interface TreeOptions {
	nodes: Nodes;
	serializer: Serializer;
	clock: () => number;
	/** A shadow tree is part of what is told. */
	onShadow: (root: ShadowRoot) => void;
	onFrame: (frame: Element) => void;
	/** A replay has this form control. */
	onControl: (control: Element) => void;
}

export function createTree(options: TreeOptions): Tree {
	const { nodes, serializer, clock } = options;
	let marks = createMarks();
	/** Styles that were told by their rules, because scripts had changed those. */
	const ruled = new WeakSet<Node>();
	/** Told without their children, which follow. */
	let pending = new Set<Node>();

	const describe = (node: Node): MaskedElement => {
		if (!isElement(node)) {
			if (node.nodeType === 9) return describeDocument(node as Document);
			const parent = parentOf(node);
			return parent === undefined ? serializer.nowhere : describe(parent);
		}
		const parent = parentOf(node);
		return serializer.describe(node, parent === undefined ? serializer.nowhere : describe(parent));
	};
	const describeDocument = (document: Document): MaskedElement => {
		const frame = document.defaultView?.frameElement;
		const { nowhere } = serializer;
		const level = frame ? describe(frame).level : nowhere.level;
		return { ...nowhere, level: document.designMode === "on" ? 2 : level };
	};

	const rootIdOf = (node: Node): number | undefined => {
		const document = node.nodeType === 9 ? (node as Document) : node.ownerDocument;
		const isOwn = document === null || document.defaultView?.frameElement == null;
		return isOwn ? undefined : nodes.idOf(document);
	};

	const enter = (node: Node, told: SerializedNode): void => {
		if (isTold(told)) ruled.add(node);
		const root = shadowOf(node);
		if (root !== null) options.onShadow(root);
		if (!isElement(node)) return;
		const { localName } = node;
		if (localName === "iframe" || localName === "frame") options.onFrame(node);
		if (localName === "input" || localName === "textarea") options.onControl(node);
	};

	/** Nested, for a snapshot. */
	const buildNode = (node: Node, place: Place, budget: { left: number }): SerializedNode => {
		nodes.markSent(node);
		budget.left--;
		const told = serializer.node(node, place);
		enter(node, told);
		if (!hasContent(node)) return told;
		const inside = isElement(node) ? serializer.describe(node, place.parent) : place.parent;
		for (const [child, isShadow] of childrenOf(node)) {
			if (!isRecorded(child)) continue;
			if (budget.left <= 0) {
				pending.add(node);
				break;
			}
			const at = { parent: inside, rootId: place.rootId, isShadow, isTold: isTold(told) };
			told.childNodes?.push(buildNode(child, at, budget));
		}
		return told;
	};

	/** Flat, for an addition: a replay takes no notice of children there. */
	const addNode = (node: Node, parent: Node, place: Place, into: Mutations): void => {
		const told = serializer.node(node, place);
		const parentId = nodes.idOf(parent);
		into.adds.push({ parentId, nextId: nextSentId(node), node: told });
		nodes.markSent(node);
		enter(node, told);
		if (!hasContent(node)) return;
		const inside = isElement(node) ? serializer.describe(node, place.parent) : place.parent;
		for (const isShadow of [false, true]) {
			const root: Node | null = isShadow ? shadowOf(node) : node;
			for (let child = root?.lastChild ?? null; child !== null; child = child.previousSibling) {
				if (!isRecorded(child)) continue;
				const at = { parent: inside, rootId: place.rootId, isShadow, isTold: isTold(told) };
				addNode(child, node, at, into);
			}
		}
	};

	const nextSentId = (node: Node): number | null => {
		for (let next = node.nextSibling; next !== null; next = next.nextSibling) {
			const id = nodes.sentId(next);
			if (id !== undefined) return id;
		}
		return null;
	};

	/** With the siblings behind it that are new as well, the last one first. */
	const addRun = (first: Node, into: Mutations): void => {
		const run: Node[] = [];
		for (let node: Node | null = first; node !== null; node = node.nextSibling) {
			if (!isRecorded(node)) continue;
			if (nodes.isSent(node) || !marks.added.has(node)) break;
			run.push(node);
		}
		for (const node of run.reverse()) {
			const parent = parentOf(node);
			if (parent === undefined || !nodes.isSent(parent) || !hasContent(parent)) continue;
			// What is still to follow, follows in its place.
			if (pending.has(parent)) continue;
			const place = {
				parent: describe(parent),
				rootId: rootIdOf(node),
				isShadow: isInShadow(node),
			};
			addNode(node, parent, place, into);
		}
	};

	/** In the order of the records; a replay passes over what has gone with its parent. */
	const tellRemovals = (into: Mutations): void => {
		for (const [node, { parent, isShadow }] of marks.removed) {
			const parentId = nodes.idOf(parent);
			into.removes.push({ parentId, id: nodes.idOf(node), ...(isShadow && { isShadow: true }) });
		}
		for (const node of marks.removed.keys()) nodes.forget(node);
	};

	const tellAttributes = (fresh: (node: Node) => boolean, into: Mutations): void => {
		for (const [element, before] of marks.attributes) {
			const id = nodes.sentId(element);
			if (id === undefined || fresh(element)) continue;
			const told: Attributes = {};
			const described = describe(element);
			for (const [name, value] of before) {
				// A dialog that was closed and opened again may be open in another way.
				const isDialog = name === "open" && element.localName === "dialog";
				if (element.getAttribute(name) === value && !isDialog) continue;
				const now = serializer.attribute(element, { name, before: value }, described);
				if (now !== undefined) told[name] = now;
				if (isDialog && now !== null) told.rr_open_mode = openModeOf(element);
			}
			if (Object.keys(told).length > 0) into.attributes.push({ id, attributes: told });
		}
	};

	const tellTexts = (fresh: (node: Node) => boolean, into: Mutations): void => {
		for (const node of marks.texts) {
			const id = nodes.sentId(node);
			if (id === undefined || fresh(node)) continue;
			const parent = parentOf(node);
			into.texts.push({
				id,
				value: serializer.text(node, parent === undefined ? serializer.nowhere : describe(parent)),
			});
		}
	};

	return {
		describe,
		build(document, limit) {
			const budget = { left: limit };
			const parent = describeDocument(document);
			const told = buildNode(
				document,
				{ parent, rootId: rootIdOf(document), isShadow: false },
				budget,
			);
			// It is the root itself.
			delete told.rootId;
			return told;
		},
		note: (records) => note(marks, records, { nodes, ruled }),
		hasChanges: () => hasMarks(marks),
		tellChanges() {
			const into: Mutations = { source: 0, texts: [], attributes: [], removes: [], adds: [] };
			tellRemovals(into);
			for (const node of marks.added) {
				if (!nodes.isSent(node) && isRecorded(node) && isInDocument(node)) addRun(node, into);
			}
			const fresh = new Set(into.adds.map(({ node }) => node.id));
			const isFresh = (node: Node) => fresh.has(nodes.idOf(node));
			tellAttributes(isFresh, into);
			tellTexts(isFresh, into);
			marks = createMarks();
			return isEmpty(into) ? undefined : into;
		},
		tellMore(ms) {
			const into: Mutations = { source: 0, texts: [], attributes: [], removes: [], adds: [] };
			const until = clock() + ms;
			for (const parent of pending) {
				if (nodes.isSent(parent) && isInDocument(parent)) {
					if (!tellChildren(parent, until, into)) break;
				}
				pending.delete(parent);
				if (clock() >= until) break;
			}
			return isEmpty(into) ? undefined : into;
		},
		hasMore: () => pending.size > 0,
		forgetAll() {
			nodes.forgetAll();
			marks = createMarks();
			pending = new Set();
		},
	};

	/** @returns whether all of them were told */
	function tellChildren(parent: Node, until: number, into: Mutations): boolean {
		const inside = describe(parent);
		// The same for all up to the next one that was told before.
		let nextId: number | null | undefined;
		for (const [child, isShadow] of childrenOf(parent)) {
			if (nodes.isSent(child)) nextId = undefined;
			if (nodes.isSent(child) || !isRecorded(child)) continue;
			if (clock() >= until) return false;
			const place = { parent: inside, rootId: rootIdOf(child), isShadow };
			nextId = nextId === undefined ? nextSentId(child) : nextId;
			addSome(child, { parent, nextId, place }, until, into);
		}
		return true;
	}

	/** As much of a subtree as there is time for; the rest is pending. */
	function addSome(
		node: Node,
		{ parent, nextId, place }: { parent: Node; nextId: number | null; place: Place },
		until: number,
		into: Mutations,
	): void {
		const told = serializer.node(node, place);
		into.adds.push({ parentId: nodes.idOf(parent), nextId, node: told });
		nodes.markSent(node);
		enter(node, told);
		if (!hasContent(node)) return;
		const inside = isElement(node) ? serializer.describe(node, place.parent) : place.parent;
		for (const [child, isShadow] of childrenOf(node)) {
			if (!isRecorded(child)) continue;
			if (clock() >= until) {
				pending.add(node);
				return;
			}
			const at = { parent: inside, rootId: place.rootId, isShadow, isTold: isTold(told) };
			addSome(child, { parent: node, nextId: null, place: at }, until, into);
		}
	}
}

function* childrenOf(node: Node): Generator<[child: Node, isShadow: boolean]> {
	for (let child = node.firstChild; child !== null; child = child.nextSibling) yield [child, false];
	let child = shadowOf(node)?.firstChild ?? null;
	for (; child !== null; child = child.nextSibling) yield [child, true];
}

/** In the page, or in a frame of it. */
function isInDocument(node: Node): boolean {
	if (!node.isConnected) return false;
	const frame = (node.nodeType === 9 ? (node as Document) : node.ownerDocument)?.defaultView
		?.frameElement;
	if (frame == null) return true;
	return documentOf(frame) !== undefined && isInDocument(frame);
}

function isTold({ attributes }: SerializedNode): boolean {
	return (attributes as Attributes | undefined)?._cssText !== undefined;
}

function isEmpty({ texts, attributes, removes, adds }: Mutations): boolean {
	return texts.length + attributes.length + removes.length + adds.length === 0;
}
