// Where to take a breath on the way from a snapshot to an instant, so that catching up never holds the page
// for longer than a few frames.
import { EventType, IncrementalSource } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";

/** About 25 ms on a slow machine: see `weigh`. */
const STEP_WEIGHT = 1000;

/** @returns instants between the first snapshot and `at`, each to be shown before the next one */
export function planSteps(events: readonly ReplayEvent[], at: number): number[] {
	const steps: number[] = [];
	let weight = 0;
	for (const event of events) {
		if (event.timestamp >= at) break;
		// A rebuild is a step of its own, and begins anew.
		if (event.type === EventType.FullSnapshot) {
			steps.length = 0;
			steps.push(event.timestamp + 1);
			weight = 0;
			continue;
		}
		weight += weigh(event);
		if (weight < STEP_WEIGHT || event.timestamp <= (steps.at(-1) ?? 0)) continue;
		steps.push(event.timestamp);
		weight = 0;
	}
	return steps.filter((step) => step < at);
}

/** Nodes and attributes that change, roughly. */
export function weigh({ type, data }: ReplayEvent): number {
	if (type !== EventType.IncrementalSnapshot) return 1;
	const { source, adds, removes, texts, attributes } = data as Record<string, unknown>;
	if (source !== IncrementalSource.Mutation) return 1;
	const count = (list: unknown) => (Array.isArray(list) ? list.length : 0);
	return 1 + 3 * count(adds) + 2 * count(removes) + count(texts) + count(attributes);
}
