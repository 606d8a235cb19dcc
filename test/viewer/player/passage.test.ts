import { describe, expect, test } from "vitest";
import {
	type Contents,
	findEnd,
	findPassage,
	findStart,
	listParts,
} from "../../../viewer/player/passage.ts";
import { contents, folded, inside, own, slice } from "./contents.ts";

const FINISHED = contents(
	[slice("a", 0, 99), slice("a", 100, 199), slice("a", 200, 290), slice("b", 300, 400)],
	[own("a", 0), folded("a", 100), folded("a", 200), own("b", 300)],
);
const LIVE = contents(
	[slice("a", 0, 99), slice("a", 100, 199), slice("b", 200, 300)],
	[inside("a", 2), inside("b", 200)],
);

describe("a replay starts", () => {
	test.each<[string, Contents, number, number | undefined]>([
		["at the last keyframe before", FINISHED, 150, 100],
		["at a keyframe that is just there", FINISHED, 200, 200],
		["at the page's own where another document is open by then", FINISHED, 350, 300],
		["at the first where it is asked for something before", LIVE, 0, 2],
		["at the one inside of a slice", LIVE, 150, 2],
		["nowhere in a tab without a picture", contents([slice("a", 0, 9)], []), 5, undefined],
	])("%s", (_, all, at, want) => {
		expect(findStart(all, { tab: "t", at })?.at).toBe(want);
	});

	test("never in another tab", () => {
		const all = contents([], [own("a", 0), own("b", 10, "u")]);
		expect(findStart(all, { tab: "t", at: 20 })?.stream).toBe("a");
		expect(findStart(all, { tab: "v", at: 20 })).toBeUndefined();
	});

	test("in the document that is open, though the one before still sends", () => {
		const all = contents([], [own("a", 0), own("b", 10), folded("a", 20)]);
		expect(findStart(all, { tab: "t", at: 30 })?.stream).toBe("b");
	});
});

describe("a passage", () => {
	test.each<[string, Contents, at: number, until: number, want: string[]]>([
		["is the keyframe and what begins with it", FINISHED, 150, 150, ["ka100", "a100"]],
		["reaches as far as asked", FINISHED, 150, 250, ["ka100", "a100", "a200"]],
		["goes on in the next document", FINISHED, 250, 350, ["ka200", "a200", "b300", "kb300"]],
		["leaves out what only comes later", FINISHED, 0, 50, ["ka0", "a0"]],
		["takes the slice that holds its keyframe", LIVE, 50, 50, ["a0"]],
		["takes all that follows a keyframe inside of one", LIVE, 150, 150, ["a0", "a100"]],
		["goes on in the next document of a live session", LIVE, 150, 250, ["a0", "a100", "b200"]],
	])("%s", (_, all, at, until, want) => {
		const passage = findPassage(all, { tab: "t", at }, until);
		expect(passage && listParts(all, passage)).toEqual(want);
	});

	test("names each text that its keyframes share once", () => {
		const start = { ...own("a", 0), texts: [1, 0] };
		const all = contents([slice("a", 0, 9)], [start, { ...own("a", 5), texts: [1] }], 2);
		const passage = findPassage(all, { tab: "t", at: 3 }, 9);
		expect(passage && listParts(all, passage)).toEqual(["ka0", "x1", "x0", "a0", "ka5"]);
	});
});

test("a tab ends with the last of its slices and keyframes", () => {
	const all = contents([slice("a", 0, 9), slice("c", 0, 50, "u")], [own("b", 12)]);
	expect(findEnd(all, "t")).toBe(12);
	expect(findEnd(all, "v")).toBe(0);
});
