// The page as serialised nodes, so that rrweb's builder makes of them what stands there now. What it would
// make otherwise is written as it has to be read: a text that went through its CSS parser is marked
// `isStyle`, nodes it does not remember get ids below all others, frames are documents to be attached, and
// what is deeper than a snapshot may be follows as adds.

import { SPLIT } from "./fold-build.ts";
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
	mutations: { adds: Fields[]; isAttachIframe?: true }[];
	/** What the tail looks at, in the order of the page; ids of nodes as they are in the snapshot. */
	nodes: { node: FoldNode; id: number }[];
	/** What cannot be said. */
	misses: string[];
}

interface Writer extends Snapshot {
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
	return { node, mutations, nodes, misses };
}

function encodeDocument(writer: Writer, document: FoldNode): Fields {
	const unit: Unit = { document, late: [], media: [] };
	const node = encodeNode(writer, unit, document);
	const left = [{ at: document, into: node, depth: 1 }];
	for (let level = left.pop(); level !== undefined; level = left.pop()) {
		const { at, into, depth } = level;
		const children = [...childrenToWrite(at), ...(at.shadow ? childrenOf(at.shadow) : [])];
		const written = children.map((child) => encodeNode(writer, unit, child));
		const isDeep = depth >= DEPTH_MAX;
		for (const [index, child] of children.entries()) {
			const made = written[index] as Fields;
			if (isDeep) unit.late.push({ parentId: into.id, nextId: null, node: made });
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
			const isLate = isDeep || isLateMedia(writer.page, unit, child);
			left.push({ at: child, into: made, depth: isLate ? DEPTH_MAX : depth + 1 });
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
			return { ...encodeElement(writer, unit, node), ...place };
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

function encodeElement(writer: Writer, unit: Unit, node: FoldNode): Fields {
	const { made, tag, svg } = node;
	let tagName = made.tagName;
	let { attributes } = node;
	if (tag === "style") {
		attributes = sheetAttributes(writer, node);
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
	if (unit.document.live?.defined?.has(tag)) written.isCustom = true;
	if (node.shadow !== undefined) written.isShadowHost = true;
	return written;
}

function isScrolledLater({ live }: FoldNode): boolean {
	return live?.scroll !== undefined;
}

/** The text of a sheet, as its element's attribute where its text nodes cannot say it. */
function sheetAttributes({ misses }: Writer, node: FoldNode): Fields {
	const { _cssText: css, ...attributes } = node.attributes;
	const only = node.first;
	if (only !== undefined && only === node.last && only.id === 0 && only.how === "adapted") {
		return only.text === "" ? attributes : { ...attributes, _cssText: only.text };
	}
	const parts = node.live?.parts ?? 0;
	const texts = [...childrenOf(node)].filter(({ type }) => type === TEXT);
	if (!texts.some(({ how }) => how === "part")) return attributes;
	const isWhole = texts
		.slice(0, parts)
		.every(({ how, text }, index) => how === "part" && text === String(index));
	// With more texts than before the sheet would be split further.
	const isSame = Math.min(textOf(css).split(SPLIT).length, texts.length) === parts;
	const isRest = texts.slice(parts).every(({ how }) => how !== "part");
	if (!isWhole || !isSame || !isRest) misses.push("split-style");
	return { ...attributes, _cssText: css };
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
	const only = node.first;
	if (only === undefined || only !== node.last || only.type !== TEXT || only.id !== 0) return false;
	return node.tag === "textarea" || (node.tag === "style" && only.how === "adapted");
}

/** The replayer takes media of a snapshot in hand, those that came later only when they are used. */
function isLateMedia(page: Page, { document }: Unit, node: FoldNode): boolean {
	return document === page.root && isMedia(node) && node.live?.media === undefined;
}
