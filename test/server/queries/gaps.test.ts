import { describe, expect, test } from "vitest";
import { findGaps } from "../../../server/queries/gaps.ts";

type Chunk = [sequence: number, first: number, last: number];

describe("a gap lies between what is known before and after it", () => {
	test.each<[string, Chunk[], number | undefined, unknown[]]>([
		["nothing came", [], undefined, []],
		[
			"all came, in another order and one in two parts",
			[
				[1, 20, 30],
				[0, 5, 10],
				[0, 10, 20],
			],
			undefined,
			[],
		],
		[
			"one and three are missing",
			[
				[0, 0, 10],
				[2, 30, 40],
				[6, 80, 90],
			],
			undefined,
			[
				{ first: 1, last: 1, from: 10, to: 30 },
				{ first: 3, last: 5, from: 40, to: 80 },
			],
		],
		[
			"the one before came in two parts",
			[
				[0, 0, 10],
				[0, 10, 25],
				[2, 30, 40],
			],
			undefined,
			[{ first: 1, last: 1, from: 25, to: 30 }],
		],
		["the first is missing", [[2, 30, 40]], undefined, [{ first: 0, last: 1, from: 30, to: 30 }]],
		[
			"the first of a later page load is missing",
			[[1, 30, 40]],
			22,
			[{ first: 0, last: 0, from: 22, to: 30 }],
		],
		[
			"facts that travelled ahead overlap it",
			[
				[0, 0, 35],
				[2, 30, 40],
			],
			undefined,
			[{ first: 1, last: 1, from: 30, to: 35 }],
		],
	])("%s", (_, chunks, knownBefore, want) => {
		const numbered = chunks.map(([sequence, first, last]) => ({ sequence, first, last }));
		expect(findGaps(numbered, knownBefore)).toEqual(want);
	});
});
