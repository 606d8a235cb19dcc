import { describe, expect, test } from "vitest";
import {
	findPartial,
	findShownInstant,
	hasSnapshot,
} from "../../../viewer/player/shown-instant.ts";

const META = 4;
const FULL = 2;
const STEP = 3;
const events = [
	{ type: META, timestamp: 100 },
	{ type: FULL, timestamp: 130 },
	{ type: STEP, timestamp: 200 },
	{ type: META, timestamp: 500 },
	{ type: FULL, timestamp: 560 },
	{ type: STEP, timestamp: 700 },
];

describe("a seek lands where something is shown", () => {
	test.each([
		["before everything", 0, 131],
		["at the first Meta", 100, 131],
		["exactly on a snapshot, which would not be applied", 130, 131],
		["within a document", 200, 200],
		["just before the next document", 499, 499],
		["between a Meta and its snapshot", 520, 561],
		["exactly on the second snapshot", 560, 561],
		["at the end", 700, 700],
	])("%s", (_, at, want) => {
		expect(findShownInstant(events, at)).toBe(want);
	});
});

describe("a page that is told in parts", () => {
	const begun = (timestamp: number) => [
		{ type: META, timestamp },
		{ type: FULL, timestamp, data: { isPartial: true } },
	];
	const mark = { type: 5, timestamp: 400, data: { tag: "snag.complete", payload: {} } };
	const step = (timestamp: number) => ({ type: STEP, timestamp });
	const whole = [...begun(100), step(200), mark, step(450)];
	const left = [
		...begun(100),
		step(200),
		...begun(500).slice(0, 1),
		events[4] as (typeof events)[0],
	];

	test.each([
		["before it began", whole, 0, 401],
		["as it began", whole, 100, 401],
		["between its parts", whole, 250, 401],
		["at its last part", whole, 400, 401],
		["behind it", whole, 401, 401],
		["later", whole, 600, 600],
		["where it was left before", left, 250, 250],
		["where it was left before, as it began", left, 100, 101],
		["on the next page", left, 520, 561],
		["where it was told anew, in parts", [...begun(100), step(200), ...begun(300), mark], 250, 250],
	])("is shown when all of it had come: %s", (_, events, at, want) => {
		expect(findShownInstant(events, at)).toBe(want);
	});

	test("is known as one of which not all was told, and until when", () => {
		const of = (at: number, events = whole) => findPartial(events, at);
		expect([99, 100, 400].map((at) => of(at))).toEqual([
			...Array.from({ length: 3 }, () => ({ from: 100, whole: 401 })),
		]);
		expect([of(401), of(1000), of(561, left)]).toEqual([undefined, undefined, undefined]);
		expect(of(250, left)).toEqual({ from: 100, whole: undefined });
		expect(findPartial([], 5)).toBe(undefined);
	});
});

test("a recording without a full snapshot has nothing to show", () => {
	expect(hasSnapshot(events)).toBe(true);
	expect(hasSnapshot(events.filter(({ type }) => type !== FULL))).toBe(false);
	expect(hasSnapshot([])).toBe(false);
});
