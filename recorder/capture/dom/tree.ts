// What a replay must be told so that it has the page as it is: whole at the beginning, then what changed.
//
// Records of the browser are only marks of where something happened; what is told is the state at the
// time of telling. So an element that is taken out and put back a hundred times between two frames is one
// removal and one addition, and a list that is rewritten twice is written once. What moved goes out and
// comes in again with all that is in it, parents first and later siblings first, as rrweb's replayer
// builds it.
import type {
	PackedAdds,
	PackedAttributes,
	PackedColumn,
	PackedTree,
} from "../../../protocol/packed-event.ts";
import { attributeNamesOf } from "../../native.ts";
import type { MaskedElement } from "../../privacy/mask-attribute.ts";
import { type Budget, createTreeBuilder } from "./build-tree.ts";
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
import { createColumn, takeDifferences } from "./pack-column.ts";
import { isRuled, openModeOf, type Serializer } from "./serialize.ts";

export interface Tree {
	/** Of the whole document, or of what a frame holds. */
	build(document: Document, budget: Budget): PackedTree;
	/** Takes note of what the browser says has happened. */
	note(records: readonly MutationRecord[]): void;
	/** Has anything been noted that was not told? */
	hasChanges(): boolean;
	/**
	 * What was noted, as a packed mutation without its head; undefined where nothing of it matters. Of what
	 * is new, as much as there is time for.
	 */
	tellChanges(budget: Budget): unknown[] | undefined;
	/** Some of what was left out. */
	tellMore(budget: Budget): unknown[] | undefined;
	hasMore(): boolean;
	/** Has a part of the page become private, or public, that was told before? */
	isRaised(): boolean;
	/** Where it stands, as far as privacy goes. */
	describe(node: Node): MaskedElement;
	forgetAll(): void;
}

export interface TreeOptions {
	nodes: Nodes;
	serializer: Serializer;
	clock: () => number;
	/** A shadow tree is part of what is told. */
	onShadow: (root: ShadowRoot) => void;
	/** A replay has this element. */
	onElement: (element: Element, tag: string) => void;
}

export function createTree(options: TreeOptions): Tree {
	const { nodes, serializer, clock } = options;
	let marks = createMarks();
	/** Styles that were told by their rules, because scripts had changed those. */
	const ruled = new WeakSet<Node>();
	const { build, isSpent, pending } = createTreeBuilder({
		...{ nodes, serializer, clock },
		onElement(element, told, { tag }) {
			if (isRuled(told)) ruled.add(element);
			const root = shadowOf(element);
			if (root !== null) options.onShadow(root);
			options.onElement(element, tag);
		},
	});

	/** While changes are told nothing changes, and what they stand in is asked for again and again. */
	let known: Map<Node, MaskedElement> | undefined;
	const describe = (node: Node): MaskedElement => {
		let described = known?.get(node);
		if (described !== undefined) return described;
		if (node.nodeType === 9) described = describeDocument(node as Document);
		else {
			described = describeAround(node);
			if (isElement(node)) described = serializer.describe(node, described);
		}
		known?.set(node, described);
		return described;
	};
	const describeAround = (node: Node): MaskedElement => {
		const parent = parentOf(node);
		return parent === undefined ? serializer.nowhere : describe(parent);
	};
	const describeDocument = (document: Document): MaskedElement => {
		const frame = document.defaultView?.frameElement;
		const { nowhere } = serializer;
		const level = frame ? describe(frame).level : nowhere.level;
		return { ...nowhere, level: document.designMode === "on" ? 2 : level };
	};

	/** Of the document it stands in, 0 in the page's own. */
	const rootOf = ({ ownerDocument }: Node): number =>
		ownerDocument?.defaultView?.frameElement == null ? 0 : (nodes.sentId(ownerDocument) ?? 0);

	const nextSentId = (node: Node): number => {
		for (let next = node.nextSibling; next !== null; next = next.nextSibling) {
			const id = nodes.sentId(next);
			if (id !== undefined) return id;
		}
		return 0;
	};

	/** Begins a group of siblings that are told in front of what follows `last`. */
	const openGroup = (parent: Node, last: Node): PackedAdds => {
		const id = nodes.sentId(parent) ?? 0;
		return [isInShadow(last) ? -id : id, nextSentId(last), rootOf(last), nodes.next()];
	};

	/** With the siblings behind it that are new as well. */
	const addRun = (first: Node, adds: PackedAdds[], budget: Budget): void => {
		const parent = parentOf(first);
		if (parent === undefined || !nodes.isSent(parent)) return;
		if (isElement(parent) && !hasContent(parent.localName, attributeNamesOf(parent))) return;
		// What is still to follow, follows in its place.
		if (isSpent(budget)) pending.add(parent);
		if (pending.has(parent)) return;
		const run: Node[] = [];
		for (let node: Node | null = first; node !== null; node = node.nextSibling) {
			if (!isRecorded(node)) continue;
			if (nodes.isSent(node) || !marks.added.has(node)) break;
			run.push(node);
		}
		const around = describe(parent);
		const group = openGroup(parent, run[run.length - 1] ?? first);
		for (const node of run) {
			if (isSpent(budget)) {
				pending.add(parent);
				break;
			}
			group.push(wrap(build(node, around, budget), around));
		}
		adds.push(group);
	};

	/** In the order of the records; a replay passes over what has gone with its parent. */
	const tellRemovals = (): number[][] => {
		const groups: number[][] = [];
		let from = 0;
		for (const [node, { parent, isShadow }] of marks.removed) {
			const id = (isShadow ? -1 : 1) * nodes.idOf(parent);
			if (id !== from) groups.push([id]);
			from = id;
			groups[groups.length - 1]?.push(nodes.idOf(node));
		}
		for (const node of marks.removed.keys()) nodes.forget(node);
		return groups.map(([parent = 0, ...ids]) => [parent, ...takeDifferences(ids)]);
	};

	const tellAttributes = (isFresh: (id: number) => boolean): PackedAttributes[] => {
		const columns = new Map<string, [id: number, value: unknown][]>();
		const tell = (name: string, id: number, value: unknown): void => {
			const column = columns.get(name) ?? [];
			column.push([id, value]);
			columns.set(name, column);
		};
		for (const [element, before] of marks.attributes) {
			const id = nodes.sentId(element);
			if (id === undefined || isFresh(id)) continue;
			let described: MaskedElement | undefined;
			for (const [name, value] of before) {
				// A dialog that was closed and opened again may be open in another way.
				const isDialog = name === "open" && element.localName === "dialog";
				if (element.getAttribute(name) === value && !isDialog) continue;
				described ??= describe(element);
				const now = serializer.attribute(element, { name, before: value }, described);
				if (now !== undefined) tell(name, id, now);
				if (isDialog && now !== null) tell("rr_open_mode", id, openModeOf(element));
			}
		}
		return [...columns].map(([name, column]) => [name, ...createColumn(column)]);
	};

	const tellTexts = (isFresh: (id: number) => boolean): PackedColumn | [] => {
		const column: [id: number, value: unknown][] = [];
		for (const node of marks.texts) {
			const id = nodes.sentId(node);
			if (id === undefined || isFresh(id)) continue;
			column.push([id, serializer.text(node, describeAround(node))]);
		}
		return column.length > 0 ? createColumn(column) : [];
	};

	return {
		describe,
		build: (document, budget) => build(document, describeDocument(document), budget),
		note: (records) => note(marks, records, { nodes, ruled }),
		hasChanges: () => hasMarks(marks),
		tellChanges(budget) {
			known = new Map();
			const removes = tellRemovals();
			const adds: PackedAdds[] = [];
			const first = nodes.next();
			// They may be something else by now: a link that was preloaded is a style sheet.
			for (const one of marks.attributes.keys()) if (!nodes.isSent(one)) marks.added.add(one);
			for (const node of marks.added) {
				if (!nodes.isSent(node) && isRecorded(node) && isInDocument(node))
					addRun(node, adds, budget);
			}
			const isFresh = (id: number) => id >= first;
			const told = [removes, adds, tellTexts(isFresh), tellAttributes(isFresh)];
			marks = createMarks();
			known = undefined;
			return trim(told);
		},
		tellMore(budget) {
			const adds: PackedAdds[] = [];
			// What was left out last is deepest, and nearest to what is there.
			for (const parent of [...pending].reverse()) {
				pending.delete(parent);
				if (nodes.isSent(parent) && isInDocument(parent)) tellChildren(parent, budget, adds);
				if (isSpent(budget)) break;
			}
			return trim([[], adds]);
		},
		hasMore: () => pending.size > 0,
		isRaised: () => marks.isRaised,
		forgetAll() {
			nodes.forgetAll();
			marks = createMarks();
			pending.clear();
		},
	};

	/** Of a parent that a replay has, the children that it has not: as many as there is time for. */
	function tellChildren(parent: Node, budget: Budget, adds: PackedAdds[]): void {
		const around = describe(parent);
		for (const from of [parent, shadowOf(parent)]) {
			let group: PackedAdds | undefined;
			for (let child = from?.firstChild ?? null; child !== null; child = child.nextSibling) {
				if (!isRecorded(child)) continue;
				if (nodes.isSent(child)) {
					group = undefined;
					continue;
				}
				if (isSpent(budget)) {
					pending.add(parent);
					return;
				}
				if (group === undefined) {
					group = openGroup(parent, child);
					adds.push(group);
				}
				group.push(wrap(build(child, around, budget), around));
			}
		}
	}
}

/** Nothing tells a replay what a text stands in that is told alone. */
function wrap(tree: PackedTree, { tag }: MaskedElement): PackedTree {
	return tag === "style" && typeof tree === "string" ? ["#css", tree] : tree;
}

/** Without what is empty at its end; undefined where all of it is. */
function trim(told: unknown[]): unknown[] | undefined {
	while (told.length > 0 && (told[told.length - 1] as unknown[]).length === 0) told.pop();
	return told.length > 0 ? told : undefined;
}

/** In the page, or in a frame of it. */
function isInDocument(node: Node): boolean {
	if (!node.isConnected) return false;
	const frame = (node.nodeType === 9 ? (node as Document) : node.ownerDocument)?.defaultView
		?.frameElement;
	if (frame == null) return true;
	return documentOf(frame) !== undefined && isInDocument(frame);
}
