// What is open on the page (dialogs, menus, accordions), as a short signature: presses on the same
// element with a menu open and without belong on different maps.
import { hashText } from "./hash-text.ts";

const OPEN = 'dialog[open],details[open],[aria-expanded="true"],[aria-modal="true"]';
const MAX_OPEN = 20;

/** "" where nothing is open. */
export function readPageState(keyOf: (element: Element) => string): string {
	const keys = [...findOpen()].slice(0, MAX_OPEN).map(keyOf);
	if (keys.length === 0) return "";
	return hashText(keys.sort().join("\n"));
}

function findOpen(): Iterable<Element> {
	try {
		return document.querySelectorAll(`${OPEN},:popover-open`);
	} catch {
		// A browser without popovers refuses the whole selector.
		return document.querySelectorAll(OPEN);
	}
}
