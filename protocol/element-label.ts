// What a person would call an element: its role and its text, by the text rule. Never a value, never
// what stands in private content. Like the key, it is read from the live node and from the replayed
// one, so that a position can be checked against what was pressed there.
import { maskText } from "./text-rule.ts";

/** The part of a DOM `Node` that a label needs. */
export interface LabelChild {
	readonly nodeType: number;
	readonly nodeValue: string | null;
	readonly nextSibling: LabelChild | null;
}

/** The part of `Element` that a label needs. */
export interface LabelNode extends LabelChild {
	readonly localName: string;
	readonly firstChild: LabelChild | null;
	readonly parentElement: { closest(selector: string): unknown } | null;
	readonly ownerDocument?: { readonly designMode?: string };
	getAttribute(name: string): string | null;
	matches(selector: string): boolean;
	closest(selector: string): unknown;
}

/** Where the content of an element belongs to the visitor: what is typed there, or what they chose from. */
export const PRIVATE_SELECTOR =
	"option,textarea,[data-snag-mask],[contenteditable]:not([contenteditable=false])";

const TEXT_LENGTH = 40;
const SILENT = `${PRIVATE_SELECTOR},[data-snag-block],select,script,style,noscript`;
/** A place to break at parts no words. */
const PASSED = `${SILENT},wbr`;
const ELEMENT_NODE = 1;
const TEXT_NODE = 3;

const ROLES: Readonly<Record<string, string>> = {
	...{ button: "button", summary: "button", textarea: "textbox", select: "combobox" },
	...{
		option: "option",
		label: "label",
		img: "img",
		video: "video",
		audio: "audio",
		nav: "navigation",
	},
	...{
		main: "main",
		form: "form",
		table: "table",
		li: "listitem",
		dialog: "dialog",
		canvas: "canvas",
	},
	...{ h1: "heading", h2: "heading", h3: "heading", h4: "heading", h5: "heading", h6: "heading" },
};
const INPUT_ROLES: Readonly<Record<string, string>> = {
	...{ checkbox: "checkbox", radio: "radio", range: "slider", number: "spinbutton" },
	...{ button: "button", submit: "button", reset: "button", image: "button", search: "searchbox" },
};

/** The `role` attribute, else what HTML implies, else "". */
export function roleOf(element: LabelNode): string {
	const explicit = element.getAttribute("role")?.trim().split(/\s+/)[0];
	if (explicit) return explicit.toLowerCase().slice(0, 40);
	const tag = element.localName;
	if (tag === "a" || tag === "area") return element.getAttribute("href") === null ? "" : "link";
	if (tag === "input") {
		return INPUT_ROLES[element.getAttribute("type")?.toLowerCase() ?? ""] ?? "textbox";
	}
	return ROLES[tag] ?? "";
}

/** @param whole takes the text of descendants too, as for a button; else only the element's own */
export function labelOf(element: LabelNode, whole: boolean): string {
	const text =
		element.getAttribute("aria-label")?.trim() ||
		(element.closest(SILENT) ? "" : textOf(element, whole)) ||
		["alt", "title", "placeholder"]
			.map((name) => element.getAttribute(name)?.trim())
			.find(Boolean) ||
		"";
	const isPrivate =
		element.closest("[data-snag-mask],[data-snag-block]") ||
		element.parentElement?.closest(PRIVATE_SELECTOR) ||
		element.ownerDocument?.designMode === "on";
	return isPrivate ? "" : maskText(text, TEXT_LENGTH);
}

function textOf(element: LabelNode, whole: boolean): string {
	let text = "";
	for (let node = element.firstChild; node !== null && text.length < 2 * TEXT_LENGTH; ) {
		if (node.nodeType === TEXT_NODE) text += node.nodeValue;
		else if (whole && isElement(node) && !node.matches(PASSED)) text += ` ${textOf(node, true)} `;
		node = node.nextSibling;
	}
	return text.trim();
}

function isElement(node: LabelChild): node is LabelNode {
	return node.nodeType === ELEMENT_NODE;
}

const STEP_WORDS = /^(?:[+−–‹›«»<>-]|next|prev|previous|more|less|increase|decrease|plus|minus)$/i;
const STEP_TOKEN = /(?:^|\s)(?:next|prev|previous|increase|decrease|increment|decrement)(?:\s|$)/i;

/** Pressed many times on purpose: steppers, sliders, the arrows of a carousel. */
export function isRepeatable(element: LabelNode, text: string): boolean {
	return (
		/^(?:spinbutton|slider|scrollbar)$/.test(roleOf(element)) ||
		STEP_WORDS.test(text) ||
		STEP_TOKEN.test(element.getAttribute("aria-label") ?? "")
	);
}
