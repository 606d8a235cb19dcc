// One visit of a player's page in a browser context of its own, so that nothing is cached: the first
// frame, then seeks.
import type { Browser, Page } from "puppeteer-core";
import type { MeasuredPlayer } from "./players.ts";
import { installProbe, type SeekResult } from "./probe.ts";

export const WINDOW = { width: 1360, height: 900 };
const FIRST_FRAME_MS = 60_000;
/** A browser loads pages of its own into a new window, as its toolbar, on the same processors. */
const WINDOW_MS = 2500;
/** Whoever seeks looks at what came before seeking again. */
const PAUSE_MS = 150;

export interface Instant {
	timeMs: number;
	step: number;
}

export interface Visit {
	firstFrameMs: number;
	seeks: SeekResult[];
}

export interface VisitOptions {
	browser: Browser;
	player: MeasuredPlayer;
	/** Of a signed-in person, `name=value`. */
	cookie: string;
	instants: readonly Instant[];
}

export async function visitPlayer(options: VisitOptions): Promise<Visit> {
	const { player, instants } = options;
	return withPlayer(options, async (page) => {
		const firstFrameMs = await openPlayer(page, player.url);
		const seeks: SeekResult[] = [];
		for (const instant of instants) {
			await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
			seeks.push(await seekIn(page, player, instant));
		}
		return { firstFrameMs, seeks };
	});
}

/** Opens an empty page with the probe in place, gives it to `body`, closes it. */
export async function withPlayer<T>(
	{ browser, player, cookie }: VisitOptions,
	body: (page: Page) => Promise<T>,
): Promise<T> {
	const context = await browser.createBrowserContext();
	try {
		const [name = "", value = ""] = cookie.split("=");
		const { hostname } = new URL(player.url);
		await context.setCookie({ name, value, domain: hostname, path: "/", httpOnly: true });
		const page = await context.newPage();
		await page.setViewport(WINDOW);
		await page.evaluateOnNewDocument(installProbe);
		await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
		return await body(page);
	} finally {
		await context.close();
	}
}

/** @returns ms from the navigation to the first frame */
export async function openPlayer(page: Page, url: string): Promise<number> {
	await page.goto(url, { waitUntil: "domcontentloaded" });
	const shown = await page.waitForFunction(() => window.benchProbe.firstFrameMs, {
		timeout: FIRST_FRAME_MS,
		polling: 100,
	});
	return Number(await shown.jsonValue());
}

export function seekIn(page: Page, player: MeasuredPlayer, instant: Instant): Promise<SeekResult> {
	const act = `() => { ${player.seek(instant.timeMs)} }`;
	return page.evaluate(`window.benchProbe.seek(${act}, ${instant.step})`) as Promise<SeekResult>;
}

/** The cookie that the printed link is exchanged for. */
export async function signIn(signInUrl: string): Promise<string> {
	const response = await fetch(signInUrl, {
		headers: { accept: "text/html" },
		redirect: "manual",
	});
	const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
	if (cookie === undefined) throw new Error(`signing in was answered ${response.status}`);
	return cookie;
}
