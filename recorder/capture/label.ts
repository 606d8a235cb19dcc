// What a person would call an element: its role and its text, by the text rule. Never a value, never
// what stands in private content.
import { maskText } from "../../protocol/text-rule.ts";
import { PRIVATE_SELECTOR } from "../privacy/private-content.ts";

const TEXT_LENGTH = 40;
const SILENT = `${PRIVATE_SELECTOR},[data-snag-block],select,script,style,noscript`;

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
export function roleOf(element: Element): string {
	const explicit = element.getAttribute("role")?.trim().split(/\s+/)[0];
	if (explicit) return explicit.toLowerCase().slice(0, 40);
	const tag = element.localName;
	if (tag === "a" || tag === "area") return element.hasAttribute("href") ? "link" : "";
	if (tag === "input") return INPUT_ROLES[(element as HTMLInputElement).type] ?? "textbox";
	return ROLES[tag] ?? "";
}

/** @param whole takes the text of descendants too, as for a button; else only the element's own */
export function labelOf(element: Element, whole: boolean): string {
	const text =
		element.getAttribute("aria-label")?.trim() ||
		(element.closest(SILENT) ? "" : textOf(element, whole)) ||
		["alt", "title", "placeholder"]
			.map((name) => element.getAttribute(name)?.trim())
			.find(Boolean) ||
		"";
	return element.closest("[data-snag-mask],[data-snag-block]") ? "" : maskText(text, TEXT_LENGTH);
}

function textOf(element: Element, whole: boolean): string {
	let text = "";
	for (let node = element.firstChild; node !== null && text.length < 2 * TEXT_LENGTH; ) {
		if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue ?? "";
		else if (whole && node.nodeType === Node.ELEMENT_NODE && !(node as Element).matches(SILENT)) {
			text += ` ${textOf(node as Element, true)} `;
		}
		node = node.nextSibling;
	}
	return text.trim();
}

const STEP_WORDS = /^(?:[+−–‹›«»<>-]|next|prev|previous|more|less|increase|decrease|plus|minus)$/i;
const STEP_TOKEN = /(?:^|\s)(?:next|prev|previous|increase|decrease|increment|decrement)(?:\s|$)/i;

/** Pressed many times on purpose: steppers, sliders, the arrows of a carousel. */
export function isRepeatable(element: Element, text: string): boolean {
	return (
		/^(?:spinbutton|slider|scrollbar)$/.test(roleOf(element)) ||
		STEP_WORDS.test(text) ||
		STEP_TOKEN.test(element.getAttribute("aria-label") ?? "")
	);
}
