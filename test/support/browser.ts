// Debian's Chromium through puppeteer-core. Each page gets a browser context of its own, so no
// cookie or storage of one test reaches the next, and what it complained about is kept, so that a
// test can assert that it complained about nothing.
import puppeteer, { type Browser, type Page, type Viewport } from "puppeteer-core";
import { findChromium } from "./debian-packages.ts";
import { createTempFolder, type TempFolder } from "./temp-folder.ts";

const FLAGS = [
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	// Containers often have 64 MB of it.
	"--disable-dev-shm-usage",
];
/** Steps that name the element they are about. */
const STEPS = ["click", "focus", "hover", "select", "tap", "type", "$eval"] as const;

export interface TestBrowser {
	/** For what the functions here do not offer. */
	browser: Browser;
	/** Opens an empty page, runs `body` with it, closes it; gives what `body` gives. */
	withPage<T>(body: (opened: OpenedPage) => Promise<T>, options?: PageOptions): Promise<T>;
	close(): Promise<void>;
}

export interface OpenedPage {
	page: Page;
	/** Console errors and uncaught exceptions so far, each as `kind: text`; grows while it runs. */
	problems: readonly string[];
}

export interface PageOptions {
	viewport?: Viewport;
}

/** Starts Chromium with a profile folder of its own; `flags` are added to the usual ones. */
export async function launchBrowser(flags: string[] = []): Promise<TestBrowser> {
	const executablePath = findChromium();
	if (!executablePath) throw new Error("no Chromium found: install it or set SNAG_TEST_CHROMIUM");
	const profile = await createTempFolder("browser");
	// Chromium's sandbox refuses root; an ordinary user keeps it.
	const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
	const browser = await puppeteer
		.launch({
			executablePath,
			headless: true,
			userDataDir: profile.path,
			args: [...FLAGS, ...sandbox, ...flags],
			// Chromium ends when its pipe closes, so a killed test runner leaves none behind.
			pipe: true,
		})
		.catch(async (error) => {
			await profile.remove();
			throw error;
		});
	return createTestBrowser(browser, profile);
}

/** @param profile goes when the browser does */
export function createTestBrowser(browser: Browser, profile: TempFolder): TestBrowser {
	return {
		browser,
		withPage: (body, options) => withPage(browser, body, options),
		async close() {
			await browser.close();
			await profile.remove();
		},
	};
}

/**
 * Makes the steps of a page wait until their element is there, as a person does: a slow machine draws it
 * later. `withPage` does it for its pages.
 */
export function waitBeforeSteps(page: Page): void {
	for (const step of STEPS) {
		const act: unknown = Reflect.get(page, step);
		if (typeof act !== "function") continue;
		Reflect.set(page, step, async (selector: string, ...rest: unknown[]) => {
			await page.waitForSelector(selector);
			return act.call(page, selector, ...rest);
		});
	}
}

async function withPage<T>(
	browser: Browser,
	body: (opened: OpenedPage) => Promise<T>,
	options: PageOptions = {},
): Promise<T> {
	const context = await browser.createBrowserContext();
	try {
		const page = await context.newPage();
		if (options.viewport) await page.setViewport(options.viewport);
		waitBeforeSteps(page);
		return await body({ page, problems: watchProblems(page) });
	} finally {
		await context.close();
	}
}

function watchProblems(page: Page): readonly string[] {
	const problems: string[] = [];
	page.on("console", (message) => {
		if (message.type() !== "error") return;
		// "Failed to load resource" does not say which one; its location does.
		const where = message.location().url ?? "";
		problems.push(`console: ${message.text()} ${where}`.trim());
	});
	page.on("pageerror", (error) => problems.push(`exception: ${describeThrown(error)}`));
	page.on("error", (error) => problems.push(`crash: ${error.message}`));
	return problems;
}

function describeThrown(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}
