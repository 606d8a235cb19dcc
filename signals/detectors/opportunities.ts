// Times that can be unusual: how long a mouse rested on an element before it pressed it, how long nothing was done before
// a finger did, how long a field had the
// focus before the first input, how long it was written in. The first of each element and page view only, without
// the time that the page was out of sight.
import type { Measure } from "../baselines.ts";
import { firstFrom, someBetween } from "../normalise/first-from.ts";
import type { FieldSeen, PressSeen, Seen } from "../observation.ts";
import { BLUR_MS, IDLE_MS, LEAST_MS } from "../thresholds.ts";

export interface Opportunity {
	measure: Measure;
	seen: PressSeen | FieldSeen;
	ms: number;
	/** ln of the time, from LEAST_MS on. */
	y: number;
	/** When it began. */
	from: number;
}

/** Where words are chosen by looking at them, time is reading. */
const SEARCHES = /^(?:searchbox|combobox)$/;
/** So ends what says more than a label tells: who rests there reads it. */
const LONG = /…$/;

export function listOpportunities(seen: Seen): Opportunity[] {
	const hiddenMs = createHidden(seen);
	const known = new Set<string>();
	const isFirst = (measure: Measure, { view, element }: PressSeen | FieldSeen): boolean => {
		const name = `${measure} ${view.stream} ${view.number} ${element.number}`;
		return !known.has(name) && known.add(name) !== undefined;
	};
	const listed: Opportunity[] = [];
	const add = (measure: Measure, one: PressSeen | FieldSeen, from: number, to: number): void => {
		if (!isFirst(measure, one)) return;
		const ms = to - from - hiddenMs(one.view.stream, from, to);
		if (ms > IDLE_MS) return;
		listed.push({ measure, seen: one, ms, y: Math.log(Math.max(LEAST_MS, ms)), from });
	};
	/** Whoever writes meanwhile does not rest, wherever the pointer was left. */
	const isWriting = ({ at, hoverMs, view }: PressSeen): boolean =>
		someBetween(
			seen.field,
			[at - hoverMs, at + BLUR_MS],
			(field) => field.view === view && field.edits > 0,
		);
	for (const one of seen.press) {
		if (one.pointer === "key" || one.hoverMs < 0 || LONG.test(one.element.text)) continue;
		if (isWriting(one)) continue;
		add("press", one, one.at - one.hoverMs, one.at);
	}
	for (const one of seen.field) {
		if (one.firstInputMs < 0 || !isTyped(one)) continue;
		const from = one.at - one.focusMs;
		add("field", one, from, from + one.firstInputMs);
		if (one.end === "blur") add("field-active", one, from, one.at);
	}
	return listed;
}

/** What the browser or the clipboard filled in tells nothing of a person. */
function isTyped({ isAutofilled, pastes, edits, element }: FieldSeen): boolean {
	return !isAutofilled && pastes === 0 && edits > 0 && !SEARCHES.test(element.role);
}

/** @returns how long a stream was out of sight between two instants */
function createHidden({ visible }: Seen): (stream: string, from: number, to: number) => number {
	const spans = new Map<string, { from: number; to: number }[]>();
	for (const { at, view, isVisible } of visible) {
		const known = spans.get(view.stream) ?? [];
		spans.set(view.stream, known);
		const last = known.at(-1);
		const isOpen = last !== undefined && last.to === Number.POSITIVE_INFINITY;
		if (isVisible && isOpen) last.to = at;
		else if (!isVisible && !isOpen) known.push({ from: at, to: Number.POSITIVE_INFINITY });
	}
	return (stream, from, to) => {
		const of = spans.get(stream) ?? [];
		let ms = 0;
		for (let at = firstFrom(of, from, (span) => span.to); at < of.length; at++) {
			const span = of[at];
			if (span === undefined || span.from >= to) break;
			ms += Math.min(to, span.to) - Math.max(from, span.from);
		}
		return ms;
	};
}
