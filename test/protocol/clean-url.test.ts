import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanReference, cleanUrl, hostOf, pathOf } from "../../protocol/clean-url.ts";

const TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
const SECRET = "s3cr3tS3CR3Ts3cr3tS3CR3T";

describe("a clean URL", () => {
	test.each([
		// What names a page stays.
		["https://shop.example", "https://shop.example/"],
		["https://shop.example/", "https://shop.example/"],
		["https://shop.example/products/bowl", "https://shop.example/products/bowl"],
		["https://shop.example/products/", "https://shop.example/products/"],
		["https://shop.example:8443/a", "https://shop.example:8443/a"],
		["http://127.0.0.1:4001/cart", "http://127.0.0.1:4001/cart"],
		["http://[::1]:4001/cart", "http://[::1]:4001/cart"],
		["HTTPS://Shop.Example/Products", "https://shop.example/Products"],
		["  https://shop.example/a\n", "https://shop.example/a"],
		["https://xn--mller-kva.example/a", "https://xn--mller-kva.example/a"],
		["https://müller.example/straße", "https://müller.example/straße"],
		["https://shop.example/stra%C3%9Fe", "https://shop.example/stra%C3%9Fe"],
		["https://shop.example/order/12345", "https://shop.example/order/12345"],
		// Queries, hashes and credentials go.
		["https://shop.example/a?email=ada@example.com", "https://shop.example/a"],
		["https://shop.example?token=1", "https://shop.example/"],
		["https://shop.example#access_token=1", "https://shop.example/"],
		["https://shop.example/a#/reset/abc", "https://shop.example/a"],
		["https://shop.example/a?b#c?d", "https://shop.example/a"],
		["https://ada:secret@shop.example/a", "https://shop.example/a"],
		["https://ada@shop.example/a", "https://shop.example/a"],
		["https://ada:se@cret@shop.example/a", "https://shop.example/a"],
		["https:\\\\ada:secret@shop.example\\a", "https://shop.example/a"],
		["ht\ntps://ada:sec\tret@shop.example/a", "https://shop.example/a"],
		["https://shop.example/a\\ada@example.com", "https://shop.example/a/:email"],
		// Addresses and tokens in the path go.
		["https://shop.example/u/ada@example.com/orders", "https://shop.example/u/:email/orders"],
		["https://shop.example/u/ada%40example.com", "https://shop.example/u/:email"],
		["https://shop.example/u/ada%2540example.com", "https://shop.example/u/:email"],
		["https://shop.example/@ada", "https://shop.example/:email"],
		[`https://shop.example/reset/${SECRET}`, "https://shop.example/reset/:token"],
		[`https://shop.example/login/${TOKEN}.x.y/done`, "https://shop.example/login/:token/done"],
		[`https://shop.example/download-${SECRET}`, "https://shop.example/:token"],
		// Slugs are words, in every script.
		[
			"https://shop.example/product/hand-thrown-stoneware-bowl-24cm",
			"https://shop.example/product/hand-thrown-stoneware-bowl-24cm",
		],
		[
			"https://shop.example/%D0%BA%D0%B5%D1%80%D0%B0%D0%BC%D0%B8%D0%BA%D0%B0-2024",
			"https://shop.example/%D0%BA%D0%B5%D1%80%D0%B0%D0%BC%D0%B8%D0%BA%D0%B0-2024",
		],
		[
			"https://shop.example/cr%C3%A8me-br%C3%BBl%C3%A9e-dish",
			"https://shop.example/cr%C3%A8me-br%C3%BBl%C3%A9e-dish",
		],
		[`https://shop.example/%C3%A9${SECRET}`, "https://shop.example/:token"],
		// What is no page of the web keeps its scheme only.
		["mailto:ada@example.com?subject=hi", "mailto:"],
		["tel:+431234567", "tel:"],
		["javascript:alert(1)", "javascript:"],
		["JavaScript:alert(1)", "javascript:"],
		["data:text/html,<h1>x</h1>", "data:"],
		["blob:https://shop.example/123", "blob:"],
		["about:blank", "about:"],
		["file:///home/ada/secret.html", "file:"],
		["chrome-extension://abcdef/page.html", "chrome-extension:"],
		["android-app://com.example/", "android-app:"],
		// What is no absolute URL says nothing.
		["", ""],
		["/products", ""],
		["//shop.example/a", ""],
		["shop.example/a", ""],
		["1https://shop.example", ""],
		["https", ""],
	])("of %j is %j", (url, want) => {
		expect(cleanUrl(url)).toBe(want);
		expect(cleanUrl(want)).toBe(want);
	});

	test("agrees with the URL parser of the platform on the host and never holds anything private", () => {
		const parts = fc.record({
			user: fc.constantFrom("", `${SECRET}@`, `ada:${SECRET}@`, `a@b:${SECRET}@`),
			host: fc.constantFrom("shop.example", "Shop.Example:81", "[::1]:4001", "10.0.0.1"),
			path: fc.array(
				fc.constantFrom("a", "", "b c", SECRET, `${SECRET}@x.example`, "%41", "..%2f"),
				{ maxLength: 4 },
			),
			query: fc.constantFrom("", `?${SECRET}`, `#${SECRET}`, `?a=${SECRET}#/${SECRET}`, "?/@"),
		});
		fc.assert(
			fc.property(parts, ({ user, host, path, query }) => {
				const url = `https://${user}${host}/${path.join("/")}${query}`;
				const clean = cleanUrl(url);
				expect(clean).not.toMatch(/[?#@]|%40/);
				expect(clean).not.toContain(SECRET);
				expect(hostOf(clean)).toBe(new URL(url).host);
				expect(cleanUrl(clean)).toBe(clean);
			}),
			{ numRuns: 500 },
		);
	});

	test("of any text is clean already when it is cleaned again", () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: "binary" })),
				(url) => {
					const clean = cleanUrl(url);
					expect(cleanUrl(clean)).toBe(clean);
					expect(clean).not.toMatch(/[?#]/);
				},
			),
		);
	});
});

describe("a clean reference in markup", () => {
	test.each([
		["", ""],
		["/cart", "/cart"],
		["/cart?coupon=ADA#total", "/cart"],
		["cart", "cart"],
		["../img/bowl.jpg?v=2", "../img/bowl.jpg"],
		["?page=2", ""],
		["#top", ""],
		["//cdn.example/bowl.jpg?sig=1", "//cdn.example/bowl.jpg"],
		["//ada:secret@CDN.example/bowl.jpg", "//cdn.example/bowl.jpg"],
		["\\\\ada:secret@cdn.example\\bowl.jpg", "//cdn.example/bowl.jpg"],
		[" https://ada:secret@shop.example/a?b ", "https://shop.example/a"],
		[`/reset/${SECRET}`, "/reset/:token"],
		["/u/ada%40example.com", "/u/:email"],
		["https://shop.example/a?b", "https://shop.example/a"],
		["mailto:ada@example.com", "mailto:"],
		["javascript:alert(1)", "javascript:"],
		["data:image/png;base64,AAAA?#", "data:image/png;base64,AAAA?#"],
		["blob:https://shop.example/1", "blob:https://shop.example/1"],
		["about:blank", "about:blank"],
	])("of %j is %j", (reference, want) => {
		expect(cleanReference(reference)).toBe(want);
	});
});

describe("the parts of a clean URL", () => {
	test.each([
		["https://shop.example/", "shop.example", "/"],
		["https://shop.example:8443/a/b", "shop.example:8443", "/a/b"],
		["http://[::1]:1/", "[::1]:1", "/"],
		["mailto:", "", "/"],
		["", "", "/"],
	])("of %j are the host %j and the path %j", (url, host, path) => {
		expect(hostOf(url)).toBe(host);
		expect(pathOf(url)).toBe(path);
	});
});
