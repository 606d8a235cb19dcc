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
	isResponse(node: Node, way: string): boolean;
	/** Another press: what comes from now on need not be of one pace. */
	crowd(): void;
	/** The first change of each relation, and how many were ambient. */
	end(): { responses: Response[]; ambient: number };
}

export interface ChangesOptions {
	widget: Element;
	/** Of the down. */
	at: number;
	batches: readonly ChangeBatch[];
	/** Answered an earlier press. */
	isTaken: (node: Node, way: string) => boolean;
}

interface Change {
	relation: Relation;
	times: number[];
}

/** What happens this shortly before a press may be hovering. */
const GUARD_MS = 100;
const BATCH_RECORDS = 200;
const MOST_CHANGES = 500;
const PACE_MS = 250;

export function createChanges({ widget, at, batches, isTaken }: ChangesOptions): Changes {
	const before = createTable<number[]>();
	const seen = createTable<Change>();
	/** What ambient changes have put into the page. */
	const made = new WeakSet<Node>();
	let last: ChangeBatch | undefined;
	let ambient = 0;
	let isCrowded = false;

	for (const { at: then, records } of batches) {
		if (then < at - RING_MS || then > at - GUARD_MS) continue;
		for (const record of records.slice(0, BATCH_RECORDS)) {
			const way = wayOf(record);
			if (isTaken(record.target, way)) continue;
			addTime(
				before.make(record.target, way, () => []),
				then,
			);
			for (const node of record.addedNodes) made.add(node);
		}
	}

	const judge = (record: MutationRecord, then: number): void => {
		const { target } = record;
		const way = wayOf(record);
		const known = seen.get(target, way);
		if (known !== undefined) {
			if (!isCrowded) addTime(known.times, then);
			return;
		}
		const relation = relate(widget, target);
		const times = before.get(target, way);
		const isAmbient =
			relation === "elsewhere" ? times || isMade(target) : times && isEven(times, 0);
		if (isAmbient) {
			ambient++;
			for (const node of record.addedNodes) made.add(node);
		} else if (seen.size() < MOST_CHANGES) {
			seen.make(target, way, () => ({ relation, times: [then] }));
		}
	};
	const isMade = (node: Node | null): boolean => {
		for (let up = 0; up < 4 && node; up++, node = node.parentNode) if (made.has(node)) return true;
		return false;
	};

	return {
		look(all) {
			for (const batch of all.slice(last === undefined ? 0 : all.indexOf(last) + 1)) {
				last = batch;
				if (batch.at < at) continue;
				for (const record of batch.records.slice(0, BATCH_RECORDS)) judge(record, batch.at);
			}
		},
		isResponse: (node, way) => seen.get(node, way) !== undefined,
		crowd() {
			isCrowded = true;
		},
		end() {
			const found = new Map<Relation, Response>();
			for (const { relation, times } of seen.values()) {
				if (relation === "elsewhere" && isEven(times, PACE_MS)) ambient += times.length;
				else if (!found.has(relation)) {
					found.set(relation, ["mutation", (times[0] ?? at) - at, relation]);
				}
			}
			return { responses: [...found.values()], ambient };
		},
	};
}

/** Three times and more at a pace that hardly changes. @param least shorter steps are an animation */
export function isEven(times: readonly number[], least: number): boolean {
	if (times.length < 3) return false;
	const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
	const shortest = Math.min(...steps);
	return shortest >= least && Math.max(...steps) <= 1.5 * shortest + 50;
}

function addTime(times: number[], then: number): void {
	if (times.at(-1) !== then) times.push(then);
}

/** How a node changes: an attribute, its text, or what kind of child comes and goes. */
function wayOf({ attributeName, addedNodes, removedNodes, target }: MutationRecord): string {
	const node = addedNodes[0] ?? removedNodes[0] ?? target;
	return attributeName ?? `${node.nodeName}.${(node as Partial<Element>).className}`;
}

function createTable<V>() {
	const rows = new Map<Node, Map<string, V>>();
	const all: V[] = [];
	return {
		get: (node: Node, way: string) => rows.get(node)?.get(way),
		make(node: Node, way: string, create: () => V): V {
			let row = rows.get(node);
			if (row === undefined) {
				row = new Map();
				rows.set(node, row);
			}
			let value = row.get(way);
			if (value === undefined) {
				value = create();
				row.set(way, value);
				all.push(value);
			}
			return value;
		},
		values: () => all,
		size: () => all.length,
	};
}
