// What is told of every visit, also where the page itself is not recorded: the watchers of facts in the
// order in which they hear of things, and what they share. Everything is told at once where it happens
// once, and summed up until the page view changes or the page goes out of sight where it happens often.

import { FACT_MEDIA, type Fact } from "../../protocol/fact.ts";
import type { Guard } from "../guard.ts";
import type { Listen } from "../listen.ts";
import { NativeObserver, startTimer } from "../native.ts";
import { whenIdle } from "../when-idle.ts";
import { createElements } from "./elements.ts";
import { watchAnswers } from "./facts/answer.ts";
import { watchErrors } from "./facts/error.ts";
import { watchExposed } from "./facts/exposed.ts";
import type { FactScope, Tell } from "./facts/fact-scope.ts";
import { watchFields } from "./facts/field.ts";
import { watchLeaving } from "./facts/leave.ts";
import { watchMoves } from "./facts/move.ts";
import { createMutationRing } from "./facts/mutation-ring.ts";
import { watchRequests } from "./facts/request.ts";
import { watchScroll } from "./facts/scroll.ts";
import { watchSubmits } from "./facts/submit.ts";
import { createToldByPage, type ToldByPage } from "./facts/told-by-page.ts";
import { watchVitals } from "./facts/vital.ts";
import { watchPresses } from "./press.ts";

export interface FactsWatch {
	told: ToldByPage;
	/** What the recorder of the document saw. */
	onMutations(records: readonly MutationRecord[]): void;
	/** Style rules changed, of which the document's observer says nothing. */
	onStyle(): void;
	/** Nobody else watches the document. @returns an end to it */
	observe(): () => void;
	tell: Tell;
	stop(): void;
}

export interface FactsOptions {
	guard: Guard;
	listen: Listen;
	now: () => number;
	view: () => number;
	emit: (fact: Fact) => void;
	/** Requests that are not the page's. */
	isOurs: (url: string) => boolean;
	/** No stream of this document was before. */
	isFirst: boolean;
	/** Is what happened before the recorder was there told now? */
	isLate: () => boolean;
}

const IDLE_MS = 1000;
const MOST_MEDIA = 50;

export function watchFacts(options: FactsOptions): FactsWatch {
	const { guard, listen, now, view, emit, isOurs, isFirst } = options;
	const stops: (() => void)[] = [];
	let isStopped = false;
	let counts = new Map<number, number>();

	const wrapped = (work: () => void) =>
		guard.wrap(() => {
			if (!isStopped) work();
		});
	const scope: FactScope = {
		...{ wrap: guard.wrap, now, view, emit },
		tell: (code, ...fields) => emit([code, now(), view(), ...fields] as unknown as Fact),
		...createElements(now, emit),
		on(types, handler) {
			for (const type of types) stops.push(listen(window, type, handler));
		},
		undo: (stop) => void stops.push(stop),
		onEntries(handle, init) {
			if (!window.PerformanceObserver?.supportedEntryTypes?.includes(init.type ?? "")) return;
			const take = guard.wrap((list: PerformanceObserverEntryList) => {
				for (const entry of list.getEntries()) handle(entry);
			});
			const observer = new PerformanceObserver(take);
			observer.observe(init);
			stops.push(() => observer.disconnect());
		},
		later: (work, ms) => void startTimer(wrapped(work), ms),
		whenIdle: (work) => whenIdle(wrapped(work), IDLE_MS),
		allow(kind, most) {
			const count = (counts.get(kind) ?? 0) + 1;
			counts.set(kind, count);
			return count <= most;
		},
	};

	const ring = createMutationRing(now, scope.later);
	const answers = watchAnswers(scope, listen, ring);
	const fields = watchFields(scope);
	const submits = watchSubmits(scope, fields.onAttempt);
	const scroll = watchScroll(scope);
	const moves = watchMoves(scope);
	const vitals = watchVitals(scope, isFirst);
	const leaving = watchLeaving(scope, listen);
	const exposed = window.IntersectionObserver && watchExposed(scope, ring.hasChanged);
	watchErrors(scope);
	watchRequests(scope, isOurs, answers.onRequest);
	scope.on(["play", "pause"], ({ type, target }) => {
		const number = scope.numberOf(target);
		if (number === undefined || !scope.allow(FACT_MEDIA, MOST_MEDIA)) return;
		scope.tell(FACT_MEDIA, number, type === "play" ? 1 : 0);
	});
	watchPresses(scope, {
		onMove: (event, at) => {
			if (moves.onMove(event, at, scroll.top())) scroll.onActivity(at);
		},
		onDown: answers.onDown,
		onPress(element, fact) {
			scroll.onActivity(now());
			// What answered a press before we looked nobody knows: nothing is said, rather than that nothing did.
			const first = options.isLate() ? [] : [answers];
			for (const { onPress } of [...first, submits, vitals, leaving]) onPress(element, fact);
		},
	});
	const tells = [answers, fields, submits, scroll, moves, vitals].map(({ tell }) => tell);

	const onMutations = (records: readonly MutationRecord[]): void => {
		ring.add(records);
		answers.onMutations();
	};
	return {
		told: createToldByPage(scope),
		onMutations,
		onStyle: () => answers.note("style"),
		observe() {
			const observer = new NativeObserver(guard.wrap(onMutations));
			const all = { attributes: true, characterData: true, childList: true, subtree: true };
			observer.observe(document, all);
			const end = () => observer.disconnect();
			stops.push(end);
			return end;
		},
		tell(reason) {
			for (const tell of [...tells, exposed, leaving.tell]) tell?.(reason);
			if (reason === "navigation") counts = new Map();
		},
		stop() {
			isStopped = true;
			for (const stop of stops) stop();
		},
	};
}
