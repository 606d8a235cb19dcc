import { describe, expect, test } from "vitest";
import type { ViewCost } from "../../../protocol/api.ts";
import { describeCost, describeReduced, findCost } from "../../../viewer/player/describe-cost.ts";

const cost = (rest: Partial<ViewCost> = {}): ViewCost => ({
	...{ tab: "t", page: "/", from: 0, to: 10_000, ms: 40, longestMs: 38.2, step: 0 },
	...rest,
});

test.each<[Partial<ViewCost>, string, string]>([
	[{}, "0.4 % of this page’s time", "40 ms, at most 38 ms at once; in full detail"],
	[
		{ ms: 1, longestMs: 0.4 },
		"<0.1 % of this page’s time",
		"1.0 ms, at most 0.4 ms at once; in full detail",
	],
	[
		{ ms: 1500, step: 3 },
		"15 % of this page’s time",
		"1.5 s, at most 38 ms at once; at times facts alone, no picture",
	],
	[{ to: 400 }, "40 ms", "at most 38 ms at once; in full detail"],
])("what a view cost is told in words: %o", (rest, share, detail) => {
	expect(describeCost(cost(rest))).toEqual({ share, detail });
});

test("what is told is of the page that is shown, in its tab", () => {
	const [first, second] = [cost(), cost({ from: 10_000, to: 20_000 })];
	const other = cost({ tab: "u", from: 12_000, to: 15_000 });
	const costs = [first, second, other];
	expect([9999, 10_000, 30_000].map((at) => findCost(costs, { tab: "t", at }))).toEqual([
		...[first, second, second],
	]);
	expect(findCost(costs, { tab: "u", at: 0 })).toBe(other);
	expect(findCost(costs, { tab: "x", at: 0 })).toBe(undefined);
});

describe("a stretch with less detail", () => {
	test("says when, what was left out and why", () => {
		expect(describeReduced({ tab: "t", from: 1000, to: 62_000, step: 2 })).toBe(
			"Less detail, 0:01 to 1:02: changes told slowly, to spare the page",
		);
	});
});
