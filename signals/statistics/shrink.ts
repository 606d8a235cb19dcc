// What is usual at one element, when it was seen a few times only: a mean of what was seen there and of what is
// usual at its like. Without it, five visits are enough for one in ten of them to be "unusual".
import type { Robust } from "./robust.ts";

/** So many values of its own weigh as much as all of its like. */
export const SHRINK_COUNT = 20;

/** Weight of a group's own values, 0 for none to 1 for endless many: n / (n + k). */
export function ownWeight(count: number, like = SHRINK_COUNT): number {
	return count / (count + like);
}

/**
 * Locations are mixed, and variances, so that scales cannot be less than their like makes them. Where there is no
 * parent, it is what was seen.
 */
export function shrink(own: Robust | undefined, parent: Robust | undefined): Robust | undefined {
	if (own === undefined || own.count === 0) return parent;
	if (parent === undefined) return own;
	const weight = ownWeight(own.count);
	const mix = (a: number, b: number) => weight * a + (1 - weight) * b;
	return {
		count: own.count,
		location: mix(own.location, parent.location),
		scale: Math.sqrt(mix(own.scale ** 2, parent.scale ** 2)),
	};
}
