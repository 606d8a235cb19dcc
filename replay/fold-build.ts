// Serialised nodes → nodes of the page, as rrweb-snapshot's `buildNodeWithSN` makes them, with its
// habits: a node whose id is known and that looks as it did is taken as it is, with whatever happened to
// it and below it since; a text area takes its value as its child; a style sheet's text is spread over
// its text nodes, whose contents then depend on the replayer's CSS parser ("part").
import { tickMade, tickPlaced } from "./fold-radios.ts";
import {
	childrenOf,
	createNode,
	DOCTYPE,
	DOCUMENT,
	ELEMENT,
	type FoldNode,
	insert,
	LOOKS_MAX,
	liveOf,
	type Page,
	REFUSED,
	SHADOW,
	TEXT,
	unlink,
	walk,
} from "./fold-tree.ts";
import { type Fields, recordsOf } from "./scrub-node.ts";

const COMMENT = 5;
export const SPLIT = "/* rr_split */";
/** What the DOM standard lets have a shadow tree, besides custom elements. */
const HOSTS = new Set([
	...["article", "aside", "blockquote", "body", "div", "footer", "h1", "h2", "h3", "h4", "h5"],
	...["h6", "header", "main", "nav", "p", "section", "span"],
]);
const SHADOW_ROOT: Fields = { type: SHADOW };

/** The node alone, or the one that is known under its id. @throws REFUSED */
export function buildNode(
	page: Page,
	made: Fields,
	{ document, build }: { document: FoldNode; build: number },
): FoldNode {
	const { mirror } = page;
	const id = idOf(made.id);
	if (id === undefined) {
		page.miss("node-id");
		throw REFUSED;
	}
	const known = mirror.get(id);
	if (known !== undefined && isSameMade(known.made, made)) return known;
	if (!isBuildable(made)) throw REFUSED;
	const node = createNode(made, id, build);
	if (id < page.lowestId) page.lowestId = id;
	if (node.type === ELEMENT) dress(node, document);
	tickMade(page, node);
	mirror.set(id, node);
	return node;
}

/**
 * A document with everything below it. What stood in it before is left behind.
 * @param document to write into, as for a frame that is loaded again
 */
export function buildDocument(page: Page, made: Fields): FoldNode | undefined {
	const id = idOf(made.id);
	if (id === undefined) {
		page.miss("node-id");
		return undefined;
	}
	page.builds++;
	const document = createNode(made, id, page.builds);
	page.mirror.set(id, document);
	buildChildren(page, document, document);
	return document;
}

/** A node with everything below it, that is put nowhere. @throws REFUSED */
export function buildTree(page: Page, made: Fields, document: FoldNode): FoldNode {
	page.builds++;
	const known = page.mirror.get(Number(made.id));
	const root = buildNode(page, made, { document, build: page.builds });
	if (root !== known) buildChildren(page, root, document);
	return root;
}

export function attachShadow(host: FoldNode): FoldNode {
	if (host.shadow !== undefined) return host.shadow;
	const isHost = host.type === ELEMENT && !host.svg;
	if (!isHost || !(host.tag.includes("-") || HOSTS.has(host.tag))) throw REFUSED;
	const shadow = createNode(SHADOW_ROOT, 0);
	shadow.host = host;
	host.shadow = shadow;
	return shadow;
}

/** A text node that the replayer makes by itself and does not remember. */
export function createText(text: string, how: FoldNode["how"]): FoldNode {
	const node = createNode({ type: TEXT, textContent: text }, 0);
	node.how = how;
	return node;
}

/** A node that is known and moves takes its frames and sheets along as new ones, and what is ticked. */
export function resetMoved(page: Page, root: FoldNode): void {
	if (root.first === undefined && root.shadow === undefined && root.tag === "") return;
	for (const node of walk(root, true)) {
		if (page.looks++ >= LOOKS_MAX) {
			page.miss("moved-trees");
			return;
		}
		tickPlaced(page, node);
		if (node.live?.rules !== undefined) node.live.rules = undefined;
		if (node.frame === undefined) continue;
		const { frame } = node;
		frame.host = undefined;
		node.frame = undefined;
		page.strand(frame);
	}
}

/** The builder takes the body out while it puts a page's element into the document. */
function putBodyLast(element: FoldNode): void {
	const body = [...childrenOf(element)].findLast(({ tag, svg }) => tag === "body" && !svg);
	if (body !== undefined) insert(element, body, undefined);
}

interface Level {
	parent: FoldNode;
	children: Fields[];
	at: number;
	/** Texts of a style sheet that is spread over them. */
	spread: Map<Fields, Pick<FoldNode, "text" | "how">>;
}

function buildChildren(page: Page, root: FoldNode, document: FoldNode): void {
	const left: Level[] = [levelOf(root)];
	for (let level = left.at(-1); level !== undefined; level = left.at(-1)) {
		const made = level.children[level.at++];
		if (made === undefined) {
			left.pop();
			if (level.parent.parent?.type === DOCUMENT) putBodyLast(level.parent);
		} else if (made.type === DOCUMENT) page.miss("document-in-tree");
		else if (isBuildable(made)) {
			const node = buildChild(page, level, { made, document });
			if (node !== undefined) left.push(levelOf(node));
		}
	}
}

/** @returns a node that has to get its children yet */
function buildChild(
	page: Page,
	{ parent, spread }: Level,
	{ made, document }: { made: Fields; document: FoldNode },
): FoldNode | undefined {
	const known = page.mirror.get(Number(made.id));
	if (known?.build === page.builds) {
		page.miss("duplicate-id");
		return undefined;
	}
	const own = spread.get(made);
	// The replayer writes the sheet into the serialised text, which then is like no other.
	const node = buildNode(page, own ? { ...made, textContent: own } : made, {
		document,
		build: page.builds,
	});
	if (own !== undefined) Object.assign(node, own);
	insert(made.isShadow ? (parent.shadow ?? parent) : parent, node, undefined);
	if (node === known) resetMoved(page, node);
	if (node.type === TEXT) parent.live?.spread?.push(node);
	return node === known ? undefined : node;
}

function levelOf(parent: FoldNode): Level {
	const children = childrenToBuild(parent);
	return { parent, children, at: 0, spread: spreadSheet(parent, children) };
}

function childrenToBuild(node: FoldNode): Fields[] {
	if (node.type !== ELEMENT && node.type !== DOCUMENT) return [];
	// The value became the child.
	if (node.tag === "textarea" && typeof node.made.attributes === "object") {
		const { value } = node.made.attributes as Fields;
		if (typeof value === "string") return [];
	}
	return recordsOf(node.made.childNodes);
}

/** What an element is born with besides its attributes. */
function dress(node: FoldNode, document: FoldNode): void {
	const { made, tag, attributes } = node;
	if (made.isCustom) {
		if (tag.includes(":")) throw REFUSED;
		const live = liveOf(document);
		live.defined ??= new Set();
		live.defined.add(tag);
	}
	if (made.isShadowHost) attachShadow(node);
	if (tag === "textarea" && typeof attributes.value === "string") {
		insert(node, createText(attributes.value, "raw"), undefined);
	}
	const css = attributes._cssText;
	if (tag === "style" && typeof css === "string" && recordsOf(made.childNodes).length === 0) {
		insert(node, createText(css, "adapted"), undefined);
	}
}

/** rrweb-snapshot's `applyCssSplits`, without what only the CSS parser knows. */
function spreadSheet(node: FoldNode, children: Fields[]): Level["spread"] {
	const css = node.attributes._cssText;
	const spread: Level["spread"] = new Map();
	if (node.tag !== "style" || typeof css !== "string") return spread;
	const texts = children.filter(({ type }) => type === TEXT);
	const parts = Math.min(css.split(SPLIT).length, texts.length);
	if (parts > 1) Object.assign(liveOf(node), { spread: [], parts });
	const whole = css.replaceAll(SPLIT, "");
	for (const [index, text] of texts.slice(0, parts).entries()) {
		if (parts === 1) spread.set(text, { text: whole, how: "adapted" });
		else spread.set(text, { text: String(index), how: "part" });
	}
	return spread;
}

export function isBuildable(made: Fields): boolean {
	const { type } = made;
	return (
		type === DOCUMENT || type === DOCTYPE || type === ELEMENT || type === TEXT || type === COMMENT
	);
}

/** rrweb's `isNodeMetaEqual`. Attributes are compared in their order. */
export function isSameMade(a: Fields, b: Fields): boolean {
	if (a === b) return true;
	if (a.type !== b.type) return false;
	switch (a.type) {
		case DOCUMENT:
			return a.compatMode === b.compatMode;
		case DOCTYPE:
			return a.name === b.name && a.publicId === b.publicId && a.systemId === b.systemId;
		case TEXT:
		case COMMENT:
			return a.textContent === b.textContent;
		case ELEMENT:
			return (
				a.tagName === b.tagName &&
				a.isSVG === b.isSVG &&
				a.needBlock === b.needBlock &&
				isSameList(a.attributes as Fields, b.attributes as Fields)
			);
		default:
			return false;
	}
}

function isSameList(a: Fields, b: Fields): boolean {
	const names = Object.keys(a);
	const others = Object.keys(b);
	if (names.length !== others.length) return false;
	return names.every((name, at) => {
		if (name !== others[at]) return false;
		const [one, other] = [a[name], b[name]];
		if (one === other) return true;
		return typeof one === "object" && JSON.stringify(one) === JSON.stringify(other);
	});
}

/** -1 is nobody, and 0 is taken for none. */
function idOf(value: unknown): number | undefined {
	return Number.isSafeInteger(value) && value !== 0 && value !== -1 ? (value as number) : undefined;
}

/** Takes out all children and leaves them to the mirror. */
export function emptyNode(page: Page, node: FoldNode): void {
	for (const child of childrenOf(node)) {
		unlink(child);
		page.strand(child);
	}
}
