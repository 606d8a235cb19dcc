// The planted faults as far as they can be seen without a browser; `faults.test.ts` presses the two oldest, and
// `test/slow/planted-faults.test.ts` sends visitors to all of them.
import { expect, test } from "vitest";
import { answerRequest, type ShopRequest } from "../../demo/answer.ts";
import { plantedFaults } from "../../demo/faults.ts";
import { findProduct, type Product } from "../../demo/goods/catalogue.ts";
import { renderPurchase } from "../../demo/parts/purchase.ts";
import { PROMPT_MS, SLOW_MS } from "../../signals/thresholds.ts";

const SNAG = { url: "http://snag.test", siteKey: "k" };

function ask(path: string, form?: Record<string, string>) {
	const request: ShopRequest = {
		...{ method: form === undefined ? "GET" : "POST", cookies: "" },
		url: new URL(path, "http://shop.test"),
		form: new URLSearchParams(form),
	};
	return answerRequest(request, SNAG, () => "SM-1");
}

test("every fault has a name of its own and something to be found by", () => {
	expect(new Set(plantedFaults.map(({ id }) => id)).size).toBe(plantedFaults.length);
	for (const { id, kinds } of plantedFaults) expect(kinds.length, id).toBeGreaterThan(0);
});

test.each([
	["TIDE10", "yes"],
	[" tide10 ", "yes"],
	["NOPE", "no"],
	["", "no"],
])("the book answers %j with %s, late and not too late to be an answer", (code, body) => {
	const { afterMs = 0, ...answer } = ask("/coupon", { code });
	expect(answer).toMatchObject({ status: 200, body });
	expect(afterMs).toBeGreaterThan(2 * PROMPT_MS);
	expect(afterMs).toBeLessThan(SLOW_MS - PROMPT_MS);
});

test.each([
	["EX4 2TB", true],
	["SW1A 1AA", true],
	["D02 X285", true],
	["75011", true],
	["8000", true],
	["1012AB", true],
	["1012 AB", true],
	["EX42TB", false],
	["D02X285", false],
])("the checkout's postcode %s: %s", (postcode, isTaken) => {
	const pattern = /id="postcode"[^>]* pattern="([^"]+)"/.exec(ask("/checkout").body)?.[1];
	expect(new RegExp(`^(?:${pattern})$`, "v").test(postcode)).toBe(isTaken);
});

test.each([
	["spring-tide-bowl", false],
	["sluice-bottle", false],
	["full-moon-jar", true],
])("the large size of %s is sold out and says so: %s", (slug, isSaid) => {
	const product = findProduct(slug) as Product;
	const [, large = ""] = renderPurchase(product, "buy").markup.split('id="buy-size-l"');
	expect(large.startsWith(" disabled>")).toBe(true);
	expect(large.includes("Sold out")).toBe(isSaid);
	expect(large.includes('aria-disabled="true"')).toBe(!isSaid);
});

test("the page of papers and ribbons has nothing to press but what every page has", () => {
	const { status, body } = ask("/gift-wrapping");
	expect(status).toBe(200);
	const [, main = ""] = /<main[^>]*>(.*)<\/main>/s.exec(body) ?? [];
	expect(main).toContain("Gift wrapping");
	expect(main).not.toMatch(/<(?:a|button|input|select|label)\b/);
	expect(ask("/product/fleet-mug").body).toContain('href="/gift-wrapping"');
});
