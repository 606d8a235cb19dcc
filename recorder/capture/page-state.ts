// What is open on the page (dialogs, menus, accordions), as a short signature: presses on the same
// element with a menu open and without belong on different maps.
import { hashText } from "../../protocol/hash-text.ts";

/** `:is`, because a browser without popovers would refuse the whole of a plain list. */
const OPEN = ":is(dialog[open],details[open],[aria-expanded=true],[aria-modal=true],:popover-open)";
const MAX_OPEN = 20;

/** "" where nothing is open. */
export function readPageState(keyOf: (element: Element) => string): string {
	const open = [...document.querySelectorAll(OPEN)].slice(0, MAX_OPEN);
	const keys = open.map(keyOf).sort().join("\n");
	return keys && hashText(keys);
}
