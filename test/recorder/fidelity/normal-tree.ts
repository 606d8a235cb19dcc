// A document as privacy leaves it, as a tree that can be compared: of the live page and of its replay. Both
// sides go through the same function, which takes out what does not leave the page (scripts, comments,
// values, what was ticked and chosen, queries of URLs) and what the replayer adds. Masking is idempotent,
// so an engine that masks and one that does not can be compared with the same live page.
import { maskText } from "../../../protocol/text-rule.ts";
import { maskAttribute } from "../../../recorder/privacy/mask-attribute.ts";
import { maskContent } from "../../../recorder/privacy/mask-content.ts";
import { kindOfValue, type Level, levelIn } from "../../../recorder/privacy/private-content.ts";
import { createShowTyped } from "../../../recorder/privacy/show-typed.ts";
import { isOfReplayer } from "../../replay/proof/serialize-replay.ts";
import { normalizeSheet, normalizeStyle } from "./normal-css.ts";
import { resolveSourceSet, resolveUrl } from "./normal-url.ts";

export interface NormalNode {
	/** `svg:circle`, `#text`, `#shadow`, `#document`. */
	name: string;
	/** Attributes, what is typed, scrolled and played, rules of sheets. */
	facts: Record<string, string>;
	/** A shadow tree and the document of a frame come first. */
	children: NormalNode[];
}

const PREFIXES: Record<string, string> = {
	"http://www.w3.org/1999/xhtml": "",
	"http://www.w3.org/2000/svg": "svg:",
	"http://www.w3.org/1998/Math/MathML": "math:",
};
const DROPPED_ELEMENTS = ["script", "noscript"];
/** What the replayer sets on elements, what starts playing, and what the recorder takes for state. */
const DROPPED_ATTRIBUTES = /^(?:rr_.*|_csstext|autocomplete|autoplay|value)$/;
const URLS = /^(?:href|src|poster|data|xlink:href|background)$/;
/** The replayer shows by them where the pointer is and that it stands. */
const REPLAYER_CLASSES = [":hover", ":active", "rrweb-paused"];

const showTyped = createShowTyped();

export function normalizeDocument(document: Document, around: Level = 0): NormalNode {
	const window = document.defaultView;
	const level = document.designMode === "on" ? 2 : around;
	const facts: Record<string, string> = { mode: document.compatMode };
	if (window) addScroll(facts, window.scrollX, window.scrollY);
	addAdopted(facts, document.adoptedStyleSheets);
	return { name: "#document", facts, children: normalizeChildren(document, level) };
}

function normalizeChildren(parent: Node, level: Level): NormalNode[] {
	return [...parent.childNodes].flatMap((node) => normalizeNode(node, level) ?? []);
}

function normalizeNode(node: Node, level: Level): NormalNode | undefined {
	switch (node.nodeType) {
		case Node.ELEMENT_NODE:
			return normalizeElement(node as Element, level);
		case Node.TEXT_NODE:
			return normalizeText(node as Text, level);
		case Node.CDATA_SECTION_NODE:
			return { name: "#cdata", facts: {}, children: [] };
		default:
			return undefined;
	}
}

function normalizeText(node: Text, level: Level): NormalNode | undefined {
	const parent = node.parentElement?.localName;
	if (parent === "head" && node.data.trim() === "") return undefined;
	return { name: "#text", facts: { text: maskContent(node.data, level) }, children: [] };
}

function normalizeElement(element: Element, around: Level): NormalNode | undefined {
	const { localName } = element;
	if (DROPPED_ELEMENTS.includes(localName) || isOfReplayer(element)) return undefined;
	const level = levelIn(element, around);
	const facts = normalizeAttributes(element, level);
	addState(facts, element);
	const children: NormalNode[] = [];
	const { shadowRoot } = element;
	if (shadowRoot) {
		const shadow = {
			name: "#shadow",
			facts: {},
			children: normalizeChildren(shadowRoot, level),
		};
		addAdopted(shadow.facts, shadowRoot.adoptedStyleSheets);
		children.push(shadow);
	}
	const framed = (element as HTMLIFrameElement).contentDocument;
	if (framed) children.push(normalizeDocument(framed, level));
	const sheet = readableSheet(element);
	if (sheet) addRules(facts, "", sheet);
	// Text of a sheet is in its rules, that of a textarea in its value.
	if (!["style", "textarea"].includes(localName)) {
		children.push(...normalizeChildren(element, level));
	}
	return { name: nameOf(element, sheet), facts, children };
}

/** A link is recorded as a style with the rules of its sheet. */
function nameOf({ localName, namespaceURI }: Element, sheet: CSSStyleSheet | undefined): string {
	const tag = localName === "link" && sheet ? "style" : localName;
	return (PREFIXES[namespaceURI ?? ""] ?? `{${namespaceURI}}`) + tag;
}

function normalizeAttributes(element: Element, level: Level): Record<string, string> {
	const { localName: tag } = element;
	const svg = element.namespaceURI === "http://www.w3.org/2000/svg";
	const type = tag === "input" ? (element as HTMLInputElement).type : "";
	const metaName = element.getAttribute("name") ?? "";
	const kept: Record<string, string> = {};
	for (const { name, value } of element.attributes) {
		if (DROPPED_ATTRIBUTES.test(name) || name === "style" || name === "class") continue;
		if (tag === "iframe" && name === "src") continue;
		// The replayer puts a style in the place of a link, with or without what the link had.
		if (/^(?:rel|href)$/.test(name) && readableSheet(element)) continue;
		const isUrl = URLS.test(name) && !(svg && value.startsWith("#"));
		const whole = name === "srcset" ? resolveSourceSet(value) : isUrl ? resolveUrl(value) : value;
		const masked = maskAttribute(name, whole, { tag, type, svg, level, metaName });
		if (masked !== undefined) kept[name] = masked;
	}
	const classes = [...element.classList].filter((name) => !REPLAYER_CLASSES.includes(name));
	if (classes.length > 0) kept.class = classes.join(" ");
	const style = normalizeStyle((element as HTMLElement).style);
	if (style !== "") kept.style = style;
	return kept;
}

/** Read by name rather than by class: the nodes are of another window. */
function addState(facts: Record<string, string>, element: Element): void {
	const { localName, scrollLeft, scrollTop } = element;
	const control = element as HTMLInputElement;
	if (localName === "input" || localName === "textarea") {
		const kind = kindOfValue(localName, localName === "input" ? control.type : "");
		if (kind === "typed") facts["@value"] = showTyped(control);
		if (kind === "label") facts["@value"] = maskText(control.value);
	}
	if (localName === "audio" || localName === "video") {
		const { muted, loop, volume, playbackRate } = element as HTMLMediaElement;
		facts["@media"] = JSON.stringify([muted, loop, volume, playbackRate]);
	}
	if (localName === "dialog") {
		// One that is closed may still be taken for modal, which nobody sees.
		facts["@modal"] = String(element.hasAttribute("open") && element.matches(":modal"));
	}
	if (element.hasAttribute("popover")) facts["@popover"] = String(element.matches(":popover-open"));
	if (localName.includes("-")) facts["@defined"] = String(element.matches(":defined"));
	// A document tells how far its own element is scrolled.
	if (element !== element.ownerDocument.scrollingElement) addScroll(facts, scrollLeft, scrollTop);
}

function addScroll(facts: Record<string, string>, left: number, top: number): void {
	if (Math.round(left) !== 0 || Math.round(top) !== 0) {
		facts["@scroll"] = `${Math.round(left)} ${Math.round(top)}`;
	}
}

function addAdopted(facts: Record<string, string>, sheets: readonly CSSStyleSheet[]): void {
	for (const [at, sheet] of sheets.entries()) {
		facts[`@adopted ${at}`] = "";
		addRules(facts, `adopted ${at} `, sheet);
	}
}

function addRules(facts: Record<string, string>, name: string, sheet: CSSStyleSheet): void {
	for (const [at, rule] of normalizeSheet(sheet).entries()) facts[`@${name}rule ${at}`] = rule;
}

/** undefined where there is none, or where it is of another origin. */
function readableSheet(element: Element): CSSStyleSheet | undefined {
	const { sheet } = element as HTMLStyleElement;
	try {
		return sheet?.cssRules ? sheet : undefined;
	} catch {
		return undefined;
	}
}
