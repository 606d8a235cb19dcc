// Drives scenarios through a real browser against the fixture site, several beside each other, and gives what arrived of each.
import type { Page } from "puppeteer-core";
import { recordingBegan } from "../../recorder/recording-began.ts";
import type { TestBrowser } from "../../support/browser.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type FixtureSite, startFixtureSite } from "./fixture-site.ts";
import { createSample, type Sample } from "./samples.ts";
import type { Scenario } from "./scenario.ts";
import { createVisitor, type Hand } from "./visitor.ts";

/** Pages beside each other are all in front, and none is slowed down. */
export const BROWSER_FLAGS = [
	"--disable-background-timer-throttling",
	"--disable-renderer-backgrounding",
	"--disable-backgrounding-occluded-windows",
];
/** More at once, and what a hand does comes late on two cores. */
const BESIDE = 4;
const CLOCKS_MS = 300;
const VIEWPORTS = {
	desktop: { width: 1280, height: 800 },
	phone: { width: 390, height: 800, hasTouch: true, isMobile: true },
};

export interface Recorded {
	/** In the order of the scenarios. */
	samples: Sample[];
	/** What could not be driven to its end, and why. */
	failures: string[];
}

/** @param beside how many at once */
export async function recordScenarios(
	browser: TestBrowser,
	scenarios: readonly Scenario[],
	beside = BESIDE,
): Promise<Recorded> {
	const site = await startFixtureSite(scenarios.filter(({ isFactsOnly }) => !isFactsOnly));
	const bare = await startFixtureSite(
		scenarios.filter(({ isFactsOnly }) => isFactsOnly),
		true,
	);
	const samples = new Map<Scenario, Sample>();
	const failures: string[] = [];
	const waiting = [...scenarios];
	const work = async (): Promise<void> => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
			try {
				samples.set(next, await record(browser, next.isFactsOnly ? bare : site, next));
			} catch (error) {
				failures.push(`${next.name}: ${String(error)}`);
			}
		}
	};
	try {
		await Promise.all(Array.from({ length: beside }, work));
	} finally {
		await Promise.all([site.close(), bare.close()]);
	}
	return { samples: scenarios.flatMap((scenario) => samples.get(scenario) ?? []), failures };
}

async function record(
	browser: TestBrowser,
	site: FixtureSite,
	scenario: Scenario,
): Promise<Sample> {
	const { name, device = "desktop" } = scenario;
	return browser.withPage(
		async ({ page }) => {
			await page.goto(site.urlOf(scenario));
			await recordingBegan(page);
			const hand: Hand = device === "phone" ? "touch" : "mouse";
			const urlOf = (path: string) => site.urlOf(scenario, path);
			const visitor = await createVisitor({ page, hand, urlOf });
			await scenario.visit(visitor);
			await leave(page, site, scenario);
			return createSample(name, visitor.marks, site.receivedOf(scenario));
		},
		{ viewport: VIEWPORTS[device] },
	);
}

async function leave(page: Page, site: FixtureSite, scenario: Scenario): Promise<void> {
	// Clocks of two programs differ by some milliseconds.
	const since = Date.now() - CLOCKS_MS;
	await page.goto(site.away());
	await waitFor(() => site.isWhole(scenario, since), { what: `all of ${scenario.name}` });
}
