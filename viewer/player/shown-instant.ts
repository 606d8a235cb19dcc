// Which instant to seek to so that something is shown, and all of it.
import { EventType } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";
import { isStillPartial } from "../../replay/whole-page.ts";

/**
 * A document begins with Meta and its full snapshot, and is a blank frame between them; a paused seek
 * applies only what is strictly earlier. So inside that stretch the instant just after the snapshot is
 * taken, and before the first snapshot the one after it. A document that was told in parts is shown as it
 * stood when the last of them had come, where that came.
 * @param events in order
 * @param at epoch ms
 */
export function findShownInstant(events: readonly ReplayEvent[], at: number): number {
	const shown = findBuiltInstant(events, at);
	return findPartial(events, shown)?.whole ?? shown;
}

/** A document of which only a part had been told at some instant. Epoch ms. */
export interface PartialPage {
	/** When it was begun. */
	from: number;
	/** The first instant at which all of it is shown, undefined where its last part is not there. */
	whole: number | undefined;
}

/** @returns undefined where the document that is shown at an instant had been told as a whole */
export function findPartial(events: readonly ReplayEvent[], at: number): PartialPage | undefined {
	const first = events.find(({ type }) => type === EventType.FullSnapshot);
	const shown = Math.max(at, (first?.timestamp ?? 0) + 1);
	let from: number | undefined;
	for (const event of events) {
		const { type, timestamp } = event;
		const isPartial = isStillPartial(event, from !== undefined);
		if (timestamp < shown) {
			if (!isPartial) from = undefined;
			else if (type === EventType.FullSnapshot) from = timestamp;
			continue;
		}
		if (from === undefined) return undefined;
		if (type === EventType.Meta || type === EventType.FullSnapshot) break;
		if (!isPartial) return { from, whole: timestamp + 1 };
	}
	return from === undefined ? undefined : { from, whole: undefined };
}

function findBuiltInstant(events: readonly ReplayEvent[], at: number): number {
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
