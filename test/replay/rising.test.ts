// The longest rising subsequence, beside the one that is found by trying all.
import { expect, test } from "vitest";
import { findRising } from "../../replay/rising.ts";
import { createSeededRandom } from "../support/seed.ts";

test.each<[number[], number[]]>([
	[[], []],
	[[-1, -1], []],
	[
		[0, 1, 2],
		[0, 1, 2],
	],
	[[2, 1, 0], [2]],
	[
		[3, -1, 0, 4, 1, 2],
		[2, 4, 5],
	],
])("of %j the items %j stay", (places, want) => {
	expect(findRising(places)).toEqual(want);
});

test("is as long as any, and rises", () => {
	const { below } = createSeededRandom("rising");
	for (let round = 0; round < 300; round++) {
		const places = shuffle(10, below).map((place) => (below(4) === 0 ? -1 : place));
		const found = findRising(places).map((index) => places[index] ?? -1);
		expect(found).toEqual([...found].sort((a, b) => a - b));
		expect(found).not.toContain(-1);
		expect(found.length).toBe(longest(places));
	}
});

function shuffle(count: number, below: (end: number) => number): number[] {
	const keys = Array.from({ length: count }, (_, index) => ({ index, key: below(1e9) }));
	return keys.sort((a, b) => a.key - b.key).map(({ index }) => index);
}

function longest(places: readonly number[], least = 0): number {
	const [first, ...rest] = places;
	if (first === undefined) return 0;
	const without = longest(rest, least);
	return first < least ? without : Math.max(without, 1 + longest(rest, first + 1));
}
