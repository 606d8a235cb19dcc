// Which episode is looked at, and which comes next.
import type { Episode } from "../../protocol/api.ts";

/** What happened stays outlined a little longer, so that a jump to its end still shows where. */
const AFTER_MS = 2000;
/** A jump back lands on the episode before, not on the one that was just reached. */
const BACK_MS = 1000;

type Span = Pick<Episode, "replayAt" | "at" | "until">;

/** Of those that overlap the one that began last. @param episodes in the order of time */
export function findCurrentEpisode<E extends Span>(
	episodes: readonly E[],
	timeMs: number,
): E | undefined {
	return (
		episodes.findLast(({ at, until }) => timeMs >= at && timeMs <= until + AFTER_MS) ??
		episodes.find(({ replayAt, at }) => timeMs >= replayAt && timeMs < at)
	);
}

export function findNextEpisode<E extends Span>(
	episodes: readonly E[],
	timeMs: number,
	way: "next" | "previous",
): E | undefined {
	return way === "next"
		? episodes.find(({ replayAt }) => replayAt > timeMs)
		: episodes.findLast(({ replayAt }) => replayAt < timeMs - BACK_MS);
}
