import { expect, test } from "vitest";
import { hashElement } from "../../../server/index/heat-keys.ts";
import { spreadAttention } from "../../../server/index/spread-attention.ts";
import { capBins, findShare } from "../../../server/queries/cap-bins.ts";
import { spreadPresses } from "../../../server/queries/heat-presses.ts";

test.each([
	["id:buy", true],
	["test:data-qa=buy", true],
	['path:[id="list"] > li:nth-of-type(1)', false],
	["item:ul li@3", false],
])("%s is one element whatever text it has: %s", (key, isOne) => {
	const [jug, mug] = ["Jug", "Mug"].map((text) => hashElement({ key, tag: "a", text }));
	expect(jug === mug).toBe(isOne);
});

test("time on a screen is time on the slices of the document that it shows", () => {
	const spread = spreadAttention([1000, 0, 500], { screen: 500, height: 2000 });
	expect(spread).toEqual([
		...Array(5).fill(1000),
		...Array(5).fill(0),
		...Array(5).fill(500),
		...Array(5).fill(0),
	]);
	expect(spreadAttention([700], { screen: 800, height: 300 }), "all of a short one").toEqual(
		Array(20).fill(700),
	);
	expect(spreadAttention([700], { screen: 800, height: 0 }), "unknown").toEqual([]);
});

test("bins beyond the cap join, counts stay, and small elements keep theirs", () => {
	const large = new Map(Array.from({ length: 4096 }, (_, bin) => [bin, 1 + (bin % 3)] as const));
	const small = new Map([
		[5, 2],
		[77, 1],
	]);
	const share = findShare([large.size, small.size], 300);
	expect(capBins(small, share)).toEqual(small);
	const capped = capBins(large, share);
	expect(capped.size + small.size).toBeLessThanOrEqual(300);
	const sum = (bins: ReadonlyMap<number, number>) => [...bins.values()].reduce((a, b) => a + b, 0);
	expect(sum(capped)).toBe(sum(large));
});

test("replays are of different sessions first", () => {
	const presses = [
		["a", 9],
		["a", 8],
		["b", 7],
		["a", 6],
		["c", 5],
	].map(([session, at]) => ({ session: String(session), at: Number(at), tab: "" }));
	expect(spreadPresses(presses, 4).map(({ session, at }) => `${session}${at}`)).toEqual([
		...["a9", "b7", "c5", "a8"],
	]);
});
