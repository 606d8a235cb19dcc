import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPageGlob, parsePageGlob, spellPage } from "../../protocol/page-glob.ts";

const fits = (pattern: string, page: string) => createPageGlob(pattern)(spellPage(page));

describe("a pattern of pages", () => {
	test.each([
		["/product/:slug", ["/product/red-mug", "/product/:id", "/Product/x", "/product/x/"]],
		["/product/:slug/reviews", ["/product/red-mug/reviews"]],
		["/blog/*", ["/blog/a", "/blog/2026/a", "/blog/"]],
		["/*/print", ["/a/print", "/a/b/print"]],
		["*.html", ["/a.html", "/a/b.html"]],
		["/a*b*c", ["/abc", "/a1b2c", "/abcbc", "/a/b/c"]],
		["/cart", ["/cart", "/CART"]],
		["/wiki/Talk:Main", ["/wiki/Talk:Main"]],
		["/über", ["/%C3%BCber", "/über"]],
		["/a.b", ["/a.b"]],
		["/[id]", ["/[id]"]],
		["/x*:y", ["/x1:y"]],
		["*", ["/", "/a/b"]],
		["/", ["/"]],
	])("%s has the pages %j", (pattern, pages) => {
		expect(pages.filter((page) => !fits(pattern, page))).toEqual([]);
	});

	test.each([
		["/product/:slug", ["/product", "/product/a/b", "/products/a", "/x/product/a"]],
		["/blog/*", ["/blog", "/blogs/a"]],
		["/a*b*c", ["/acb", "/ab", "/bc"]],
		["/cart", ["/cart2", "/a/cart"]],
		["/a.b", ["/axb"]],
		["/x*:y", ["/x1z"]],
	])("%s has none of %j", (pattern, pages) => {
		expect(pages.filter((page) => fits(pattern, page))).toEqual([]);
	});

	test("fits exactly where trying every way to share a page among its stars finds one", () => {
		const piece = fc.stringMatching(/^[ab/]{0,4}$/);
		fc.assert(
			fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), piece, piece, (pieces, a, b) => {
				const pattern = `/${pieces.join("*")}`;
				const page = `/${[...pieces, a, b].join("")}`;
				const every = new RegExp(`^${pattern.split("*").join(".*")}/?$`);
				expect(fits(pattern, page)).toBe(every.test(page));
			}),
		);
	});

	test("with very many stars is as quick as one with few", () => {
		const pattern = `/${"*a".repeat(140)}*b`;
		expect(fits(pattern, `/${"a".repeat(2000)}`)).toBe(false);
	});
});

describe("what was typed as a pattern", () => {
	test.each([
		["/product/:slug", "/product/:slug"],
		["  /product//:slug/ ", "/product/:slug"],
		["*", "*"],
		["/", "/"],
		["/wiki/Talk:Main", "/wiki/Talk:Main"],
		["*/print", "*/print"],
	])("%j is kept as %j", (typed, pattern) => {
		expect(parsePageGlob(typed)).toEqual({ pattern });
		expect(parsePageGlob(pattern)).toEqual({ pattern });
	});

	test.each([
		["", /Type a pattern/],
		["product/:slug", /begins with a slash: \/product\/:slug/],
		["https://shop.example/a/b?c", /Only the path: \/a\/b/],
		["https://shop.example", /Only the path: \/$/],
		["/a?b=1", /no query/],
		["/a#b", /no query/],
		["/a/**", /One \*/],
		["/a/:b.html", /“:b.html” is no name/],
		["/a/:1", /no name/],
		["/a/:", /no name/],
		["/a\u0007", /cannot be seen/],
		[`/${"a".repeat(300)}`, /at most 300/],
	])("%j is refused in words", (typed, problem) => {
		expect(parsePageGlob(typed)).toEqual({ problem: expect.stringMatching(problem) });
	});
});
