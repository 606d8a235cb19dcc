// One visit of one page with one recorder, in a browser context of its own: loaded, used, and then kept
// open until everything was sent, so that work which is put off is charged as well. All of it is traced,
// from the navigation to the end.
import type { Browser, Page } from "puppeteer-core";
import { makeGestures } from "./gestures.ts";
import type { LivePage } from "./live/live-page.ts";
import { findAddress, type MeasuredPage } from "./pages.ts";
import type { MeasuredRecorder } from "./recorders.ts";
import { readSentText } from "./sent-text.ts";
import type { Intake, Sink } from "./sink.ts";
import { CATEGORIES, type Cost, readCost, type TraceEvent } from "./trace.ts";

export interface Visit extends Cost {
	page: string;
	recorder: string;
	sentBytes: number;
	requests: number;
	loadedBytes: number;
	/** The last change of the page arrived as well. */
	isWhole: boolean;
}

export interface VisitOptions {
	browser: Browser;
	sink: Sink;
	page: MeasuredPage;
	recorder: MeasuredRecorder;
}

type Live = { bench: LivePage };

const VIEWPORT = { width: 1280, height: 900 };
/** A browser loads pages of its own into a new window, on the same processors. */
const WINDOW_MS = 1000;
const STARTED_MS = 1000;
/** A page that is only loaded is looked at this long, after which it changes once. */
const LOADED_MS = 3000;
/** Longer than any of them waits before sending: bare rrweb's ten seconds are the longest. */
const TAIL_MS = 11_000;
const QUIET_MS = 2500;
/** Somebody who still sends then is taken as it is. */
const LONGEST_TAIL_MS = 40_000;
const POLL_MS = 250;
const TIMEOUT_MS = 120_000;

/** Throws where the recorder has not recorded: what does nothing must not be the cheapest. */
export async function visitPage(options: VisitOptions): Promise<Visit> {
	const { browser, sink, page, recorder } = options;
	const context = await browser.createBrowserContext();
	try {
		const opened = await context.newPage();
		await opened.setViewport(VIEWPORT);
		await sleep(WINDOW_MS);
		const problems: unknown[] = [];
		opened.on("pageerror", (error) => problems.push(error));
		const intake = sink.begin();
		await opened.tracing.start({ categories: CATEGORIES });
		await walkThrough(opened, `${sink.pages}${findAddress(page, recorder)}`, page);
		const isWhole = await waitUntilSent(intake, options);
		const trace = await opened.tracing.stop();
		// A frame of another site would run in a process of its own, where nothing is charged.
		if (opened.frames().length > 1) throw new Error(`${recorder.name} has opened a frame`);
		// A page that broke did less than the others, or its recorder did.
		if (problems.length > 0) throw new Error(`${page.name}, ${recorder.name}: ${problems[0]}`);
		if (trace === undefined) throw new Error("there is no trace");
		const { traceEvents } = JSON.parse(Buffer.from(trace).toString()) as {
			traceEvents: TraceEvent[];
		};
		return {
			...{ page: page.name, recorder: recorder.name, ...readCost(traceEvents) },
			...{ sentBytes: intake.sentBytes, requests: intake.bodies.length },
			...{ loadedBytes: intake.loadedBytes, isWhole },
		};
	} finally {
		await context.close();
	}
}

async function walkThrough(
	opened: Page,
	address: string,
	{ seconds }: MeasuredPage,
): Promise<void> {
	await opened.goto(address, { waitUntil: "load", timeout: TIMEOUT_MS });
	await sleep(STARTED_MS);
	if (seconds > 0) await makeGestures(opened, seconds);
	else await sleep(LOADED_MS);
	await opened.waitForFunction(() => (window as unknown as Live).bench.left <= 0, {
		polling: POLL_MS,
		timeout: TIMEOUT_MS,
	});
	await opened.evaluate(() => (window as unknown as Live).bench.end());
}

/** @returns whether it recorded to the end */
async function waitUntilSent(intake: Intake, options: VisitOptions): Promise<boolean> {
	const { page, recorder } = options;
	const from = Date.now();
	await sleep(TAIL_MS);
	const isSent = createSearch(intake);
	const isQuiet = () => intake.open === 0 && Date.now() - intake.lastAt > QUIET_MS;
	const isDone = () => isQuiet() && (recorder.kind === "none" || isSent("bench-end"));
	while (!isDone() && Date.now() - from < LONGEST_TAIL_MS) await sleep(POLL_MS);
	if (recorder.kind === "none") return true;
	if (isSent("bench-begin")) return isSent("bench-end");
	const { length } = intake.bodies;
	throw new Error(`${recorder.name} has not recorded ${page.name}: ${length} requests`);
}

/** Looks for a text in all that was sent so far; each body is unpacked once. */
function createSearch({ bodies }: Intake): (text: string) => boolean {
	const texts: string[] = [];
	return (text) => {
		texts.push(...bodies.slice(texts.length).map(readSentText));
		return texts.some((sent) => sent.includes(text));
	};
}

function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
