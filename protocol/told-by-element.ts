// What an element says of itself that outlives its place and its classes: its words and where it leads.
// Only what a replay has too: what the text rule lets out as it stands. The words themselves and no hash of
// them, because keys are shown to people, and element facts tell the same words.
import { cleanReference } from "./clean-url.ts";
import type { KeyNode } from "./element-key.ts";
import { PRIVATE_SELECTOR } from "./element-label.ts";
import { maskText } from "./text-rule.ts";

const VARIABLE = /^(?:\d+|(?=.*\d)[\da-f-]{8,}|:.*)$/i;
/** The visitor's, and what is masked. */
export const SILENT = `${PRIVATE_SELECTOR},[data-snag-block]`;
/** Their text is all of theirs; of others only where no element stands in them. */
const WHOLE = /^(?:a|button|label|summary|h\d)$/;

/** Text → one line, "" where it is long or not told as it stands. */
export function toldWords(text: string | null): string {
	const words = maskText(text ?? "", 40);
	return /[•…]/.test(words) ? "" : words;
}

/** Words of an element, with `#` for every number: what is counted or costs something changes. */
export function wordsOf(node: KeyNode): string {
	const isWhole = !node.firstElementChild || WHOLE.test(node.localName);
	if (!isWhole || node.querySelector(SILENT)) return "";
	return toldWords(node.textContent).replace(/\d+/g, "#");
}

/**
 * Where a link leads: its path without the host, which a recording has and the page as a rule does not write
 * out; "" of no page, and of a path that begins where the page is. Numbers, UUIDs and long hex are `:id` as
 * in a page's pattern (`page-pattern.ts`, whose list would cost each page more).
 */
export function linkOf(node: KeyNode): string {
	const path = cleanReference(node.getAttribute("href") ?? "")
		.replace(/^(?:https?:)?\/\/[^/]*/, "")
		.replace(/[^/]+/g, (part) => (VARIABLE.test(part) ? ":id" : part));
	return /\w:|^[^/]|\s/.test(path) ? "" : path;
}
