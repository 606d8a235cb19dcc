// The page as serialised nodes, so that rrweb's builder makes of them what stands there now. What it would
// make otherwise is written as it has to be read: a text that went through its CSS parser is marked
// `isStyle`, nodes it does not remember get ids below all others, frames are documents to be attached, and
// what is deeper than a snapshot may be follows as adds.

import { isMedia } from "./fold-media.ts";
import {
	childrenOf,
	DOCTYPE,
	DOCUMENT,
	ELEMENT,
	type FoldNode,
	type Page,
	TEXT,
} from "./fold-tree.ts";
import { type Fields, textOf } from "./scrub-node.ts";

/** Below the depth at which the scrubber cuts a tree off. */
const DEPTH_MAX = 400;
/** Ids that no recorder gives. */
const OWN_IDS = -1_000;

export interface Snapshot {
	node: Fields;
	/** Mutations that are to follow, in order. */
	mutations: Fields[];
	/** What the tail looks at, in the order of the page; ids of nodes as they are in the snapshot. */
	nodes: { node: FoldNode; id: number }[];
	/** Of none of them. */
	spareId: number;
	/** What cannot be said. */
	misses: string[];
}

interface Writer extends Omit<Snapshot, "spareId"> {
	page: Page;
	nextId: number;
	frames: { id: number; document: FoldNode }[];
}

interface Unit {
	document: FoldNode;
	late: Fields[];
	media: Fields[];
}

export function encodePage(page: Page, root: FoldNode): Snapshot {
	const nextId = Math.min(OWN_IDS, page.lowestId) - 1;
	const writer: Writer = {
		page,
		nextId,
		node: {},
		mutations: [],
		nodes: [],
		misses: [],
		frames: [],
	};
	writer.node = encodeDocument(writer, root);
	while (writer.frames.length > 0) {
		const frames = writer.frames;
		writer.frames = [];
		for (const { id, document } of frames) {
			const at = writer.mutations.length;
			const node = encodeDocument(writer, document);
			const attach = {
				adds: [{ parentId: id, nextId: null, node }],
				isAttachIframe: true as const,
			};
			writer.mutations.splice(at, 0, attach);
		}
	}
	const { node, mutations, nodes, misses } = writer;
	return { node, mutations, nodes, misses, spareId: writer.nextId };
}

function encodeDocument(writer: Writer, document: FoldNode): Fields {
	const unit: Unit = { document, late: [], media: [] };
	const node = encodeNode(writer, unit, document);
	const left = [{ at: document, into: node, depth: 1 }];
	for (let level = left.pop(); level !== undefined; level = left.pop()) {
		const { at, into, depth } = level;
		if (hasParts(at)) {
			if (depth > DEPTH_MAX) writer.misses.push("deep-style");
			encodeSpread(writer, unit, { node: at, into });
			continue;
		}
		const children = [...childrenToWrite(at), ...(at.shadow ? childrenOf(at.shadow) : [])];
		const written = children.map((child) => encodeNode(writer, unit, child));
		const isDeep = depth >= DEPTH_MAX || isEmptied(into);
		const lastInPlace = at.parent?.type === DOCUMENT ? indexOfBody(children) : children.length;
		for (const [index, child] of children.entries()) {
			const made = written[index] as Fields;
			if (isDeep || index > lastInPlace)
				unit.late.push({ parentId: into.id, nextId: null, node: made });
			else if (isLateMedia(writer.page, unit, child)) {
				const next = child.next === undefined ? undefined : written[index + 1];
				unit.media.push({ parentId: into.id, nextId: next?.id ?? null, node: made });
			} else (into.childNodes as Fields[]).push(made);
		}
		for (let index = children.length - 1; index >= 0; index--) {
			const child = children[index];
			const made = written[index];
			if (child === undefined || made === undefined) continue;
			if (child.first === undefined && child.shadow === undefined) continue;
			const isLate = isDeep || index > lastInPlace || isLateMedia(writer.page, unit, child);
			left.push({ at: child, into: made, depth: isLate ? DEPTH_MAX + 1 : depth + 1 });
		}
	}
	// A late node stands in front of its next sibling, which may be late as well.
	const adds = [...unit.media.reverse(), ...unit.late];
	if (adds.length > 0) writer.mutations.push({ adds });
	return node;
}

function encodeNode(writer: Writer, unit: Unit, node: FoldNode): Fields {
	const { page } = writer;
	const id = page.mirror.get(node.id) === node ? node.id : writer.nextId--;
	writer.nodes.push({ node, id });
	const place: Fields = { id };
	if (node.type !== DOCUMENT && unit.document !== page.root) place.rootId = unit.document.id;
	if (node.parent?.host !== undefined && node.parent.type !== DOCUMENT) place.isShadow = true;
	if (node.frame !== undefined) writer.frames.push({ id, document: node.frame });
	switch (node.type) {
		case DOCUMENT: {
			const { compatMode } = node.made;
			return { type: DOCUMENT, childNodes: [], ...(compatMode ? { compatMode } : {}), ...place };
		}
		case DOCTYPE: {
			const { name, publicId, systemId } = node.made;
			return { type: DOCTYPE, name, publicId, systemId, ...place };
		}
		case ELEMENT:
			return { ...encodeElement(unit, node), ...place };
		case TEXT:
			return { ...encodeText(node), ...place };
		default:
			return { type: node.type, textContent: node.text, ...place };
	}
}

function encodeText({ text, how }: FoldNode): Fields {
	if (how === "part") return { type: TEXT, textContent: "" };
	return how === "adapted"
		? { type: TEXT, textContent: text, isStyle: true }
		: { type: TEXT, textContent: text };
}

function encodeElement(unit: Unit, node: FoldNode): Fields {
	const { made, tag, svg } = node;
	let tagName = made.tagName;
	let { attributes } = node;
	if (tag === "style") {
		attributes = sheetAttributes(node);
		if (made.tagName === "link" && !attributes._cssText) tagName = "style";
	}
	if (tag === "textarea") attributes = textAreaAttributes(node);
	if (isScrolledLater(node) || "rr_scrollTop" in attributes || "rr_scrollLeft" in attributes) {
		attributes = { ...attributes };
		if (node.build !== 1 || isScrolledLater(node)) {
			delete attributes.rr_scrollLeft;
			delete attributes.rr_scrollTop;
		}
	}
	const written: Fields = { type: ELEMENT, tagName, attributes, childNodes: [] };
	if (svg) written.isSVG = true;
	// Defined where it was made, or by another since.
	if (made.isCustom || unit.document.live?.defined?.has(tag)) written.isCustom = true;
	if (node.shadow !== undefined) written.isShadowHost = true;
	return written;
}

function isScrolledLater({ live }: FoldNode): boolean {
	return live?.scroll !== undefined;
}

/** The text of a sheet, as its element's attribute where its text nodes cannot say it. */
function sheetAttributes(node: FoldNode): Fields {
	const { _cssText: css, ...attributes } = node.attributes;
	const only = node.first;
	if (only !== undefined && isOwnText(node)) {
		return only.text === "" ? attributes : { ...attributes, _cssText: only.text };
	}
	return hasParts(node) ? { ...attributes, _cssText: css } : attributes;
}

/** Whether some text is known only as a part of the sheet that it was built with. */
function hasParts(node: FoldNode): boolean {
	return node.tag === "style" && (node.live?.spread ?? []).some(isPart(node));
}

function isPart(sheet: FoldNode): (text: FoldNode) => boolean {
	return (text) => text.parent === sheet && text.how === "part";
}

/**
 * A sheet that was spread over its texts is written with all the texts it had then, so that it is spread in
 * the same way; a mutation makes of them what is there now. Beside a whole sheet the scrubber leaves no text.
 */
function encodeSpread(writer: Writer, unit: Unit, at: { node: FoldNode; into: Fields }): void {
	const { node, into } = at;
	const spread = node.live?.spread ?? [];
	const ids = new Map<FoldNode, unknown>();
	const gone: Fields[] = [];
	const texts: Fields[] = [];
	for (const [index, text] of spread.entries()) {
		if (text.parent === node) {
			const made: Fields = { ...encodeNode(writer, unit, text), textContent: "" };
			delete made.isStyle;
			ids.set(text, made.id);
			(into.childNodes as Fields[]).push(made);
			const isShared = index < (node.live?.parts ?? 0);
			const isChanged = isShared ? text.how !== "part" : text.text !== "";
			if (isChanged) texts.push({ id: made.id, value: text.text });
		} else {
			const made = { type: TEXT, textContent: "", id: writer.nextId-- };
			(into.childNodes as Fields[]).push(made);
			gone.push({ parentId: into.id, id: made.id });
		}
	}
	const adds: Fields[] = [];
	const places = new Map<FoldNode, number>();
	for (const [index, text] of spread.entries()) if (!places.has(text)) places.set(text, index);
	let nextId: unknown = null;
	let place = spread.length;
	for (let child = node.last; child !== undefined; child = child.previous) {
		const before = places.get(child) ?? -1;
		if (before >= place) writer.misses.push("style-order");
		if (before >= 0) {
			place = before;
			nextId = ids.get(child);
		} else if (child.type === TEXT) {
			const made = encodeNode(writer, unit, child);
			adds.push({ parentId: into.id, nextId, node: made });
			nextId = made.id;
		} else writer.misses.push("style-child");
	}
	if (gone.length + texts.length + adds.length === 0) return;
	writer.mutations.push({ removes: gone, adds, texts });
}

function textAreaAttributes(node: FoldNode): Fields {
	const { value: _, ...attributes } = node.attributes;
	return isOwnText(node) ? { ...attributes, value: node.first?.text } : attributes;
}

/** The builder makes the only text of such elements by itself. */
function childrenToWrite(node: FoldNode): Iterable<FoldNode> {
	return isOwnText(node) ? [] : childrenOf(node);
}

function isOwnText(node: FoldNode): boolean {
	if (node.tag !== "textarea" && node.tag !== "style") return false;
	const only = node.first;
	if (only === undefined || only !== node.last || only.type !== TEXT || only.id !== 0) return false;
	return node.tag === "textarea" || only.how === "adapted";
}

/** The builder puts the body last, so what stands behind it has to come later. */
function indexOfBody(children: readonly FoldNode[]): number {
	const index = children.findLastIndex(({ tag, svg }) => tag === "body" && !svg);
	return index < 0 ? children.length : index;
}

/** What the scrubber lets have no content in a snapshot, while events can have brought some. */
function isEmptied({ tagName }: Fields): boolean {
	return /^(?:.*:)?(?:link|noscript)$/i.test(textOf(tagName));
}

/** The replayer takes media of a snapshot in hand, those that came later only when they are used. */
function isLateMedia(page: Page, { document }: Unit, node: FoldNode): boolean {
	return document === page.root && isMedia(node) && node.live?.media === undefined;
}
