// When the visitor did something, as far as it is known: the loader learns it slice by slice, so what is
// not loaded yet counts as activity, and nothing is jumped over that was never looked at.
import { EventType, IncrementalSource } from "@rrweb/types";
import type { RawEvent } from "../../replay/scrub.ts";

export interface Stretch {
	from: number;
	to: number;
}

/** Shorter pauses are part of how somebody moves about. */
export const INACTIVE_MS = 5000;
/** What the page answered is still seen before the jump. */
const LINGER_MS = 1000;

const ACTIVE: readonly number[] = [
	IncrementalSource.MouseMove,
	IncrementalSource.MouseInteraction,
	IncrementalSource.Scroll,
	IncrementalSource.ViewportResize,
	IncrementalSource.Input,
	IncrementalSource.TouchMove,
	IncrementalSource.MediaInteraction,
	IncrementalSource.Drag,
	IncrementalSource.Selection,
];

/** Events in order → stretches of activity; pauses shorter than `INACTIVE_MS` are part of them. */
export function listActivity(events: readonly RawEvent[]): Stretch[] {
	const stretches: Stretch[] = [];
	for (const event of events) {
		if (!isActivity(event)) continue;
		const last = stretches.at(-1);
		if (last === undefined || event.timestamp - last.to >= INACTIVE_MS) {
			stretches.push({ from: event.timestamp, to: event.timestamp });
		} else last.to = Math.max(last.to, event.timestamp);
	}
	return stretches;
}

/** Stretches in any order → the same in order, joined where less than `INACTIVE_MS` lies between. */
export function joinStretches(stretches: readonly Stretch[]): Stretch[] {
	const joined: Stretch[] = [];
	for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
		const last = joined.at(-1);
		if (last === undefined || from - last.to >= INACTIVE_MS) joined.push({ from, to });
		else last.to = Math.max(last.to, to);
	}
	return joined;
}

/**
 * The pauses between stretches of activity.
 * @param active in order and joined
 * @param from @param to the session's ends
 */
export function findInactivity(active: readonly Stretch[], from: number, to: number): Stretch[] {
	const pauses: Stretch[] = [];
	let last = from;
	for (const stretch of [...active, { from: to, to }]) {
		if (stretch.from - last >= INACTIVE_MS)
			pauses.push({ from: last + LINGER_MS, to: stretch.from });
		last = Math.max(last, stretch.to);
	}
	return pauses;
}

function isActivity({ type, data }: RawEvent): boolean {
	if (type === EventType.Meta) return true;
	if (type !== EventType.IncrementalSnapshot || typeof data !== "object" || data === null) {
		return false;
	}
	return "source" in data && ACTIVE.includes(data.source as number);
}
