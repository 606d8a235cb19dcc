// What belongs to one visit: subdomains that share it, and the time in which its visitor is away.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { PAUSE_MS, SESSION_IDLE_MS } from "../../../protocol/limits.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, SITE_KEY, startIntake, textOf } from "../intake.ts";
import { recordingBegan } from "../recording-began.ts";

const PAGE =
	"<!doctype html><title>Page</title>{{script}}<body><h1>Page</h1><button>Press</button>";

let intake: Intake;
afterEach(() => intake.close());

const arrived = (text: string) =>
	waitFor(() => textOf(intake.accepted).includes(text), { what: `"${text}"` });
const write = (page: Page, text: string) =>
	page.evaluate((text) => document.body.append(text), text);
const listDifferent = (name: "session" | "visitor" | "tab") => [
	...new Set(intake.accepted.map(({ envelope }) => envelope[name])),
];

describeWithBrowser("subdomains of a site", (browser) => {
	const visitBoth = async (domain: string) => {
		const set = `document.querySelector("script[data-site]").dataset.cookieDomain = "${domain}"`;
		const html = domain ? PAGE.replace("<body>", `<script>${set}</script><body>`) : PAGE;
		intake = await startIntake({ "/": html });
		await browser().withPage(async ({ page }) => {
			for (const name of ["www", "pay"]) {
				await page.goto(intake.page("/").replace("localhost", `${name}.shop.localhost`));
				await recordingBegan(page);
				await write(page, `on ${name}`);
				await arrived(`on ${name}`);
			}
		});
	};

	test("share session and visitor by a cookie, where the page names their domain", async () => {
		await visitBoth("shop.localhost");
		expect(listDifferent("session")).toHaveLength(1);
		expect(listDifferent("visitor")).toHaveLength(1);
		expect(listDifferent("tab")).toHaveLength(2);
	});

	test.each(["", "other.example"])("share nothing where it names %j", async (domain) => {
		await visitBoth(domain);
		expect(listDifferent("session")).toHaveLength(2);
		expect(listDifferent("visitor")).toHaveLength(2);
	});
});

/** A page whose clock goes on as far as is wanted. */
async function openWithClock(page: Page) {
	await page.evaluateOnNewDocument(() => {
		const { now } = Date;
		let passed = 0;
		const pass = (ms: number): void => {
			passed += ms;
		};
		Date.now = () => now() + passed;
		Object.assign(window, { pass });
	});
	await page.goto(intake.page("/"));
	await recordingBegan(page);
	/** @returns what time it is then */
	return (ms: number) =>
		page.evaluate((ms) => {
			(window as unknown as { pass(ms: number): void }).pass(ms);
			return Date.now();
		}, ms);
}

const STORED = `snag.${SITE_KEY}.session`;
const ACTIVE_AT = 3;
describeWithBrowser("a visitor who is away", (browser) => {
	test("is not recorded after five minutes, and from a whole page again once they are back", async () => {
		intake = await startIntake({ "/": PAGE });
		let awayAt = 0;
		let backAt = 0;
		await browser().withPage(async ({ page, problems }) => {
			const pass = await openWithClock(page);
			await page.click("button");
			await write(page, "still there");
			await arrived("still there");
			awayAt = await pass(PAUSE_MS + 1000);
			await write(page, "while away");
			await page.evaluate(() => {
				(window as unknown as { snag: { track(name: string): void } }).snag.track(
					"fact while away",
				);
			});
			await arrived("fact while away");
			backAt = await pass(60_000);
			await page.click("button");
			await write(page, "back again");
			await arrived("back again");
			expect(problems.filter((problem) => problem.startsWith("exception"))).toEqual([]);
		});
		expect(listDifferent("session")).toHaveLength(1);
		const events = intake.accepted.flatMap((received) => received.events);
		const missed = events.filter(({ timestamp }) => timestamp >= awayAt && timestamp < backAt);
		expect(missed).toEqual([]);
		const after = events.filter(({ timestamp }) => timestamp >= backAt);
		expect(after.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
		expect(JSON.stringify(after[1])).toContain("while away");
	});

	test("is recorded from a whole page again, too, where another tab went on with the session", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			const pass = await openWithClock(page);
			await page.click("button");
			await write(page, "still there");
			await arrived("still there");
			await pass(SESSION_IDLE_MS + 1000);
			await page.evaluate(
				(name, at) => {
					const session = localStorage.getItem(name)?.split(".") ?? [];
					session[at] = String(Date.now());
					localStorage.setItem(name, session.join("."));
				},
				...([STORED, ACTIVE_AT] as const),
			);
			await write(page, "while away");
			await page.click("button");
			await write(page, "back again");
			await arrived("back again");
		});
		expect(listDifferent("session")).toHaveLength(1);
		expect(textOf(intake.accepted)).toContain("while away");
	});
});
