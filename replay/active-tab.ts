// A visitor with several tabs looks at one at a time. These pure functions say which one when, and cut
// the tabs' events into one sequence that follows the visitor.
import type { RawEvent } from "./scrub.ts";

const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const META = 4;
/** Sources of incremental events that only show movement; they are left out when catching up. */
const MOVES = new Set([1, 2, 6]);

/** A tab came to the front (`visible`) or went away from it. */
export interface TabMoment {
	at: number;
	tab: string;
	visible: boolean;
}

export interface TabSpan {
	tab: string;
	from: number;
	to: number;
}

/**
 * Moments in any order → which tab was in front from when to when, without holes from `from` to `to`.
 * A tab that hides leaves the previous one that is still visible in front, if there is one.
 */
export function followTabs(moments: readonly TabMoment[], from: number, to: number): TabSpan[] {
	const spans: TabSpan[] = [];
	let visible: string[] = [];
	for (const { at, tab, visible: isVisible } of [...moments].sort((a, b) => a.at - b.at)) {
		visible = visible.filter((other) => other !== tab);
		if (isVisible) visible.push(tab);
		const front = visible.at(-1);
		if (front === undefined || (at >= to && spans.length > 0)) continue;
		bringToFront(spans, { tab: front, from: spans.length === 0 ? from : Math.max(at, from), to });
	}
	return spans.filter((span) => span.to > span.from);
}

/** A tab that was in front for no time at all has not been there: it would only cost a rebuild. */
function bringToFront(spans: TabSpan[], next: TabSpan): void {
	while ((spans.at(-1)?.from ?? Number.NEGATIVE_INFINITY) >= next.from) spans.pop();
	const last = spans.at(-1);
	if (last?.tab === next.tab) last.to = next.to;
	else {
		if (last !== undefined) last.to = next.from;
		spans.push(next);
	}
}

/**
 * How a tab's events play in a span of it: what came before it, all at its beginning, so that the page
 * stands there at once; what came after its end, not at all.
 * @param events in order, of a list that begins with the last start at or before the span; may come in
 *   several pieces
 * @param place the first span also shows what came before it, the last what came after
 */
export function fitToSpan(
	events: readonly RawEvent[],
	{ from, to }: TabSpan,
	place: { isFirst: boolean; isLast: boolean },
): RawEvent[] {
	const fitted: RawEvent[] = [];
	for (const event of events) {
		if (event.timestamp >= to && !place.isLast) break;
		if (event.timestamp >= from || place.isFirst) fitted.push(event);
		else if (!isMove(event)) fitted.push({ ...event, timestamp: from });
	}
	return fitted;
}

/**
 * Index of the Meta event (or of the snapshot, where Meta is missing) from which a replay of `at` can
 * start; -1 where nothing can be shown yet.
 */
export function findLastStart(events: readonly RawEvent[], at: number): number {
	for (let index = events.length - 1; index >= 0; index--) {
		const event = events[index];
		if (event?.type !== FULL_SNAPSHOT || event.timestamp > at) continue;
		return events[index - 1]?.type === META ? index - 1 : index;
	}
	return -1;
}

function isMove(event: RawEvent): boolean {
	const { data } = event;
	if (event.type !== INCREMENTAL || typeof data !== "object" || data === null) return false;
	return "source" in data && MOVES.has(data.source as number);
}
