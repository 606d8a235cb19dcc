// Who is on the site at this moment, apart from the list below them: a ranked list would hide them.
import type { Session } from "../../protocol/api.ts";
import { isGoingOn } from "./is-going-on.ts";

/** More of them would hide what the list is there for. */
const MOST_PINNED = 5;

/** @returns those, the newest first, and all others as they stood */
export function pinGoingOn(
	sessions: readonly Session[],
	now: number,
): [pinned: readonly Session[], others: readonly Session[]] {
	const pinned = sessions
		.filter((session) => isGoingOn(session, now))
		.sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1))
		.slice(0, MOST_PINNED);
	return [pinned, sessions.filter((session) => !pinned.includes(session))];
}
