// Changes of a page that are hard to tell: a great many at once, of what was of no interest before, of
// marks that say nothing new, and before the recorder was there.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { FACT_PRESS } from "../../protocol/fact.ts";
import { type Intake, startIntake, textOf } from "../recorder/intake.ts";
import { recordingBegan } from "../recorder/recording-began.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const PAGE =
	"<!doctype html><title>Page</title>{{script}}<body><h1>Page</h1><button>Press</button>";
const MUTATION = 0;

let intake: Intake;
afterEach(() => intake.close());

interface Change {
	source?: number;
	adds?: { node: { tagName?: string; attributes?: Record<string, string> } }[];
}

const changes = () =>
	intake.accepted
		.flatMap(({ events }) => events)
		.map(({ data }) => data as Change)
		.filter(({ source }) => source === MUTATION);
const arrived = (text: string) =>
	waitFor(() => textOf(intake.accepted).includes(text), { what: `"${text}"` });

describeWithBrowser("a page that changes", (browser) => {
	const visit = async (html: string, act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": html, "/late.css": "h1 { color: red }" });
		await browser().withPage(async ({ page, problems }) => {
			const exceptions = () => problems.filter((problem) => problem.startsWith("exception"));
			await page.goto(intake.page("/"));
			await recordingBegan(page);
			await act(page);
			expect(exceptions()).toEqual([]);
		});
	};

	test("throughout is told in slices, and whole", async () => {
		const rows = 40_000;
		await visit(PAGE, async (page) => {
			await page.evaluate((rows) => {
				const list = document.createElement("ul");
				list.innerHTML = "<li>Row</li>".repeat(rows);
				document.body.append(list);
			}, rows);
			const told = () =>
				changes().flatMap(({ adds = [] }) => adds.filter(({ node }) => node.tagName === "li"));
			await waitFor(() => told().length >= rows, { what: "all rows", timeoutMs: 40_000 });
			expect(told()).toHaveLength(rows);
		});
		// No machine tells as many at once in the time that there is.
		expect(changes().filter(({ adds = [] }) => adds.length > 0).length).toBeGreaterThan(2);
	});

	test("makes a style sheet of a link that was preloaded, which is told then", async () => {
		const link = '<link id="late" rel="preload" as="style" href="/late.css">';
		await visit(PAGE.replace("<body>", `${link}<body>`), async (page) => {
			await page.evaluate(() => document.getElementById("late")?.setAttribute("rel", "stylesheet"));
			await waitFor(
				() => changes().some(({ adds }) => adds?.some(({ node }) => node.tagName === "link")),
				{ what: "the link" },
			);
		});
	});

	test("makes a part editable without losing what was done before", async () => {
		await visit(PAGE, async (page) => {
			await page.click("button");
			await page.$eval("h1", (heading) => {
				heading.contentEditable = "true";
			});
			await page.evaluate(() => new Promise(requestAnimationFrame));
			await page.evaluate(() => document.body.append("the end"));
			await arrived("the end");
		});
		const { envelope } = intake.accepted.at(-1) ?? {};
		expect(envelope?.dropped.events).toBe(0);
		expect(
			intake.accepted.flatMap(({ events }) => events).filter(({ type }) => type === 2),
		).toHaveLength(1);
	});

	test("has a throwing getter on all events, and was pressed before the recorder was there", async () => {
		const hostile = `<script>Object.defineProperty(Event.prototype, "evil", { enumerable: true, get() { throw new Error("evil") } })</script>`;
		intake = await startIntake({ "/": PAGE.replace("<title>", `${hostile}<title>`) });
		const release = intake.holdCore();
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await page.click("button");
			release();
			await recordingBegan(page);
			await waitFor(
				() => intake.accepted.some(({ facts }) => facts.some(([code]) => code === FACT_PRESS)),
				{ what: "the press" },
			);
			await waitFor(
				() => intake.accepted.some(({ events }) => events.some(({ type }) => type === 2)),
				{ what: "the snapshot" },
			);
		});
	});
});
