// A browser that duplicates a tab, or opens one from a page, copies its sessionStorage: the id of the tab
// and what it could not send yet. Both documents go on recording, so they must not be taken for one.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { type Intake, startIntake, textOf } from "../recorder/intake.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const PAGE = `<!doctype html><title>Page</title>{{script}}<body><h1>Page</h1></body>`;

let intake: Intake;
afterEach(() => intake.close());

const write = (page: Page, text: string) =>
	page.evaluate((text) => document.body.append(text), text);
const arrived = (text: string) =>
	waitFor(() => textOf(intake.accepted).includes(text), { what: `"${text}"` });

/** The same page in a tab with a copy of this one's sessionStorage. */
async function duplicate(page: Page): Promise<Page> {
	const opened = new Promise<Page | null>((resolve) => page.once("popup", resolve));
	await page.evaluate(() => void window.open(location.href));
	const copy = await opened;
	if (copy === null) throw new Error("no tab was opened");
	await copy.waitForSelector("h1");
	return copy;
}

/** Stream → sequence numbers that arrived. */
function listSequences(): Map<string, number[]> {
	const sequences = new Map<string, number[]>();
	for (const { envelope } of intake.accepted) {
		const list = sequences.get(envelope.stream) ?? [];
		sequences.set(envelope.stream, [...list, envelope.sequence]);
	}
	return sequences;
}

function expectWhole(): void {
	expect(intake.conflicts).toEqual([]);
	for (const list of listSequences().values()) {
		expect(list.toSorted((a, b) => a - b)).toEqual(list.map((_, number) => number));
	}
}

describeWithBrowser("a tab that was duplicated", (browser) => {
	test("records beside the first one, in the same session, as a tab and a stream of its own", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await write(page, "first tab");
			await arrived("first tab");
			const copy = await duplicate(page);
			await write(copy, "second tab");
			await write(page, "first tab again");
			await arrived("second tab");
			await arrived("first tab again");
			await copy.reload();
			await write(copy, "second tab reloaded");
			await arrived("second tab reloaded");
		});
		const tabOf = (text: string) =>
			intake.accepted.find((received) => received.text.includes(text))?.envelope.tab;
		expect(tabOf("second tab")).not.toBe(tabOf("first tab"));
		expect(tabOf("first tab again")).toBe(tabOf("first tab"));
		expect(tabOf("second tab reloaded")).toBe(tabOf("second tab"));
		expect(new Set(intake.accepted.map(({ envelope }) => envelope.session)).size).toBe(1);
		expect(listSequences().size).toBe(3);
		expectWhole();
	});

	test("sends what the first one could not send, byte by byte the same", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			const refused = { status: 503, body: { error: { code: "store_unavailable", message: "" } } };
			intake.answer(() => refused);
			await page.goto(intake.page("/"));
			await waitFor(() => intake.refused.length > 0, { what: "a refusal" });
			await write(page, "said while nobody listened");
			// A tab in the background has put down what it could not send.
			await page.evaluate(() => {
				Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
				document.dispatchEvent(new Event("visibilitychange"));
			});
			const copy = await duplicate(page);
			await write(copy, "said by the copy");
			intake.answer(() => ({ status: 204 }));
			await arrived("said while nobody listened");
			await arrived("said by the copy");
		});
		expectWhole();
	});
});
