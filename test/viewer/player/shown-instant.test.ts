import { describe, expect, test } from "vitest";
import { findShownInstant, hasSnapshot } from "../../../viewer/player/shown-instant.ts";

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

test("a recording without a full snapshot has nothing to show", () => {
	expect(hasSnapshot(events)).toBe(true);
	expect(hasSnapshot(events.filter(({ type }) => type !== FULL))).toBe(false);
	expect(hasSnapshot([])).toBe(false);
});
