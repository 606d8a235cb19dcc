// A selector made of what its authors called an element and what it stands in: stable class tokens, at any
// depth, so that it holds when a wrapper comes between or a sibling before. No positions.
import { stableClass } from "./class-token.ts";
import type { KeyNode } from "./element-key.ts";

/** Of an element, and of its ancestors before one with a name of its own. */
const TOKENS = 2;
const STEPS = 2;
/** Further up nothing is looked for; a form's input named `parentElement` makes the way up a circle. */
const DEPTH = 50;

/** @param anchorOf selector of an element by a unique name, undefined where it has none */
export function createClassPath(
	node: KeyNode,
	anchorOf: (node: KeyNode) => string | undefined,
): string {
	let path = node.localName + classesOf(node);
	let at = node.parentElement;
	for (let left = DEPTH; at && at.localName !== "body" && left > 0; at = at.parentElement) {
		const anchor = anchorOf(at);
		const step = anchor ?? classesOf(at);
		if (step) path = `${step} ${path}`;
		left -= anchor ? DEPTH : step ? DEPTH / STEPS : 1;
	}
	return path;
}

/** `.buy`, `[class*="Home_link__"]`; "" where there is none, or none that a selector writes plainly. */
function classesOf(node: KeyNode): string {
	return (node.getAttribute("class") ?? "")
		.split(/\s+/)
		.flatMap((token) => {
			const stable = /^[a-z_][\w-]*$/i.test(token) && stableClass(token);
			return stable ? (stable === token ? `.${token}` : `[class*="${stable}"]`) : [];
		})
		.slice(0, TOKENS)
		.join("");
}
