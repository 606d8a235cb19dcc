// The facts of a session as the index has them → facts as the page told them, for who reads facts: the index
// spreads them over columns (`rows.ts`), and times are already put right there. Kinds that this version does
// not know are left out. The URL is the clean path; the page that a page told of itself comes back as its fact.
import {
	FACT_ANSWER,
	FACT_ASSETS,
	FACT_DITHER,
	FACT_ELEMENT,
	FACT_FIELD,
	FACT_LEAVE,
	FACT_MEDIA,
	FACT_PAGE,
	FACT_PATTERN,
	FACT_PRESS,
	FACT_SUBMIT,
	FACT_SWIPE,
	FACT_VISIBLE,
	type Fact,
} from "../../protocol/fact.ts";
import { pagePattern } from "../../protocol/page-pattern.ts";
import { groupBy } from "./group-by.ts";
import type { IndexedElement, IndexedFact, IndexedSession } from "./indexed-session.ts";

/** The index keeps none; what is read of a URL is its path. */
const HOST = "https://site";

export interface RestoredStream {
	stream: string;
	tab: string;
	facts: Fact[];
}

/** @returns the streams in no order */
export function restoreFacts({
	facts,
	elements,
}: Pick<IndexedSession, "facts" | "elements">): RestoredStream[] {
	const elementsOf = groupBy(elements, ({ stream }) => stream);
	return [...groupBy(facts, ({ stream }) => stream)].map(([stream, some]) => {
		const began = Math.min(...some.map(({ at }) => at));
		const defined = (elementsOf.get(stream) ?? []).map((one) => restoreElement(one, began));
		return {
			...{ stream, tab: some[0]?.tab ?? "" },
			facts: [...defined, ...some.flatMap(restoreFact)],
		};
	});
}

function restoreElement(row: IndexedElement, at: number): Fact {
	const candidates = row.candidates === "" ? [] : JSON.parse(row.candidates);
	const repeatable = row.repeatable === 1 ? 1 : 0;
	return [FACT_ELEMENT, at, row.element, candidates, row.tag, row.role, row.text, repeatable];
}

/** What the index holds was checked when it came in. */
function restoreFact(row: IndexedFact): Fact[] {
	const { kind, at, view, element } = row;
	const rest = row.data === "" ? [] : (JSON.parse(row.data) as unknown[]);
	switch (kind) {
		case FACT_PAGE:
			return restorePage(row);
		case FACT_PRESS:
			return [[FACT_PRESS, ...restorePress(row)] as unknown as Fact];
		case FACT_SWIPE:
			return [[FACT_SWIPE, ...restorePress(row), ...rest] as unknown as Fact];
		case FACT_VISIBLE:
			return [[FACT_VISIBLE, at, row.visible === 1 ? 1 : 0]];
		case FACT_LEAVE:
			return [[FACT_LEAVE, at, view, row.how, ...rest] as unknown as Fact];
		case FACT_ASSETS:
			return [[FACT_ASSETS, at, ...rest] as unknown as Fact];
		case FACT_ANSWER:
		case FACT_DITHER:
		case FACT_FIELD:
		case FACT_SUBMIT:
		case FACT_MEDIA:
			return [[kind, at, view, element, ...rest] as unknown as Fact];
		default:
			return kind < FACT_PATTERN ? [[kind, at, view, ...rest] as unknown as Fact] : [];
	}
}

function restorePage(row: IndexedFact): Fact[] {
	const { at, view, path, page, title, reached } = row;
	const sizes = [row.document_width, row.document_height, row.viewport_width, row.viewport_height];
	const fact = [FACT_PAGE, at, view, HOST + path, title, reached, ...sizes] as unknown as Fact;
	return page === pagePattern(path) ? [fact] : [fact, [FACT_PATTERN, at, view, page]];
}

/** @returns what stands behind the code */
function restorePress(row: IndexedFact): unknown[] {
	return [
		...[row.at, row.view, row.element, row.x, row.y, row.document_x, row.document_y],
		...[row.layer, row.pointer, row.viewport_width, row.viewport_height],
		...[row.hover_ms, row.approach_ms, row.hints, row.state],
	];
}
