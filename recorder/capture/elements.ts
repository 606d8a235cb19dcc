// Elements that facts speak of: each gets a number, defined by one element fact before its first use.
// An element whose best name has changed since is another thing to the reader and gets a new number.
// Names must be unique, which only a search of the document can tell: what one search has found holds for
// a moment, because searches are most of what a key costs.
import {
	createElementKey,
	type ElementCandidate,
	type FindAll,
	formatElementKey,
	isWords,
	WIDGET_SELECTOR,
} from "../../protocol/element-key.ts";
import { isRepeatable, labelOf, roleOf } from "../../protocol/element-label.ts";
import { type ElementFact, FACT_ELEMENT } from "../../protocol/fact.ts";
import { startTimer } from "../native.ts";

type KnownElement = [number: number, repeatable: boolean, key: string];

export interface Elements {
	know(element: Element): KnownElement;
	/** Of an element that is there and not ignored. */
	numberOf(node: unknown): number | undefined;
	/** One string that names an element among all on its page. */
	keyOf(element: Element): string;
}

/** Long enough for what was exposed in one go; a name that is no longer unique by then is found out on the map. */
const SEARCHED_MS = 300;
/** Browsers find an element by its id without a search, but only where it is written so. */
const BY_ID = /^\[id="([\w-]+)"\]$/;

export function createElements(now: () => number, emit: (fact: ElementFact) => void): Elements {
	const known = new WeakMap<Element, KnownElement>();
	const searched = new Map<string, ArrayLike<Element>>();
	let next = 0;
	const findAll: FindAll<Element> = (selector) => {
		if (searched.size === 0) startTimer(() => searched.clear(), SEARCHED_MS);
		const found =
			searched.get(selector) ?? document.querySelectorAll(selector.replace(BY_ID, "#$1"));
		searched.set(selector, found);
		return found;
	};
	const define = (element: Element, candidates: ElementCandidate[], key: string): KnownElement => {
		const text = labelOf(element, element.matches(WIDGET_SELECTOR));
		const defined: KnownElement = [next++, isRepeatable(element, text), key];
		known.set(element, defined);
		emit([
			...([FACT_ELEMENT, now(), defined[0], candidates] as const),
			...([element.localName.slice(0, 40), roleOf(element), text] as const),
			defined[1] ? 1 : 0,
		]);
		return defined;
	};
	const know = (pressed: Element): KnownElement => {
		// Of what is blocked nothing is told but that it is there.
		const element = pressed.closest("[data-snag-block]") ?? pressed;
		const candidates = createElementKey(element, findAll);
		const key = formatElementKey(candidates);
		const before = known.get(element);
		return before?.[2] === key ? before : define(element, candidates, key);
	};
	return {
		know,
		numberOf(node) {
			const isTold =
				node instanceof Element && node.isConnected && !node.closest("[data-snag-ignore]");
			return isTold ? know(node)[0] : undefined;
		},
		// What is open is the same while its words change ("Open menu", "Close menu").
		keyOf: (element) =>
			formatElementKey(
				createElementKey(element, findAll).filter((candidate) => !isWords(candidate)),
			),
	};
}
