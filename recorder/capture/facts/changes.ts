// Which changes of the page may answer a press, and which it would have made anyway: a clock, a ticker, a
// carousel. What was changed in the same way in the five seconds before the press is ambient, unless it
// is part of the widget or stands beside it: there only what went on at an even pace is. What begins
// behind the press elsewhere and then goes on evenly is ambient too. What answered an earlier press is
// never: who presses "+" three times is answered three times.
import type { Relation } from "../../../protocol/fact.ts";
import { addTime, type Change, type History } from "./history.ts";
import { RING_MS } from "./mutation-ring.ts";
import { relate } from "./relation.ts";

export interface Changes {
	judge(changes: readonly Change[]): void;
	/** Has this been taken for a response to this press? */
	isResponse(way: string): boolean;
	/** The responses, the first one first, and how many were ambient. */
	end(): [responses: [at: number, relation: Relation][], ambient: number];
}

export interface ChangesOptions {
	widget: Element;
	/** Of the down. */
	at: number;
	history: History;
	/** Answered an earlier press. */
	isTaken: (way: string) => boolean;
	/** Behind a later press, what comes need not be of one pace. */
	isLast: () => boolean;
}

/** What happens this shortly before a press may be hovering. */
const GUARD_MS = 100;
const PACE_MS = 250;
const MADE_STEPS = 4;

export function createChanges({ widget, at, history, isTaken, isLast }: ChangesOptions): Changes {
	const [, , times, madeBy] = history;
	/** What changed in one way after the press, and when, where it may be a response. */
	const ways = new Map<string, [where: Relation, isAmbient: unknown, after: number[]]>();
	let ambient = 0;

	const isBefore = (then: number) => then >= at - RING_MS && then <= at - GUARD_MS;
	/** Have ambient changes put it into the page? */
	const isMade = (node: Node | null, steps = MADE_STEPS): unknown => {
		if (!node || !steps) return false;
		const [then = 0, way = ""] = madeBy.get(node) ?? [];
		const isAmbient = then < at ? isBefore(then) && !isTaken(way) : ways.get(way)?.[1];
		return isAmbient || isMade(node.parentNode, steps - 1);
	};

	return {
		judge(changes) {
			for (const [then, way, target] of changes) {
				if (then < at) continue;
				let known = ways.get(way);
				if (!known) {
					const where = relate(widget, target);
					const before = isTaken(way) ? [] : (times.get(way) ?? []).filter(isBefore);
					const isLikely = where !== "elsewhere";
					known = [where, isLikely ? isEven(before, 0) : before.length || isMade(target), []];
					ways.set(way, known);
				}
				const [, isAmbient, after] = known;
				if (isAmbient) ambient++;
				else if (isLast() || !after.length) addTime(after, then);
			}
		},
		isResponse: (way) => !!ways.get(way)?.[2].length,
		end() {
			const responses: [at: number, relation: Relation][] = [];
			for (const [where, , after] of ways.values()) {
				const [first] = after;
				if (!first) continue;
				if (where === "elsewhere" && isEven(after, PACE_MS)) ambient += after.length;
				else responses.push([first, where]);
			}
			return [responses, ambient];
		},
	};
}

/** Three times and more at a pace that hardly changes. @param least shorter steps are an animation */
export function isEven(times: readonly number[], least: number): boolean {
	const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
	const shortest = Math.min(...steps);
	return steps.length > 1 && shortest >= least && Math.max(...steps) <= 1.5 * shortest + 50;
}
