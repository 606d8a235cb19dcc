// Facts as they came → observations: each fact once, in the order of time, with its page view and its element,
// presses with what answered them. The same facts give the same observations however chunks were cut, in whatever
// order they came, and how often. Facts without a word for the detectors (what was exposed, what the site told)
// are left out.
import {
	FACT_DITHER,
	FACT_ERROR,
	FACT_FIELD,
	FACT_LEAVE,
	FACT_MEDIA,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PRESS,
	FACT_REQUEST,
	FACT_SCROLL,
	FACT_SUBMIT,
	FACT_SWIPE,
	FACT_VISIBLE,
	FACT_VITAL,
	type Fact,
	HINT_CONTROL,
	HINT_DISABLED,
	HINT_MODIFIED,
	HINT_POINTER,
	HINT_REPEATABLE,
} from "../../protocol/fact.ts";
import type { Observation, PressSeen, SwipeSeen, View } from "../observation.ts";
import { EDGE_PX } from "../thresholds.ts";
import { type Answers, createAnswers } from "./answers.ts";
import { firstFrom } from "./first-from.ts";
import { type FactsOfStream, listStreams } from "./streams.ts";
import { createTargets, type Targets } from "./targets.ts";
import { findViews, viewOf } from "./views.ts";

interface StreamParts {
	targets: Targets;
	answers: Answers;
}

export function normalise(parts: readonly FactsOfStream[]): Observation[] {
	const streams = listStreams(parts);
	const views = findViews(streams);
	const nextPage = createNextPage([...views.values()].flatMap((of) => [...of.values()]));
	const observations: Observation[] = [];
	for (const { stream, tab, facts } of streams) {
		const own = views.get(stream) ?? new Map<number, View>();
		const [first] = own.values();
		if (first === undefined) continue;
		const targets = createTargets(facts);
		const answers = createAnswers({
			...{ facts, targets },
			viewOf: (number) => own.get(number) ?? first,
			nextPage: (after) => nextPage(after, tab),
			nextPageAnywhere: nextPage,
		});
		let current = first;
		for (const fact of facts) {
			const view = own.get(viewOf(fact) ?? current.number) ?? first;
			if (fact[0] === FACT_PAGE) current = view;
			const one = observe(fact, view, { targets, answers });
			if (one !== undefined) observations.push(one);
		}
	}
	return observations.sort((a, b) => a.at - b.at);
}

/** @returns what a tab, or any, showed next after an instant */
function createNextPage(views: readonly View[]): (after: number, tab?: string) => View | undefined {
	const all: View[] = [];
	const tabs = new Map<string, View[]>();
	for (const view of views) {
		if (view.url === "") continue;
		all.push(view);
		const known = tabs.get(view.tab);
		if (known === undefined) tabs.set(view.tab, [view]);
		else known.push(view);
	}
	for (const of of [all, ...tabs.values()]) of.sort((a, b) => a.from - b.from);
	return (after, tab) => {
		const of = tab === undefined ? all : (tabs.get(tab) ?? []);
		return of[firstFrom(of, after + 1, ({ from }) => from)];
	};
}

function observe(fact: Fact, view: View, parts: StreamParts): Observation | undefined {
	const { targets, answers } = parts;
	const at = fact[1];
	switch (fact[0]) {
		case FACT_PAGE:
			return { kind: "page", at, view };
		case FACT_PRESS:
			return observePress(fact, view, parts);
		case FACT_FIELD: {
			const [, , , number, end, focusMs, firstInputMs, edits, deletions, pastes, emptied] = fact;
			const [length, autofilled, invalid, submits] = [fact[11], fact[12], fact[13], fact[14]];
			const form = fact[15] === undefined ? undefined : targets.of(fact[15]);
			return {
				...{ kind: "field", at, view, element: targets.of(number), end, focusMs, firstInputMs },
				...{ edits, deletions, pastes, emptied, length, invalid, submits, form },
				isAutofilled: autofilled === 1,
			};
		}
		case FACT_SUBMIT: {
			const [, , , number, , , invalid, outcome, outcomeMs] = fact;
			const element = targets.of(number);
			return { kind: "submit", at, view, element, outcome, outcomeMs, invalid };
		}
		case FACT_ERROR: {
			const [, , , source, fingerprint, message, url] = fact;
			return { kind: "error", at, view, source, fingerprint, message, url };
		}
		case FACT_REQUEST: {
			const [, , , , url, status, ms] = fact;
			return { kind: "request", at, view, url, status, ms, isPolled: answers.isPolled(url) };
		}
		case FACT_MOVE:
			return { kind: "move", at, view, worst: fact[4], worstAt: fact[5] };
		case FACT_VITAL: {
			const [, , , name, value, number, agoMs] = fact;
			const element = number < 0 ? undefined : targets.of(number);
			const beganAt = agoMs === undefined ? -1 : at - agoMs;
			return { kind: "vital", at, view, name, value, element, beganAt };
		}
		case FACT_LEAVE:
			return { kind: "leave", at, view, how: fact[3], scale: fact[4] ?? 100 };
		case FACT_VISIBLE:
			return { kind: "visible", at, view, isVisible: fact[2] === 1 };
		case FACT_MEDIA:
			return { kind: "media", at, view };
		case FACT_SWIPE:
			return observeSwipe(fact, view, parts);
		case FACT_DITHER: {
			const [, , , number, entries, withinMs] = fact;
			return { kind: "dither", at, view, element: targets.of(number), entries, withinMs };
		}
		case FACT_SCROLL: {
			const [, , , , , reversals, , worst = 0, worstAgoMs = 0] = fact;
			return { kind: "scroll", at, view, reversals, worst, worstAt: at - worstAgoMs };
		}
		default:
			return undefined;
	}
}

function observePress(
	fact: Extract<Fact, { 0: typeof FACT_PRESS }>,
	view: View,
	{ targets, answers }: StreamParts,
): PressSeen {
	const [, at, , number, , , x, y, , pointer, , , hoverMs, , hints, state] = fact;
	const known = targets.of(number);
	const isRepeatable = known.isRepeatable || (hints & HINT_REPEATABLE) > 0;
	return {
		...{ kind: "press", at, view, pointer, x, y, hoverMs, state },
		element: isRepeatable === known.isRepeatable ? known : { ...known, isRepeatable },
		isDisabled: (hints & HINT_DISABLED) > 0,
		isModified: (hints & HINT_MODIFIED) > 0,
		hasHand: (hints & (HINT_POINTER | HINT_CONTROL)) > 0,
		answer: answers.of(fact),
	};
}

function observeSwipe(
	fact: Extract<Fact, { 0: typeof FACT_SWIPE }>,
	view: View,
	{ targets, answers }: StreamParts,
): SwipeSeen {
	const [, at, , number, , , x, y, layer, , viewportWidth] = fact;
	const [dragX] = fact.slice(-1) as [number];
	const isAtEdge = Math.min(x, viewportWidth - x) < EDGE_PX;
	return {
		...{ kind: "swipe", at, view, element: targets.of(number), x, y, dragX },
		isOfBrowser: layer === "scroller" || isAtEdge,
		answer: answers.of(fact),
	};
}
