import { describe, expect, test } from "vitest";
import { findInactivity, listActivity } from "../../../viewer/player/inactivity.ts";

describe("a stretch without activity is skipped from 5 s on, a second after the last thing done", () => {
	test.each([
		["busy all along", [1000, 4000, 8000], 0, 12_000, []],
		["4.999 s are a pause", [1000, 5999], 0, 6000, []],
		["5 s are inactivity", [1000, 6000], 0, 6000, [{ from: 2000, to: 6000 }]],
		["nothing at all", [], 0, 60_000, [{ from: 1000, to: 60_000 }]],
		["before the first", [9000], 0, 10_000, [{ from: 1000, to: 9000 }]],
		["after the last", [1000], 0, 9000, [{ from: 2000, to: 9000 }]],
		[
			"two tabs out of order",
			[5000, 3000, 11_000],
			0,
			11_000,
			[
				{ from: 1000, to: 5000 },
				{ from: 6000, to: 11_000 },
			],
		],
		["an empty session", [], 500, 500, []],
	])("%s", (_, instants, from, to, want) => {
		expect(findInactivity(instants, from, to)).toEqual(want);
	});
});

test("what the visitor does is activity, what the page does by itself is not", () => {
	const events = [
		{ type: 4, timestamp: 1, data: { href: "", width: 1, height: 1 } },
		{ type: 2, timestamp: 2, data: {} },
		{ type: 3, timestamp: 3, data: { source: 0 } },
		{ type: 3, timestamp: 4, data: { source: 1 } },
		{ type: 3, timestamp: 5, data: { source: 5 } },
		{ type: 3, timestamp: 6, data: { source: 8 } },
		{ type: 3, timestamp: 7, data: null },
		{ type: 5, timestamp: 8, data: { tag: "", payload: {} } },
	];
	expect(listActivity(events)).toEqual([1, 4, 5]);
});
