// Up and down and up again: something was looked for. Readers do it too, so that it says little by itself, and nothing
// on pages on which people do it anyway, as far as that is known. Who was taken there by presses did not look for it. Reads facts.
import type { Baselines } from "../baselines.ts";
import { firstFrom } from "../normalise/first-from.ts";
import type { ScrollSeen, Seen, View } from "../observation.ts";
import { clampShare, type Signal } from "../signal.ts";
import { HUNT_MS, HUNT_PRESSES, HUNT_TURNS, SIGMA_FLOOR, UNUSUAL_Z } from "../thresholds.ts";

export function detectScrollHunt(seen: Seen, baselines: Baselines): Signal[] {
	const turns = sumTurns(seen);
	return seen.scroll
		.filter((one) => one.worst >= HUNT_TURNS && !isLed(seen, one))
		.filter(({ view }) => isUnusual(turns.get(view) ?? 0, view, baselines))
		.map(({ view, worst, worstAt }) => ({
			...{ kind: "scroll_hunt", at: worstAt - HUNT_MS, to: worstAt, view, element: undefined },
			...{ point: undefined, verdict: "", confidence: clampShare(worst / (2 * HUNT_TURNS)) },
			numbers: { turns: worst, ms: HUNT_MS },
		}));
}

/** Turns of each page view, in all. */
export function sumTurns({ scroll }: Pick<Seen, "scroll">): ReadonlyMap<View, number> {
	const sums = new Map<View, number>();
	for (const { view, reversals } of scroll) sums.set(view, (sums.get(view) ?? 0) + reversals);
	return sums;
}

function isLed({ press }: Seen, { view, worstAt }: ScrollSeen): boolean {
	let count = 0;
	const from = firstFrom(press, worstAt - HUNT_MS, ({ at }) => at);
	for (const one of press.slice(from)) {
		if (one.at > worstAt) break;
		if (one.view === view) count++;
	}
	return count >= HUNT_PRESSES;
}

function isUnusual(turns: number, view: View, baselines: Baselines): boolean {
	const usual = baselines.pageOf(view)?.turns;
	if (usual === undefined) return true;
	return (Math.log1p(turns) - usual.location) / Math.max(SIGMA_FLOOR, usual.scale) >= UNUSUAL_Z;
}
