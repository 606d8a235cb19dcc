// Decides what to fetch next, from nothing but the manifest, what is there and what is wanted: first the
// instant one wants to see, then what will be played in the next half minute, then where a pointer
// rests on the time line, then, when nothing else is to do, the rest. Asked anew after everything that
// happens, so there is no queue that could be out of date.
import { type Aim, type Contents, findPassage, listParts } from "./passage.ts";

export const AHEAD_MS = 30_000;
/** What one browser opens to one HTTP/1.1 server. */
export const PARALLEL = 6;
/** The rest is fetched one by one, so that a seek never waits for it. */
const IDLE_PARALLEL = 2;

export interface PlanInput {
	contents: Contents;
	/** What one waits for. */
	target: Aim | undefined;
	/** Where the time line is pointed at. */
	hints: readonly Aim[];
	/** Is this part there, or did it fail for good? Then there is nothing to fetch. */
	isSettled: (part: string) => boolean;
	busy: ReadonlySet<string>;
	/** May what nobody asked for be fetched yet? The first picture comes before everything else. */
	isIdle: boolean;
	/** Room in the cache for what nobody asked for yet, in bytes as stored. */
	idleBytes: number;
}

export interface FetchPlan {
	/** In this order, all at once. */
	start: string[];
	/** Under way, and in the way of something more urgent. */
	abort: string[];
}

export function planFetches(input: PlanInput): FetchPlan {
	const { contents, target, hints, isSettled, busy } = input;
	const wanted = (aim: Aim, ahead: number): string[] => {
		const passage = findPassage(contents, aim, aim.at + ahead);
		return passage === undefined ? [] : listParts(contents, passage).filter(isOpen);
	};
	const isOpen = (part: string) => !isSettled(part);
	const now = target === undefined ? [] : wanted(target, 0);
	const soon = target === undefined ? [] : wanted(target, AHEAD_MS);
	const maybe = hints.flatMap((hint) => wanted(hint, 0));
	const urgent = new Set([...now, ...soon, ...maybe]);
	const order = [...urgent, ...(urgent.size === 0 ? listRest(input) : [])];
	const room = urgent.size === 0 ? IDLE_PARALLEL : PARALLEL;
	const waiting = order.filter((part) => !busy.has(part));
	// Only what somebody waits for is worth the loss of a half-fetched part.
	const lacking = now.filter((part) => !busy.has(part)).length - (PARALLEL - busy.size);
	const abort = [...busy].filter((part) => !urgent.has(part)).slice(0, Math.max(0, lacking));
	return { start: waiting.slice(0, Math.max(0, room - busy.size + abort.length)), abort };
}

function listRest({ contents, isSettled, isIdle, idleBytes, target }: PlanInput): string[] {
	if (target === undefined || !isIdle) return [];
	const from = target.at;
	const after = contents.slices.filter(({ to }) => to >= from);
	const before = contents.slices.filter(({ to }) => to < from);
	let room = idleBytes;
	return [...after, ...before].flatMap(({ part, bytes }) => {
		room -= bytes;
		return room >= 0 && !isSettled(part) ? [part] : [];
	});
}
