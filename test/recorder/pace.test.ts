// A page that changes so much that recording it costs more than its share, in a real browser.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";
import { type Intake, startIntake } from "./intake.ts";

/** 4,000 rows, of which all texts change in each frame until it is told to be calm. */
const PAGE = `<!doctype html><title>Busy</title>{{script}}<body><script>
for (let row = 0; row < 4000; row++) document.body.append(document.createElement("p"));
let tick = 0;
const change = () => {
	if (window.isCalm) return;
	tick++;
	for (const row of document.querySelectorAll("p")) row.textContent = "Row " + tick + " of the list";
	requestAnimationFrame(change);
};
change();</script>`;

let intake: Intake;

afterEach(() => intake.close());

const steps = () => intake.accepted.map(({ envelope }) => envelope.cost.step ?? 0);
const changesPerSecond = (from: number, to: number) => {
	const within = intake.accepted
		.flatMap(({ events }) => events)
		.filter(({ timestamp, data }) => {
			const { source } = data as { source?: number };
			return source === 0 && timestamp >= from && timestamp < to;
		});
	return (within.length * 1000) / (to - from);
};

describeWithBrowser("a page that is too busy", (browser) => {
	const visit = async (act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page("/"));
			await act(page);
			expect(problems).toEqual([]);
		});
	};

	test("is told slower the more it costs, says so in its chunks, and shows its last state", async () => {
		await visit(async (page) => {
			await waitFor(() => steps().some((step) => step >= 2), {
				...{ what: "the second step", timeoutMs: 30_000 },
			});
			await page.evaluate(() => {
				Object.assign(window, { isCalm: true });
				document.body.append("This is the end.");
			});
			await waitFor(() => intake.accepted.some(({ text }) => text.includes("This is the end.")), {
				...{ what: "the last change", timeoutMs: 60_000 },
			});
		});
		const climbed = steps().filter((step, at) => step !== steps()[at - 1]);
		expect(climbed[0]).toBeLessThan(2);
		const slow = intake.accepted.find(({ envelope }) => (envelope.cost.step ?? 0) >= 2);
		const from = slow?.envelope.events.to ?? 0;
		// One a second, in slices; a page in no debt is told of fifteen.
		expect(changesPerSecond(from, from + 3000)).toBeLessThan(6);
		const costs = intake.accepted.map(({ envelope }) => envelope.cost.totalMs);
		expect(costs.at(-1)).toBeGreaterThan(100);
	});
});
