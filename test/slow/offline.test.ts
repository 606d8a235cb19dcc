// A minute without a network, and what the visitor and the page do meanwhile: everything arrives, in order,
// and a replay of it shows what the page shows at the end. And a long one, in which more happens than may wait
// in memory: no more is kept then, what is left out is counted, and a replay shows the page again behind it.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { FACT_PRESS } from "../../protocol/fact.ts";
import type {} from "../recorder/fidelity/replay-page.ts";
import { type Intake, startIntake } from "../recorder/intake.ts";
import { recordingBegan } from "../recorder/recording-began.ts";
import { bundlePage } from "../support/bundle-page.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const PAGE = `<!doctype html><title>Page</title>{{script}}<body><button>Press</button><ol></ol></body>`;
const OFFLINE_MS = 60_000;
/** Characters of one change, and how many of them are twice what may wait. */
const PIECE_LENGTH = 128 * 1024;
const PIECES = 64;
/** What a page has beside what waits, which comes and goes. */
const MARGIN_BYTES = 1.5e6;
const OFFLINE = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };

let intake: Intake;
afterEach(() => intake.close());

const facts = () => intake.accepted.flatMap((received) => received.facts);
const presses = () => facts().filter(([code]) => code === FACT_PRESS).length;
const isTold = (text: string) => intake.accepted.some((received) => received.text.includes(text));
const write = (page: Page, text: string) =>
	page.evaluate((text) => {
		const item = document.createElement("li");
		item.textContent = text;
		document.querySelector("ol")?.append(item);
	}, text);
/** A word for each number, since the text rule hides numbers. */
const wordOf = (number: number) =>
	[...String(number)].map((digit) => "abcdefghij"[Number(digit)]).join("");

describeWithBrowser("a page that is offline", (browser) => {
	const visit = async (
		act: (page: Page, goOffline: (isOffline: boolean) => Promise<void>) => Promise<void>,
	) => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			const session = await page.createCDPSession();
			await session.send("Network.enable");
			await page.goto(intake.page("/"));
			await recordingBegan(page);
			await waitFor(() => intake.accepted.length > 0, { what: "the first upload" });
			await act(page, async (offline) => {
				await session.send("Network.emulateNetworkConditions", { ...OFFLINE, offline });
			});
		});
		const identity = ({ envelope }: Intake["accepted"][number]) => [
			envelope.sequence,
			envelope.part,
		];
		const order = intake.accepted.map((received) => identity(received).join("."));
		expect(new Set(order).size, "each once").toBe(order.length);
		const sequences = intake.accepted.map(({ envelope }) => envelope.sequence);
		expect(sequences, "in order").toEqual(sequences.toSorted((a, b) => a - b));
		expect([...new Set(sequences)], "none missing").toEqual(
			Array.from({ length: Math.max(...sequences) + 1 }, (_, at) => at),
		);
		expect(intake.conflicts).toEqual([]);
	};

	/** What a replay of everything that arrived shows at its end. */
	const replay = async (): Promise<string> => {
		const events = intake.accepted.flatMap((received) => received.events);
		const script = await bundlePage(
			new URL("../recorder/fidelity/replay-page.ts", import.meta.url),
		);
		return browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/away"));
			await page.evaluate(script);
			return page.evaluate(
				async (events) => JSON.stringify(await window.rebuild(JSON.parse(events))),
				JSON.stringify(events),
			);
		});
	};

	test("for a minute loses nothing", async () => {
		let shown = "";
		let count = 0;
		await visit(async (page, goOffline) => {
			await goOffline(true);
			const until = Date.now() + OFFLINE_MS;
			while (Date.now() < until) {
				await page.click("button");
				await write(page, `item ${wordOf(count++)}`);
				await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2000)));
			}
			await goOffline(false);
			await write(page, "back again");
			await waitFor(() => isTold("back again"), { what: "everything", timeoutMs: 120_000 });
			shown = await page.$eval("ol", (list) => list.textContent ?? "");
		});
		expect(count).toBeGreaterThan(10);
		expect(presses()).toBe(count);
		const dropped = intake.accepted.at(-1)?.envelope.dropped;
		expect(dropped).toEqual({ events: 0, chunks: 0, errors: 0 });
		const rebuilt = await replay();
		const replayed = [...rebuilt.matchAll(/item [a-j]+|back again/g)].join("");
		expect(replayed).toBe(shown);
		console.log(
			`${count} presses, ${intake.accepted.length} uploads behind ${OFFLINE_MS / 1000} s`,
		);
	});

	test("for long keeps what it may, counts what it may not, and goes on", async () => {
		const heaps: number[] = [];
		let last = "";
		await visit(async (page, goOffline) => {
			const session = await page.createCDPSession();
			await goOffline(true);
			for (let piece = 1; piece <= PIECES; piece++) {
				await page.click("button");
				last = await page.evaluate(change, PIECE_LENGTH);
				if (piece % (PIECES / 4) > 0) continue;
				await session.send("HeapProfiler.collectGarbage");
				heaps.push((await session.send("Runtime.getHeapUsage")).usedSize);
			}
			await goOffline(false);
			const isCounted = () => intake.accepted.some(({ envelope }) => envelope.dropped.events > 0);
			await waitFor(isCounted, { what: "the count of what was left out", timeoutMs: 120_000 });
			await write(page, "back again");
			await waitFor(() => isTold("back again"), { what: "the end", timeoutMs: 120_000 });
		});
		const { dropped, cost } = intake.accepted.at(-1)?.envelope ?? {};
		const wire = intake.accepted.reduce((sum, { text }) => sum + text.length, 0);
		console.log(`${wire} characters arrived, step ${cost?.step}`, dropped, "heap", heaps);
		expect((heaps[3] ?? 0) - (heaps[2] ?? 0), "heap").toBeLessThan(MARGIN_BYTES);
		expect(dropped).toMatchObject({ chunks: 0, errors: 0 });
		expect(dropped?.events).toBeGreaterThan(PIECES / 4);
		expect(presses(), "facts are small, and all there").toBe(PIECES);
		const rebuilt = await replay();
		expect(rebuilt).toContain("back again");
		expect(rebuilt).toContain(last);
	});
});

/** Puts other words where some were, and waits until they are drawn and told. @returns how they begin */
async function change(length: number): Promise<string> {
	const letter = () => String.fromCharCode(97 + Math.floor(Math.random() * 26));
	const text = Array.from({ length }, letter).join("").replace(/.{9}/g, "$& ");
	const item = document.createElement("li");
	item.textContent = text;
	document.querySelector("ol")?.replaceChildren(item);
	await new Promise((resolve) => setTimeout(resolve, 250));
	return text.slice(0, 200);
}
