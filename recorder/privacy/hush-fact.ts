// Facts say what a page, its elements and its errors are called, which is text of the page.
import { isWords } from "../../protocol/element-key.ts";
import { FACT_ELEMENT, FACT_ERROR, FACT_PAGE, type Fact } from "../../protocol/fact.ts";

/** Kind of fact → the place of its text. */
const TEXTS: Readonly<Record<number, number>> = {
	[FACT_PAGE]: 4,
	[FACT_ELEMENT]: 6,
	[FACT_ERROR]: 5,
};

/** The same without its text. */
export function hushFact(fact: Fact): Fact {
	const place = TEXTS[fact[0]];
	if (place === undefined) return fact;
	const hushed: unknown[] = [...fact];
	hushed[place] = "";
	if (fact[0] === FACT_ELEMENT) hushed[3] = fact[3].filter((candidate) => !isWords(candidate));
	// Of the same kind, with an empty text where there was one.
	return hushed as unknown as Fact;
}
