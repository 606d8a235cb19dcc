// Which answer belongs to which press, and what else of its stream speaks of it: tabs that opened, films that
// began, forms that were sent, requests that go on by themselves.
import {
	type AnswerFact,
	FACT_ANSWER,
	FACT_DITHER,
	FACT_FIELD,
	FACT_LEAVE,
	FACT_MEDIA,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PRESS,
	FACT_SCROLL,
	FACT_SUBMIT,
	FACT_SWIPE,
	FACT_VISIBLE,
	type Fact,
	HINT_AWAY,
	HINT_MODIFIED,
	type PressFact,
	type SwipeFact,
} from "../../protocol/fact.ts";
import type { Answer, View } from "../observation.ts";
import { type Mark, readAnswer } from "../response.ts";
import { LAST_WORDS_MS, NEXT_PAGE_MS, OPEN_MS, SLOW_MS, SUBMIT_MS } from "../thresholds.ts";
import { firstFrom } from "./first-from.ts";
import { createRequests, findPolled, isPressing, type Pressing } from "./requests.ts";
import type { Targets } from "./targets.ts";

const OF_VISITOR: ReadonlySet<number> = new Set([
	...[FACT_PAGE, FACT_PRESS, FACT_FIELD, FACT_MOVE, FACT_SCROLL, FACT_SWIPE, FACT_DITHER],
]);

export interface AnswersOptions {
	facts: readonly Fact[];
	targets: Targets;
	viewOf: (number: number) => View;
	/** What the tab showed next after an instant. */
	nextPage: (after: number) => View | undefined;
	/** The same of any tab. */
	nextPageAnywhere: (after: number) => View | undefined;
}

export interface Answers {
	of(press: PressFact | SwipeFact): Answer;
	/** Is the address asked for at an even pace? */
	isPolled(url: string): boolean;
}

export function createAnswers(options: AnswersOptions): Answers {
	const { facts, targets, viewOf, nextPage, nextPageAnywhere } = options;
	const answers = findLast(facts);
	const nextPresses = findNextPresses(facts);
	const lastAt = facts.findLast(isOfVisitor)?.[1] ?? 0;
	const isBack = (from: number, at: number) => {
		const next = nextPageAnywhere(from);
		const isNext = next !== undefined && next.from - at <= NEXT_PAGE_MS;
		return lastAt > at + LAST_WORDS_MS || isNext;
	};
	const [polled, polledAt] = findPolled(facts);
	const requests = createRequests(facts, polled);
	const marks = facts.filter(isMark);
	return {
		of(press) {
			const [, at, number, element] = press;
			const next = nextPage(at);
			return readAnswer(answers.get(`${at} ${element}`), {
				element: targets.of(element),
				view: viewOf(number),
				isField: targets.isField(element),
				isElsewhere: (press[14] & (HINT_MODIFIED | HINT_AWAY)) > 0,
				marks: [...listMarks(marks, at), ...requests.askedBy(at)],
				isPolled: (afterMs) => polledAt.has(at + afterMs) || requests.isCounting(at + afterMs),
				nextPageMs: next === undefined ? -1 : next.from - at,
				isNextByHand: next?.reached === "reload" || next?.reached === "history",
				nextPressMs: (nextPresses.get(press) ?? at - 1) - at,
				isBack: (afterMs) => isBack(at, at + afterMs),
			});
		},
		isPolled: (url) => polled.has(url),
	};
}

/** What only somebody does who is there. */
function isOfVisitor(fact: Fact): boolean {
	if (fact[0] === FACT_VISIBLE) return fact[2] === 1;
	return OF_VISITOR.has(fact[0]);
}

/** For each press when something else was pressed behind it. */
function findNextPresses(facts: readonly Fact[]): ReadonlyMap<Pressing, number> {
	const next = new Map<Pressing, number>();
	let [element, at, other] = [-1, -1, -1];
	for (let index = facts.length - 1; index >= 0; index--) {
		const fact = facts[index];
		if (fact === undefined || !isPressing(fact)) continue;
		if (fact[3] !== element) other = at;
		[element, at] = [fact[3], fact[1]];
		if (other >= 0) next.set(fact, other);
	}
	return next;
}

/** The last that was told of a press holds; of two at one time the one that knows more. */
function findLast(facts: readonly Fact[]): Map<string, AnswerFact> {
	const answers = new Map<string, AnswerFact>();
	for (const fact of facts) {
		if (fact[0] !== FACT_ANSWER) continue;
		const name = `${fact[4]} ${fact[3]}`;
		const known = answers.get(name);
		const isLess = known !== undefined && known[1] === fact[1] && known[8].length > fact[8].length;
		if (!isLess) answers.set(name, fact);
	}
	return answers;
}

type MarkFact = Extract<Fact, { 0: typeof FACT_LEAVE | typeof FACT_MEDIA | typeof FACT_SUBMIT }>;

function isMark(fact: Fact): fact is MarkFact {
	return fact[0] === FACT_LEAVE
		? fact[3] === "open" || fact[3] === "download" || fact[3] === "print" || fact[3] === "copy"
		: fact[0] === FACT_MEDIA || fact[0] === FACT_SUBMIT;
}

const timeOf = (fact: Fact) => fact[1];

/** What stands within a second behind the press. */
function listMarks(facts: readonly MarkFact[], at: number): Mark[] {
	const marks: Mark[] = [];
	for (let index = firstFrom(facts, at, timeOf); index < facts.length; index++) {
		const fact = facts[index] as MarkFact;
		const afterMs = fact[1] - at;
		if (afterMs > Math.max(OPEN_MS, SUBMIT_MS)) break;
		if (fact[0] === FACT_LEAVE) marks.push({ afterMs, by: fact[3], isAsking: false });
		else if (fact[0] === FACT_MEDIA) marks.push({ afterMs, by: "media", isAsking: false });
		else marks.push(...ofSubmit(afterMs, fact[7], fact[8]));
	}
	return marks;
}

function ofSubmit(afterMs: number, outcome: string, outcomeMs: number): Mark[] {
	if (afterMs > SUBMIT_MS) return [];
	const asking: Mark = { afterMs, by: "submit", isAsking: true };
	const done = afterMs + outcomeMs;
	return outcome === "none" || done > SLOW_MS
		? [asking]
		: [asking, { afterMs: done, by: "submit", isAsking: false }];
}
