// Whether a page was told as a whole. A large document comes in parts: its snapshot is marked as partial,
// the rest follows as mutations, and behind the last of them stands a mark. Who leaves before it leaves
// half a page for good.
import { SNAPSHOT_COMPLETE } from "../protocol/packed-event.ts";
import type { RawEvent } from "./scrub.ts";
import { isRecord } from "./scrub-node.ts";

const FULL_SNAPSHOT = 2;
const CUSTOM = 5;

/** @param events of one stream, in order */
export function isWholePage(events: readonly RawEvent[]): boolean {
	return !events.reduce((wasPartial, event) => isStillPartial(event, wasPartial), false);
}

/** Whether parts of the page are still to come behind an event, if they were before it. */
export function isStillPartial(
	{ type, data }: { type: number; data?: unknown },
	wasPartial: boolean,
): boolean {
	if (type === FULL_SNAPSHOT) return isRecord(data) && data.isPartial === true;
	return wasPartial && !(type === CUSTOM && isRecord(data) && data.tag === SNAPSHOT_COMPLETE);
}
