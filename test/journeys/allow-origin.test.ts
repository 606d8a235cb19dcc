// Who may send is changed on the setup screen: an origin that was refused is allowed in one press, and
// the list takes it back and brings it again.
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../server/sample-chunk.ts";
import { startTestServer, type TestServer } from "../server/start-server.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const OLD = "https://shop.example";
const NEW = "https://www.shop.example";

describeWithBrowser("on the setup screen", (browser) => {
	let server: TestServer;
	let site: { id: number; key: string };
	beforeAll(async () => {
		server = await startTestServer();
		site = await server.server.sites.create({ name: "Moved", origins: [OLD] });
	});
	afterAll(() => server.close());

	const visit = async (origin: string): Promise<number> => {
		const session = createSampleSession();
		const chunk = createSampleChunk(session, { events: createSampleSnapshot(session) });
		return (await server.post(chunk, { key: site.key, origin })).status;
	};
	const origins = async () => (await server.server.sites.find(String(site.id)))?.origins;
	const originsAre = (wanted: string[]) =>
		waitFor(async () => JSON.stringify(await origins()) === JSON.stringify(wanted), {
			what: `the origins ${wanted}`,
		});
	const onScreen = (body: (page: Page) => Promise<void>) =>
		browser().withPage(
			async ({ page, problems }) => {
				await page.goto(`${server.url}/?token=${server.server.token}`);
				await page.goto(`${server.url}/sites/${site.id}/setup`);
				await body(page);
				expect(problems).toEqual([]);
			},
			{ viewport: { width: 1280, height: 800 } },
		);

	test("a refused origin is allowed in one press, and the check turns green with the next visit", async () => {
		expect(await visit(NEW)).toBe(403);
		await onScreen(async (page) => {
			await page.waitForSelector('[data-step="chunk"][data-state="failed"]');
			await page.click(`[data-allow="${NEW}"]`);
			await page.waitForSelector('[data-step="chunk"][data-state="waiting"]');
			await page.waitForSelector(`[data-origin="${NEW}"]`);
			expect(await origins()).toEqual([OLD, NEW]);
			expect(await visit(NEW)).toBe(204);
			await page.waitForSelector('[data-step="session"][data-state="done"]');
		});
	});

	test("an origin is removed and brought back by the same button", async () => {
		await onScreen(async (page) => {
			const button = `[data-origin="${OLD}"] button`;
			await page.waitForSelector(button);
			await page.focus(button);
			await page.keyboard.press("Enter");
			await page.waitForSelector(`[data-origin="${OLD}"][data-removed]`);
			await originsAre([NEW]);
			expect(await visit(OLD)).toBe(403);
			await page.keyboard.press("Enter");
			await page.waitForSelector(`[data-origin="${OLD}"]:not([data-removed])`);
			await originsAre([NEW, OLD]);
			expect(await visit(OLD)).toBe(204);
		});
	});

	test("an origin is added as it is pasted, and what is none is refused beside the field", async () => {
		await onScreen(async (page) => {
			await page.waitForSelector("#origin-new");
			await page.type("#origin-new", "staging.shop.example");
			await page.keyboard.press("Enter");
			await page.waitForSelector('#origin-new[aria-invalid="true"]');
			const problem = await page.$eval("#origin-new-problem", (text) => text.textContent);
			expect(problem).toContain("https://staging.shop.example");
			await page.$eval("#origin-new", (input) => (input as HTMLInputElement).select());
			await page.type("#origin-new", "https://Staging.shop.example/cart");
			await page.keyboard.press("Enter");
			await page.waitForSelector('[data-origin="https://staging.shop.example"]');
			expect(await page.$eval("#origin-new", (input) => (input as HTMLInputElement).value)).toBe(
				"",
			);
			await originsAre([NEW, OLD, "https://staging.shop.example"]);
		});
	});
});
