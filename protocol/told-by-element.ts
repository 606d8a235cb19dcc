// What an element says of itself that outlives its place and its classes: its words and where it leads.
// Only what a replay has too: what the text rule lets out as it stands. The words themselves and no hash of
// them, because keys are shown to people, and element facts tell the same words.
import { cleanUrl, pathOf } from "./clean-url.ts";
import type { KeyNode } from "./element-key.ts";
import { PRIVATE_SELECTOR } from "./element-label.ts";
import { maskText } from "./text-rule.ts";

const VARIABLE = /^(?:\d+|(?=.*\d)[\da-f-]{8,}|:.*)$/i;
/** The visitor's, and what is masked. */
export const SILENT = `${PRIVATE_SELECTOR},[data-snag-block]`;
/** Their text is all of theirs; of others only where no element stands in them. */
const WHOLE = /^(?:a|button|label|summary|h\d)$/;

/** What is an item's own name, in cards and else in lists and tables. */
const HEADINGS = "h1,h2,h3,h4,h5,h6";
const FIRST = "a[href],td,th";
/** Further up it is no item any more but a part of the page. */
const STEPS_UP = 5;
const PARTS = /^(?:body|main)$/;

/** Text → one line, "" where it is long or not told as it stands. */
export function toldWords(text: string | null): string {
	const words = maskText(text ?? "", 40);
	return /[•…]/.test(words) ? "" : words;
}

/**
 * Words of an element, of a control those of its label, with `#` for every number: what is counted or costs
 * something changes.
 */
export function wordsOf(node: KeyNode, isItem?: boolean): string {
	const label = node.labels?.[0];
	const told = label ?? node;
	const isWhole = isItem || !told.firstElementChild || WHOLE.test(told.localName);
	if (!isWhole || label?.closest(SILENT) || told.querySelector(SILENT)) return "";
	return toldWords(told.textContent).replace(/\d+/g, "#");
}

/**
 * Where a link leads: its path, "" of no page and of a place in its own. Whole, as browsers read it, because that
 * is what is recorded, and without the host, which is another one on the next server. Numbers, UUIDs and long hex
 * are `:id` as in a page's pattern (`page-pattern.ts`, whose list would cost each page more).
 */
export function linkOf(node: KeyNode): string {
	const isAway = /^[^#?]/.test(node.getAttribute("href") ?? "");
	return (isAway && typeof node.href === "string" ? pathOf(cleanUrl(node.href)) : "")
		.replace(/\/$/, "")
		.replace(/[^/]+/g, (part) => (VARIABLE.test(part) ? ":id" : part));
}

/**
 * What the item of a list that an element is in says of itself: the words of its heading, link or first cell,
 * or where its link leads if it has none or only a number tells them apart; "" where it says nothing.
 */
export function itemOf(node: KeyNode): string {
	let at: KeyNode | null = node;
	for (let left = STEPS_UP; at && left-- && !PARTS.test(at.localName); at = at.parentElement) {
		const told = (at.querySelector(HEADINGS) ?? at.querySelector(FIRST)) as KeyNode | null;
		if (!told) continue;
		// A replay has nothing of what is blocked, so what comes first is another thing there.
		if (told.closest(SILENT) || at.querySelector("[data-snag-block]")) break;
		const words = wordsOf(told, true);
		const link = /#|^$/.test(words) && (at.querySelector("a[href]") as KeyNode | null);
		const said = (link && linkOf(link)) || words;
		if (said) return said.replace(/@/g, "").slice(0, 99);
	}
	return "";
}
