// Somebody who has a line per product in the list of heatmaps makes them one, sees before what happens,
// changes their mind, and has it as it was.

import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { type SampleView, sendViews } from "../server/sample-views.ts";
import { serverForSuite } from "../server/suite-server.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const named = (count: number, name: string): SampleView[] =>
	Array.from({ length: count }, (_, at) => ({ path: `/${name}-${at}x` }));

describeWithBrowser("pages shown as one", (browser) => {
	const server = serverForSuite();

	test("are decided by rules that are seen before, in their order, and undone", async () => {
		const { url, siteId, server: running } = server();
		await sendViews(server(), [
			...named(3, "product/mug"),
			...named(31, "guide/step"),
			{ path: "/product/sale" },
			{ path: "/cart" },
		]);
		await server().getUntil<{ pages: unknown[] }>(
			`/sites/${siteId}/pages`,
			({ pages }) => pages.length === 6,
		);
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(`${url}/?token=${running.token}`, { waitUntil: "domcontentloaded" });
			await page.goto(`${url}/sites/${siteId}/heatmaps`);
			await press(page, "Pages shown as one");
			await page.waitForSelector("[data-learned]");
			expect(await textsOf(page, "[data-learned] .rule-pattern")).toEqual(["/guide/:slug"]);

			await page.type(".rule-add .input", "/product/:slug.html");
			await page.keyboard.press("Enter");
			expect(await textOf(page, ".rule-add .field-problem")).toContain("“:slug.html” is no name");
			await retype(page, "/product/:slug");
			await says(page, ".rule-preview", "It would make one of 4 pages · 4 views");
			expect(await textsOf(page, ".rule-preview .merged-page .path")).toHaveLength(4);
			expect(await textsOf(page, ".rules [data-rule]")).toEqual([]);
			await page.keyboard.press("Enter");
			await says(page, '[data-rule="/product/:slug"] summary', "4 pages");

			await retype(page, "/product/sale");
			await says(page, ".rule-preview", "Rules above take the one page that fits");
			await page.keyboard.press("Enter");
			await says(page, '[data-rule="/product/sale"]', "move it up, or remove it");
			await page.focus('[data-rule="/product/sale"] [data-move="up"]');
			await page.keyboard.press("Enter");
			await says(page, '[data-rule="/product/sale"] summary', "1 page");
			await says(page, '[data-rule="/product/:slug"] summary', "3 pages");
			expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
				"Move /product/sale down",
			);

			await press(page, "Keep apart");
			await says(page, ".page-rules-change", "/guide/:slug is no longer merged");
			await press(page, "Undo");
			await says(page, ".page-rules-change", "Undone");
			expect(await textsOf(page, "[data-learned] .rule-pattern")).toEqual(["/guide/:slug"]);
			await press(page, "Make it a rule");
			await says(page, '[data-rule="/guide/:slug"] summary', "31 pages");

			await press(page, "Heatmaps");
			await page.waitForSelector(".pages-row");
			expect((await textsOf(page, ".pages-row .path")).sort()).toEqual([
				"/cart",
				"/guide/:slug",
				"/product/:slug",
				"/product/sale",
			]);
			expect(problems).toEqual([]);
		});
	});
});

async function retype(page: Page, pattern: string): Promise<void> {
	await page.click(".rule-add .input", { count: 3 });
	await page.keyboard.type(pattern);
}

/** What a button or link is called, whatever is said to readers of the screen beside it. */
async function press(page: Page, name: string): Promise<void> {
	const found = await page.waitForSelector(`main ::-p-text(${name})`);
	await found?.click();
}

async function says(page: Page, selector: string, text: string): Promise<void> {
	await waitFor(async () => (await textOf(page, selector)).includes(text), {
		what: `“${text}” in ${selector}`,
	});
}

async function textOf(page: Page, selector: string): Promise<string> {
	return (await textsOf(page, selector)).join(" ");
}

function textsOf(page: Page, selector: string): Promise<string[]> {
	return page.$$eval(selector, (found) => found.map(({ textContent }) => textContent ?? ""));
}
