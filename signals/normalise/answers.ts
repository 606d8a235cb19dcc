// Which answer belongs to which press, and what else of its stream speaks of it: tabs that opened, films that
// began, forms that were sent, requests that go on by themselves.
import {
	type AnswerFact,
	FACT_ANSWER,
	FACT_LEAVE,
	FACT_MEDIA,
	FACT_PRESS,
	FACT_REQUEST,
	FACT_SUBMIT,
	type Fact,
	HINT_MODIFIED,
	type PressFact,
} from "../../protocol/fact.ts";
import type { Answer, View } from "../observation.ts";
import { isEvenPace, type Mark, readAnswer } from "../response.ts";
import { ASK_MS, OPEN_MS, SLOW_MS, SUBMIT_MS } from "../thresholds.ts";
import { firstFrom } from "./first-from.ts";
import type { Targets } from "./targets.ts";

export interface AnswersOptions {
	facts: readonly Fact[];
	targets: Targets;
	viewOf: (number: number) => View;
	/** When the tab showed another page, after an instant; -1 for never. */
	nextPage: (after: number) => number;
}

export interface Answers {
	of(press: PressFact): Answer;
	/** Is the address asked for at an even pace? */
	isPolled(url: string): boolean;
}

export function createAnswers({ facts, targets, viewOf, nextPage }: AnswersOptions): Answers {
	const answers = findLast(facts);
	const [polled, polledAt] = findPolled(facts);
	const marks = facts.filter(isMark);
	return {
		of(press) {
			const [, at, number, element] = press;
			const next = nextPage(at);
			return readAnswer(answers.get(`${at} ${element}`), {
				element: targets.of(element),
				view: viewOf(number),
				isField: targets.isField(element),
				isModified: (press[14] & HINT_MODIFIED) > 0,
				marks: listMarks(marks, at),
				isPolled: (afterMs) => polledAt.has(at + afterMs),
				nextPageMs: next < 0 ? -1 : next - at,
			});
		},
		isPolled: (url) => polled.has(url),
	};
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

/** Addresses that are asked for whatever the visitor does, and when. */
function findPolled(facts: readonly Fact[]): [ReadonlySet<string>, ReadonlySet<number>] {
	const free = new Map<string, number[]>();
	let pressedAt = Number.NEGATIVE_INFINITY;
	for (const fact of facts) {
		if (fact[0] === FACT_PRESS) pressedAt = fact[1];
		if (fact[0] !== FACT_REQUEST || fact[1] - pressedAt <= ASK_MS) continue;
		const times = free.get(fact[4]) ?? [];
		free.set(fact[4], times);
		times.push(fact[1]);
	}
	const polled = new Set([...free].filter(([, times]) => isEvenPace(times)).map(([url]) => url));
	const asked = new Set<number>();
	const at = new Set<number>();
	for (const fact of facts) {
		if (fact[0] === FACT_REQUEST) (polled.has(fact[4]) ? at : asked).add(fact[1]);
	}
	for (const time of asked) at.delete(time);
	return [polled, at];
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
