import { expect, test } from "vitest";
import { describeWithBrowser } from "./suites.ts";
import { waitFor } from "./wait-for.ts";

describeWithBrowser("a browser", (browser) => {
	test("collects console errors and uncaught exceptions of a page, and nothing else", async () => {
		await browser().withPage(async ({ page, problems }) => {
			await page.setContent(
				`<script>console.log("fine"); console.error("bad"); throw new Error("worse")</script>`,
			);
			await waitFor(() => problems.length === 2, { what: "both problems" });
			expect(problems.toSorted()).toEqual([
				expect.stringMatching(/^console: bad/),
				"exception: worse",
			]);
		});
	});

	test("waits for what it is to press, type into or read", async () => {
		const read = await browser().withPage(async ({ page }) => {
			await page.setContent(`<script>setTimeout(() => {
				document.body.innerHTML = '<input id="late">';
			}, 300)</script>`);
			await page.type("#late", "typed");
			return page.$eval("#late", (input) => (input as HTMLInputElement).value);
		});
		expect(read).toBe("typed");
	});

	test("a quiet page has no problems", async () => {
		const found = await browser().withPage(async ({ page, problems }) => {
			await page.setContent("<h1>quiet</h1>");
			await page.screenshot();
			return problems;
		});
		expect(found).toEqual([]);
	});

	test("pages share no storage and have the viewport that was asked for", async () => {
		const open = (name: string) =>
			browser().withPage(
				async ({ page }) => {
					await page.goto("data:text/html,<p>");
					return page.evaluate((value) => {
						const before = window.name;
						window.name = value;
						return { before, width: innerWidth };
					}, name);
				},
				{ viewport: { width: 390, height: 844 } },
			);
		expect(await open("first")).toEqual({ before: "", width: 390 });
		expect(await open("second")).toEqual({ before: "", width: 390 });
	});
});
