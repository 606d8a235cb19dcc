// rrweb's player edits what it plays. A recording is kept as it came, so that a seek backwards sees
// what the first pass saw.
import { EventType, IncrementalSource } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";

/** @returns a copy to play, or undefined for what is no event: one bad one would stop the whole replay */
export function copyEvent(event: ReplayEvent): ReplayEvent | undefined {
	const { type, timestamp, data } = event;
	if (!(type in EventType) || !Number.isFinite(timestamp)) return undefined;
	if (typeof data !== "object" || data === null) {
		const needsNothing = type === EventType.DomContentLoaded || type === EventType.Load;
		return needsNothing ? { ...event, data: {} } : undefined;
	}
	const copy = { ...data } as Record<string, unknown>;
	if (type === EventType.IncrementalSnapshot && copy.source === IncrementalSource.Mutation) {
		keepRemoves(copy);
	}
	return { ...event, data: copy };
}

/** The player drops removes whose node it does not find, for good: assigning them does nothing here. */
function keepRemoves(data: Record<string, unknown>): void {
	const { removes } = data;
	Object.defineProperty(data, "removes", {
		enumerable: true,
		get: () => removes,
		set: () => undefined,
	});
}
