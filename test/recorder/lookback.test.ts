import fc from "fast-check";
import { expect, test } from "vitest";
import type { DomEvent } from "../../recorder/capture/dom/dom-event.ts";
import { createLookback, type Lookback } from "../../recorder/lookback.ts";

const START = Date.UTC(2030, 0, 1);
const MEGABYTE = 1024 * 1024;

/** Adds events of these lengths, each so many ms after the one before; a snapshot follows every turn. */
function fill(lookback: Lookback, events: readonly [ms: number, length: number][]): boolean[] {
	let at = START;
	const snapshot = () => lookback.add(eventAt(at, "snapshot"));
	snapshot();
	return events.flatMap(([ms, length]) => {
		at += ms;
		if (!lookback.add(eventAt(at, "x".repeat(length)))) return [];
		const fits = lookback.turn();
		snapshot();
		return [fits];
	});
}

function eventAt(timestamp: number, wire: string): DomEvent {
	return { timestamp, wire, isSnapshot: wire === "snapshot" };
}

const SECONDS = (seconds: number, length = 10): [number, number] => [seconds * 1000, length];

test("what happened less than a minute after the snapshot is kept with it, as JSON", () => {
	const lookback = createLookback();
	expect(fill(lookback, [SECONDS(20), SECONDS(40)])).toEqual([]);
	const taken = lookback.take();
	expect(taken.map(({ timestamp }) => timestamp - START)).toEqual([0, 20_000, 60_000]);
	expect(taken.map(({ wire }) => JSON.parse(String(wire)))[0]).toBe("snapshot");
	expect(lookback.take()).toEqual([]);
});

test("after a minute another stretch begins, and the one before is still there", () => {
	const lookback = createLookback();
	expect(fill(lookback, [SECONDS(61), SECONDS(1)])).toEqual([true]);
	expect(lookback.take().map(({ isSnapshot }) => isSnapshot)).toEqual([true, false, true, false]);
});

test("a turn is due once in a stretch, however much comes before it is made", () => {
	const lookback = createLookback();
	lookback.add(eventAt(START, "snapshot"));
	const due = [61, 62, 63].map((second) => lookback.add(eventAt(START + second * 1000, "x")));
	expect(due).toEqual([true, false, false]);
});

test("where much happens a stretch ends after half a minute", () => {
	const long = MEGABYTE + 1;
	expect(fill(createLookback(), [SECONDS(29, long), SECONDS(2)])).toEqual([true]);
	expect(fill(createLookback(), [SECONDS(29), SECONDS(2)])).toEqual([]);
});

test("what is too much to be kept is not kept at all", () => {
	const lookback = createLookback();
	expect(fill(lookback, [SECONDS(1, MEGABYTE), SECONDS(1, MEGABYTE)])).toEqual([false]);
	expect(lookback.take().map(({ wire }) => wire)).toEqual(['"snapshot"']);
});

test("whatever happens, it begins with a snapshot, is bounded, and reaches back for half a minute", () => {
	const anyEvent = fc.tuple(
		fc.integer({ min: 0, max: 40_000 }),
		fc.integer({ min: 1, max: 300_000 }),
	);
	fc.assert(
		fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
			const lookback = createLookback();
			const turns = fill(lookback, events);
			const taken = lookback.take();
			const length = taken.reduce((sum, { wire }) => sum + String(wire).length, 0);
			expect(taken[0]?.isSnapshot).toBe(true);
			expect(length).toBeLessThan(4 * MEGABYTE + 600_000);
			const first = taken[0]?.timestamp ?? 0;
			const last = taken.at(-1)?.timestamp ?? 0;
			if (!turns.includes(false) && first > START) expect(last - first).toBeGreaterThan(30_000);
		}),
		{ numRuns: 50 },
	);
});
