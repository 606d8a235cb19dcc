// Lists that are none by their markup: rows and cards made of boxes that look alike. A position among them
// means less than one in a page. Where rows are used again, as in long lists of which only what is seen
// is there, the first in the markup is any of the list: then a position means nothing.
import { describeStanding } from "./fits-press.ts";

/** So many of a kind are a list. */
const ALIKE = 3;
/** Further up it is no row any more but a part of the page. */
const STEPS_UP = 5;

/** The nearest of the element and what it is in that has several like it beside it. */
export function findRow(element: Element): Element | undefined {
	let at: Element | null = element;
	for (let step = 0; step <= STEPS_UP && at?.parentElement; step++) {
		if (listAlike(at).length >= ALIKE) return at;
		at = at.parentElement;
	}
	return undefined;
}

/** Is it in a row that may be used again for another item, and is there nothing to tell which this is? */
export function isRecycled(element: Element, label: string): boolean {
	const row = findRow(element);
	const window = element.ownerDocument.defaultView;
	if (row === undefined || window === null) return false;
	const { position, transform, translate } = window.getComputedStyle(row);
	const isPut = position === "absolute" || transform !== "none" || translate !== "none";
	if (!isPut || !isScrolled(row, window)) return false;
	if (label === "") return true;
	const others = listAlike(row).filter((other) => other !== row);
	// By labels, since in texts of a recording figures are other figures.
	return others.some((other) =>
		[other, ...other.querySelectorAll(element.localName)].some((like) =>
			describeStanding(like).labels.includes(label),
		),
	);
}

function listAlike(element: Element): Element[] {
	const { localName, childElementCount, parentElement } = element;
	return [...(parentElement?.children ?? [])].filter(
		(other) =>
			other.localName === localName &&
			other.childElementCount === childElementCount &&
			classOf(other) === classOf(element),
	);
}

/** A replay writes a class of its own on what the pointer is over. */
function classOf({ className }: Element): string {
	return String(className).replace(/\s*:hover/, "");
}

function isScrolled(row: Element, window: Window): boolean {
	for (let at = row.parentElement; at !== null; at = at.parentElement) {
		if (/auto|scroll/.test(window.getComputedStyle(at).overflowY)) return true;
	}
	return false;
}
