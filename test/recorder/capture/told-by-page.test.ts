// What a page's own code says of a visit, on the way that the public functions take.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import {
	FACT_CONSENT,
	FACT_CUSTOM,
	FACT_IDENTIFY,
	FACT_PAGE,
	FACT_PRESS,
	FACT_VARIANT,
} from "../../../protocol/fact.ts";
import { createPackRows } from "../../../server/index/rows.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake } from "../intake.ts";
import { recordingBegan } from "../recording-began.ts";
import { visit } from "./facts-page.ts";

let intake: Intake;
afterEach(() => intake.close());

describeWithBrowser("what a page says of a visit", (browser) => {
	test("arrives at once, bounded and by the text rule, and nothing that it hands over does harm", async () => {
		intake = await startIntake({ "/": "<!doctype html>{{script}}<body></body>" });
		const { told, problems } = await visit({ browser: browser(), intake }, async (page) => {
			await page.evaluate(() => {
				type Told = Record<string, (...args: unknown[]) => void>;
				const told = (window as unknown as { snag: Told }).snag;
				const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`p${at}`, at]));
				told.track?.("added to cart", {
					items: 2,
					gift: true,
					mail: "jane@mail.example",
					phone: 491511234567,
					deep: {},
				});
				told.track?.("x".repeat(500), { ...many, none: Number.NaN });
				told.track?.("hostile", JSON.parse('{"__proto__": 1, "constructor": "c"}'));
				told.track?.({
					toString() {
						throw new Error("no text");
					},
				});
				told.track?.("getter", {
					get thrown() {
						throw new Error("no value");
					},
				});
				told.identify?.(`customer-4711-${"x".repeat(300)}`, {
					plan: "free",
					card: "4111 1111 1111 1111",
				});
				told.variant?.("checkout", "b");
				told.consent?.(true);
			});
		});
		expect(problems).toEqual([]);
		const [first, long, hostile, ...others] = told(FACT_CUSTOM).map((fact) => fact.slice(3));
		expect(first).toEqual([
			"added to cart",
			[
				["items", 2],
				["gift", true],
				["mail", "•••"],
				["phone", "•••"],
			],
		]);
		expect([String(long?.[0]).length, (long?.[1] as unknown[] | undefined)?.length]).toEqual([
			200, 20,
		]);
		expect(hostile).toEqual([
			"hostile",
			[
				["__proto__", 1],
				["constructor", "c"],
			],
		]);
		expect(others).toEqual([]);
		const [[, , , id, traits] = []] = told(FACT_IDENTIFY);
		expect([String(id).length, String(id).slice(0, 13)]).toEqual([200, "customer-4711"]);
		expect(traits).toEqual([
			["plan", "free"],
			["card", "•••"],
		]);
		expect(told(FACT_VARIANT).map((fact) => fact.slice(3))).toEqual([["checkout", "b"]]);
		expect(told(FACT_CONSENT).map((fact) => fact.slice(3))).toEqual([[1]]);
	});
});

describeWithBrowser("the page that a page view is counted under", (browser) => {
	const BODY = "{{script}}<body><button>Press</button></body>";
	const EARLY = "<script>window.snag = { q: [['page', '/product/:slug']] }</script>";

	/** Of every page view and press, in their order, path and page as the server finds them. */
	const listPages = (kind: number) =>
		intake.accepted
			.flatMap(({ envelope, facts }) => {
				const head = { site: 1, receivedAt: 1, sentAt: 1, attempt: 0, userAgent: "", crc: 0 };
				const entry = { head, envelope, facts, place: { offset: 0, length: 1 } };
				return createPackRows({ key: "p/20261122/12/00/x.pk", bytes: 1 }, [entry]).facts;
			})
			.map((row) => row as { kind: number; at: number; path: string; page: string })
			.filter((row) => row.kind === kind)
			.map(({ path, page }) => `${path} ${page}`);
	const arrived = (count: number) =>
		waitFor(() => listPages(FACT_PRESS).length === count, { what: `press ${count}` });
	const tellPage = (page: Page, pattern: string) =>
		page.evaluate((pattern) => {
			(window as unknown as { snag: { page(pattern: string): void } }).snag.page(pattern);
		}, pattern);

	test("is the one that the page tells, before the recorder is there and in every chunk, until the next route", async () => {
		intake = await startIntake({ "/shoes": `<!doctype html>${EARLY}${BODY}` });
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page("/shoes"));
			await recordingBegan(page);
			await page.click("button");
			await arrived(1);
			await page.click("button");
			await page.evaluate(() => history.pushState(null, "", "/about"));
			await page.click("button");
			await page.evaluate(() => history.pushState(null, "", "/hats"));
			await tellPage(page, "item/[hat]");
			await page.click("button");
			await arrived(4);
			expect(problems).toEqual([]);
		});
		const want = ["/shoes /product/:slug", "/about /about", "/hats /item/[hat]"];
		expect(listPages(FACT_PAGE)).toEqual(want);
		expect(listPages(FACT_PRESS)).toEqual([want[0], ...want]);
	});

	test("stays where the same page is recorded anew, and no other page has it", async () => {
		intake = await startIntake({ "/shoes": `<!doctype html>${BODY}` });
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page("/shoes"));
			await recordingBegan(page);
			await tellPage(page, "/product/:slug");
			await page.click("button");
			await arrived(1);
			await page.goto(intake.page("/away"));
			await page.goBack();
			await page.waitForSelector("button");
			await page.click("button");
			await arrived(2);
			expect(problems).toEqual([]);
		});
		expect(new Set(intake.accepted.map(({ envelope }) => envelope.stream)).size).toBe(2);
		expect(new Set(listPages(FACT_PAGE))).toEqual(new Set(["/shoes /product/:slug"]));
		expect(new Set(listPages(FACT_PRESS))).toEqual(new Set(["/shoes /product/:slug"]));
	});
});
