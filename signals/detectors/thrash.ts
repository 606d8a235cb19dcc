// Thrashing: a pointer that is thrown to and fro. A weak sign: hands also play, and wake screens. The recorder counts
// turns while no button is held. Reads facts.
import { someBetween } from "../normalise/first-from.ts";
import type { Seen, VisibleSeen } from "../observation.ts";
import { clampShare, type Signal } from "../signal.ts";
import { THRASH_TURNS, WAKE_MS } from "../thresholds.ts";

/** The window of the move fact. */
const WINDOW_MS = 2500;

export function detectThrash({ move, visible }: Seen): Signal[] {
	const fronts = visible.filter(({ isVisible }) => isVisible);
	return move.flatMap(({ view, worst, worstAt }): Signal[] => {
		if (worst < THRASH_TURNS || worstAt === 0) return [];
		const isOwn = (front: VisibleSeen) => front.view.stream === view.stream;
		const isWaking = someBetween(fronts, [worstAt - WINDOW_MS - WAKE_MS, worstAt], isOwn);
		if (isWaking) return [];
		return [
			{
				...{ kind: "thrash", at: worstAt - WINDOW_MS, to: worstAt, view, verdict: "" },
				...{ element: undefined, point: undefined },
				confidence: clampShare(worst / (2 * THRASH_TURNS)),
				numbers: { turns: worst, ms: WINDOW_MS },
			},
		];
	});
}
