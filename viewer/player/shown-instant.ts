// Which instant to seek to so that something is shown.
import { EventType } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";

/**
 * A document begins with Meta and its full snapshot, and is a blank frame between them; a paused seek
 * applies only what is strictly earlier. So inside that stretch the instant just after the snapshot is
 * taken, and before the first snapshot the one after it.
 * @param events in order
 * @param at epoch ms
 */
export function findShownInstant(events: readonly ReplayEvent[], at: number): number {
	let begun = true;
	for (const { type, timestamp } of events) {
		if (timestamp > at && !begun) return at;
		if (type === EventType.Meta) begun = true;
		else if (type === EventType.FullSnapshot && begun) {
			if (timestamp >= at) return timestamp + 1;
			begun = false;
		}
	}
	return at;
}

/** Whether there is anything to show at all. */
export function hasSnapshot(events: readonly ReplayEvent[]): boolean {
	return events.some(({ type }) => type === EventType.FullSnapshot);
}
