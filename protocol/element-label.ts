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
	/** Of a field. */
	readonly labels?: ArrayLike<LabelNode> | null;
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

/** Elements, and types of inputs behind a `-`, whose role has their own name. */
const OWN_ROLE =
	/^(?:button|option|label|img|video|audio|main|form|table|dialog|canvas|-(?:button|checkbox|radio))$/;
const ROLES: Readonly<Record<string, string>> = {
	...{ summary: "button", textarea: "textbox", select: "combobox" },
	...{ nav: "navigation", li: "listitem" },
	...{ "-range": "slider", "-number": "spinbutton", "-search": "searchbox" },
	...{ "-submit": "button", "-reset": "button", "-image": "button" },
};

/** The `role` attribute, else what HTML implies, else "". */
export function roleOf(element: LabelNode): string {
	const explicit = element.getAttribute("role")?.trim().split(/\s+/)[0];
	if (explicit) return explicit.toLowerCase().slice(0, 40);
	const tag = element.localName;
	if (tag === "a" || tag === "area") return element.getAttribute("href") === null ? "" : "link";
	const input = tag === "input" && `-${element.getAttribute("type")?.toLowerCase()}`;
	const kind = input || tag;
	if (OWN_ROLE.test(kind)) return kind.replace("-", "");
	return ROLES[kind] ?? (input ? "textbox" : /^h[1-6]$/.test(tag) ? "heading" : "");
}

/** What stands on it, else what names it. @param whole takes the text of descendants too, as for a button; else only the element's own */
export function labelOf(element: LabelNode, whole: boolean): string {
	const text =
		element.getAttribute("aria-label")?.trim() ||
		(element.labels?.[0] && labelOf(element.labels[0], true)) ||
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
