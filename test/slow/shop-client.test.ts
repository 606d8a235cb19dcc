import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { viewportOf } from "../demo/demo-shop.ts";
import { openDemoShop } from "../demo/open-demo-shop.ts";

const open = openDemoShop();

const atDesk = (body: (page: Page) => Promise<void>) =>
	open.browser.withPage(
		async ({ page, problems }) => {
			await body(page);
			expect(problems).toEqual([]);
		},
		{ viewport: viewportOf(1440) },
	);

const pathOf = (page: Page) => page.evaluate(() => location.pathname + location.search);

test("a chip draws the list anew, the address follows, and back undoes it", () =>
	atDesk(async (page) => {
		await page.goto(`${open.shop.url}/products`);
		await page.click('[data-kind="cups"]');
		await page.waitForFunction(() => document.querySelectorAll(".card-name").length === 2);
		expect(await pathOf(page)).toBe("/products?kind=cups");
		await page.select("#sort", "high");
		expect(await pathOf(page)).toBe("/products?kind=cups&sort=high");
		await page.goBack();
		await page.goBack();
		await page.waitForFunction(() => document.querySelectorAll(".card-name").length === 12);
	}));

test("a quick look has the product's address, and closes by key, by back and by buying", () =>
	atDesk(async (page) => {
		const isClosed = () =>
			page.waitForFunction(
				() => !document.querySelector("#quick-view[open]") && location.pathname === "/products",
			);
		await page.goto(`${open.shop.url}/products`);
		for (const close of [
			() => page.keyboard.press("Escape"),
			() => page.goBack(),
			() => page.click("#quick-view .button-buy"),
		]) {
			await page.click('[data-look="wader-jug"]');
			expect(await pathOf(page)).toBe("/product/wader-jug");
			await close();
			await isClosed();
		}
		expect(await page.$eval("[data-badge]", (badge) => badge.getAttribute("data-count"))).toBe("1");
	}));

test("a reload inside a quick look gives the whole page, and back from there the list", () =>
	atDesk(async (page) => {
		await page.goto(`${open.shop.url}/products`);
		await page.click('[data-look="wader-jug"]');
		await page.reload();
		expect(await page.$eval("h1", (heading) => heading.textContent)).toBe("Wader jug");
		await page.goBack();
		await page.waitForSelector("#listing");
	}));

test("the pictures and the price follow the choices", () =>
	atDesk(async (page) => {
		await page.goto(`${open.shop.url}/product/fleet-mug`);
		await page.click('label[for="buy-dusk"]');
		await page.waitForSelector('.gallery-main [aria-label^="Fleet mug in Dusk"]');
		await page.click('label[for="buy-size-l"]');
		await page.click('[data-step="1"]');
		expect(await page.$eval(".buy-price", (price) => price.textContent)).toBe("£68");
	}));

test("the cart counts, takes a coupon, refuses another, and empties", () =>
	atDesk(async (page) => {
		await page.goto(`${open.shop.url}/product/creek-teapot`);
		await page.click('[data-testid="add-to-cart"]');
		await page.goto(`${open.shop.url}/cart`);
		const total = () => page.$eval('[data-testid="total"]', (node) => node.textContent);
		expect(await total()).toBe("£96");
		await page.type("#coupon", "NOPE");
		await page.keyboard.press("Enter");
		await page.waitForSelector("#coupon-error");
		await page.type("#coupon", "tide10");
		await page.keyboard.press("Enter");
		await page.waitForSelector("#coupon-off");
		expect(await total()).toBe("£86.40");
		await page.click('[data-testid="remove-line"]');
		await page.waitForSelector(".empty");
	}));

test("the checkout says what is wrong beside the field and goes to the first", () =>
	atDesk(async (page) => {
		await page.goto(`${open.shop.url}/checkout`);
		await page.type("#email", "nobody");
		await page.click("#place-order");
		expect(await page.$eval("#email-error", (error) => error.textContent)).toContain("@");
		expect(await page.evaluate(() => document.activeElement?.id)).toBe("email");
		await page.type("#cc-number", "4242424242424242");
		expect(await page.$eval("#cc-number", (field) => (field as HTMLInputElement).value)).toBe(
			"4242 4242 4242 4242",
		);
		expect(await pathOf(page)).toBe("/checkout");
	}));
