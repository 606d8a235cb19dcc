import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanUrl, pathOf } from "../../protocol/clean-url.ts";
import { pagePattern, parsePagePattern } from "../../protocol/page-pattern.ts";

describe("a page pattern", () => {
	test.each([
		["", "/"],
		["/", "/"],
		["//", "/"],
		["/products", "/products"],
		["/products/", "/products"],
		["/Products", "/Products"],
		["/order/1234/", "/order/:id"],
		["/order/1234/items/5", "/order/:id/items/:id"],
		["/v2/orders", "/v2/orders"],
		["/product/stoneware-bowl-24cm", "/product/stoneware-bowl-24cm"],
		["/u/123e4567-e89b-12d3-a456-426614174000", "/u/:id"],
		["/u/123E4567-E89B-12D3-A456-426614174000", "/u/:id"],
		["/c/5f3a9c1b", "/c/:id"],
		// Hex letters alone are words.
		["/c/defaced", "/c/defaced"],
		["/c/deadbeef", "/c/deadbeef"],
		["/c/5f3a9c1", "/c/5f3a9c1"],
		["/reset/:token", "/reset/:id"],
		["/user/:email", "/user/:id"],
		["/:tokens", "/:tokens"],
		["/2026/11/22/news", "/:id/:id/:id/news"],
		["/preis/%E2%82%AC", "/preis/%E2%82%AC"],
	])("of %j is %j", (path, want) => {
		expect(pagePattern(path)).toBe(want);
	});

	test("stays the same when its ids are others", () => {
		fc.assert(
			fc.property(fc.webPath({ size: "medium" }), (path) => {
				const once = pagePattern(pathOf(cleanUrl(`https://shop.example${path}`)));
				const again = pagePattern(once.replaceAll("/:id", "/1"));
				expect(again).toBe(once);
			}),
		);
	});
});

test.each<[unknown, string | undefined]>([
	["/product/:id", "/product/:id"],
	["product/[slug]/", "/product/[slug]"],
	["//a///b//", "/a/b"],
	["/", "/"],
	["/year/2024", "/year/2024"],
	["/stra\u00dfe/*", "/stra\u00dfe/*"],
	["", undefined],
	["  ", undefined],
	["/a\nb", undefined],
	["/a\u0000", undefined],
	["/a\u202eb", undefined],
	["/\ud800", undefined],
	[`/${"x".repeat(300)}`, undefined],
	[7, undefined],
	[null, undefined],
	[["/a"], undefined],
	[{ toString: "/a" }, undefined],
])("what a page calls itself, %j, is %j", (told, want) => {
	const page = parsePagePattern(told);
	expect(page).toBe(want);
	expect(page === undefined || parsePagePattern(page) === page).toBe(true);
});
