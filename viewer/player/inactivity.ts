// The stretches in which the visitor did nothing. rrweb's own skipping looks through all events at
// each event and plays fast; we know the stretches beforehand and jump.
import { EventType, IncrementalSource } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";

export interface Stretch {
	/** Epoch ms. */
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

/**
 * @param instants of activity, epoch ms, in order
 * @param from @param to the session's ends, epoch ms
 */
export function findInactivity(instants: readonly number[], from: number, to: number): Stretch[] {
	const stretches: Stretch[] = [];
	let last = from;
	for (const at of [...instants, to]) {
		if (at - last >= INACTIVE_MS) stretches.push({ from: last + LINGER_MS, to: at });
		last = Math.max(last, at);
	}
	return stretches;
}

/** The instants at which the visitor did something, or a page came up. */
export function listActivity(events: readonly ReplayEvent[]): number[] {
	return events.filter(isActivity).map(({ timestamp }) => timestamp);
}

function isActivity({ type, data }: ReplayEvent): boolean {
	if (type === EventType.Meta) return true;
	if (type !== EventType.IncrementalSnapshot || typeof data !== "object" || data === null) {
		return false;
	}
	return "source" in data && ACTIVE.includes(data.source as number);
}
