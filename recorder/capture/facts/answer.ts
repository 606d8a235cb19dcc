// What the page did after a press: evidence from which the server tells an answered press from a dead
// one. No event and no change is looked at before somebody presses; then the changes are looked at five
// times a second at most, until seven seconds are over or the page is left.
import {
	type AnswerFact,
	FACT_ANSWER,
	FACT_SWIPE,
	type Relation,
	type ResponseKind,
} from "../../../protocol/fact.ts";
import { RESPONSE_COUNT } from "../../../protocol/limits.ts";
import { type Changes, createChanges } from "./changes.ts";
import type { FactScope } from "./fact-scope.ts";
import { type Change, createHistory } from "./history.ts";
import { type MutationRing, RING_MS } from "./mutation-ring.ts";
import { relate } from "./relation.ts";

export interface AnswerWatch {
	/** A press may follow: what happens from now on may answer it. */
	onDown(): void;
	/** Changes are in the ring. */
	onMutations(): void;
	note(kind: ResponseKind, target?: EventTarget | null): void;
	/** @param before when the same was asked for last */
	onRequest(at: number, before: number): void;
}

const WATCH_MS = 7000;
const SCROLL_MS = 300;
/** Changes are looked at together. */
const LOOK_MS = 200;
const MOST_OPEN = 20;
/** Where one writes: the caret that comes is an answer, what is written then is none. */
const WRITTEN =
	"textarea,select,[contenteditable],input:not([type=checkbox],[type=radio],[type=submit],[type=button],[type=reset],[type=image])";
/** Fields of the fact that are filled in later. */
const AT = 1;
const DOWN_AT = 4;
const CLICKED = 5;
const WATCHED = 6;
const AMBIENT = 7;
const RESPONSES = 8;

type Open = [
	...[answer: AnswerFact, widget: Element, upAt: number, changes: Changes],
	isSwipe: boolean,
];
type Seen = [kind: ResponseKind, at: number, target?: EventTarget | null];

export function watchAnswers(
	{ on, listen, onStop, onPress, onTell, isLate, now, emit, later }: FactScope,
	ring: MutationRing,
): AnswerWatch {
	let history = createHistory();
	/** Since the last down. */
	let recent: Change[] = [];
	let open: Open[] = [];
	/** Of the last presses, told or not: a request is heard of when it is over. */
	let answers: AnswerFact[] = [];
	/** Between down and up: nobody knows yet whether it becomes a press. */
	let early: Seen[] = [];
	let downAt = 0;
	let byHandAt = 0;
	let isLooking = false;

	const respond = (
		answer: AnswerFact,
		kind: ResponseKind,
		at: number,
		relation: Relation,
	): void => {
		const delay = at - answer[DOWN_AT];
		const responses = answer[RESPONSES];
		if (delay < 0 || delay > answer[WATCHED] || responses.length === RESPONSE_COUNT) return;
		if (responses.some(([other, , where]) => other === kind && where === relation)) return;
		responses.push([kind, delay, relation]);
	};
	const add = ([answer, widget, upAt, , isSwipe]: Open, [kind, at, target]: Seen): void => {
		const isByHand = byHandAt >= answer[DOWN_AT] && !isSwipe;
		if (kind === "scroll" && (at > upAt + SCROLL_MS || isByHand)) return;
		const relation = relate(widget, target);
		if (kind === "input" && relation === "inside" && widget.matches(WRITTEN)) return;
		respond(answer, kind, at, relation);
	};
	const note = (kind: ResponseKind, target?: EventTarget | null): void => {
		const seen: Seen = [kind, now(), target];
		if (seen[1] - downAt > WATCH_MS) return;
		early.push(seen);
		for (const press of open) add(press, seen);
	};
	const look = (): void => {
		isLooking = false;
		const read = history[0](ring.batches);
		recent = [...recent, ...read].filter(([at]) => at >= downAt);
		for (const [, , , changes] of open) changes.judge(read);
	};
	const close = (press: Open): void => {
		if (!open.includes(press)) return;
		look();
		open = open.filter((other) => other !== press);
		const [answer, , , changes] = press;
		const [responses, ambient] = changes.end();
		for (const [at, relation] of responses) respond(answer, "mutation", at, relation);
		answer[AT] = now();
		answer[WATCHED] = Math.min(now() - answer[DOWN_AT], WATCH_MS);
		answer[AMBIENT] += ambient;
		emit(answer);
		// What it holds of the page can go.
		if (!open.length) [history, recent] = [createHistory(), []];
	};

	const noteAs =
		(kind: ResponseKind) =>
		({ target }: Event): void =>
			note(kind, target);
	const onHand = (): void => {
		byHandAt = now();
	};
	on({
		...{ input: noteAs("input"), toggle: noteAs("toggle"), scroll: noteAs("scroll") },
		...{ wheel: onHand, touchmove: onHand },
		click({ target }) {
			const [answer, widget] = open.at(-1) ?? [];
			// Where something was drawn away the browser clicks on what it has in common with where it ended.
			if (answer && widget?.contains(target as Node)) answer[CLICKED] = 1;
		},
		blur({ target }) {
			if (target === window) note("hidden");
		},
		focusin({ target }) {
			if (target instanceof Element && target.matches(WRITTEN)) note("focus", target);
		},
		selectionchange({ target }) {
			if (document.getSelection()?.isCollapsed === false) note("selection", target);
		},
	});
	// A load passes no window.
	onStop.push(
		listen(document, "load", ({ target }) => {
			if (target instanceof HTMLIFrameElement) note("mutation", target);
		}),
	);
	onPress.push((widget, [code, at, view, element]) => {
		// What answered a press before we looked nobody knows: nothing is said, rather than that nothing did.
		if (isLate()) return;
		look();
		const others = open.map(([, , , changes]) => changes);
		const isTaken = (way: string) => others.some((other) => other.isResponse(way));
		const isLast = () => open.at(-1) === press;
		const answer: AnswerFact = [
			...([FACT_ANSWER, 0, view, element, at] as const),
			...([0, WATCH_MS, 0, []] satisfies [0, number, number, []]),
		];
		answers = [...answers.slice(1 - MOST_OPEN), answer];
		const press: Open = [
			answer,
			widget,
			now(),
			createChanges({ widget, at, history, isTaken, isLast }),
			code === FACT_SWIPE,
		];
		open = [...open, press];
		press[3].judge(recent);
		history[1]();
		for (const seen of early) add(press, seen);
		if (open.length > MOST_OPEN) close(open[0] as Open);
		later(() => close(press), WATCH_MS);
	});
	onTell.push((reason) => {
		if (reason !== "end") note(reason);
		for (const press of open) close(press);
	});

	return {
		onDown() {
			downAt = now();
			early = [];
		},
		onMutations() {
			if (isLooking || open.length === 0) return;
			isLooking = true;
			later(look, LOOK_MS);
		},
		note,
		onRequest(at, before) {
			for (const answer of answers) {
				const down = answer[DOWN_AT];
				const { length } = answer[RESPONSES];
				if (before < down && before > down - RING_MS) answer[AMBIENT]++;
				else respond(answer, "request", at, "elsewhere");
				if (answer[AT] && answer[RESPONSES].length > length) emit(answer);
			}
		},
	};
}
