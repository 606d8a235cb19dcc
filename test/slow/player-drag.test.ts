// Two hours in a real browser: the time line is dragged end to end and back, then ten markers are jumped
// to. Nobody may see a blank page, no task of ours may hold the page for 100 ms, and what a session took
// is given back when it is left.
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createLongSession } from "../../bench/sessions/create-session.ts";
import { recordSession, uploadSession } from "../../bench/sessions/upload-session.ts";
import type { Manifest } from "../../protocol/api.ts";
import { ORIGIN, startTestServer, type TestServer } from "../server/start-server.ts";
import { launchBrowser, type TestBrowser } from "../support/browser.ts";
import { waitFor } from "../support/wait-for.ts";
import { measureTasks } from "../viewer/player/main-thread.ts";
import { startScreencast } from "../viewer/player/screencast.ts";
import { dragEndToEnd, isShown, jumpToMarkers } from "../viewer/player/time-line.ts";

const SEED = 20_261;
const TASK_MS = 100;
const ONE_COLOUR = 0.99;
const OPENS = 30;
/** Of the hand, each way. */
const STEPS = 40;
const HEAP_PER_OPEN_MB = 5;
const HOUR_MS = 3_600_000;
const MB = 1024 * 1024;
const VIEWPORT = { width: 1440, height: 900 };
/** A machine that others use too takes its time; what is measured does not depend on it. */
const PATIENCE_MS = 900_000;

const suite = inject("chromium").state === "ready" ? describe : describe.skip;

suite("a session of two hours", () => {
	let server: TestServer;
	let browser: TestBrowser;
	let session = "";

	beforeAll(async () => {
		server = await startTestServer({ SNAG_IDLE_SECONDS: "5" });
		browser = await launchBrowser();
		const startedAt = Date.now() - 2.1 * HOUR_MS;
		const recorded = recordSession(createLongSession({ seed: SEED, startedAt }), SEED);
		session = recorded.id;
		const target = { url: server.url, siteKey: server.siteKey, origin: ORIGIN };
		await uploadSession(target, [...recorded.chunks]);
		await waitFor(
			async () => {
				const answer = await server.get(`/sites/${server.siteId}/sessions/${session}`);
				return ((await answer.json()) as Manifest).recording !== "";
			},
			{ what: "the session to be finished", timeoutMs: 240_000 },
		);
		console.log(`seed ${SEED}, session ${session}`);
	});
	afterAll(async () => {
		await browser?.close();
		await server?.close();
	});

	const withViewer = (body: (page: Page) => Promise<void>) =>
		browser.withPage(
			async ({ page, problems }) => {
				await page.goto(`${server.url}/?token=${server.server.token}`);
				await body(page);
				expect(problems).toEqual([]);
			},
			{ viewport: VIEWPORT },
		);
	const open = async (page: Page) => {
		await page.goto(`${server.url}/sites/${server.siteId}/sessions/${session}`);
		await isShown(page);
	};
	const stagePlace = (page: Page) =>
		page.$eval(".player-stage", (stage) => {
			const { left, top, width, height } = stage.getBoundingClientRect();
			return { left, top, width, height };
		});

	test(
		"is dragged through and jumped about in without a blank frame",
		async () => {
			await withViewer(async (page) => {
				await open(page);
				const cast = await startScreencast(page, await stagePlace(page));
				await dragEndToEnd(page, { steps: STEPS });
				await dragEndToEnd(page, { steps: STEPS });
				await jumpToMarkers(page, 10);
				const shares = await cast.stop();
				const most = Math.max(...shares);
				console.log(`${shares.length} frames, at most ${(most * 100).toFixed(1)} % of one colour`);
				expect(shares.length).toBeGreaterThan(20);
				expect(most).toBeLessThanOrEqual(ONE_COLOUR);
			});
		},
		PATIENCE_MS,
	);

	test(
		`holds the page for no more than ${TASK_MS} ms in one task meanwhile`,
		async () => {
			await withViewer(async (page) => {
				await open(page);
				const { workMs, wallMs, count } = await measureTasks(page, async () => {
					await dragEndToEnd(page, { steps: STEPS });
					await dragEndToEnd(page, { steps: STEPS });
					await jumpToMarkers(page, 10);
				});
				console.log(
					`${count} tasks, the longest ${workMs.toFixed(0)} ms of work, ${wallMs.toFixed(0)} ms on the clock`,
				);
				expect(workMs).toBeLessThanOrEqual(TASK_MS);
			});
		},
		PATIENCE_MS,
	);

	test(
		`gives back what it took, to ${HEAP_PER_OPEN_MB} MB each over ${OPENS} times`,
		async () => {
			await withViewer(async (page) => {
				const client = await page.createCDPSession();
				const readHeap = async () => {
					await client.send("HeapProfiler.collectGarbage");
					const { JSHeapUsedSize = 0, Documents = 0, Nodes = 0 } = await page.metrics();
					return { megabytes: JSHeapUsedSize / MB, documents: Documents, nodes: Nodes };
				};
				const openAndLeave = async () => {
					await (await page.waitForSelector("[data-session] a"))?.click();
					await isShown(page);
					await page.evaluate(() => history.back());
					await page.waitForSelector("[data-session] a");
				};
				await page.goto(`${server.url}/sites/${server.siteId}/sessions`);
				await openAndLeave();
				const before = await readHeap();
				for (let round = 0; round < OPENS; round++) await openAndLeave();
				const after = await readHeap();
				console.log(
					`before ${JSON.stringify(before)}, after ${OPENS} more ${JSON.stringify(after)}`,
				);
				expect(after.megabytes - before.megabytes).toBeLessThanOrEqual(OPENS * HEAP_PER_OPEN_MB);
				// Stricter than the heap: not one document of a replayed page may stay.
				expect(after.documents - before.documents).toBeLessThan(OPENS);
			});
		},
		PATIENCE_MS,
	);
});
