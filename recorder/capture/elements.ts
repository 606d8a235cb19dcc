// Elements that facts speak of: each gets a number, defined by one element fact before its first use.
// An element whose best name has changed since is another thing to the reader and gets a new number.
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

export type KnowElement = (element: Element) => KnownElement;

export function createElements(now: () => number, emit: (fact: ElementFact) => void): KnowElement {
	const known = new WeakMap<Element, KnownElement & { key: string }>();
	let next = 0;
	return (pressed) => {
		// Of what is blocked nothing is told but that it is there.
		const element = pressed.closest("[data-snag-block]") ?? pressed;
		const candidates = createElementKey(keyNodeOf(element), countIn(element.ownerDocument));
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
}

/** One string that names an element among all on its page. */
export function keyOf(element: Element): string {
	return formatElementKey(createElementKey(keyNodeOf(element), countIn(element.ownerDocument)));
}

function countIn(document: Document): CountMatches {
	return (selector) => {
		try {
			return document.querySelectorAll(selector).length;
		} catch {
			return 0;
		}
	};
}

/** A blocked element is recorded without its attributes, so its key must do without them too. */
function keyNodeOf(element: Element): KeyNode {
	if (!element.matches("[data-snag-block]")) return element;
	const { localName, namespaceURI, parentElement, previousElementSibling } = element;
	const getAttribute = () => null;
	return { localName, namespaceURI, parentElement, previousElementSibling, getAttribute };
}
