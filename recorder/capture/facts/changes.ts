// Which changes of the page may answer a press, and which it would have made anyway: a clock, a ticker, a
// carousel. What was changed in the same way in the five seconds before the press is ambient, unless it
// is part of the widget or stands beside it: there only what went on at an even pace is. What begins
// behind the press elsewhere and then goes on evenly is ambient too. What answered an earlier press is
// never: who presses "+" three times is answered three times.
import type { Relation } from "../../../protocol/fact.ts";
import { type ChangeBatch, RING_MS } from "./mutation-ring.ts";
import { relate } from "./relation.ts";

export interface Changes {
	/** Looks at what has come since it last did. */
	look(batches: readonly ChangeBatch[]): void;
	/** Has this been taken for a response to this press? */
	isResponse(way: string): boolean;
	/** Another press: what comes from now on need not be of one pace. */
	crowd(): void;
	/** The responses, the first one first, and how many were ambient. */
	end(): [responses: [at: number, relation: Relation][], ambient: number];
}

export interface ChangesOptions {
	widget: Element;
	/** Of the down. */
	at: number;
	wayOf: WayOf;
	/** Answered an earlier press. */
	isTaken: (way: string) => boolean;
}

/** One name for changes of one kind at one node. */
export type WayOf = (record: MutationRecord) => string;

/** When it changed in one way before the press, and after it if that is a response. */
type Change = [before: number[], after: number[], where?: Relation];

/** What happens this shortly before a press may be hovering. */
const GUARD_MS = 100;
/** Of a batch, until so many were looked at for a press; then a sample of each has to do. */
const BATCH_RECORDS = 50;
const MOST_RECORDS = 800;
const SAMPLE_RECORDS = 6;
const MOST_CHANGES = 1000;
const PACE_MS = 250;
const MADE_STEPS = 4;

export function createChanges({ widget, at, wayOf, isTaken }: ChangesOptions): Changes {
	const changes = new Map<string, Change>();
	/** What ambient changes have put into the page. */
	const made = new WeakSet<Node>();
	let last: ChangeBatch = [0, []];
	let ambient = 0;
	let isCrowded = false;
	let judged = 0;

	const isMade = (node: Node | null, steps = MADE_STEPS): boolean =>
		node !== null && steps > 0 && (made.has(node) || isMade(node.parentNode, steps - 1));
	const judge = (record: MutationRecord, then: number): void => {
		const { target, addedNodes } = record;
		const way = wayOf(record);
		const change: Change = changes.get(way) ?? [[], []];
		const [before, after] = change;
		if (changes.size < MOST_CHANGES) changes.set(way, change);
		if (then < at) {
			if (then < at - RING_MS || then > at - GUARD_MS || isTaken(way)) return;
			addTime(before, then);
		} else if (after.length > 0) {
			if (!isCrowded) addTime(after, then);
			return;
		} else {
			change[2] ??= relate(widget, target);
			const isAmbient =
				change[2] === "elsewhere" ? before.length > 0 || isMade(target) : isEven(before, 0);
			if (!isAmbient) {
				after.push(then);
				return;
			}
			ambient++;
		}
		for (const node of addedNodes) made.add(node);
	};

	return {
		look(batches) {
			for (const batch of batches.slice(batches.indexOf(last) + 1)) {
				last = batch;
				const some = judged < MOST_RECORDS ? BATCH_RECORDS : SAMPLE_RECORDS;
				for (const record of batch[1].slice(0, some)) {
					judged++;
					judge(record, batch[0]);
				}
			}
		},
		isResponse: (way) => changes.get(way)?.[1][0] !== undefined,
		crowd() {
			isCrowded = true;
		},
		end() {
			const responses: [at: number, relation: Relation][] = [];
			for (const [, after, where] of changes.values()) {
				const [first] = after;
				if (!first || !where) continue;
				if (where === "elsewhere" && isEven(after, PACE_MS)) ambient += after.length;
				else responses.push([first, where]);
			}
			return [responses.sort(([one], [other]) => one - other), ambient];
		},
	};
}

/** Three times and more at a pace that hardly changes. @param least shorter steps are an animation */
export function isEven(times: readonly number[], least: number): boolean {
	const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
	const shortest = Math.min(...steps);
	return steps.length > 1 && shortest >= least && Math.max(...steps) <= 1.5 * shortest + 50;
}

/** How a node changes: an attribute, its text, or what kind of child comes and goes. */
export function createWayOf(): WayOf {
	const numbers = new WeakMap<Node, number>();
	let next = 0;
	return ({ target, attributeName, addedNodes, removedNodes }) => {
		const number = numbers.get(target) ?? next++;
		numbers.set(target, number);
		const node = addedNodes[0] ?? removedNodes[0] ?? target;
		return `${number} ${attributeName ?? node.nodeName + (node as Partial<Element>).className}`;
	};
}

function addTime(times: number[], then: number): void {
	if (times.at(-1) !== then) times.push(then);
}
