import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { FACT_LEAVE, FACT_PAGE, FACT_VISIBLE, type PageFact } from "../../../protocol/fact.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake } from "../intake.ts";
import { recordingBegan } from "../recording-began.ts";

const PAGE = `<!doctype html><title>Start</title>{{script}}<body><a id="file" download href="/file">File</a>
<a id="blank" target="_blank" href="javascript:void 0">Open</a><p>Some text</p>
<script>document.addEventListener("click", (event) => event.preventDefault())</script></body>`;

let intake: Intake;

afterEach(() => intake.close());

const facts = () => intake.accepted.flatMap((received) => received.facts);
const pages = () => facts().filter((fact): fact is PageFact => fact[0] === FACT_PAGE);
const leaves = () => facts().flatMap((fact) => (fact[0] === FACT_LEAVE ? [fact[3]] : []));

describeWithBrowser("page views and leaving", (browser) => {
	const visit = async (act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": PAGE, "/next": PAGE });
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page("/"));
			await recordingBegan(page);
			await act(page);
			await page.goto(intake.page("/away"));
			await waitFor(() => leaves().includes("unload"), { what: "the last words" });
			expect(problems).toEqual([]);
		});
	};

	test("each route of a single-page application is a view, with its own title", async () => {
		await visit(async (page) => {
			await page.evaluate(async () => {
				history.pushState(null, "", "/list?token=1");
				document.title = "List";
				history.replaceState(null, "", "/list?token=2#part");
				history.replaceState(null, "", "/item/1");
				document.title = "Item";
				location.hash = "part";
			});
			await page.goBack();
		});
		const seen = pages().map(([, , view, url, title, reached]) => [
			view,
			new URL(url).pathname,
			title,
			reached,
		]);
		expect(seen).toEqual([
			[0, "/", "Start", "load"],
			[1, "/list", "List", "push"],
			[2, "/item/1", "Item", "replace"],
		]);
	});

	test("going back to a route is a view reached by history", async () => {
		await visit(async (page) => {
			await page.evaluate(() => history.pushState(null, "", "/list"));
			await page.goBack();
		});
		expect(pages().map(([, , view, , , reached]) => [view, reached])).toEqual([
			[0, "load"],
			[1, "push"],
			[2, "history"],
		]);
	});

	test("a page that comes back from the cache begins a new stream with a snapshot", async () => {
		await visit(async (page) => {
			await waitFor(() => intake.accepted.length > 0, { what: "the first chunk" });
			await page.goto(intake.page("/away"));
			await page.goBack();
			await waitFor(() => page.evaluate(() => document.title === "Start"), {
				what: "the page again",
			});
			await waitFor(
				() => new Set(intake.accepted.map(({ envelope }) => envelope.stream)).size > 1,
				{ what: "the new stream" },
			);
		});
		const [first, second] = [...new Set(intake.accepted.map(({ envelope }) => envelope.stream))];
		const again = intake.accepted.filter(({ envelope }) => envelope.stream === second);
		expect(again[0]?.envelope).toMatchObject({
			sequence: 0,
			events: { snapshots: [expect.any(Number)] },
		});
		expect(pages().map(([, , view, , , reached]) => [view, reached])).toEqual([
			[0, "load"],
			[0, "history"],
		]);
		const session = intake.accepted.find(({ envelope }) => envelope.stream === first)?.envelope
			.session;
		expect(again[0]?.envelope.session).toBe(session);
	});

	test("a reload is a view that was reached by reloading", async () => {
		await visit(async (page) => {
			await page.reload();
			await recordingBegan(page);
		});
		expect(pages().map((fact) => fact[5])).toEqual(["load", "reload"]);
		expect(new Set(intake.accepted.map(({ envelope }) => envelope.tab)).size).toBe(1);
	});

	test("copying, downloading and opening are ways to leave, without their content", async () => {
		await visit(async (page) => {
			await page.click("#file");
			await page.click("#blank");
			await page.evaluate(() => {
				getSelection()?.selectAllChildren(document.querySelector("p") as Element);
				document.execCommand("copy");
			});
		});
		expect(leaves()).toEqual(["download", "open", "copy", "unload"]);
	});

	test("hiding the page is a fact and sends what there is", async () => {
		await visit(async (page) => {
			await page.evaluate(() => {
				Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
				document.dispatchEvent(new Event("visibilitychange"));
			});
			await waitFor(() => facts().some(([code]) => code === FACT_VISIBLE), { what: "the fact" });
		});
		expect(
			facts()
				.filter((fact) => fact[0] === FACT_VISIBLE)
				.map((fact) => fact[2]),
		).toEqual([0]);
	});

	test("a second evaluation of the script does nothing", async () => {
		await visit(async (page) => {
			const isSame = await page.evaluate(async () => {
				const global = window as { snag?: unknown };
				const before = global.snag;
				const first = document.querySelector("script") as HTMLScriptElement;
				const again = document.createElement("script");
				again.dataset.site = first.dataset.site;
				await new Promise((resolve) => {
					again.onload = resolve;
					again.src = first.src;
					document.head.append(again);
				});
				return global.snag === before;
			});
			expect(isSame).toBe(true);
		});
		expect(new Set(intake.accepted.map(({ envelope }) => envelope.stream)).size).toBe(1);
	});

	test("a page that said stop before the script was there is not recorded until it says start", async () => {
		const early = "<script>window.snag = { q: [['start'], ['stop']] }</script>";
		intake = await startIntake({ "/": PAGE.replace("{{script}}", `${early}{{script}}`) });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			const recorded = () => page.evaluate(() => localStorage.length > 0);
			await page.waitForFunction(() => "start" in (window as unknown as { snag: object }).snag);
			expect(await recorded()).toBe(false);
			await page.evaluate(() => (window as unknown as { snag: { start(): void } }).snag.start());
			await recordingBegan(page);
			expect(await recorded()).toBe(true);
			await waitFor(() => intake.accepted.length > 0, { what: "the first chunk" });
		});
	});
});
