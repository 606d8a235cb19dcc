import { afterAll, beforeAll } from "vitest";
import { launchBrowser, type TestBrowser } from "../support/browser.ts";
import { type DemoShop, startDemoShop } from "./demo-shop.ts";

/** @returns what is there while the tests of a file run: the shop, and a browser to visit it with */
export function openDemoShop(): { shop: DemoShop; browser: TestBrowser } {
	const open = {} as { shop: DemoShop; browser: TestBrowser };
	beforeAll(async () => {
		[open.shop, open.browser] = await Promise.all([startDemoShop(), launchBrowser()]);
	});
	afterAll(async () => {
		await open.browser.close();
		await open.shop.close();
	});
	return open;
}
