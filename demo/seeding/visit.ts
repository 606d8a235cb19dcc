/**
 * One planned visit in a browser context of its own, from the first page to the last upload. A visit that gets
 * stuck is over and recorded as far as it came, as a person's would be.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Browser, HTTPRequest, Page } from "puppeteer-core";
import { createPerson } from "../visitor/person.ts";
import { takeSteps } from "../visitor.ts";
import { describeBrowser } from "./devices.ts";
import type { PlannedVisit } from "./plan-visits.ts";

export interface VisitOptions {
	browser: Browser;
	shopUrl: string;
	pace: number;
	signal: AbortSignal;
}

export interface VisitOutcome {
	visit: PlannedVisit;
	/** Uploads that the server has acknowledged, which it does once they are stored. */
	uploads: number;
	/** Why it did not go as planned, "" if it did. */
	trouble: string;
	/** What a page says at its very end is on its way until then; nobody need wait to begin the next visit. */
	gone: Promise<void>;
}

const VISIT_MS = 90_000;
/** Uploads that were not answered by then are not waited for. */
const UPLOAD_MS = 5000;
const HURRY_MS = 1500;
const QUIET_MS = 100;
const LOOK_MS = 20;
const LINGER_MS = 1000;
const UPLOAD_PATH = /\/i\/[^/?]+(?:\?|$)/;

export async function makeVisit(visit: PlannedVisit, options: VisitOptions): Promise<VisitOutcome> {
	const { browser, shopUrl, pace, signal } = options;
	const context = await browser.createBrowserContext();
	const page = await context.newPage();
	await dress(page, visit, await browser.version());
	const uploads = watchUploads(page);
	const { seed, entry, referrer, steps } = visit;
	const person = createPerson({ shopUrl, seed, pace, entry, referrer });
	const over = AbortSignal.any([signal, AbortSignal.timeout(VISIT_MS)]);
	const walk = takeSteps(page, person, steps, over).then(() => "", describeTrouble);
	const trouble = await Promise.race([walk, whenAborted(over)]);
	// Whoever was stopped on the way leaves as well, since leaving sends the last words.
	await hide(page).catch(() => {});
	await uploads.settle(over.aborted ? HURRY_MS : UPLOAD_MS);
	await page.goto("about:blank").catch(() => {});
	// Where the browser has gone first, so has the page.
	const gone = delay(LINGER_MS)
		.then(() => context.close())
		.catch(() => {});
	return { visit, uploads: uploads.acknowledged(), trouble, gone };
}

/** As when another window is taken: the page says what it has, and unlike at its end it can be seen to be answered. */
async function hide(page: Page): Promise<void> {
	const session = await page.createCDPSession();
	const { windowId } = await session.send("Browser.getWindowForTarget");
	await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState: "minimized" } });
	await page.evaluate(() => document.visibilityState);
}

/** What the page can see of the device, and the kind of visitor and what is planted in its way as variants, so that maps can be asked for one. */
async function dress(page: Page, { device, language, kind, role }: PlannedVisit, version: string) {
	const { width, height, hasTouch } = device;
	const session = await page.createCDPSession();
	await Promise.all([
		page.setViewport({ width, height, hasTouch, isMobile: hasTouch }),
		session.send("Emulation.setUserAgentOverride", {
			...describeBrowser(device, version),
			acceptLanguage: language,
		}),
		page.evaluateOnNewDocument(
			(...arms) => {
				const q = arms.map(([experiment, arm]) => ["variant", experiment, arm]);
				if (window === window.top) Object.assign(window, { snag: { q } });
			},
			["simulated", kind],
			["planted", role],
		),
	]);
}

function watchUploads(page: Page) {
	const open = new Set<HTTPRequest>();
	let acknowledged = 0;
	let changedAt = Date.now();
	const isUpload = (request: HTTPRequest) =>
		request.method() === "POST" && UPLOAD_PATH.test(request.url());
	const end = (request: HTTPRequest) => {
		if (open.delete(request)) changedAt = Date.now();
	};
	page.on("request", (request) => {
		if (isUpload(request)) open.add(request);
	});
	page.on("response", (response) => {
		if (isUpload(response.request()) && response.ok()) acknowledged++;
	});
	page.on("requestfinished", end);
	page.on("requestfailed", end);
	return {
		acknowledged: () => acknowledged,
		/** Resolves when none is on its way any more, or none comes. */
		async settle(mostMs: number) {
			const from = Date.now();
			const isSettled = () =>
				open.size === 0 && acknowledged > 0 && Date.now() - changedAt > QUIET_MS;
			while (!isSettled() && Date.now() - from < mostMs) await delay(LOOK_MS);
		},
	};
}

function describeTrouble(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function whenAborted(signal: AbortSignal): Promise<string> {
	const say = () => describeTrouble(signal.reason);
	if (signal.aborted) return Promise.resolve(say());
	return new Promise((resolve) => {
		signal.addEventListener("abort", () => resolve(say()), { once: true });
	});
}
