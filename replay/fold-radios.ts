// Which radio buttons are ticked. Of those with one name in one form, or in one tree where they stand in
// none, a browser ticks the last that came or was ticked and unticks the others, whatever their attributes
// say. A snapshot is built in the order of the page, which may be another, so a keyframe says again who is
// ticked; and where nobody is, it puts a button beside those with the attribute, takes it away with the tick.
import {
	DOCUMENT,
	documentOf,
	ELEMENT,
	type FoldNode,
	type Page,
	SHADOW,
	walk,
} from "./fold-tree.ts";
import { type Fields, textOf } from "./scrub-node.ts";

/** Ticked at the same time; nobody has so many groups. */
const TICKED_MAX = 2_000;
const DEPTH_MAX = 20_000;

interface Written {
	node: FoldNode;
	/** In the snapshot. */
	id: number;
}

/** A button is ticked by its attribute, wherever it is made. */
export function tickMade(page: Page, node: FoldNode): void {
	if (isRadio(node) && isMarked(node)) keep(page, node);
}

/** A button came to its place or got another name: if it is ticked, the others there are not. */
export function tickPlaced(page: Page, node: FoldNode): void {
	if (page.ticked.has(node)) tick(page, node);
}

/** A tree came into the page: in its order, so that the last of each group is ticked in the end. */
export function tickTree(page: Page, root: FoldNode): void {
	if (page.ticked.size === 0) return;
	const come = [...walk(root)].filter((node) => page.ticked.delete(node));
	for (const node of come) tick(page, node);
}

/** The `checked` attribute was written or taken away; it says nothing once an event has ticked. */
export function tickMarked(page: Page, node: FoldNode): void {
	if (isRadio(node) && !isTouched(node)) tickTo(page, node, isMarked(node));
}

export function tickTo(page: Page, node: FoldNode, isTicked: boolean): void {
	if (!isRadio(node)) return;
	if (isTicked) tick(page, node);
	else page.ticked.delete(node);
}

export function isRadio({ tag, svg, attributes }: FoldNode): boolean {
	return tag === "input" && !svg && textOf(attributes.type).toLowerCase() === "radio";
}

/**
 * @param nodes everything in the page
 * @param spareId of a node that is there for a moment
 * @returns mutations, to be followed by the events of those that were ticked by one
 */
export function tailOfRadios(page: Page, nodes: readonly Written[], spareId: number): Fields[] {
	const marked = nodes.filter(({ node }) => isRadio(node) && isMarked(node));
	const names = new Map<unknown, number>();
	for (const { node } of marked) {
		const { name } = node.attributes;
		names.set(name, (names.get(name) ?? 0) + 1);
	}
	const left = marked.filter(({ node }) => !isTouched(node));
	const attributes = left
		.filter(({ node }) => page.ticked.has(node) && (names.get(node.attributes.name) ?? 0) > 1)
		.flatMap(({ node: { attributes: own }, id }) => [
			{ id, attributes: { checked: null } },
			{ id, attributes: { checked: own.checked === true ? "" : textOf(own.checked) } },
		]);
	const unticked = left.filter(({ node }) => !isGroupTicked(page, node));
	const spares = unticked.length === 0 ? [] : untick(page, { unticked, nodes, spareId });
	return [...spares, ...(attributes.length > 0 ? [{ attributes }] : [])];
}

/** A ticked button of the same group comes, and goes. */
function untick(
	page: Page,
	given: { unticked: readonly Written[]; nodes: readonly Written[]; spareId: number },
): Fields[] {
	const { unticked, nodes, spareId: id } = given;
	const ids = new Map(nodes.map((written) => [written.node, written.id]));
	return unticked.flatMap(({ node }) => {
		const { parent } = node;
		const document = documentOf(node);
		if (parent === undefined || document === undefined) return [];
		const isShadow = parent.type === SHADOW;
		const parentId = ids.get(isShadow && parent.host ? parent.host : parent);
		const { name } = node.attributes;
		const attributes = { type: "radio", name, checked: "" };
		const spare: Fields = { type: ELEMENT, id, tagName: "input", attributes, childNodes: [] };
		if (isShadow) spare.isShadow = true;
		if (document !== page.root) spare.rootId = ids.get(document);
		return [
			{ adds: [{ parentId, nextId: null, node: spare }] },
			{ removes: [{ parentId, id, ...(isShadow ? { isShadow: true } : {}) }] },
		];
	});
}

function tick(page: Page, node: FoldNode): void {
	for (const other of page.ticked) {
		if (other !== node && isSameGroup(page, node, other)) page.ticked.delete(other);
	}
	keep(page, node);
}

function keep(page: Page, node: FoldNode): void {
	if (page.ticked.size >= TICKED_MAX) {
		for (const other of page.ticked) {
			if (page.mirror.get(other.id) !== other) page.ticked.delete(other);
		}
	}
	if (page.ticked.size < TICKED_MAX) page.ticked.add(node);
	else page.miss("radio-buttons");
}

function isGroupTicked(page: Page, node: FoldNode): boolean {
	if (page.ticked.has(node)) return true;
	for (const other of page.ticked) if (isSameGroup(page, node, other)) return true;
	return false;
}

function isSameGroup(page: Page, a: FoldNode, b: FoldNode): boolean {
	const { name } = a.attributes;
	if (!name || name !== b.attributes.name || !isRadio(b)) return false;
	// Of a form that stands elsewhere.
	if (a.attributes.form || b.attributes.form) page.miss("form-of-radio");
	const scope = scopeOf(a);
	return scope !== undefined && scope === scopeOf(b);
}

/** The form around it, or the tree; undefined for what is in no page. */
function scopeOf(node: FoldNode): FoldNode | undefined {
	let at = node;
	for (let depth = 0; at.parent !== undefined && depth < DEPTH_MAX; depth++) {
		at = at.parent;
		if (at.tag === "form" && !at.svg) return at;
	}
	return at.type === DOCUMENT || at.type === SHADOW ? at : undefined;
}

function isMarked({ attributes: { checked } }: FoldNode): boolean {
	return checked !== undefined && checked !== null;
}

function isTouched({ live }: FoldNode): boolean {
	return live?.input !== undefined;
}
