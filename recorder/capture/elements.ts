// Elements that facts speak of: each gets a number, defined by one element fact before its first use.
// An element whose best name has changed since is another thing to the reader and gets a new number.
// Names must be unique, which only a search of the document can tell: what one search has found holds for
// all elements that are asked for in one go, since no code of the page runs in between.
import {
	type CountMatches,
	createElementKey,
	formatElementKey,
	type KeyNode,
	WIDGET_SELECTOR,
} from "../../protocol/element-key.ts";
import { isRepeatable, labelOf, roleOf } from "../../protocol/element-label.ts";
import { type ElementFact, FACT_ELEMENT } from "../../protocol/fact.ts";

export interface KnownElement {
	number: number;
	repeatable: boolean;
}

export interface Elements {
	know(element: Element): KnownElement;
	/** Of an element that is there and not ignored. */
	numberOf(node: unknown): number | undefined;
	/** One string that names an element among all on its page. */
	keyOf(element: Element): string;
}

/** Browsers find an element by its id without a search, but only where it is written so. */
const BY_ID = /^\[id="([\w-]+)"\]$/;

export function createElements(now: () => number, emit: (fact: ElementFact) => void): Elements {
	const known = new WeakMap<Element, KnownElement & { key: string }>();
	const counts = new Map<string, number>();
	let next = 0;
	const count: CountMatches = (selector) => {
		if (counts.size === 0) queueMicrotask(() => counts.clear());
		let found = counts.get(selector);
		if (found === undefined) {
			found = countMatches(selector.replace(BY_ID, "#$1"));
			counts.set(selector, found);
		}
		return found;
	};
	const know = (pressed: Element): KnownElement => {
		// Of what is blocked nothing is told but that it is there.
		const element = pressed.closest("[data-snag-block]") ?? pressed;
		const candidates = createElementKey(keyNodeOf(element), count);
		const key = formatElementKey(candidates);
		const before = known.get(element);
		if (before?.key === key) return before;
		const text = labelOf(element, element.matches(WIDGET_SELECTOR));
		const repeatable = isRepeatable(element, text);
		const defined = { number: next++, key, repeatable };
		known.set(element, defined);
		const tag = element.localName.slice(0, 40);
		emit([
			FACT_ELEMENT,
			now(),
			defined.number,
			candidates,
			tag,
			roleOf(element),
			text,
			repeatable ? 1 : 0,
		]);
		return defined;
	};
	return {
		know,
		numberOf(node) {
			const isTold =
				node instanceof Element && node.isConnected && !node.closest("[data-snag-ignore]");
			return isTold ? know(node).number : undefined;
		},
		keyOf: (element) => formatElementKey(createElementKey(keyNodeOf(element), count)),
	};
}

function countMatches(selector: string): number {
	try {
		return document.querySelectorAll(selector).length;
	} catch {
		return 0;
	}
}

/** A blocked element is recorded without its attributes, so its key must do without them too. */
function keyNodeOf(element: Element): KeyNode {
	if (!element.matches("[data-snag-block]")) return element;
	const { localName, namespaceURI, parentElement, previousElementSibling } = element;
	const getAttribute = () => null;
	return { localName, namespaceURI, parentElement, previousElementSibling, getAttribute };
}
