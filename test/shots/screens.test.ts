// Every screen, filled, empty and failing, on a desk and on a phone, in light and dark: no sideways scroll,
// readable text, a heading and something to do. The pictures go to shots/, to be looked at by people.
import { mkdir } from "node:fs/promises";
import type { Page, Viewport } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { visitShop } from "../../demo/visitor.ts";
import type { Heatmap, Pages, Sessions, Site, Sites } from "../../protocol/api.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../server/sample-chunk.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { countLandmarks, findLowContrast, findSidewaysScroll } from "./look.ts";

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const SIZES = [DESK, PHONE];
const THEMES = ["light", "dark"] as const;

const PHONE_AGENT =
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

interface Visit {
	entry: string;
	seed: number;
	viewport: Viewport;
	ending: "buy" | "leave";
	userAgent?: string;
	referer?: string;
}

/** The same seed buys the same product, so that one page is pressed on at several widths. */
const VISITS: readonly Visit[] = [
	{
		entry: "/products",
		seed: 1,
		viewport: DESK,
		ending: "buy",
		referer: "http://search.example/",
	},
	{
		...{ entry: "/product/fleet-mug", seed: 2, ending: "leave", userAgent: PHONE_AGENT },
		viewport: { ...PHONE, hasTouch: true, isMobile: true },
	},
	{ entry: "/", seed: 2, viewport: { width: 1280, height: 720 }, ending: "leave" },
	{ entry: "/cart", seed: 4, viewport: { width: 1920, height: 1080 }, ending: "buy" },
];

interface Screen {
	name: string;
	path: () => string;
	/** Selector that says that there is nothing more to wait for. */
	ready: string;
	/** API paths that fail while this screen is looked at. */
	failing?: RegExp;
	/** No part of the session can be fetched. */
	failingParts?: boolean;
	signedOut?: boolean;
	/** What is looked at where it stands below the others. */
	scrollTo?: string;
}

describeWithBrowser("every screen", (browser) => {
	let folder: TempFolder;
	let snag: SnagProcess;
	const ids = {
		...{ session: "", reduced: "", blind: "", empty: "", refused: "" },
		...{ product: "", element: "", zones: "" },
	};

	beforeAll(async () => {
		await mkdir("shots", { recursive: true });
		folder = await createTempFolder("shots");
		snag = await startSnag({ dataFolder: folder.path });
		await fill();
	}, 180_000);
	afterAll(async () => {
		await snag.stop();
		await folder.remove();
	});

	const screens: Screen[] = [
		{ name: "sign-in", path: () => "/", ready: "main input", signedOut: true },
		{ name: "list", path: () => "/sites/1/sessions", ready: "[data-session]" },
		{
			name: "list-empty",
			path: () => `/sites/${ids.empty}/sessions`,
			ready: '[data-step="script"][data-code="nothing_yet"]',
		},
		{
			name: "list-failing",
			path: () => "/sites/1/sessions",
			ready: '[data-kind="bad"]',
			failing: /\/sessions/,
		},
		{
			name: "list-filtered",
			path: () => "/sites/1/sessions?kind=dead&page=/product/fleet-mug",
			ready: ".filters, .state",
		},
		{ name: "signals", path: () => "/sites/1/signals", ready: ".signal-row" },
		{
			name: "signals-empty",
			path: () => `/sites/${ids.empty}/signals`,
			ready: '[data-state="empty"]',
		},
		{
			name: "signals-failing",
			path: () => "/sites/1/signals",
			ready: '[data-kind="bad"]',
			failing: /\/signals/,
		},
		{
			name: "replay",
			path: () => `/sites/1/sessions/${ids.session}?t=6`,
			ready: '[data-time-ms][data-state="ready"]',
		},
		{
			name: "replay-empty",
			path: () => `/sites/${ids.refused}/sessions/${ids.blind}`,
			ready: ".state, .player-problem",
		},
		{
			name: "replay-failing",
			path: () => `/sites/1/sessions/${ids.session}`,
			ready: '[data-kind="bad"]',
			failingParts: true,
		},
		{
			name: "replay-reduced",
			path: () => `/sites/1/sessions/${ids.reduced}?t=40`,
			ready: '[data-time-ms][data-state="ready"]',
		},
		{ name: "pages", path: () => "/sites/1/heatmaps", ready: "main table" },
		{
			name: "pages-empty",
			path: () => `/sites/${ids.empty}/heatmaps`,
			ready: '[data-state="empty"]',
		},
		{
			name: "pages-failing",
			path: () => "/sites/1/heatmaps",
			ready: '[data-kind="bad"]',
			failing: /\/pages/,
		},
		{
			name: "page-rules",
			path: () => "/sites/1/heatmaps/pages",
			ready: '[data-state="ready"]',
		},
		{
			name: "page-rules-failing",
			path: () => "/sites/1/heatmaps/pages",
			ready: '[data-kind="bad"]',
			failing: /\/page-rules/,
		},
		{
			name: "heatmap",
			path: () => mapOf(1440),
			ready: '[data-state="drawn"]',
		},
		{
			name: "heatmap-phone",
			path: () => mapOf(390),
			ready: '[data-state="drawn"]',
		},
		...(
			["first", "last", "rage", "dead", "error", "exposure", "scroll", "attention", "move"] as const
		).map((kind) => ({
			name: `heatmap-${kind}`,
			path: () => `${mapOf(1440)}&kind=${kind}`,
			ready: '[data-state="drawn"]',
		})),
		{
			name: "heatmap-element",
			path: () => `${mapOf(1440)}&element=${encodeURIComponent(ids.element)}`,
			ready: ".element-panel .examples a",
		},
		{
			name: "heatmap-zones",
			path: () => `${mapOf(1440)}&zones=${encodeURIComponent(ids.zones)}`,
			ready: ".zone-mark",
		},
		{
			name: "heatmap-side-by-side",
			path: () => `${mapOf(1440)}&versus=pointer%3Dtouch`,
			ready: '[data-label="B"][data-state="drawn"]',
		},
		{
			name: "heatmap-difference",
			path: () => `${mapOf(1440)}&versus=pointer%3Dtouch&show=difference`,
			ready: '[data-state="drawn"]',
		},
		{
			name: "heatmap-empty",
			path: () => "/sites/1/heatmaps/map?page=%2Fnowhere&width=1440",
			ready: '[data-state="no-backdrop"]',
		},
		{
			name: "heatmap-failing",
			path: () => "/sites/1/heatmaps/map?page=%2Fcart&width=1440",
			ready: '[data-kind="bad"]',
			failing: /\/heatmap\?/,
		},
		{
			name: "setup",
			path: () => "/sites/1/setup",
			ready: ".setup-cost table",
		},
		{
			name: "setup-cost",
			path: () => "/sites/1/setup",
			ready: ".setup-cost table",
			scrollTo: ".setup-cost",
		},
		{
			name: "setup-empty",
			path: () => `/sites/${ids.empty}/setup`,
			ready: '[data-step="script"][data-code="nothing_yet"]',
		},
		{
			name: "setup-failing",
			path: () => `/sites/${ids.refused}/setup`,
			ready: '[data-step="chunk"][data-state="failed"]',
		},
	];

	describe.each(THEMES)("in the %s theme", (theme) => {
		describe.each(SIZES)("at $width px", (viewport) => {
			test.each(screens)("$name", async (screen) => {
				await browser().withPage(
					async ({ page }) => {
						await open(page, screen, theme);
						await page.screenshot({ path: `shots/${screen.name}-${viewport.width}-${theme}.png` });
						expect(await page.evaluate(findSidewaysScroll)).toEqual([]);
						expect(await page.evaluate(findLowContrast)).toEqual([]);
						const { headings, actions } = await page.evaluate(countLandmarks);
						expect(headings).toBe(1);
						expect(actions).toBeGreaterThan(0);
					},
					{ viewport },
				);
			});
		});
	});

	async function open(page: Page, screen: Screen, theme: string): Promise<void> {
		await page.emulateMediaFeatures([
			{ name: "prefers-color-scheme", value: theme },
			{ name: "prefers-reduced-motion", value: "reduce" },
		]);
		if (screen.signedOut !== true)
			await page.goto(snag.signInUrl, { waitUntil: "domcontentloaded" });
		if (screen.failingParts) await page.evaluateOnNewDocument(failParts);
		const { failing } = screen;
		if (failing !== undefined) {
			// The engine cannot be made to fail for one page only; the answer is the server's own.
			await page.setRequestInterception(true);
			page.on("request", (request) => {
				if (!failing.test(request.url()) || !request.url().includes("/api/"))
					return void request.continue();
				const message =
					"the index does not answer at the moment; recording goes on, try again soon";
				const body = JSON.stringify({ error: { code: "index_unavailable", message } });
				void request.respond({ status: 503, contentType: "application/json", body });
			});
		}
		await page.goto(snag.url + screen.path());
		await page.waitForSelector(screen.ready, { timeout: 20_000 });
		if (screen.scrollTo !== undefined) {
			await page.$eval(screen.scrollTo, (element) => element.scrollIntoView());
		}
	}

	const mapOf = (width: number) =>
		`/sites/1/heatmaps/map?page=${encodeURIComponent(ids.product)}&width=${width}`;

	async function visit(visitor: Visit): Promise<void> {
		const { entry, seed, viewport, ending, userAgent, referer } = visitor;
		await browser().withPage(
			async ({ page }) => {
				if (userAgent !== undefined) await page.setUserAgent({ userAgent });
				// Chromium sends what a page says while it is being left with its own user agent.
				const heard = page.waitForResponse(
					(answer) => answer.url().includes("/i/") && answer.request().method() === "POST",
				);
				await page.goto(`${snag.shopUrl}${entry}`, { referer });
				await heard;
				await visitShop({ page, shopUrl: snag.shopUrl, seed, pace: 0.15, ending });
			},
			{ viewport },
		);
	}

	/** Visits on desks and a phone, a visit without a picture, and a site that refuses. */
	async function fill(): Promise<void> {
		await Promise.all(VISITS.map(visit));
		const make = (name: string, origins: string[]) =>
			call<Site>("/sites", { method: "POST", body: JSON.stringify({ name, origins }) });
		ids.empty = (await make("Nothing yet", ["https://shop.example"])).id;
		const refused = await make("Refused", ["https://shop.example"]);
		ids.refused = refused.id;
		const blind = createSampleSession();
		ids.blind = blind.session;
		const chunk = createSampleChunk(blind, {
			facts: [createPageFact(blind)],
		}) as Uint8Array<ArrayBuffer>;
		for (const origin of ["https://shop.example", "https://www.shop.example"]) {
			await fetch(`${snag.url}/i/${refused.key}`, {
				method: "POST",
				body: chunk,
				headers: { origin },
			});
		}
		await recordSlowly();
		const listed = await waitFor(
			async () => {
				const { sessions } = await call<Sessions>("/sites/1/sessions");
				const { sessions: blinds } = await call<Sessions>(`/sites/${refused.id}/sessions`);
				return sessions.length > VISITS.length && blinds.length > 0 ? sessions : undefined;
			},
			{ what: "the visits in the list", timeoutMs: 30_000 },
		);
		const bought = listed.filter(({ exitPage }) => exitPage === "/thanks");
		ids.session = bought.find(({ device }) => device === "desktop")?.id ?? "";
		expect(listed.map(({ device }) => device)).toContain("phone");
		const { pages } = await call<Pages>("/sites/1/pages");
		const products = pages.filter(({ page }) => page.startsWith("/product/"));
		const most = products.toSorted((a, b) => b.presses - a.presses)[0];
		expect(most?.presses).toBeGreaterThan(0);
		ids.product = most?.page ?? "";
		const query = new URLSearchParams({ page: ids.product });
		const { elements } = await call<Heatmap>(`/sites/1/heatmap?${query}`);
		ids.element = elements[0]?.key ?? "";
		const [first, ...others] = elements.slice(0, 5).map(({ id }) => id);
		ids.zones = `Most pressed:${first};What comes next:${others.join(",")}`;
	}

	/** A visit to a page that recording had cost too much. */
	async function recordSlowly(): Promise<void> {
		const { sites } = await call<Sites>("/sites");
		const [shop] = sites;
		const slow = createSampleSession(Date.now() - 120_000);
		ids.reduced = slow.session;
		const cost = (totalMs: number, step: number) => ({ cost: { totalMs, longestMs: 64, step } });
		const steps = [0, 0, 1, 2, 2, 3, 0, 0];
		for (const [sequence, step] of steps.entries()) {
			const at = slow.startedAt + (sequence + 1) * 10_000;
			const note = { type: 5, timestamp: at, data: { tag: "note", payload: {} } };
			const body = createSampleChunk(slow, {
				...{ sequence, facts: sequence === 0 ? [createPageFact(slow)] : [] },
				events: [...(sequence === 0 ? createSampleSnapshot(slow) : []), note],
				envelope: cost((sequence + 1) * 240, step),
			}) as Uint8Array<ArrayBuffer>;
			const headers = { origin: shop?.origins[0] ?? "" };
			await fetch(`${snag.url}/i/${shop?.key}`, { method: "POST", body, headers });
		}
	}

	async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
		const answer = await fetch(`${snag.url}/api/v1${path}`, {
			...init,
			headers: { authorization: `Bearer ${snag.token}`, "content-type": "application/json" },
		});
		return (await answer.json()) as T;
	}
});

/** In the page: a loader that answers every aim as it answers when the store is away. */
function failParts(): void {
	const message = "the store does not answer at the moment, try again soon";
	const error = { code: "store_unavailable", message, status: 503 };
	class FailingWorker {
		onmessage: ((event: { data: object }) => void) | null = null;
		postMessage(order: { do: string; token: number }): void {
			if (order.do !== "aim") return;
			this.onmessage?.({ data: { is: "failed", token: order.token, error, passing: true } });
		}
		terminate(): void {}
	}
	window.Worker = FailingWorker as unknown as typeof Worker;
}
