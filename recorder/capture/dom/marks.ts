// Marks of where something happened, as the browser's observer reports it, until they are told.
import { EDITABLE, LEVEL_MARKS, UNMASK } from "../../privacy/private-content.ts";
import { hostOf, isElement, isInShadow, type Nodes } from "./nodes.ts";

export interface Marks {
	/** What a replay still has elsewhere → the parent it has it in, in the order of the records. */
	removed: Map<Node, { parent: Node; isShadow: boolean }>;
	added: Set<Node>;
	/** Element → name of an attribute → its value before. */
	attributes: Map<Element, Map<string, string | null>>;
	texts: Set<CharacterData>;
	/** What may be told of a part of the page is another matter than before. */
	isRaised: boolean;
}

export function createMarks(): Marks {
	return {
		removed: new Map(),
		added: new Set(),
		attributes: new Map(),
		texts: new Set(),
		isRaised: false,
	};
}

export function hasMarks({ removed, added, attributes, texts }: Marks): boolean {
	return removed.size + added.size + attributes.size + texts.size > 0;
}

/** @param ruled styles that a replay has by their rules and not by their text */
export function note(
	marks: Marks,
	records: readonly MutationRecord[],
	{ nodes, ruled }: { nodes: Nodes; ruled: WeakSet<Node> },
): void {
	for (const record of records) {
		if (record.type === "attributes") {
			noteAttribute(marks.attributes, record);
			noteLevel(marks, record, nodes);
			continue;
		}
		noteStyle(marks, record.target, nodes, ruled);
		if (record.type === "characterData") marks.texts.add(record.target as CharacterData);
		else noteChildren(marks, record, nodes);
	}
}

/** Of a style that was told by its rules the browser has made new ones: it is told again. */
function noteStyle(marks: Marks, target: Node, nodes: Nodes, ruled: WeakSet<Node>): void {
	const style = isElement(target) ? target : target.parentNode;
	if (style && ruled.delete(style) && nodes.isSent(style)) retell(marks, style);
}

/** All that is in it goes, and comes again as it may be told now. */
function retell({ removed, added }: Marks, node: Node): void {
	const parent = node.parentNode;
	if (parent === null) return;
	if (!removed.has(node)) {
		removed.set(node, { parent: hostOf(parent) ?? parent, isShadow: isInShadow(node) });
	}
	added.add(node);
}

function noteLevel(
	marks: Marks,
	{ target, attributeName: name, oldValue }: MutationRecord,
	nodes: Nodes,
): void {
	if (name === null || !LEVEL_MARKS.includes(name) || !nodes.isSent(target)) return;
	const value = (target as Element).getAttribute(name);
	if (value === oldValue) return;
	// What is written into from now on was public until now, and so is what stood in a mask that has gone.
	marks.isRaised ||= name !== EDITABLE && (value === null) === (name === UNMASK);
	retell(marks, target);
}

function noteChildren(
	{ removed, added }: Marks,
	{ target, addedNodes, removedNodes }: MutationRecord,
	nodes: Nodes,
): void {
	const isShadow = hostOf(target) !== undefined;
	const parent = hostOf(target) ?? target;
	for (const node of removedNodes) {
		if (nodes.isSent(node) && !removed.has(node)) removed.set(node, { parent, isShadow });
	}
	for (const node of addedNodes) added.add(node);
}

function noteAttribute(
	attributes: Map<Element, Map<string, string | null>>,
	{ target, attributeName, attributeNamespace, oldValue }: MutationRecord,
): void {
	const element = target as Element;
	// The record names it without its prefix.
	const attribute = attributeNamespace
		? element.getAttributeNodeNS(attributeNamespace, attributeName ?? "")
		: undefined;
	const name = attribute?.name ?? attributeName ?? "";
	let before = attributes.get(element);
	if (before === undefined) {
		before = new Map();
		attributes.set(element, before);
	}
	if (!before.has(name)) before.set(name, oldValue);
}
