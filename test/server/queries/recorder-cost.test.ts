import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	type CostChunk,
	type CostView,
	describeCosts,
	summarisePages,
} from "../../../server/queries/recorder-cost.ts";

const chunk = (last: number, rest: Partial<CostChunk> = {}): CostChunk => ({
	...{ sessionId: "s", stream: "a", tab: "t", cost: 0, longest: 0, step: 0, first: 0, last },
	...rest,
});
const view = (at: number, page: string, stream = "a"): CostView => ({
	sessionId: "s",
	stream,
	page,
	at,
});

describe("what recording cost", () => {
	test("is what its stream has cost more since the chunk before, by page view", () => {
		const { costs } = describeCosts(
			{
				views: [view(1000, "/"), view(5000, "/b")],
				chunks: [
					chunk(3000, { first: 1000, cost: 10, longest: 8 }),
					chunk(5000, { cost: 12, longest: 8 }),
					chunk(9000, { cost: 32, longest: 15, step: 1 }),
				],
			},
			1000,
		);
		expect(costs).toEqual([
			{ tab: "t", page: "/", from: 0, to: 4000, ms: 12, longestMs: 8, step: 0 },
			{ tab: "t", page: "/b", from: 4000, to: 8000, ms: 20, longestMs: 15, step: 1 },
		]);
	});

	test("is shared by the views that one chunk tells of, by their time in it", () => {
		const { costs } = describeCosts(
			{
				views: [view(0, "/"), view(1000, "/b"), view(2000, "/c")],
				chunks: [chunk(4000, { cost: 8 })],
			},
			0,
		);
		expect(costs.map(({ page, ms }) => [page, ms])).toEqual([
			["/", 2],
			["/b", 2],
			["/c", 4],
		]);
	});

	test("is all told, to no page but of its own stream, whatever was lost between", () => {
		const numbers = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 20 });
		fc.assert(
			fc.property(numbers, numbers, numbers, (spent, times, gaps) => {
				const rising = (steps: number[]) =>
					steps.map((_, at) => steps.slice(0, at + 1).reduce((a, b) => a + b));
				const chunks = rising(times).map((last, at) =>
					chunk(last, { cost: rising(spent)[Math.min(at, spent.length - 1)] ?? 0 }),
				);
				const views = [
					view(0, "/"),
					...rising(gaps).map((at) => view(at, `/${at}`)),
					view(0, "/no", "b"),
				];
				const { costs } = describeCosts({ chunks, views }, 0);
				const sum = costs.reduce((sum, { ms }) => sum + ms, 0);
				expect(Math.abs(sum - (chunks.at(-1)?.cost ?? 0))).toBeLessThan(0.06 * views.length);
				expect(costs.map(({ page }) => page)).not.toContain("/no");
			}),
		);
	});

	test("is not told where no recorder told it", () => {
		expect(describeCosts({ chunks: [], views: [view(0, "/")] }, 0).costs).toEqual([]);
	});
});

describe("less detail", () => {
	test("reaches from the chunk before to the one that names it, and while off until the tab is heard of again", () => {
		const { reduced } = describeCosts(
			{
				views: [],
				chunks: [
					chunk(1000),
					chunk(2000, { step: 2 }),
					chunk(3000, { step: 2 }),
					chunk(4000, { step: 3 }),
					chunk(5000),
					chunk(6000, { step: 4 }),
					chunk(20_000, { stream: "b", first: 18_000 }),
				],
			},
			500,
		);
		expect(reduced).toEqual([
			{ tab: "t", from: 500, to: 2500, step: 2 },
			{ tab: "t", from: 2500, to: 3500, step: 3 },
			{ tab: "t", from: 4500, to: 17_500, step: 4 },
		]);
	});
});

test("pages are listed by what hardly any view cost more than, with shares that were measured", () => {
	const of = (page: string, ms: number, step = 0) => ({
		...{ tab: "t", page, from: 0, to: 1000, ms, longestMs: ms, step },
	});
	const even = Array.from({ length: 100 }, (_, at) => of("/even", at + 1));
	const pages = summarisePages([...even, of("/slow", 200, 2), of("/slow", 100)]);
	expect(pages).toEqual([
		{ page: "/slow", views: 2, median: 0.1, p95: 0.2, longestMs: 200, reduced: 1 },
		{ page: "/even", views: 100, median: 0.05, p95: 0.095, longestMs: 100, reduced: 0 },
	]);
});
