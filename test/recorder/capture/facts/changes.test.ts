import { expect, test } from "vitest";
import { isEven } from "../../../../recorder/capture/facts/changes.ts";

test.each<[string, number[], number, boolean]>([
	["a clock", [0, 1000, 2003, 2998], 250, true],
	["a clock behind a busy page", [0, 1000, 2140, 3000], 250, true],
	["an animation", [0, 16, 33, 50, 66], 250, false],
	["an animation, where any pace counts", [0, 16, 33, 50, 66], 0, true],
	["twice is no pace", [0, 1000], 0, false],
	["one change", [5], 0, false],
	["nothing", [], 0, false],
	["a load that comes in pieces", [0, 120, 900, 950], 0, false],
])("%s", (_, times, least, want) => {
	expect(isEven(times, least)).toBe(want);
});
