// A place to start that nobody has made yet: while a session goes on nobody folds it on the server, and an
// instant an hour behind its only snapshot would take a player many seconds. The loader folds the way
// there once, off the page's thread, and keeps what comes out as a keyframe of its own.
import { createFold } from "../../replay/fold.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { weigh } from "./steps.ts";

/** What replays in about a tenth of a second on a slow machine. */
const FOLD_WEIGHT = 3000;
const LOCAL = "local:";

/** Is the way so long that it should be folded? */
export function isLong(events: readonly RawEvent[]): boolean {
	let weight = 0;
	for (const event of events) weight += weigh(event);
	return weight > FOLD_WEIGHT;
}

/**
 * @param events from a snapshot on, in order; they are not changed, but what is returned has parts of them
 * @returns undefined where something on the way cannot be folded
 */
export function foldStart(events: readonly RawEvent[], at: number): RawEvent[] | undefined {
	const fold = createFold();
	for (const event of events) fold.apply(event);
	return fold.keyframe(at);
}

/** The name of a part that no server has. */
export function nameLocal(stream: string, at: number): string {
	return `${LOCAL}${stream}:${at}`;
}

export function isLocal(part: string): boolean {
	return part.startsWith(LOCAL);
}
