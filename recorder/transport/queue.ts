// Events and facts of one stream that wait to be cut into a chunk. They wait as JSON: the text is
// needed anyway, its length is the memory they take, and what it came from can be collected.
import { FACT_ELEMENT, type Fact } from "../../protocol/fact.ts";
import { FACTS_BYTES } from "../../protocol/limits.ts";
import type { DomEvent } from "../capture/dom/dom-event.ts";
import { toJson } from "../native.ts";
import { hushFact } from "../privacy/hush-fact.ts";

export interface QueuedEvent {
	json: string;
	at: number;
	snapshot: boolean;
}

/** What becomes one chunk, or several parts of one sequence. */
export interface Batch {
	/** The page view that was current when the batch was begun. */
	url: string;
	view: number;
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
	/** Forgets the events that wait, and what elements are called. @returns how many events */
	hush(): number;
	/** Does anything wait that happened at this time or before? */
	reaches(at: number): boolean;
}

/** Escapes and non-ASCII make bytes of text longer than its length, so facts stay well below. */
const FACTS_LENGTH = FACTS_BYTES / 4;

export function createQueue(page: { url(): string; view(): number }): Queue {
	let batch: Batch | undefined;
	let size = 0;
	const open = (): Batch => {
		batch ??= { url: page.url(), view: page.view(), facts: [], events: [] };
		return batch;
	};
	return {
		addFact(fact) {
			const json = toJson(fact);
			size += json.length;
			open().facts.push(json);
		},
		addEvent({ wire, timestamp, isSnapshot }) {
			const json = toJson(wire);
			size += json.length;
			open().events.push({ json, at: timestamp, snapshot: isSnapshot });
		},
		size: () => size,
		take() {
			const taken = batch;
			if (taken === undefined) return undefined;
			const fitting = countFitting(taken.facts, FACTS_LENGTH);
			const rest = taken.facts.slice(fitting);
			batch = rest.length > 0 ? { ...taken, facts: rest, events: [] } : undefined;
			size = sumLengths(rest);
			return { ...taken, facts: taken.facts.slice(0, fitting) };
		},
		takeEvents() {
			const taken = batch;
			if (taken === undefined || taken.events.length === 0) return undefined;
			batch = taken.facts.length > 0 ? { ...taken, events: [] } : undefined;
			size = sumLengths(taken.facts);
			return { ...taken, facts: [] };
		},
		hush() {
			if (batch === undefined) return 0;
			const { length } = batch.events;
			batch = hushBatch(batch);
			size = sumLengths(batch.facts);
			return length;
		},
		reaches: (at) => batch?.events.some((event) => event.at <= at) ?? false,
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

function sumLengths(texts: readonly string[]): number {
	return texts.reduce((sum, text) => sum + text.length, 0);
}

/** How many texts from the front have at most this length together; at least one. */
function countFitting(texts: readonly string[], length: number): number {
	let left = length;
	const end = texts.findIndex((text, index) => {
		left -= text.length + 1;
		return left < 0 && index > 0;
	});
	return end < 0 ? texts.length : end;
}
