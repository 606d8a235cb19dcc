// Everything of a replayed page that can be seen or that later events can touch, as lines: elements,
// attributes, texts and the ids they are known under, what is typed and chosen, scrolled and played, shadow
// trees, frames, and the rules of every sheet. Runs inside the browser.

/** Begins the line of a scroll position, which ends with how far it is from the recorded one. */
const PAUSED = "rrweb-paused";

export const SCROLLED = "scrolled ";
/** Stands for a node that no event can name. */
const UNKNOWN = "#-";

/** What the replayer knows of nodes. */
export interface Mirror {
	getId(node: Node): number;
	getNode(id: number): Node | null;
}

/** By id. */
export type Scrolls = ReadonlyMap<number, { x: number; y: number }>;

interface Writer {
	mirror: Mirror;
	scrolls: Scrolls;
	media: (element: Element) => string;
	lines: string[];
}

export interface Seen {
	mirror: Mirror;
	/** Where the recorded page was scrolled to; a replay may be too short for it. */
	scrolls: Scrolls;
	/** What the replayer says of how an element plays; the element may have nothing to play. */
	media: (element: Element) => string;
}

export function serializeReplay(document: Document, seen: Seen): string[] {
	const writer: Writer = { ...seen, lines: [] };
	writeDocument(writer, document, "");
	writeSelection(writer, document);
	return writer.lines;
}

function writeDocument(writer: Writer, document: Document, indent: string): void {
	const { lines } = writer;
	const window = document.defaultView;
	// The replayer gives a size to the page alone; a frame has one where it is laid out.
	const size = indent === "" ? `${window?.innerWidth} x ${window?.innerHeight}` : "";
	lines.push(`${indent}#document ${nameOf(writer, document)} ${size}`);
	writeScroll(writer, document, { x: window?.scrollX ?? 0, y: window?.scrollY ?? 0 });
	const fonts = new Set([...document.fonts].map(({ family }) => family));
	lines.push(`${indent}  fonts ${[...fonts].join(",")}`);
	writeAdopted(writer, document.adoptedStyleSheets, `${indent}  `);
	for (const child of document.childNodes) writeNode(writer, child, `${indent}  `);
}

function writeNode(writer: Writer, node: Node, indent: string): void {
	const { lines } = writer;
	const name = nameOf(writer, node);
	switch (node.nodeType) {
		case Node.ELEMENT_NODE:
			if (!isOfReplayer(node as Element)) writeElement(writer, node as Element, indent);
			return;
		case Node.DOCUMENT_TYPE_NODE:
			// A document in quirks mode gets one from the replayer, with no id.
			lines.push(
				`${indent}<!doctype ${(node as DocumentType).name} ${(node as DocumentType).publicId}>`,
			);
			return;
		default:
			lines.push(`${indent}${node.nodeName} ${name} ${JSON.stringify(node.nodeValue)}`);
	}
}

function writeElement(writer: Writer, element: Element, indent: string): void {
	const { lines } = writer;
	const attributes = [...element.attributes]
		.map(({ name, value, namespaceURI }) => {
			const text = name === "class" ? putMarkLast(value) : value;
			return `${namespaceURI ?? ""}${name}=${JSON.stringify(text)}`;
		})
		// Left behind where a property was taken away again.
		.filter((text) => text !== 'style=""')
		.sort();
	const tag = `${element.namespaceURI?.endsWith("svg") ? "svg:" : ""}${element.localName}`;
	lines.push(`${indent}<${tag} ${nameOf(writer, element)} ${attributes.join(" ")}>`);
	const inner = `${indent}  `;
	writeScroll(writer, element, { x: element.scrollLeft, y: element.scrollTop });
	for (const state of stateOf(writer, element)) lines.push(`${inner}@${state}`);
	const { sheet } = element as HTMLStyleElement;
	if (sheet) writeRules(writer, sheet, inner);
	if (element.shadowRoot) {
		lines.push(`${inner}#shadow`);
		writeAdopted(writer, element.shadowRoot.adoptedStyleSheets, inner);
		for (const child of element.shadowRoot.childNodes) writeNode(writer, child, `${inner}  `);
	}
	const framed = (element as HTMLIFrameElement).contentDocument;
	if (framed) writeDocument(writer, framed, inner);
	for (const child of element.childNodes) writeNode(writer, child, inner);
}

/** When the replayer put its own mark beside the classes of the page nobody sees. */
function putMarkLast(classes: string): string {
	if (!classes.includes(PAUSED)) return classes;
	return [...classes.split(" ").filter((name) => name !== PAUSED), PAUSED].join(" ");
}

/** Read by name rather than by class: the nodes are of another window. */
function stateOf({ media }: Writer, element: Element): string[] {
	const state: string[] = [];
	const say = (name: string, value: unknown) => state.push(`${name}=${JSON.stringify(value)}`);
	const { localName } = element;
	const control = element as HTMLInputElement;
	if (localName === "input") say("input", [control.value, control.checked, control.indeterminate]);
	if (localName === "textarea") say("text", control.value);
	if (localName === "select") {
		const { options, selectedIndex } = element as HTMLSelectElement;
		say("chosen", [selectedIndex, [...options].map(({ selected }) => selected)]);
	}
	if (localName === "audio" || localName === "video") {
		const { paused, muted, loop, volume, playbackRate } = element as HTMLMediaElement;
		say("media", [paused, muted, loop, volume, playbackRate, media(element)]);
	}
	if (localName === "dialog") {
		// One that is closed may still be taken for modal, which nobody sees.
		const { open } = element as HTMLDialogElement;
		say("dialog", [open, open && element.matches(":modal")]);
	}
	if (localName.includes("-")) say("defined", element.matches(":defined"));
	return state;
}

/**
 * How far a node is from where it was scrolled to, as far as its content reaches. Where nothing was
 * recorded, a dialog that took the focus may have scrolled.
 */
function writeScroll(writer: Writer, node: Node, { x, y }: { x: number; y: number }): void {
	const name = nameOf(writer, node);
	const wanted = name === UNKNOWN ? undefined : writer.scrolls.get(writer.mirror.getId(node));
	if (wanted === undefined) return;
	const box = ((node as Document).scrollingElement ?? node) as Element;
	const left = Math.min(wanted.x, Math.max(0, box.scrollWidth - box.clientWidth));
	const top = Math.min(wanted.y, Math.max(0, box.scrollHeight - box.clientHeight));
	const off = Math.round(Math.hypot(x - left, y - top));
	writer.lines.push(`${SCROLLED}${name} off by ${off}`);
}

function writeAdopted(writer: Writer, sheets: readonly CSSStyleSheet[], indent: string): void {
	for (const sheet of sheets) {
		writer.lines.push(`${indent}adopted`);
		writeRules(writer, sheet, `${indent}  `);
	}
}

function writeRules({ lines }: Writer, sheet: CSSStyleSheet, indent: string): void {
	for (const rule of sheet.cssRules)
		lines.push(`${indent}rule ${rule.cssText.replace(/\s+/g, " ")}`);
}

function writeSelection(writer: Writer, document: Document): void {
	const selection = document.getSelection();
	// A dialog that takes the focus sets the caret, which is no selection.
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
	const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
	const [start, end] = [nameOf(writer, startContainer), nameOf(writer, endContainer)];
	writer.lines.push(`selection ${start}:${startOffset} ${end}:${endOffset}`);
}

/** The id under which events find a node; none for those that they cannot find. */
function nameOf({ mirror }: Writer, node: Node): string {
	const id = mirror.getId(node);
	return mirror.getNode(id) === node && id > -1000 ? `#${id}` : UNKNOWN;
}

/** The style that the replayer puts into every page. */
export function isOfReplayer(element: Element): boolean {
	if (element.localName !== "style" || element.parentElement?.localName !== "html") return false;
	const [rule] = (element as HTMLStyleElement).sheet?.cssRules ?? [];
	return rule?.cssText.startsWith(".rr-block") ?? false;
}
