// The page views of a session: where each belongs, when it ended, and which came next in its tab.
import { pathOf } from "../../protocol/clean-url.ts";
import {
	FACT_ANSWER,
	FACT_ASSETS,
	FACT_ELEMENT,
	FACT_ERROR,
	FACT_EXPOSED,
	FACT_MEDIA,
	FACT_PAGE,
	FACT_PATTERN,
	FACT_REQUEST,
	FACT_VISIBLE,
	FACT_VITAL,
	type Fact,
} from "../../protocol/fact.ts";
import { pagePattern, parsePagePattern } from "../../protocol/page-pattern.ts";
import type { View } from "../observation.ts";
import type { FactsOfStream } from "./streams.ts";

/** A page tells these without its visitor. */
const BY_ITSELF: ReadonlySet<number> = new Set([
	...[FACT_ANSWER, FACT_ERROR, FACT_REQUEST, FACT_VITAL, FACT_MEDIA, FACT_EXPOSED],
]);

/** Stream → number → view. */
export type Views = ReadonlyMap<string, ReadonlyMap<number, View>>;

export function findViews(streams: readonly FactsOfStream[]): Views {
	const all = new Map<string, Map<number, View>>();
	for (const stream of streams) all.set(stream.stream, viewsOf(stream));
	const tabs = new Map<string, View[]>();
	for (const views of all.values()) {
		for (const view of views.values()) {
			const known = tabs.get(view.tab);
			if (known === undefined) tabs.set(view.tab, [view]);
			else known.push(view);
		}
	}
	for (const views of tabs.values()) {
		views.sort((a, b) => a.from - b.from || a.number - b.number);
		for (const [index, view] of views.entries()) {
			const next = views[index + 1];
			view.isLast = next === undefined;
			if (next !== undefined) view.to = next.from;
		}
	}
	return all;
}

function viewsOf({ stream, tab, facts }: FactsOfStream): Map<number, View> {
	const views = new Map<number, View>();
	const know = (number: number, at: number): View => {
		const known = views.get(number);
		if (known !== undefined) return known;
		const [url, page] = ["", ""];
		const ends = { from: at, to: at, isLast: true };
		const view: View = { stream, tab, number, url, page, reached: "load", ...ends };
		views.set(number, view);
		return view;
	};
	for (const fact of facts) {
		const number = viewOf(fact);
		if (number === undefined) continue;
		const view = know(number, fact[1]);
		if (!BY_ITSELF.has(fact[0])) view.to = Math.max(view.to, fact[1]);
		if (fact[0] === FACT_PAGE) {
			const page = view.page || pagePattern(pathOf(fact[3]));
			Object.assign(view, { from: fact[1], url: fact[3], reached: fact[5], page });
		}
	}
	for (const fact of facts) {
		if (fact[0] !== FACT_PATTERN) continue;
		const view = views.get(fact[2]);
		const page = parsePagePattern(fact[3]);
		if (view !== undefined && page !== undefined) view.page = page;
	}
	return views;
}

/** Number of the page view that a fact belongs to, undefined where it belongs to the whole stream. */
export function viewOf(fact: Fact): number | undefined {
	const [code, , view] = fact;
	const isOfStream = code === FACT_VISIBLE || code === FACT_ELEMENT || code === FACT_ASSETS;
	return isOfStream ? undefined : (view as number);
}
