// From one instant of a generated session to another, forward and back: the fold of the first page, told of
// the difference, is the fold of the second. That a browser agrees is shown by fold-proof.
import { expect, test } from "vitest";
import { type Difference, findDifference } from "../../replay/difference.ts";
import { createFold } from "../../replay/fold.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";
import { type Fields, isRecord, recordsOf } from "../../replay/scrub-node.ts";
import { createSeededRandom } from "../support/seed.ts";
import { generateSession } from "./proof/generated-session.ts";
import { createRandom } from "./proof/random.ts";

const SESSIONS = 60;
const TIMES = 8;

test("what differs between two instants makes one page of the other", () => {
	const first = createSeededRandom("differences").seed;
	let changed = 0;
	let asked = 0;
	for (let seed = first; seed < first + SESSIONS; seed++) {
		const keyframes = foldAtTimes(seed);
		for (const before of keyframes) {
			for (const after of keyframes) {
				if (before.document !== after.document) continue;
				asked++;
				const difference = findDifference(before.events, after.events, after.at);
				if (difference === undefined) continue;
				changed++;
				const reached = reach(before.events, difference, after.at);
				expect(canonical(reached), `seed ${seed}, ${before.at} to ${after.at}`).toEqual(
					canonical(after.events),
				);
			}
		}
	}
	console.log(`${changed} of ${asked} changed in place`);
	expect(changed).toBeGreaterThan((SESSIONS * TIMES) / 2);
});

interface At {
	at: number;
	document: number;
	events: RawEvent[];
}

function foldAtTimes(seed: number): At[] {
	const { events } = scrubEvents(generateSession({ seed, events: 120 }));
	const given = JSON.stringify(events);
	const random = createRandom(seed);
	const chosen = new Set(Array.from({ length: TIMES }, () => random.below(events.length)));
	const fold = createFold();
	const keyframes: At[] = [];
	let document = 0;
	for (const [index, event] of events.entries()) {
		if (event.type === 2) document++;
		fold.apply(event);
		const keyframe = chosen.has(index) ? fold.keyframe(event.timestamp) : undefined;
		if (keyframe === undefined) continue;
		keyframes.push({ at: event.timestamp, document, events: structuredClone(keyframe) });
	}
	expect(JSON.stringify(events), "a fold changed its events").toBe(given);
	return keyframes;
}

/** The page before, renamed and told of the events. */
function reach(before: readonly RawEvent[], difference: Difference, at: number): RawEvent[] {
	const events = structuredClone([...before]);
	const nodes = new Map<unknown, Fields>();
	const snapshot = events.find(({ type }) => type === 2)?.data as Fields;
	const left = [snapshot.node];
	for (let node = left.pop(); node !== undefined; node = left.pop()) {
		if (!isRecord(node)) continue;
		nodes.set(node.id, node);
		left.push(...recordsOf(node.childNodes));
	}
	for (const { from, node } of difference.renames) {
		const own = nodes.get(from);
		if (own === undefined) throw new Error(`no node ${from} to rename`);
		own.id = node.id;
	}
	const fold = createFold();
	const scrolls = difference.scrolls.map((data) => ({
		...{ type: 3, timestamp: at, data: { source: 3, ...data } },
	}));
	for (const event of [...events, ...structuredClone(difference.events), ...scrolls]) {
		fold.apply(event);
	}
	return structuredClone(fold.keyframe(at) ?? []);
}

/** A line per node and event, without what nobody sees: the order of names, offsets of nothing, times. */
function canonical(events: readonly RawEvent[]): string[] {
	return events
		.map(({ type, data }) => ({ type, data: data as Fields }))
		.filter(({ data }) => !(data.source === 3 && data.x === 0 && data.y === 0) && data.source !== 2)
		.flatMap(({ type, data }) => (type === 2 ? linesOf(data.node, "") : [textOf(data)]));
}

function linesOf(node: unknown, indent: string): string[] {
	if (!isRecord(node)) return [];
	const { childNodes, ...own } = node;
	const children = recordsOf(childNodes);
	return [indent + textOf(own), ...children.flatMap((child) => linesOf(child, `${indent} `))];
}

function textOf(value: unknown): string {
	const text = JSON.stringify(value, (_, each) => (isRecord(each) ? inOrder(each) : each));
	// Ids that the fold gives to nodes without one count on, and an attribute that is there is empty.
	return text.replace(/:-\d{4,}/g, ":-1").replaceAll('"checked":true', '"checked":""');
}

function inOrder(fields: Fields): Fields {
	return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}
