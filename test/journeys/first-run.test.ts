// What a new user does first, timed: visit the demo shop, find the visit in the list, watch it, and see its
// presses on a map. And what a server owes its owner: an orderly end, and every session at the next start.
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sessions } from "../../protocol/api.ts";
import { waitBeforeSteps } from "../support/browser.ts";
import { findFreePort } from "../support/free-port.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { findHottest, isInside } from "./heat-pixels.ts";

const VISITS = 6;
const LISTED_MS = 5000;
const REPLAYED_MS = 10_000;
const STOP_MS = 5000;
const WIDE = { width: 1440, height: 900 };

describeWithBrowser("a new user", (browser) => {
	let folder: TempFolder;
	let snag: SnagProcess;
	let viewer: Page;
	const env: Record<string, string> = {};
	beforeAll(async () => {
		folder = await createTempFolder("first-run");
		env.PORT = String(await findFreePort());
		env.DEMO_PORT = String(await findFreePort());
		snag = await startSnag({ dataFolder: folder.path, env });
		const context = await browser().browser.createBrowserContext();
		viewer = await context.newPage();
		waitBeforeSteps(viewer);
		await viewer.setViewport(WIDE);
	});
	afterAll(async () => {
		await snag.stop();
		await folder.remove();
	});

	test("finds the first page telling what to do, and the live check turning green", async () => {
		await viewer.goto(snag.signInUrl);
		await viewer.waitForSelector("[data-snippet]");
		await viewer.waitForSelector("[data-step]");
		expect(await viewer.$eval("[data-snippet]", (code) => code.textContent)).toContain(
			`src="${snag.url}/snag.js" data-site="`,
		);
		expect(
			await viewer.$$eval("[data-step]", (found) =>
				found.map((step) => step.getAttribute("data-state")),
			),
		).toEqual(["waiting", "waiting", "waiting", "waiting"]);
		await viewer.goto(`${snag.url}/sites/1/setup`);
		await visitShop(async () => {
			await viewer.waitForFunction(
				() => document.querySelectorAll('[data-step][data-state="done"]').length === 4,
				{ timeout: 15_000 },
			);
		});
	});

	test(`sees each of ${VISITS} visits in the list within ${LISTED_MS} ms of the page's load`, async () => {
		await viewer.goto(`${snag.url}/sites/1/sessions`);
		await visitShop(async () => {
			await viewer.waitForSelector("[data-session]");
		});
		const before = await viewer.$$eval("[data-session]", (rows) => rows.length);
		const times: number[] = [];
		for (let visit = 0; visit < VISITS; visit++) {
			await visitShop(async (loadedAt) => {
				await viewer.waitForFunction(
					(count) => document.querySelectorAll("[data-session]").length >= count,
					{ timeout: 15_000, polling: "raf" },
					before + visit + 1,
				);
				times.push(performance.now() - loadedAt);
			});
		}
		times.sort((a, b) => a - b);
		const slowest = times.at(-1) ?? Number.POSITIVE_INFINITY;
		console.log(
			`from load to the list: median ${Math.round(times[VISITS / 2] ?? 0)} ms, slowest ${Math.round(slowest)} ms`,
		);
		expect(slowest).toBeLessThanOrEqual(LISTED_MS);
	}, 180_000);

	test(`watches a visit within ${REPLAYED_MS} ms of its load`, async () => {
		// The one that is watched is still there: who left at once may have left before the picture did.
		const before = await viewer.$$eval("[data-session]", (rows) => rows.length);
		await visitShop(async (loadedAt, page) => {
			await viewer.waitForFunction(
				(count) => document.querySelectorAll("[data-session]").length > count,
				{ timeout: 15_000 },
				before,
			);
			const title = await page.$eval("h1", (heading) => heading.textContent);
			await viewer.click("[data-session] a");
			await viewer.waitForFunction(
				(wanted) => {
					const frame = document.querySelector<HTMLIFrameElement>("[data-stage] iframe");
					return frame?.contentDocument?.querySelector("h1")?.textContent === wanted;
				},
				{ timeout: 15_000 },
				title,
			);
			const ms = performance.now() - loadedAt;
			console.log(`from load to the replay: ${Math.round(ms)} ms`);
			expect(ms).toBeLessThanOrEqual(REPLAYED_MS);
		});
	});

	test("sees presses on the heatmap at 390 and 1440 px", async () => {
		const selector = '[data-testid="check-delivery"]';
		await visitShop(async (_, page) => {
			// What is pressed before the recorder looks is counted, and what came of it nobody knows.
			await page.waitForFunction(() => {
				const { snag } = window as { snag?: { sessionUrl?(): string | undefined } };
				return snag?.sessionUrl?.() !== undefined;
			});
			for (let press = 0; press < 5; press++) await page.click(selector);
			await api(
				"/heatmap?page=/product/fleet-mug",
				({ presses }: { presses: number }) => presses >= 5,
			);
		});
		for (const width of [390, 1440]) {
			await viewer.goto(
				`${snag.url}/sites/1/heatmaps/map?page=%2Fproduct%2Ffleet-mug&width=${width}`,
			);
			const { centre, peak, box } = await findHottest(viewer, width, selector);
			expect(peak).toBeGreaterThan(0);
			expect(isInside(centre, box, 4)).toBe(true);
			expect(await viewer.$eval("[data-shown]", (shown) => shown.textContent)).toMatch(
				/\d+ of \d+ press/,
			);
		}
	});

	test("opens every kind of map, two beside each other, and what is known of an element", async () => {
		const map = `${snag.url}/sites/1/heatmaps/map?page=%2Fproduct%2Ffleet-mug&width=1440`;
		await viewer.goto(map);
		for (const kind of [
			"first",
			"last",
			"rage",
			"dead",
			"error",
			"exposure",
			"scroll",
			"attention",
			"move",
		]) {
			await viewer.click(`.map-kinds [data-kind="${kind}"]`);
			await viewer.waitForSelector(`.map-room[data-state="drawn"][data-kind="${kind}"]`);
			expect(new URL(viewer.url()).searchParams.get("kind")).toBe(kind);
		}
		await viewer.goto(`${map}&versus=pointer%3Dtouch`);
		for (const side of ["A", "B"]) {
			await viewer.waitForSelector(`[data-label="${side}"][data-state="drawn"]`);
		}
		const says = await viewer.$eval(".map-verdict", (verdict) => verdict.textContent);
		expect(says).toMatch(/differ|Nothing was pressed/);
		await viewer.goto(map);
		await viewer.waitForSelector('[data-state="drawn"]');
		await viewer.click(".elements .element-name");
		await viewer.waitForSelector(".element-panel .examples a");
		expect(await viewer.$eval(".element-panel .rate", (rate) => rate.textContent)).toMatch(
			/\d+ of \d+ sessions.*95 % sure/s,
		);
	});

	test("finds the presses that came to nothing in the list, and in the replay on their button", async () => {
		await viewer.goto(`${snag.url}/sites/1/sessions`);
		await viewer.waitForSelector('.session-trouble[data-class="rage"]');
		expect(
			await viewer.$eval('.session-trouble[data-class="rage"]', (told) => told.textContent),
		).toMatch(/\d presses in [\d.]+ s on “Check delivery date”, none answered/);
		await viewer.click('.session-link:has(~ .session-trouble[data-class="rage"])');
		await viewer.waitForSelector('[data-episode="rage"] button:enabled');
		await viewer.click('[data-episode="rage"] button');
		await viewer.waitForSelector('.episode-outline[data-label="Rage presses"]:not([hidden])');
		expect(await viewer.$$eval(".seek-episode", (marks) => marks.length)).toBeGreaterThan(0);
	});

	test("reads where it goes wrong most, and follows it to the map, to the visits and into a replay", async () => {
		const rage = '.signal-row[data-signal="rage"]';
		await viewer.click('.shell-nav a[href$="/signals"]');
		await viewer.waitForSelector(rage);
		expect(await viewer.$eval(rage, (row) => row.textContent)).toMatch(
			/Rage presses.*Check delivery date.*\/product\/.*none answered.*\d+ of \d+ press/s,
		);
		await viewer.click(`${rage} a[href*="/heatmaps/"]`);
		await viewer.waitForSelector('.element-panel[data-element$="check-delivery"]');
		expect(new URL(viewer.url()).searchParams.get("kind")).toBe("rage");
		await viewer.waitForSelector('.map-room[data-state="drawn"][data-kind="rage"]');
		expect(
			await viewer.$(".map-unit"),
			"nothing to choose that would change nothing",
		).not.toBeNull();
		await viewer.goBack();
		await viewer.waitForSelector(rage);
		await viewer.keyboard.press("j");
		await viewer.keyboard.press("Enter");
		await viewer.waitForSelector(".filter-chip ~ .filter-chip ~ .filter-chip");
		await viewer.waitForSelector('.session-trouble[data-class="rage"][href*="/sessions/"]');
		const few = await viewer.$$eval("[data-session]", (rows) => rows.length);
		for (let left = 2; left >= 0; left--) {
			await viewer.click(".filter-chip");
			await viewer.waitForFunction(
				(count) => document.querySelectorAll(".filter-chip").length === count,
				{},
				left,
			);
		}
		expect(new URL(viewer.url()).search, "the period of the report").toBe("?days=28");
		await viewer.waitForFunction(
			(count) => document.querySelectorAll("[data-session]").length > count,
			{},
			few,
		);
		await viewer.click('.shell-nav a[href$="/signals"]');
		await viewer.waitForSelector(rage);
		await viewer.click(`${rage} .signal-replays a`);
		await viewer.waitForSelector("[data-time-ms]");
		await viewer.waitForSelector('[data-episode="rage"]');
	});

	test("draws a zone, reads what was done in it, and finds it again at another width", async () => {
		const map = `${snag.url}/sites/1/heatmaps/map?page=%2Fproduct%2Ffleet-mug&width=`;
		await viewer.goto(`${map}1440`);
		await viewer.waitForSelector('[data-state="drawn"]');
		await viewer.keyboard.press("z");
		await viewer.waitForSelector(".zone-draw[data-ready]");
		const button = await viewer.$('.map-box[data-key$="check-delivery"]');
		await button?.evaluate((node) => node.scrollIntoView({ block: "center" }));
		const box = await button?.boundingBox();
		if (box == null) throw new Error("the pressed button is not on the map");
		await viewer.mouse.move(box.x - 4, box.y - 4);
		await viewer.mouse.down();
		await viewer.mouse.move(box.x + box.width + 4, box.y + box.height + 4, { steps: 3 });
		await viewer.mouse.up();
		await viewer.waitForSelector('.zone[data-zone="Zone 1"] .zone-presses');
		await viewer.keyboard.type("Delivery");
		await viewer.keyboard.press("Enter");
		await viewer.waitForSelector('.zone[data-zone="Delivery"] .zone-presses');
		const says = () => viewer.$eval(".zone", (zone) => zone.textContent);
		const sums = await says();
		expect(sums).toMatch(/\d+ of \d+ sessions.*[1-9]\d* press.*% of all on this page/s);
		const { searchParams } = new URL(viewer.url());
		await viewer.goto(`${map}390&zones=${encodeURIComponent(searchParams.get("zones") ?? "")}`);
		await viewer.waitForSelector('[data-state="drawn"][data-width="390"]');
		await viewer.waitForSelector(".zone-mark");
		await viewer.waitForSelector(".zone-presses");
		expect(await says()).toBe(sums);
		expect(
			await viewer.evaluate(countZonePixels),
			"in the picture that is taken away",
		).toBeGreaterThan(500);
		await viewer.click(".zone [aria-label^=Remove]");
		await viewer.waitForFunction(() => document.querySelector(".zone-mark") === null);
		expect(new URL(viewer.url()).searchParams.has("zones")).toBe(false);
		await viewer.keyboard.press("Enter");
		await viewer.waitForSelector('.zone[data-zone="Delivery"]');
	});

	test("ends it with Ctrl-C within five seconds, ports free, no process left, and finds every session again", async () => {
		const before = await api<Sessions>(
			"/sessions?limit=200",
			({ sessions }) => sessions.length >= VISITS,
		);
		const children = await listChildren(snag.pid);
		expect(children.length).toBeGreaterThan(0);
		const { code, ms } = await snag.stop();
		expect(code).toBe(0);
		expect(ms).toBeLessThan(STOP_MS);
		for (const pid of children) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
		for (const url of [snag.url, snag.shopUrl]) await expect(fetch(url)).rejects.toThrow();
		snag = await startSnag({ dataFolder: folder.path, env });
		const after = await api<Sessions>(
			"/sessions?limit=200",
			({ sessions }) => sessions.length === before.sessions.length,
		);
		expect(after.sessions.map(({ id }) => id)).toEqual(before.sessions.map(({ id }) => id));
	});

	/** Loads a product page of the shop in a fresh browser profile and keeps it open for a while. */
	const visitShop = (whileOpen: (loadedAt: number, page: Page) => Promise<void>) =>
		browser().withPage(
			async ({ page }) => {
				await page.goto(`${snag.shopUrl}/product/fleet-mug`, { waitUntil: "load" });
				await whileOpen(performance.now(), page);
			},
			{ viewport: WIDE },
		);

	const api = <T>(path: string, isWanted: (answer: T) => boolean): Promise<T> => {
		const headers = { authorization: `Bearer ${snag.token}` };
		return waitFor(
			async () => {
				const answer = await fetch(`${snag.url}/api/v1/sites/1${path}`, { headers });
				const value = (await answer.json()) as T;
				return answer.ok && isWanted(value) ? value : undefined;
			},
			{ what: `the wanted answer of ${path}`, timeoutMs: 20_000 },
		) as Promise<T>;
	};
});

async function listChildren(pid: number): Promise<number[]> {
	const { execFile } = await import("node:child_process");
	return new Promise((resolve) => {
		execFile("ps", ["-A", "-o", "pid=,ppid="], (_, output) => {
			const rows = output
				.trim()
				.split("\n")
				.map((line) => line.trim().split(/\s+/).map(Number));
			resolve(rows.filter(([, parent]) => parent === pid).map(([child]) => child ?? 0));
		});
	});
}

/** Takes the picture of the map that is shown away, and looks for the colour of zones in it. */
async function countZonePixels(): Promise<number> {
	const taken = new Promise<Blob>((resolve) => {
		const name = URL.createObjectURL;
		URL.createObjectURL = (blob: Blob) => {
			URL.createObjectURL = name;
			resolve(blob);
			return name.call(URL, blob);
		};
	});
	const buttons = [...document.querySelectorAll<HTMLElement>(".menu-list button")];
	buttons.find(({ textContent }) => textContent?.includes("PNG"))?.click();
	const picture = await createImageBitmap(await taken);
	const canvas = new OffscreenCanvas(picture.width, picture.height);
	const context = canvas.getContext("2d");
	context?.drawImage(picture, 0, 0);
	const { data } = context?.getImageData(0, 0, picture.width, picture.height) ?? { data: [] };
	let found = 0;
	for (let at = 0; at < data.length; at += 4) {
		if (data[at] === 95 && data[at + 1] === 199 && data[at + 2] === 179) found++;
	}
	return found;
}
