import { describe, expect, test } from "vitest";
import { steps, visitShop } from "../../demo/visitor.ts";
import { viewportOf } from "../demo/demo-shop.ts";
import { openDemoShop } from "../demo/open-demo-shop.ts";

const open = openDemoShop();

describe.each([390, 1440])("a visitor at %i px", (width) => {
	test("buys and sees no error", () =>
		open.browser.withPage(
			async ({ page, problems }) => {
				await visitShop({ page, shopUrl: open.shop.url, seed: width, pace: 0, ending: "buy" });
				expect(new URL(page.url()).pathname).toBe("/thanks");
				const order = await page.$eval('[data-testid="order-number"]', (node) => node.textContent);
				expect(order).toMatch(/^SM-/);
				expect(await page.evaluate(() => "snagged" in globalThis)).toBe(true);
				expect(problems).toEqual([]);
			},
			{ viewport: viewportOf(width) },
		));

	test("leaves from the half-filled checkout", () =>
		open.browser.withPage(
			async ({ page, problems }) => {
				const seen: string[] = [];
				page.on("framenavigated", (frame) => seen.push(new URL(frame.url()).pathname));
				const options = {
					page,
					shopUrl: open.shop.url,
					seed: 4,
					pace: 0,
					ending: "leave",
				} as const;
				const taken = await visitShop(options);
				expect(taken.slice(-3)).toEqual(["openCheckout", "fillAddress", "leave"]);
				expect(seen).toContain("/checkout");
				expect(seen).not.toContain("/thanks");
				expect(problems).toEqual([]);
			},
			{ viewport: viewportOf(width) },
		));
});

test("steps can be driven one by one", () =>
	open.browser.withPage(
		async ({ page }) => {
			await page.goto(`${open.shop.url}/products`);
			await steps.openProduct(page);
			await steps.chooseSize(page);
			await steps.addToCart(page);
			expect(await page.$eval("#toast", (toast) => toast.textContent)).toContain("in your cart");
		},
		{ viewport: viewportOf(1440) },
	));
