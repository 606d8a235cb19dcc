// Jumps over stretches in which nothing was done, and back again for whoever wants to see one. rrweb's own
// skipping looks through all events at each event and plays fast; we know the stretches beforehand.

import { findInactivity, joinStretches, type Stretch } from "./inactivity.ts";
import type { Contents } from "./passage.ts";

/** Where a jump lands before the next thing that happens. */
export const LEAD_MS = 300;

export interface Skipping {
	/** A slice was looked at; times in ms from the session's start, as everywhere here. */
	learn(part: string, active: readonly Stretch[]): void;
	open(contents: Contents, durationMs: number): void;
	/** The quiet stretch to jump over at an instant. */
	find(at: number): Stretch | undefined;
	/** Whoever goes into a quiet stretch wants to see it. */
	spare(at: number): void;
}

export function createSkipping(): Skipping {
	const known = new Map<string, readonly Stretch[]>();
	let slices: Contents["slices"] = [];
	let endsAt = 0;
	let quiet: Stretch[] | undefined;
	let spared: Stretch | undefined;
	const list = () => {
		// What nobody has looked at counts as activity.
		quiet ??= findInactivity(
			joinStretches(slices.flatMap(({ part, from, to }) => known.get(part) ?? [{ from, to }])),
			0,
			endsAt,
		);
		return quiet;
	};
	return {
		learn(part, active) {
			known.set(part, active);
			quiet = undefined;
		},
		open(contents, durationMs) {
			slices = contents.slices;
			endsAt = durationMs;
			quiet = undefined;
		},
		find(at) {
			const stretch = list().find(({ from, to }) => at >= from && at < to - 2 * LEAD_MS);
			// Its end may have moved since it was spared.
			return stretch?.from === spared?.from ? undefined : stretch;
		},
		spare(at) {
			spared = list().find(({ from, to }) => at > from && at < to);
		},
	};
}
