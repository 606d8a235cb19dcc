// What the owner of a site decides, obeyed in a real page.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { FACT_PAGE, FACT_PRESS } from "../../../protocol/fact.ts";
import { completeConfig } from "../../../recorder/config.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Answering, type Intake, RECORD_ALL, startIntake } from "../intake.ts";

const PAGE = `<!doctype html><title>Page</title>{{script}}<body><button>Press</button></body>`;
const configOf = (sampling: number, stop = false): Answering => ({
	...{ status: 200, body: { ...RECORD_ALL, sampling, stop } },
});

let intake: Intake;
afterEach(() => intake?.close());

const kinds = () => intake.accepted.flatMap(({ facts }) => facts.map(([code]) => code));
const events = () => intake.accepted.flatMap((received) => received.events);
const listStored = (page: Page) =>
	page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);

describeWithBrowser("a recorder", (browser) => {
	const visit = async (config: Answering, act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": PAGE, "/next": PAGE });
		intake.configure(config);
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page("/"));
			await act(page);
			expect(problems.filter((problem) => problem.startsWith("exception"))).toEqual([]);
		});
	};

	const factsOnly: [name: string, config: Answering][] = [
		["is told to sample no session", configOf(0)],
		["is refused its configuration", { status: 503, body: { error: { code: "x" } } }],
		["is told something else", { status: 200, body: "<html>" }],
		["is told nothing within two seconds", { ...configOf(1), after: new Promise(() => {}) }],
	];
	test.each(factsOnly)("that %s sends facts and no pages", async (_, config) => {
		await visit(config, async (page) => {
			await page.click("button");
			await waitFor(() => kinds().includes(FACT_PRESS), { what: "the press" });
		});
		expect(kinds()).toContain(FACT_PAGE);
		expect(events()).toEqual([]);
	});

	test("that may sample every session sends pages", async () => {
		await visit(configOf(1), () => waitFor(() => events().length > 1, { what: "the page" }));
		expect(events().map(({ type }) => type)).toContain(2);
	});

	test("that is told to stop before it begins sends nothing and carries nothing", async () => {
		await visit(configOf(1, true), async (page) => {
			await page.click("button");
			await page.goto(intake.page("/next"));
			await page.waitForNetworkIdle({ idleTime: 1500 });
			expect((await listStored(page)).filter((key) => key.includes("carried"))).toEqual([]);
		});
		expect([...intake.accepted, ...intake.refused]).toEqual([]);
	});

	test("that is told to stop in an answer goes quiet at once, also about what it still had", async () => {
		await visit(configOf(1), async (page) => {
			let uploads = 0;
			intake.answer(() => {
				uploads++;
				return { status: 200, body: { directives: [{ do: "stop" }] } };
			});
			await waitFor(() => uploads === 1, { what: "the first upload" });
			await page.click("button");
			await page.waitForNetworkIdle({ idleTime: 1500 });
			await page.goto(intake.page("/away"));
			await page.waitForNetworkIdle({ idleTime: 500 });
			expect(uploads).toBe(1);
			expect((await listStored(page)).filter((key) => key.includes("carried"))).toEqual([]);
		});
	});
});

const STRICTEST = { sampling: 0, replayOnFriction: false, privacy: "strict", features: {} };
test.each([
	[
		{ version: 1, sampling: 0.5, privacy: "balanced", features: { assets: true } },
		{ ...STRICTEST, version: 1, sampling: 0.5, privacy: "balanced", features: { assets: true } },
	],
	[
		{ version: 1, sampling: 0.5, replayOnFriction: true },
		{ ...STRICTEST, version: 1, sampling: 0.5, replayOnFriction: true },
	],
	[
		{ version: 1, sampling: 1 },
		{ ...STRICTEST, version: 1, sampling: 1 },
	],
	[{ version: 2, sampling: 1, privacy: "balanced" }, STRICTEST],
	[{ version: 1, sampling: "1", privacy: "balanced" }, STRICTEST],
	[{}, STRICTEST],
])("%j means %j", (value, config) => {
	expect(completeConfig(value as Parameters<typeof completeConfig>[0])).toEqual(config);
});
