// Serialised nodes and their attributes without what could run or load. What rrweb does with a node
// decides what is looked at: it turns values into text, so a list of one URL is a URL; it makes a style
// sheet of a `link` with `_cssText`; it loads what `rr_dataURL` says.
import { scrubCss } from "./scrub-css.ts";
import { scrubUrl } from "./scrub-url.ts";

export type Fields = Record<string, unknown>;

const DOCUMENT = 0;
const ELEMENT = 2;
const TEXT = 3;
const CDATA = 4;
const COMMENT = 5;

/** Parsers of browsers stop here; rebuilding a deeper tree would end their stack. */
const TREE_DEPTH = 512;
const SPLIT = "/* rr_split */";

/** Elements that run, embed or redirect. They stay in the tree, so that ids fit, but as empty boxes. */
const INERT = new Set([
	...[
		"script",
		"noscript",
		"object",
		"embed",
		"applet",
		"portal",
		"base",
		"fencedframe",
		"webview",
	],
	"handler",
]);
/** rrweb shows a document inside a frame as its child node; such documents stay. */
const FRAMES = new Set(["iframe", "frame"]);
const URL_ATTRIBUTES = new Set([
	...["href", "src", "action", "formaction", "poster", "data", "background", "cite", "longdesc"],
	...[
		"manifest",
		"codebase",
		"classid",
		"profile",
		"usemap",
		"icon",
		"dynsrc",
		"lowsrc",
		"archive",
	],
	...["code", "rr_dataurl"],
]);
/** `style` and what SVG reads as CSS, animations included. */
const CSS_ATTRIBUTES = new Set([
	...["style", "fill", "stroke", "filter", "mask", "clip-path", "cursor"],
	...["marker", "marker-start", "marker-mid", "marker-end", "from", "to", "by", "values"],
]);
const REMOVED =
	/^(?:on.*|srcdoc|http-equiv|sandbox|allow|ping|attributionsrc|rr_mediastate)$|[^\w:.@-]/;

/**
 * A node with everything below it, changed in place. Walks without recursion: a forged tree may be
 * deeper than the stack.
 */
export function scrubTree(root: unknown): void {
	let level = [root].filter(isRecord);
	for (let depth = 1; level.length > 0; depth++) {
		const next: Fields[] = [];
		for (const node of level) {
			scrubNode(node);
			if (depth === TREE_DEPTH && Array.isArray(node.childNodes)) node.childNodes = [];
			for (const child of recordsOf(node.childNodes)) next.push(child);
		}
		level = next;
	}
}

/** @param tag lower case, "" where the element is not known, as in a change of attributes */
export function scrubAttributes(tag: string, attributes: Fields): void {
	for (const [name, value] of Object.entries(attributes)) {
		const scrubbed = value === null ? null : scrubAttribute(tag, name, value);
		if (scrubbed === undefined) delete attributes[name];
		else if (scrubbed !== value) attributes[name] = scrubbed;
	}
}

export function recordsOf(value: unknown): Fields[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function isRecord(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Texts come as they are; forged values would be turned into text by whoever writes them. */
export function textOf(value: unknown): string {
	return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** Where a text node stands alone it may belong to a style sheet. */
export function isText(node: Fields): boolean {
	return node.type === TEXT || node.type === CDATA;
}

function scrubNode(node: Fields): void {
	// A page in HTML cannot hold such a section; as text it says the same.
	if (node.type === CDATA) node.type = TEXT;
	if (node.type === TEXT || node.type === COMMENT) node.textContent = textOf(node.textContent);
	if (node.type !== ELEMENT && node.type !== DOCUMENT) return;
	node.childNodes = recordsOf(node.childNodes);
	if (node.type === ELEMENT) scrubElement(node);
}

function scrubElement(node: Fields): void {
	const tag = textOf(node.tagName).toLowerCase();
	// rrweb looks names up in a plain object, which has a `constructor`.
	const isName = /^[a-z][\w.-]*(?::[a-z][\w.-]*)?$/.test(tag) && tag !== "constructor";
	const name = tag.replace(/^.*:/, "");
	node.tagName = isName ? tag : "div";
	if (!isName || !tag.includes("-")) delete node.isCustom;
	const isOrder = name === "meta" && hasField(node.attributes, "http-equiv");
	const attributes = isRecord(node.attributes) && !isOrder ? node.attributes : {};
	node.attributes = attributes;
	scrubAttributes(name, attributes);
	if (name === "style") scrubSheet(node, attributes);
	if (name === "link") node.childNodes = [];
	if (!INERT.has(name)) return;
	node.childNodes = [];
	delete node.isCustom;
	if (name !== "noscript") node.tagName = "snag-inert";
}

function hasField(value: unknown, name: string): boolean {
	return isRecord(value) && Object.keys(value).some((key) => key.toLowerCase() === name);
}

/** A browser reads the texts of a sheet as one, so that is what is judged. */
function scrubSheet(node: Fields, attributes: Fields): void {
	const texts = recordsOf(node.childNodes).filter(isText);
	// rrweb writes `_cssText` over the texts, but over no more of them than it has parts.
	const hasOwn = typeof attributes._cssText === "string";
	const css = hasOwn ? "" : texts.map((text) => textOf(text.textContent)).join("");
	const scrubbed = scrubCss(css);
	if (!hasOwn && scrubbed === css) return;
	for (const [index, text] of texts.entries()) text.textContent = index === 0 ? scrubbed : "";
}

function scrubAttribute(tag: string, name: string, value: unknown): unknown {
	const plain = name.toLowerCase();
	const isMedia = tag === "audio" || tag === "video";
	if (name === "rr_mediaState" && isMedia) return value;
	if (REMOVED.test(plain)) return undefined;
	// Without it a link loads nothing, whatever its address becomes later.
	if (plain === "rel" && (tag === "link" || tag === "")) return undefined;
	if (plain === "src" && FRAMES.has(tag)) return undefined;
	if (plain === "attributename" && /href/i.test(textOf(value))) return undefined;
	if (plain === "srcset" || plain === "imagesrcset") return "";
	if (URL_ATTRIBUTES.has(plain) || plain.endsWith(":href")) {
		return scrubUrl(textOf(value), tag, plain);
	}
	if (plain === "_csstext") return typeof value === "string" ? scrubSplitCss(value) : undefined;
	if (typeof value === "object") {
		return plain === "style" && tag === "" && isRecord(value) ? scrubStyle(value) : undefined;
	}
	return CSS_ATTRIBUTES.has(plain) && typeof value === "string" ? scrubCss(value) : value;
}

/** rrweb joins the parts of a sheet again; with and without the marks it must be harmless. */
function scrubSplitCss(css: string): string {
	const joined = css.replaceAll(SPLIT, "");
	const scrubbed = scrubCss(joined);
	return scrubbed === joined && scrubCss(css) === css ? css : scrubbed;
}

/** rrweb's difference of a style attribute: property → value, [value, priority], or false for none. */
function scrubStyle(style: Fields): Fields {
	for (const [property, value] of Object.entries(style)) {
		if (Array.isArray(value)) style[property] = value.map((part) => scrubCss(textOf(part)));
		else if (typeof value === "string") style[property] = scrubCss(value);
		else if (value !== false) delete style[property];
	}
	return style;
}
