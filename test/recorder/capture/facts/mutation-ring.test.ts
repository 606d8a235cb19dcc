import { expect, test } from "vitest";
import { createMutationRing } from "../../../../recorder/capture/facts/mutation-ring.ts";

function createClock() {
	let at = 1000;
	let waiting: { due: number; work: () => void }[] = [];
	return {
		now: () => at,
		later: (work: () => void, ms: number) => void waiting.push({ due: at + ms, work }),
		waiting: () => waiting.length,
		go(ms: number) {
			at += ms;
			const due = waiting.filter((timer) => timer.due <= at);
			waiting = waiting.filter((timer) => timer.due > at);
			for (const { work } of due) work();
		},
	};
}

/** Only counted, never looked at. */
const records = (count: number) => Array<MutationRecord>(count);

test("changes are kept for five seconds or a little more, and no timer runs on a page at rest", () => {
	const clock = createClock();
	const ring = createMutationRing(clock.now, clock.later);
	ring.add(records(1));
	clock.go(4000);
	ring.add(records(2));
	clock.go(1001);
	expect(ring.batches.map((batch) => batch[1].length)).toEqual([2]);
	clock.go(5000);
	expect([ring.batches, clock.waiting()]).toEqual([[], 0]);
});

test("of many changes the oldest go, and of one rewriting as much as is kept at all stays", () => {
	const clock = createClock();
	const ring = createMutationRing(clock.now, clock.later);
	for (let at = 0; at < 30; at++) ring.add(records(100));
	expect(ring.batches.length).toBe(20);
	ring.add(records(50_000));
	expect(ring.batches.map((batch) => batch[1].length)).toEqual([2000]);
});

test("says once that something has changed", () => {
	const clock = createClock();
	const ring = createMutationRing(clock.now, clock.later);
	expect(ring.hasChanged()).toBe(false);
	ring.add(records(1));
	expect([ring.hasChanged(), ring.hasChanged()]).toEqual([true, false]);
});
