// Changes of attributes. An event sets an attribute as it is; a snapshot makes something else of some of
// them (`rr_…` becomes size or state, a text area's `value` its child), so those are kept apart as *late*
// and set by an event behind the snapshot again.
import { buildNode, createText, isSameMade, resetMoved } from "./fold-build.ts";
import { addDeclaration, createDeclarations } from "./fold-declarations.ts";
import { keepChoice } from "./fold-inputs.ts";
import { tickMarked, tickPlaced } from "./fold-radios.ts";
import {
	documentOf,
	ELEMENT,
	type FoldNode,
	insert,
	isShown,
	liveOf,
	type Page,
	REFUSED,
	unlink,
} from "./fold-tree.ts";
import { type Fields, isRecord } from "./scrub-node.ts";

/** Changes of single properties that one element may have; more means a forged recording. */
const PROPERTIES_MAX = 2_000;

/** @throws REFUSED where the browser would end the event */
export function applyAttributes(page: Page, { id, attributes }: Fields): void {
	const node = typeof id === "number" ? page.mirror.get(id) : undefined;
	if (node === undefined || !isRecord(attributes)) return;
	for (const [name, value] of Object.entries(attributes)) {
		if (value === null) removeAttribute(page, node, name);
		else if (typeof value === "string") {
			if (writeAttribute(page, node, { name, value, attributes })) return;
		} else if (name === "style") writeStyle(page, node, value);
	}
}

/** rrweb's `applyDialogToTopLevel`, which opens and closes by methods that write the attribute. */
export function openDialog(page: Page, node: FoldNode, change: Fields): void {
	const { attributes } = node;
	const isOpen = attributes.open !== undefined && attributes.open !== null;
	const isModal = isOpen && node.live?.modal !== undefined;
	const mode = attributes.rr_open_mode;
	const isSwitched = isModal ? mode === "non-modal" : mode === "modal";
	if ((isOpen && !isSwitched) || !isShown(page, node)) return;
	if (!isOpen && typeof change.open !== "string") return;
	ownAttributes(node).open = "";
	liveOf(node).modal = mode === "modal" ? page.order++ : undefined;
}

function removeAttribute(page: Page, node: FoldNode, name: string): void {
	if (node.type !== ELEMENT) throw REFUSED;
	const plain = nameOf(node, name);
	if (isOfChoice(node, plain)) keepChoice(node);
	node.live?.late?.delete(plain);
	if (isOwn(node, plain)) delete ownAttributes(node)[plain];
	if (plain === "style") styleWritten(node);
	if (plain === "value") valueWritten(node);
	tickChanged(page, node, plain);
	sheetTouched(node, plain);
	if (name !== "open" || node.tag !== "dialog" || !isShown(page, node)) return;
	const own = ownAttributes(node);
	delete own.open;
	delete own.rr_open_mode;
}

/** @returns whether the rest of the element's changes is left out */
function writeAttribute(
	page: Page,
	node: FoldNode,
	{ name, value, attributes }: { name: string; value: string; attributes: Fields },
): boolean {
	if (node.type !== ELEMENT) return false;
	if (name === "_cssText" && (node.tag === "link" || node.tag === "style") && !node.svg) {
		return replaceSheet(page, node, attributes);
	}
	if (name === "value" && node.tag === "textarea") {
		writeTextArea(page, node, value);
		return false;
	}
	const plain = nameOf(node, name);
	if (isOfChoice(node, plain)) keepChoice(node);
	if (isOwn(node, plain)) ownAttributes(node)[plain] = value;
	else {
		const live = liveOf(node);
		live.late ??= new Map();
		live.late.set(plain, value);
	}
	if (plain === "style") styleWritten(node);
	if (plain === "value") valueWritten(node);
	tickChanged(page, node, plain);
	sheetTouched(node, plain);
	if (name === "rr_open_mode" && node.tag === "dialog") openDialog(page, node, attributes);
	return false;
}

function writeStyle(page: Page, node: FoldNode, value: unknown): void {
	if (!isRecord(value)) return;
	if (node.type !== ELEMENT) throw REFUSED;
	const live = liveOf(node);
	live.style ??= createDeclarations();
	for (const [property, change] of Object.entries(value)) {
		const { changes } = live.style;
		const isKept =
			changes.size <= PROPERTIES_MAX && addDeclaration(live.style, { property, change });
		if (!isKept || changes.size > PROPERTIES_MAX) page.miss("style");
	}
}

/** A link whose sheet has come: the replayer makes a new element from what it remembers of the old. */
function replaceSheet(page: Page, node: FoldNode, attributes: Fields): boolean {
	const made = { ...node.made, attributes: { ...(node.made.attributes as Fields), ...attributes } };
	const { parent, next } = node;
	const document = documentOf(node);
	if (isSameMade(node.made, made)) {
		resetMoved(page, node);
		return parent !== undefined;
	}
	if (document === undefined || parent === undefined) {
		page.miss("detached-sheet");
		return false;
	}
	const fresh = buildNode(page, made, { document, build: 0 });
	unlink(node);
	page.strand(node);
	insert(parent, fresh, next);
	return true;
}

/** rrweb walks a list that shrinks under it, so it takes out every second child. */
function writeTextArea(page: Page, node: FoldNode, value: string): void {
	let isTaken = true;
	for (let child = node.first; child !== undefined; ) {
		const next: FoldNode | undefined = child.next;
		if (isTaken) {
			unlink(child);
			page.strand(child);
		}
		isTaken = !isTaken;
		child = next;
	}
	insert(node, createText(value, "raw"), undefined);
}

function isOfChoice({ tag }: FoldNode, name: string): boolean {
	return tag === "select" && (name === "multiple" || name === "size");
}

/** Whether a snapshot would set the attribute just as it is. */
function isOwn(node: FoldNode, name: string): boolean {
	if (name.startsWith("rr_")) return name === "rr_open_mode";
	if (name === "_cssText" || name === "_csstext") return node.tag !== "style";
	if (name === "value") return node.tag !== "textarea";
	if (name === "src") return !(node.tag === "img" && "rr_dataURL" in node.attributes);
	// A snapshot gives it its namespace, an event only where it has one.
	if (name === "xlink:href") return !node.svg || name in node.attributes;
	return true;
}

/** The browser's own names are lower case, but for SVG's. */
function nameOf(node: FoldNode, name: string): string {
	return node.svg || name.startsWith("rr_") || name === "_cssText" ? name : name.toLowerCase();
}

function ownAttributes(node: FoldNode): Fields {
	if (node.attributes === node.made.attributes) node.attributes = { ...node.attributes };
	return node.attributes;
}

/** Input events come last in a keyframe; an attribute that was written after them has to follow. */
function valueWritten(node: FoldNode): void {
	if (node.live?.input !== undefined) node.live.input.isValueLate = true;
}

function tickChanged(page: Page, node: FoldNode, name: string): void {
	if (name === "checked") tickMarked(page, node);
	else if (name === "name" || name === "type") tickPlaced(page, node);
}

/** Single properties are gone, and so is the size that a blocked element was given. */
function styleWritten(node: FoldNode): void {
	if (node.live !== undefined) node.live.style = undefined;
	const { rr_width, rr_height } = node.attributes;
	if (rr_width === undefined && rr_height === undefined) return;
	const own = ownAttributes(node);
	delete own.rr_width;
	delete own.rr_height;
}

/** Another type makes another sheet. */
function sheetTouched(node: FoldNode, name: string): void {
	if (name === "type" && node.tag === "style" && node.live !== undefined)
		node.live.rules = undefined;
}
