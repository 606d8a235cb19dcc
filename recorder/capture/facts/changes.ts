// Which changes of the page may answer a press, and which it would have made anyway: a clock, a ticker, a
// carousel. What was changed in the same way in the five seconds before the press is ambient, unless it
// is part of the widget or stands beside it: there only what went on at an even pace is. What begins
// behind the press elsewhere and then goes on evenly is ambient too. What answered an earlier press is
// never: who presses "+" three times is answered three times.
import type { Relation, Response } from "../../../protocol/fact.ts";
import { type ChangeBatch, RING_MS } from "./mutation-ring.ts";
import { relate } from "./relation.ts";

export interface Changes {
	/** Looks at what has come since it last did. */
	look(batches: readonly ChangeBatch[]): void;
	/** Has this been taken for a response to this press? */
	isResponse(way: string): boolean;
	/** Another press: what comes from now on need not be of one pace. */
	crowd(): void;
	/** The first change of each relation, and how many were ambient. */
	end(): { responses: Response[]; ambient: number };
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

interface Change {
	before: number[];
	after: number[];
	/** Of a response. */
	relation?: Relation;
	/** Of any change after the press. */
	where?: Relation;
}

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
	let last: ChangeBatch | undefined;
	let ambient = 0;
	let isCrowded = false;
	let judged = 0;

	const isMade = (node: Node | null, steps = MADE_STEPS): boolean =>
		node !== null && steps > 0 && (made.has(node) || isMade(node.parentNode, steps - 1));
	const judge = (record: MutationRecord, then: number): void => {
		const way = wayOf(record);
		const change = changes.get(way) ?? { before: [], after: [] };
		if (changes.size < MOST_CHANGES) changes.set(way, change);
		if (then < at) {
			if (then < at - RING_MS || then > at - GUARD_MS || isTaken(way)) return;
			addTime(change.before, then);
		} else {
			if (change.relation) {
				if (!isCrowded) addTime(change.after, then);
				return;
			}
			change.where ??= relate(widget, record.target);
			const relation = change.where;
			const isAmbient =
				relation === "elsewhere"
					? change.before.length > 0 || isMade(record.target)
					: isEven(change.before, 0);
			if (!isAmbient) {
				change.relation = relation;
				change.after.push(then);
				return;
			}
			ambient++;
		}
		for (const node of record.addedNodes) made.add(node);
	};

	return {
		look(batches) {
			for (const batch of batches.slice(last ? batches.indexOf(last) + 1 : 0)) {
				last = batch;
				const some = judged < MOST_RECORDS ? BATCH_RECORDS : SAMPLE_RECORDS;
				const records = batch.records.slice(0, some);
				judged += records.length;
				for (const record of records) judge(record, batch.at);
			}
		},
		isResponse: (way) => changes.get(way)?.relation !== undefined,
		crowd() {
			isCrowded = true;
		},
		end() {
			const found = new Map<Relation, Response>();
			for (const { relation, after } of changes.values()) {
				if (!relation) continue;
				const delay = (after[0] ?? at) - at;
				if (relation === "elsewhere" && isEven(after, PACE_MS)) ambient += after.length;
				else if (delay < (found.get(relation)?.[1] ?? Number.POSITIVE_INFINITY)) {
					found.set(relation, ["mutation", delay, relation]);
				}
			}
			return { responses: [...found.values()], ambient };
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
