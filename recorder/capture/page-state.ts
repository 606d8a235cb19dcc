// What is open on the page (dialogs, menus, accordions), as a short signature: presses on the same
// element with a menu open and without belong on different maps.
import { crc32 } from "../../protocol/crc32.ts";
import { keyOf } from "./elements.ts";

const OPEN = 'dialog[open],details[open],[aria-expanded="true"],[aria-modal="true"]';
const MAX_OPEN = 20;

/** "" where nothing is open. */
export function readPageState(document: Document): string {
	const keys = [...findOpen(document)].slice(0, MAX_OPEN).map(keyOf);
	if (keys.length === 0) return "";
	return crc32(new TextEncoder().encode(keys.sort().join("\n"))).toString(36);
}

function findOpen(document: Document): Iterable<Element> {
	try {
		return document.querySelectorAll(`${OPEN},:popover-open`);
	} catch {
		// A browser without popovers refuses the whole selector.
		return document.querySelectorAll(OPEN);
	}
}
