// The kill switch, pressed on the setup screen while a visitor is on the page: the server keeps nothing
// more, the visitor's recorder goes quiet, and the same button brings both back.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../server/start-server.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

describeWithBrowser("a site that is stopped on its setup screen", (browser) => {
	let server: TestServer;
	let key: string;
	let id: number;
	let shop: ReturnType<typeof createServer>;
	let shopUrl: string;
	beforeAll(async () => {
		server = await startTestServer();
		shop = createServer((_, response) => {
			response.setHeader("Content-Type", "text/html");
			response.end(
				`<!doctype html><title>Shop</title><script async src="${server.url}/snag.js" data-site="${key}"></script><button>Buy</button>`,
			);
		});
		await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
		shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
		({ id, key } = await server.server.sites.create({ name: "Shop", origins: [shopUrl] }));
	});
	afterAll(async () => {
		shop.close();
		await server.close();
	});

	/** Uploads of a page and what each was answered: the status, and the directives if there are any. */
	const watchUploads = (page: Page) => {
		const answers: string[] = [];
		page.on("response", async (response) => {
			if (response.request().method() !== "POST") return;
			const text = response.status() === 200 ? await response.text().catch(() => "") : "";
			answers.push(`${response.status()} ${text}`.trim());
		});
		return answers;
	};
	const press = (page: Page, label: string) =>
		page.evaluate((label) => {
			const buttons = [...document.querySelectorAll("button")];
			buttons.find(({ textContent }) => textContent === label)?.click();
		}, label);

	test("is silent, and is recorded again", async () => {
		await browser().withPage(async ({ page: visitor }) => {
			const answers = watchUploads(visitor);
			await visitor.goto(shopUrl);
			await waitFor(() => answers.includes("204"), { what: "the first chunk" });

			await browser().withPage(async ({ page }) => {
				await page.goto(`${server.url}/?token=${server.server.token}`);
				await page.goto(`${server.url}/sites/${id}/setup`);
				await page.waitForSelector('[data-recording="recording"]');
				await press(page, "Stop recording");
				await page.waitForSelector('[data-recording="asking"]');
				await press(page, "Keep recording");
				await page.waitForSelector('[data-recording="recording"]');
				expect((await server.server.sites.find(String(id)))?.stopped).toBe(false);

				await press(page, "Stop recording");
				await page.waitForSelector('[data-recording="asking"]');
				await press(page, "Yes, stop recording");
				await page.waitForSelector('[data-recording="stopped"]');
				const kept = answers.filter((answer) => answer === "204").length;
				await visitor.click("button");
				const stop = '200 {"directives":[{"do":"stop"}]}';
				await waitFor(() => answers.includes(stop), {
					what: "the word to stop",
					timeoutMs: 20_000,
				});
				const after = answers.length;
				for (let n = 0; n < 5; n++) await visitor.click("button");
				await visitor.waitForNetworkIdle({ idleTime: 1500 });
				expect(answers.length).toBe(after);
				// What was under way when the button was pressed.
				expect(answers.filter((answer) => answer === "204").length - kept).toBeLessThanOrEqual(1);
				await visitor.reload();
				await visitor.waitForNetworkIdle({ idleTime: 1500 });
				expect(answers.slice(after).filter((answer) => answer !== stop)).toEqual([]);

				await press(page, "Record again");
				await page.waitForSelector('[data-recording="recording"]');
				// Browsers keep the configuration for a minute.
				await visitor.setCacheEnabled(false);
				const before = answers.length;
				await visitor.reload();
				await waitFor(() => answers.slice(before).includes("204"), { what: "a chunk again" });
			});
		});
	});
});
