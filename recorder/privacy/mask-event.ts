// Every rrweb event passes here before it is queued. rrweb's own masking is a list of what it hides
// and leaks the rest (values of hidden, radio and submit inputs, options and what is selected, text in
// editable elements, queries in every URL); this walks the whole event and knows only what may pass.
//
// Events are changed in place: a copy of a large snapshot would cost as much again as taking it.
import { cleanUrl } from "../../protocol/clean-url.ts";
import { maskText } from "../../protocol/text-rule.ts";
import { cleanCss } from "./clean-css.ts";
import { type Attributes, type MaskedElement, maskAttributes } from "./mask-attributes.ts";
import { maskTyped } from "./mask-typed.ts";
import { isPrivateContent, kindOfValue } from "./private-content.ts";

export interface DomEvent {
	type: number;
	timestamp: number;
	data: unknown;
}

/** The element with this id, or the one that the text node with this id stands in. */
export type Describe = (id: number) => MaskedElement | undefined;

export const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const META = 4;

const MUTATION = 0;
const INPUT = 5;
const STYLE_SHEET_RULE = 8;
const STYLE_DECLARATION = 13;
const SELECTION = 14;
const ADOPTED_STYLE_SHEET = 15;
/** Moves, presses, scrolls, sizes, media, drags, custom element names: positions and ids only. */
const HARMLESS = [1, 2, 3, 4, 6, 7, 12, 16];

const ELEMENT_NODE = 2;

interface RecordedNode {
	type: number;
	tagName?: string;
	attributes?: Attributes;
	isSVG?: boolean;
	childNodes?: RecordedNode[];
	textContent?: string;
}

interface Mutations {
	texts: { id: number; value: string | null }[];
	attributes: { id: number; attributes: Attributes }[];
	adds: { parentId: number; node: RecordedNode }[];
}

const NOWHERE: MaskedElement = { tag: "", type: "", svg: false, hidden: false };
/** Where the page no longer says what an id was, the answer is the careful one. */
const UNKNOWN: MaskedElement = { tag: "", type: "", svg: false, hidden: true };

/** The same event after privacy, or undefined where it must not leave at all. */
export function maskEvent<E extends DomEvent>(event: E, describe: Describe): E | undefined {
	// The shapes are rrweb's and follow from type and source.
	const data = event.data as Record<string, unknown>;
	if (event.type === META) {
		data.href = cleanUrl(String(data.href));
		return event;
	}
	if (event.type === FULL_SNAPSHOT) {
		maskNode(data.node as RecordedNode, NOWHERE);
		return event;
	}
	if (event.type !== INCREMENTAL) return undefined;
	return maskIncrement(data, describe) ? event : undefined;
}

function maskIncrement(data: Record<string, unknown>, describe: Describe): boolean {
	switch (data.source) {
		case MUTATION:
			maskMutations(data as unknown as Mutations, describe);
			return true;
		case INPUT:
			return maskInput(data, describe);
		case SELECTION:
			return (data.ranges as { start: number; end: number }[]).every(
				({ start, end }) => !isPrivate(start, describe) && !isPrivate(end, describe),
			);
		case STYLE_SHEET_RULE:
		case STYLE_DECLARATION:
		case ADOPTED_STYLE_SHEET:
			maskStyles(data);
			return true;
		default:
			return HARMLESS.includes(data.source as number);
	}
}

function maskMutations(data: Mutations, describe: Describe): void {
	for (const text of data.texts) {
		if (text.value !== null) text.value = maskContent(text.value, describe(text.id) ?? UNKNOWN);
	}
	for (const { id, attributes } of data.attributes) {
		maskAttributes(attributes, describe(id) ?? UNKNOWN);
	}
	for (const { parentId, node } of data.adds) maskNode(node, describe(parentId) ?? UNKNOWN);
}

/** Ticks and choices do not leave; of typed text, that there is some. */
function maskInput(data: Record<string, unknown>, describe: Describe): boolean {
	const element = describe(data.id as number);
	if (element === undefined || kindOfValue(element.tag, element.type) !== "typed") return false;
	data.text = maskTyped(String(data.text));
	data.isChecked = false;
	return true;
}

function isPrivate(id: number, describe: Describe): boolean {
	const element = describe(id) ?? UNKNOWN;
	return element.hidden || element.tag === "input";
}

function maskNode(node: RecordedNode, parent: MaskedElement): void {
	if (node.textContent !== undefined) node.textContent = maskContent(node.textContent, parent);
	const inside = node.type === ELEMENT_NODE ? maskElement(node, parent) : { ...parent, tag: "" };
	for (const child of node.childNodes ?? []) maskNode(child, inside);
}

function maskElement(node: RecordedNode, parent: MaskedElement): MaskedElement {
	const attributes = node.attributes ?? {};
	const tag = node.tagName ?? "";
	const element = {
		tag,
		type: String(attributes.type ?? "").toLowerCase(),
		svg: node.isSVG === true,
		hidden: parent.hidden || isPrivateContent(tag, attributes),
	};
	maskAttributes(attributes, element);
	return element;
}

/** Text as it stands in an element. What is in `noscript` is markup that nobody sees. */
function maskContent(text: string, { tag, hidden }: MaskedElement): string {
	if (tag === "style") return cleanCss(text);
	if (tag === "noscript" || tag === "script") return "";
	if (hidden) return maskTyped(text);
	return tag === "title" ? maskText(text, 200) : text;
}

/** Rules and values of style sheets, however deep in the event they stand. */
function maskStyles(data: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(data)) {
		if (typeof value === "string") data[name] = cleanCss(value);
		else if (typeof value === "object" && value !== null) {
			maskStyles(value as Record<string, unknown>);
		}
	}
}
