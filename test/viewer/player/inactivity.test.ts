import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	findInactivity,
	INACTIVE_MS,
	joinStretches,
	listActivity,
} from "../../../viewer/player/inactivity.ts";
import { createSkipping } from "../../../viewer/player/skipping.ts";
import { contents, slice } from "./contents.ts";

const moveAt = (timestamp: number) => ({ type: 3, timestamp, data: { source: 1 } });

describe("a stretch without activity is skipped from 5 s on, a second after the last thing done", () => {
	test.each([
		["busy all along", [1000, 4000, 8000], 0, 12_000, []],
		["4.999 s are a pause", [1000, 5999], 0, 6000, []],
		["5 s are inactivity", [1000, 6000], 0, 6000, [{ from: 2000, to: 6000 }]],
		["nothing at all", [], 0, 60_000, [{ from: 1000, to: 60_000 }]],
		["before the first", [9000], 0, 10_000, [{ from: 1000, to: 9000 }]],
		["after the last", [1000], 0, 9000, [{ from: 2000, to: 9000 }]],
		["two in one", [3000, 5000, 11_000], 0, 11_000, [{ from: 6000, to: 11_000 }]],
		["an empty session", [], 500, 500, []],
	])("%s", (_, instants, from, to, want) => {
		expect(findInactivity(listActivity(instants.map(moveAt)), from, to)).toEqual(want);
	});
});

test("what the visitor does is activity, what the page does by itself is not", () => {
	const events = [
		{ type: 4, timestamp: 10_000, data: { href: "", width: 1, height: 1 } },
		{ type: 2, timestamp: 20_000, data: {} },
		{ type: 3, timestamp: 30_000, data: { source: 0 } },
		{ type: 3, timestamp: 40_000, data: { source: 1 } },
		{ type: 3, timestamp: 50_000, data: { source: 5 } },
		{ type: 3, timestamp: 60_000, data: { source: 8 } },
		{ type: 3, timestamp: 70_000, data: null },
		{ type: 5, timestamp: 80_000, data: { tag: "", payload: {} } },
	];
	expect(listActivity(events).map(({ from }) => from)).toEqual([10_000, 40_000, 50_000]);
});

test("activity cut into slices is the activity of the whole", () => {
	const times = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 40 });
	fc.assert(
		fc.property(times, fc.nat(40), (unsorted, cut) => {
			const events = unsorted.toSorted((a, b) => a - b).map(moveAt);
			const parts = [events.slice(0, cut), events.slice(cut)].flatMap(listActivity);
			expect(joinStretches(parts.reverse())).toEqual(listActivity(events));
		}),
	);
});

describe("skipping", () => {
	const quiet = contents([slice("a", 0, 20_000), slice("a", 20_000, 40_000)], []);

	test("never jumps over what nobody has looked at", () => {
		const skipping = createSkipping();
		skipping.open(quiet, 40_000);
		expect(skipping.find(10_000)).toBeUndefined();
		skipping.learn("a0", [{ from: 0, to: 1000 }]);
		expect(skipping.find(10_000)).toEqual({ from: 2000, to: 20_000 });
		skipping.learn("a20000", [{ from: 35_000, to: 36_000 }]);
		expect(skipping.find(10_000)).toEqual({ from: 2000, to: 35_000 });
	});

	test("leaves alone the stretch that somebody went into, also when its end moves", () => {
		const skipping = createSkipping();
		skipping.open(quiet, 40_000);
		skipping.learn("a0", [{ from: 0, to: 1000 }]);
		skipping.spare(10_000);
		expect(skipping.find(10_000)).toBeUndefined();
		skipping.learn("a20000", []);
		expect(skipping.find(30_000)).toBeUndefined();
		skipping.spare(1500);
		expect(skipping.find(30_000)).toEqual({ from: 2000, to: 40_000 });
	});

	test("does not jump when there is hardly anything left", () => {
		const skipping = createSkipping();
		skipping.open(contents([], []), INACTIVE_MS);
		expect(skipping.find(2000)).toBeDefined();
		expect(skipping.find(INACTIVE_MS - 600)).toBeUndefined();
	});
});
