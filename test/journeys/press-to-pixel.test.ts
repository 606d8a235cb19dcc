// The road of a press, from a visitor's page to the pixels of a heatmap, and of a page from the live DOM
// to the replayed one: in a real browser, once on the disk store and once on a real S3 server.
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deadButton } from "../../demo/faults.ts";
import { steps } from "../../demo/visitor.ts";
import type { Backdrop, Heatmap, Manifest, ReplayEvent, Sessions } from "../../protocol/api.ts";
import { parseConfig } from "../../server/config.ts";
import { createStore } from "../../server/store/create-store.ts";
import { s3Environment } from "../server/s3-storage.ts";
import type { TestBrowser } from "../support/browser.ts";
import type { S3Server } from "../support/ceph-s3.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { describeWithBrowser, describeWithS3 } from "../support/suites.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { findHottest, isInside } from "./heat-pixels.ts";
import { findText, readChunkTexts, readControlTexts, readIndexTexts } from "./search-stored.ts";
import { IGNORED_DIFFERENCES, serializePage } from "./serialize-page.ts";

const WIDE = { width: 1440, height: 900 };
const SECRETS = {
	"a typed e-mail address": "canary.mail@private.example",
	"a typed name": "Canarina Secretsson",
	"a chosen country": "Ireland",
	"a content-editable note": "canary note for nobody",
	"a card number": "4242424242424242",
	"a query": "canary-query-17",
	"a hash": "canary-hash-18",
} as const;
/** Read on the page, so it must be found wherever pages are kept. */
const CONTROL = "At your door in";

describeWithBrowser("on the disk store", (browser) => {
	testJourney(browser, () => undefined);
});
describeWithBrowser("beside a real S3 server", (browser) => {
	describeWithS3("on its buckets", (s3) => testJourney(browser, s3));
});

function testJourney(browser: () => TestBrowser, s3: () => S3Server | undefined): void {
	let folder: TempFolder;
	let snag: SnagProcess;
	let env: Record<string, string>;
	beforeAll(async () => {
		const bucket = s3();
		folder = await createTempFolder("journey");
		env = { SNAG_LOG_LEVEL: "trace", ...(bucket === undefined ? {} : s3Environment(bucket)) };
		snag = await startSnag({ dataFolder: folder.path, env });
	}, 180_000);
	afterAll(async () => {
		await snag?.stop();
		await folder?.remove();
	});

	const api = async <T>(path: string): Promise<T> => {
		const headers = { authorization: `Bearer ${snag.token}` };
		const answer = await fetch(`${snag.url}/api/v1${path}`, { headers });
		if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as T;
	};
	const newestSession = (isWanted: (manifest: Manifest) => boolean) =>
		waitFor(
			async () => {
				const { sessions } = await api<Sessions>("/sites/1/sessions?limit=1");
				const manifest = await api<Manifest>(`/sites/1/sessions/${sessions[0]?.id}`);
				return isWanted(manifest) ? manifest : undefined;
			},
			{ what: "the session of the visit", timeoutMs: 40_000 },
		);
	const inViewer = <T>(
		path: string,
		body: (page: Page) => Promise<T>,
		prepare?: (page: Page) => Promise<void>,
	) =>
		browser().withPage(
			async ({ page, problems }) => {
				await page.goto(snag.signInUrl);
				await prepare?.(page);
				await page.goto(`${snag.url}${path}`);
				const result = await body(page);
				expect(problems).toEqual([]);
				return result;
			},
			{ viewport: WIDE },
		);

	const instants: { name: string; at: number; live: string }[] = [];
	let session: Manifest["session"];

	test("a visit is recorded: pages, presses, and the last one right before leaving", async () => {
		const manifest = await browser().withPage(
			async ({ page, problems }) => {
				const query = `?token=${SECRETS["a query"]}#${SECRETS["a hash"]}`;
				await page.goto(`${snag.shopUrl}/products${query}`);
				await recordingBegan(page);
				await steps.filterList(page);
				instants.push(await takeInstant(page, "the filtered list"));
				await steps.openProduct(page);
				await recordingBegan(page);
				await steps.chooseGlaze(page);
				await steps.chooseSize(page);
				await steps.addToCart(page);
				instants.push(await takeInstant(page, "the product with its toast"));
				await steps.openCart(page);
				await recordingBegan(page);
				await steps.changeQuantity(page);
				await steps.openCheckout(page);
				await recordingBegan(page);
				await page.type("#email", SECRETS["a typed e-mail address"]);
				await page.type("#name", SECRETS["a typed name"]);
				await page.select("#country", SECRETS["a chosen country"]);
				await page.type("#gift-note", SECRETS["a content-editable note"]);
				await page.type("#cc-number", SECRETS["a card number"]);
				instants.push(await takeInstant(page, "the filled checkout"));
				await page.click(".radio");
				await steps.leave(page);
				expect(problems).toEqual([]);
				// Closing the browser would cut what the page has just sent on its way out.
				return newestSession(({ markers }) => {
					const last = markers.at(-1);
					return last?.detail === "unload" && last.page === "/checkout";
				});
			},
			{ viewport: WIDE },
		);
		session = manifest.session;
		const lastPress = manifest.markers.findLast(({ kind: marker }) => marker === "press");
		expect(lastPress?.page).toBe("/checkout");
		expect(manifest.streams.flatMap(({ gaps }) => gaps)).toEqual([]);
		expect(manifest.session).toMatchObject({ playable: true, pageViews: 4, viewport: WIDE });
	});

	test("the replayed page is the live page, at three instants", async () => {
		expect(instants).toHaveLength(3);
		expect(IGNORED_DIFFERENCES.length).toBeLessThanOrEqual(10);
		for (const { at, live } of instants) {
			const replayed = await inViewer(replayPath(at), serializeReplay);
			expect(replayed).toBe(live);
		}
	});

	test("the comparison fails when a single addition is left out", async () => {
		const { at, live } = instants[1] ?? { at: 0, live: "" };
		const events = await api<ReplayEvent[]>(`/sites/1/sessions/${session.id}/events`);
		const removed = events.findLast((event) => event.timestamp <= at && isAddition(event));
		expect(removed).toBeDefined();
		const replayed = await inViewer(replayPath(at), serializeReplay, (page) =>
			leaveOutMutation(page, removed?.timestamp ?? 0),
		);
		expect(replayed).not.toBe(live);
	});

	test("the frame of the replayed page runs nothing and the page loads nothing for it", async () => {
		await inViewer(replayPath(instants[0]?.at ?? 0), async (page) => {
			await page.waitForSelector("[data-stage] iframe");
			const sandbox = await page.$eval("[data-stage] iframe", (frame) =>
				frame.getAttribute("sandbox"),
			);
			expect(sandbox).toBe("allow-same-origin");
		});
	});

	const pressOn = (selector: string, times: number, wanted: number) =>
		browser().withPage(
			async ({ page }) => {
				await page.goto(`${snag.shopUrl}/product/fleet-mug`);
				await recordingBegan(page);
				for (let press = 0; press < times; press++) await page.click(selector);
				await steps.leave(page);
				await pressesCounted(wanted);
			},
			{ viewport: WIDE },
		);
	const pressesCounted = (presses: number) =>
		waitFor(
			async () => {
				const map = await api<Heatmap>("/sites/1/heatmap?page=/product/fleet-mug");
				// A map needs its picture too, which comes in a chunk of its own.
				await api<Backdrop>("/sites/1/heatmap/backdrop?page=/product/fleet-mug&width=1440");
				return map.presses >= presses;
			},
			{ what: `${presses} presses and a backdrop`, timeoutMs: 40_000 },
		);
	const readHeat = (width: number, selector: string) =>
		inViewer(`/sites/1/heatmaps/map?page=%2Fproduct%2Ffleet-mug&unit=all&width=${width}`, (page) =>
			findHottest(page, width, selector),
		);

	test("the hottest place around a pressed element is in it, at a width it was not pressed at, and comes with the presses", {
		timeout: 120_000,
	}, async () => {
		const before = await api<{ presses: number }>("/sites/1/heatmap?page=/product/fleet-mug");
		await pressOn(deadButton.selector, 6, before.presses + 6);
		const dead = await readHeat(390, deadButton.selector);
		expect(dead.peak).toBeGreaterThan(0);
		expect(isInside(dead.centre, dead.box, 4), JSON.stringify(dead)).toBe(true);
		const other = '[data-view="above"]';
		const cool = await readHeat(390, other);
		await pressOn(other, 14, before.presses + 20);
		const { centre, peak, box } = await readHeat(390, other);
		expect(peak).toBeGreaterThan(cool.peak);
		expect([centre, box, isInside(centre, box, 4)]).toEqual([centre, box, true]);
	});

	test("what was typed, chosen or in a query is in no chunk, no row, no log; what was on the page is", async () => {
		const output = snag.output();
		await snag.stop();
		Object.assign(process.env, env);
		const store = createStore(parseConfig({ ...env, SNAG_DATA: folder.path }).storage);
		const chunks = await readChunkTexts(store);
		const rows = await readIndexTexts(folder.path);
		const control = await readControlTexts(folder.path);
		const all = [...chunks, ...rows, ...control, { where: "the log", text: output }];
		for (const [name, secret] of Object.entries(SECRETS)) {
			expect([name, findText(all, secret)]).toEqual([name, []]);
		}
		expect(findText(chunks, CONTROL).length).toBeGreaterThan(0);
		expect(findText(rows, "Check delivery date").length).toBeGreaterThan(0);
		expect(findText(control, "Demo shop").length).toBeGreaterThan(0);
		expect(findText([{ where: "the log", text: output }], "Demo shop")).toHaveLength(1);
	});

	const replayPath = (at: number) =>
		`/sites/1/sessions/${session.id}?t=${((at - session.startedAt) / 1000).toFixed(3)}`;
}

/** The recorder takes its snapshot a moment after the page is there. */
function recordingBegan(page: Page): Promise<unknown> {
	return page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes("snag")));
}

/** Waits until the page stands still, so that one instant has one DOM. */
async function takeInstant(page: Page, name: string) {
	const taken = await page.evaluate(
		`new Promise((resolve) => {
			const serialize = ${serializePage.toString()};
			let timer;
			const settle = () => {
				clearTimeout(timer);
				timer = setTimeout(() => {
					observer.disconnect();
					resolve({ at: Date.now(), live: serialize(document) });
				}, 400);
			};
			const observer = new MutationObserver(settle);
			observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
			settle();
		})`,
	);
	return { name, ...(taken as { at: number; live: string }) };
}

async function serializeReplay(page: Page): Promise<string> {
	await page.waitForSelector('[data-time-ms][data-state="ready"]');
	return (await page.evaluate(
		`(${serializePage.toString()})(document.querySelector("[data-stage] iframe").contentDocument)`,
	)) as string;
}

/** Takes one mutation out of what the viewer's loader hands to the player. */
async function leaveOutMutation(page: Page, at: number): Promise<void> {
	await page.evaluateOnNewDocument((timestamp: number) => {
		type Report = { events?: { timestamp: number; data: { source?: number } }[] };
		const RealWorker = window.Worker;
		window.Worker = class extends RealWorker {
			override set onmessage(listener: Worker["onmessage"]) {
				super.onmessage = ({ data }: MessageEvent<Report>) => {
					const events = data.events?.filter(
						(event) => event.timestamp !== timestamp || event.data.source !== 0,
					);
					const changed = events === undefined ? data : { ...data, events };
					listener?.call(this, new MessageEvent("message", { data: changed }));
				};
			}
		};
	}, at);
}

/** Something new on the page is seen; an attribute may change without a trace. */
function isAddition({ type, data }: ReplayEvent): boolean {
	const mutation = data as { source?: number; adds?: unknown[] };
	return type === 3 && mutation.source === 0 && (mutation.adds?.length ?? 0) > 0;
}
