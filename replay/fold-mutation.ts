// A mutation event: removes, adds, texts, attributes, in this order, as rrweb's replayer applies them.
// Adds come in the order in which the recorder met the nodes; one whose parent or next sibling is not
// there yet waits for the others of its event, and is dropped with it. An exception in the browser ends
// the event where it stands, so `REFUSED` does the same here.
import { applyAttributes, openDialog } from "./fold-attributes.ts";
import {
	attachShadow,
	buildDocument,
	buildNode,
	buildTree,
	createText,
	emptyNode,
	isBuildable,
	isSameMade,
	resetMoved,
} from "./fold-build.ts";
import { watchOptions } from "./fold-inputs.ts";
import { resolveLate } from "./fold-late.ts";
import { tickPlaced, tickTree } from "./fold-radios.ts";
import {
	childrenOf,
	contains,
	DOCTYPE,
	DOCUMENT,
	ELEMENT,
	type FoldNode,
	findChild,
	insert,
	isShown,
	liveOf,
	type Page,
	REFUSED,
	TEXT,
	unlink,
	walk,
} from "./fold-tree.ts";
import { type Fields, isRecord, recordsOf, textOf } from "./scrub-node.ts";

/** Documents that wait for their frame. */
const DOCUMENTS_MAX = 100;

export function applyMutation(page: Page, data: Fields): void {
	try {
		for (const remove of recordsOf(data.removes)) removeNode(page, remove);
		addAll(page, recordsOf(data.adds));
		for (const text of lastOfEach(recordsOf(data.texts))) writeText(page, text);
		for (const change of recordsOf(data.attributes)) applyAttributes(page, change);
	} catch (error) {
		if (error !== REFUSED) throw error;
	}
}

function removeNode(page: Page, { id, parentId, isShadow }: Fields): void {
	const node = find(page, id);
	let parent = find(page, parentId);
	if (node === undefined || parent === undefined) return;
	if (isShadow && parent.shadow !== undefined) parent = parent.shadow;
	forget(page, node);
	if (node.parent !== parent) throw REFUSED;
	const chooseAgain = watchOptions(page, parent, node);
	unlink(node);
	textChanged(parent);
	chooseAgain();
}

/** The mirror loses what hangs on a node; what stands in shadow trees and frames stays in it. */
function forget(page: Page, root: FoldNode): void {
	for (const node of walk(root, false)) {
		page.mirror.delete(node.id);
		if (node.shadow !== undefined) page.strand(node.shadow);
		if (node.frame !== undefined) page.strand(node.frame);
	}
}

function addAll(page: Page, adds: Fields[]): void {
	const late: Fields[] = [];
	for (const add of adds) addNode(page, add, late);
	if (late.length > 0) resolveLate(page, late, (add, again) => addNode(page, add, again));
}

function addNode(page: Page, add: Fields, late: Fields[]): void {
	const made = add.node;
	if (!isRecord(made)) return;
	let parent = find(page, add.parentId);
	if (parent === undefined) {
		if (made.type !== DOCUMENT) late.push(add);
		else if (page.documents.length < DOCUMENTS_MAX) page.documents.push(add);
		else page.miss("waiting-document");
		return;
	}
	if (made.isShadow) parent = attachShadow(parent);
	const next = add.nextId ? find(page, add.nextId) : undefined;
	if (isMissing(add.nextId) && next === undefined) {
		late.push(add);
		return;
	}
	if (add.previousId === -1 || add.nextId === -1) {
		page.miss("unknown-sibling");
		return;
	}
	const document = made.rootId ? find(page, made.rootId) : page.root;
	if (document === undefined) return;
	if (parent.tag === "iframe" && !parent.svg) {
		fillFrame(page, parent, made);
		return;
	}
	if (document.type !== DOCUMENT) throw REFUSED;
	if (made.type === DOCUMENT) {
		page.miss("document-add");
		throw REFUSED;
	}
	const known = find(page, made.id);
	const node = buildNode(page, made, { document, build: 0 });
	makeRoom(page, parent, node);
	const chooseAgain = watchOptions(page, parent, node);
	const before = node.parent;
	place({ parent, node, next, previous: add.previousId ? find(page, add.previousId) : undefined });
	// Where the replayer's own style goes with it is not followed.
	if (node === known && node.tag === "html") page.miss("html-moved");
	if (node === known) resetMoved(page, node);
	else tickPlaced(page, node);
	// It may be chosen or not, whatever its attributes say.
	if (node === known && node.tag === "option") page.miss("option-again");
	textChanged(before);
	textChanged(parent);
	chooseAgain();
	added(page, node);
}

function place(where: {
	parent: FoldNode;
	node: FoldNode;
	next: FoldNode | undefined;
	previous: FoldNode | undefined;
}): void {
	const { parent, node, next, previous } = where;
	if (previous?.next !== undefined) insert(parent, node, previous.next);
	else if (next?.parent !== undefined && contains(parent, next)) insert(parent, node, next);
	else insert(parent, node, undefined);
}

/** What the replayer takes out for a node that is to stand there. */
function makeRoom(page: Page, parent: FoldNode, node: FoldNode): void {
	if (parent.type === ELEMENT && node.type === TEXT) {
		// By the recorded name: a `link` that became a `style` keeps its text.
		const { tagName } = parent.made;
		if (tagName === "textarea") {
			for (const child of childrenOf(parent)) if (child.type === TEXT) drop(page, child);
		}
		const only = parent.first;
		const isOwn = tagName === "style" && only !== undefined && only === parent.last;
		if (isOwn && only.type === TEXT && only.id === 0) {
			node.text = only.text;
			node.how = only.how;
			unlink(only);
		}
	} else if (parent.type === DOCUMENT) {
		if (node.type === DOCTYPE && parent.first?.type === DOCTYPE) drop(page, parent.first);
		if (node.tag !== "html" || node.svg) return;
		const element = findChild(parent, ELEMENT);
		if (element !== undefined) drop(page, element);
	}
}

function added(page: Page, node: FoldNode): void {
	if (node.tag === "dialog") openDialog(page, node, {});
	if (node.tag !== "iframe" || node.svg) return;
	const waiting = page.documents.find(({ parentId }) => parentId === node.id);
	if (waiting === undefined || !isRecord(waiting.node)) return;
	page.documents = page.documents.filter((other) => other !== waiting);
	fillFrame(page, node, waiting.node);
}

/** Whatever is added to a frame is built in its document; only a document is also shown. */
function fillFrame(page: Page, frame: FoldNode, made: Fields): void {
	if (!isShown(page, frame)) throw REFUSED;
	const known = find(page, made.id);
	if (known !== undefined && isSameMade(known.made, made)) return;
	if (made.type !== DOCUMENT) {
		if (!isBuildable(made)) throw REFUSED;
		page.strand(buildTree(page, made, frame.frame ?? frame));
		return;
	}
	const before = frame.frame;
	const document = buildDocument(page, made);
	if (document === undefined) return;
	frame.frame = document;
	document.host = frame;
	if (before !== undefined) replaceDocument(page, before, document);
	tickTree(page, document);
	for (const node of walk(document)) {
		if (node.tag === "iframe" && node !== frame) added(page, node);
	}
}

/** The window stays, with its custom elements and the sheets it adopted; both ids now mean its document. */
function replaceDocument(page: Page, before: FoldNode, document: FoldNode): void {
	before.host = undefined;
	emptyNode(page, before);
	if (before.id !== document.id) page.mirror.set(before.id, document);
	for (const sheet of page.sheets.values()) if (sheet.owner === before) sheet.owner = document;
	const { defined, adopted } = before.live ?? {};
	const live = liveOf(document);
	if (adopted !== undefined) live.adopted = adopted;
	if (defined !== undefined) live.defined = new Set([...defined, ...(live.defined ?? [])]);
}

function writeText(page: Page, { id, value }: Fields): void {
	const node = find(page, id);
	if (node === undefined) return;
	const text = textOf(value);
	switch (node.type) {
		case TEXT: {
			const isStyle = node.parent?.tag === "style" && !node.parent.svg;
			node.text = text;
			node.how = isStyle && text !== "" ? "adapted" : "raw";
			textChanged(node.parent);
			return;
		}
		case ELEMENT:
			emptyNode(page, node);
			if (text !== "") insert(node, createText(text, "raw"), undefined);
			textChanged(node);
			return;
		case DOCUMENT:
		case DOCTYPE:
			return;
		default:
			node.text = text;
	}
}

/** A browser reads a sheet anew whenever its text changes; what was done to its rules is gone. */
function textChanged(parent: FoldNode | undefined): void {
	if (parent?.live?.rules !== undefined) parent.live.rules = undefined;
}

/** Out of the page, while the mirror keeps it. */
function drop(page: Page, node: FoldNode): void {
	unlink(node);
	page.strand(node);
}

/** Of several texts for one node the last one counts, and the last come first. */
function lastOfEach(texts: Fields[]): Fields[] {
	const seen = new Set<unknown>();
	return texts.reverse().filter(({ id }) => {
		if (seen.has(id)) return false;
		seen.add(id);
		return true;
	});
}

function isMissing(nextId: unknown): boolean {
	return nextId !== null && nextId !== undefined && nextId !== -1;
}

function find(page: Page, id: unknown): FoldNode | undefined {
	return typeof id === "number" ? page.mirror.get(id) : undefined;
}
