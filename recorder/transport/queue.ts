// Events and facts of one stream that wait to be cut into a chunk. They wait as JSON: the text is
// needed anyway, its length is the memory they take, and what it came from can be collected.
import { FACT_ELEMENT, type Fact } from "../../protocol/fact.ts";
import { sumLengths } from "../../protocol/join-bytes.ts";
import { FACTS_BYTES } from "../../protocol/limits.ts";
import type { DomEvent } from "../capture/dom/dom-event.ts";
import type { Place } from "../capture/page.ts";
import { toJson } from "../native.ts";
import { hushFact } from "../privacy/hush-fact.ts";

export type QueuedEvent = readonly [json: string, at: number, isSnapshot: boolean];

/** What becomes one chunk, or several parts of one sequence; its place is where it was begun. */
export interface Batch extends Place {
	/** JSON of each. */
	facts: string[];
	events: QueuedEvent[];
}

export interface Queue {
	addFact(fact: Fact): void;
	addEvent(event: DomEvent): void;
	/** Roughly the bytes that wait. */
	size(): number;
	/** Everything that waits, or undefined where nothing does. Facts beyond one section stay. */
	take(): Batch | undefined;
	/** Only the events that wait, or undefined where there are none. */
	takeEvents(): Batch | undefined;
	/** Forgets what elements are called. */
	hush(): void;
	/** Does anything wait that happened at this time or before? */
	reaches(at: number): boolean;
}

/** Escapes and non-ASCII make bytes of text longer than its length, so facts stay well below. */
const FACTS_LENGTH = FACTS_BYTES / 4;

export function createQueue(current: Place): Queue {
	let batch: Batch | undefined;
	let size = 0;
	const open = (json: string): Batch => {
		size += json.length;
		batch ??= { ...current, facts: [], events: [] };
		return batch;
	};
	/** These facts stay, nothing else. */
	const keep = (taken: Batch, facts: string[]): void => {
		size = sumLengths(facts);
		batch = facts.length > 0 ? { ...taken, facts, events: [] } : undefined;
	};
	return {
		addFact(fact) {
			const json = toJson(fact);
			open(json).facts.push(json);
		},
		addEvent({ wire, timestamp, isSnapshot }) {
			// What was kept for a while is JSON already.
			const json = typeof wire === "string" ? wire : toJson(wire);
			open(json).events.push([json, timestamp, isSnapshot]);
		},
		size: () => size,
		take() {
			const taken = batch;
			if (taken === undefined) return undefined;
			const [facts = [], ...rest] = splitRuns(taken.facts, FACTS_LENGTH);
			keep(taken, rest.flat());
			return { ...taken, facts };
		},
		takeEvents() {
			const taken = batch;
			if (!taken?.events.length) return undefined;
			keep(taken, taken.facts);
			return { ...taken, facts: [] };
		},
		hush() {
			if (batch) batch.facts = hushBatch(batch).facts;
		},
		reaches: (at) => batch?.events.some((event) => event[1] <= at) ?? false,
	};
}

/** What was told before a part of the page was found to be private. */
export function hushBatch(batch: Batch): Batch {
	const facts = batch.facts.map((json) => {
		const isElement = json.startsWith(`[${FACT_ELEMENT},`);
		return isElement ? toJson(hushFact(JSON.parse(json))) : json;
	});
	return { ...batch, facts, events: [] };
}

/** Runs of facts or events whose JSON has at most this length together, one of more alone. */
export function splitRuns<T extends string | QueuedEvent>(
	items: readonly T[],
	length: number,
): T[][] {
	const runs: T[][] = [];
	let left = 0;
	for (const item of items) {
		const taken = (typeof item === "string" ? item : item[0]).length + 1;
		left -= taken;
		if (left < 0) {
			runs.push([]);
			left = length - taken;
		}
		runs[runs.length - 1]?.push(item);
	}
	return runs;
}
