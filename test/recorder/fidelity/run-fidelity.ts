// Drives a page through its steps while an engine records it, and compares it at every checkpoint with what
// rrweb's replayer makes of the events so far. The browser and the engine are parameters. Trees and events
// go to and from the browser as text: its protocol does not carry deep nesting.
import type { HTTPRequest, Page } from "puppeteer-core";
import type { RrwebEvent } from "../../../protocol/packed-event.ts";
import type { TestBrowser } from "../../support/browser.ts";
import { bundlePage } from "../../support/bundle-page.ts";
import { bundleApp } from "./bundle-app.ts";
import { compareTrees, type TreeDifference } from "./compare-trees.ts";
import { APP_PATH, type FidelityPage, writeDocument } from "./fidelity-page.ts";
import { type KeptFiles, receive, serveKept, withoutUrls } from "./kept-files.ts";
import type { Checkpoint } from "./live-page.ts";
import type { NormalNode } from "./normal-tree.ts";
import { ADDRESS } from "./normal-url.ts";
import type {} from "./replay-page.ts";

/** The page script of an engine, beside this file. */
export type EngineName = "engine-snag" | "engine-kept" | "engine-rrweb";

export interface Fidelity {
	name: string;
	checkpoints: number;
	events: number;
	differences: FidelityDifference[];
	/** Share of pixels that differ at the end, of a page that shows what is recorded. */
	pixels: number | undefined;
}

export interface FidelityDifference extends TreeDifference {
	/** Steps that had been taken. */
	step: number;
}

export interface MeasureOptions {
	engine: EngineName;
	/** Whether screenshots are compared as well. */
	isSeen?: boolean;
	/** What the replay is not told of, so that the proof can be shown to fail: the `source` of events. */
	deaf?: number;
}

const CHECKPOINTS = 6;
/** Pages that are driven at the same time, each a process of its own. */
const WORKERS = 2;
/** An event that shows nothing. */
const CUSTOM = 5;
const QUIET_MS = 100;
const FILES_MS = 10_000;
const VIEWPORT = { width: 800, height: 600 };

/** In the order of the pages. */
export async function measureFidelity(
	browser: TestBrowser,
	pages: readonly FidelityPage[],
	options: MeasureOptions,
): Promise<Fidelity[]> {
	const [live, replay] = await Promise.all([
		bundlePage(new URL(`${options.engine}.ts`, import.meta.url)),
		bundlePage(new URL("replay-page.ts", import.meta.url)),
	]);
	const measured: Fidelity[] = [];
	const left = [...pages.entries()];
	const work = async () => {
		for (let next = left.shift(); next !== undefined; next = left.shift()) {
			const [at, page] = next;
			const driven = await drivePage(browser, await withApp(page), live);
			measured[at] = await compareReplays(browser, page, { ...options, driven, replay });
		}
	};
	await Promise.all(Array.from({ length: WORKERS }, work));
	return measured;
}

async function withApp(page: FidelityPage): Promise<FidelityPage> {
	if (page.app === undefined) return page;
	const script = { type: "text/javascript", body: await bundleApp(page.app) };
	return { ...page, files: { ...page.files, [APP_PATH]: script } };
}

/** One text per difference: page, step, place and both sides. */
export function describeFidelity({ name, differences }: Fidelity): string[] {
	return differences.map(
		({ step, path, fact, live, replay }) =>
			`${name}, after step ${step}: ${path} ${fact}\n  live   ${live}\n  replay ${replay}`,
	);
}

interface Driven {
	events: RrwebEvent[];
	checkpoints: (Checkpoint & { step: number })[];
	/** What is seen at the end, a PNG in base 64. */
	shot: string;
	/** Files that are told by name, of an engine that does so. */
	kept: KeptFiles | undefined;
}

function drivePage(browser: TestBrowser, page: FidelityPage, script: string): Promise<Driven> {
	return browser.withPage(
		async (opened) => {
			const live = opened.page;
			await live.evaluateOnNewDocument(script);
			await answerRequests(live, page);
			await live.goto(ADDRESS);
			const checkpoints: Driven["checkpoints"] = [];
			const check = async (step: number) => {
				const found = await live.evaluate(async () =>
					JSON.stringify(await window.live.checkpoint()),
				);
				checkpoints.push({ step, ...(JSON.parse(found) as Checkpoint) });
			};
			await check(0);
			const size = Math.ceil(page.steps.length / (page.checkpoints ?? CHECKPOINTS));
			for (let step = 0; step < page.steps.length; step += size) {
				const steps = page.steps.slice(step, step + size);
				await live.evaluate((given) => window.live.run(given), steps);
				await check(step + steps.length);
			}
			const failed = opened.problems.filter((text) => !text.includes("Failed to load"));
			if (failed.length > 0) throw new Error(`${page.name}: ${failed.join("; ")}`);
			const shot = await live.screenshot({ encoding: "base64" });
			const events = await live.evaluate(() => JSON.stringify(window.live.events()));
			const kept = await live.evaluate(() => window.readKept?.());
			const wire = JSON.parse(events) as RrwebEvent[];
			return { events: kept ? receive(wire, kept) : wire, checkpoints, shot, kept };
		},
		{ viewport: VIEWPORT },
	);
}

interface Recorded extends MeasureOptions {
	driven: Driven;
	/** The script of the page that replays. */
	replay: string;
}

function compareReplays(
	browser: TestBrowser,
	page: FidelityPage,
	{ driven, replay, deaf, isSeen = false }: Recorded,
): Promise<Fidelity> {
	const { kept } = driven;
	const events = driven.events.map((event) =>
		deaf !== undefined && (event.data as { source?: number }).source === deaf
			? { ...event, type: CUSTOM }
			: event,
	);
	return browser.withPage(
		async (opened) => {
			await openReplayPage(opened.page, kept ? serveKept(page, kept) : page, replay);
			const differences: FidelityDifference[] = [];
			for (const { step, events: count, tree } of driven.checkpoints) {
				const given = JSON.stringify(events.slice(0, count));
				const found = await opened.page.evaluate(
					async (events) => JSON.stringify(await window.rebuild(JSON.parse(events))),
					given,
				);
				const shown = JSON.parse(found) as NormalNode | string;
				const unlike =
					typeof shown === "string"
						? [{ path: "#document", fact: "replayer", live: "a page", replay: shown }]
						: compareTrees(
								...(kept
									? ([withoutUrls(tree), withoutUrls(shown)] as const)
									: ([tree, shown] as const)),
							);
				differences.push(...unlike.map((difference) => ({ ...difference, step })));
			}
			const pixels =
				isSeen && !page.isBlurred
					? await comparePixels(opened.page, events, driven.shot)
					: undefined;
			const { length: checkpoints } = driven.checkpoints;
			return { name: page.name, checkpoints, events: events.length, differences, pixels };
		},
		{ viewport: VIEWPORT },
	);
}

async function comparePixels(
	replay: Page,
	events: readonly RrwebEvent[],
	shot: string,
): Promise<number> {
	await replay.evaluate((events) => window.stand(JSON.parse(events)), JSON.stringify(events));
	// Nothing tells when a poster or a background is there. What a frame had asked for that has gone since
	// is never answered: then the picture is taken all the same, and what is missing on it is seen.
	const options = { idleTime: QUIET_MS, timeout: FILES_MS };
	await replay.waitForNetworkIdle(options).catch(() => undefined);
	const shown = await replay.screenshot({ encoding: "base64" });
	return replay.evaluate((live, replayed) => window.compareShots(live, replayed), shot, shown);
}

async function openReplayPage(replay: Page, page: FidelityPage, content: string): Promise<void> {
	await answerRequests(replay, { ...page, html: "<!doctype html><body></body>" });
	await replay.goto(ADDRESS);
	await replay.addScriptTag({ content });
}

async function answerRequests(page: Page, served: FidelityPage): Promise<void> {
	const body = writeDocument(served);
	await page.setRequestInterception(true);
	page.on("request", (request: HTTPRequest) => {
		const { pathname } = new URL(request.url());
		const file = pathname === "/" ? { type: "text/html", body } : served.files?.[pathname];
		const answer = file
			? { status: 200, contentType: withCharset(file.type), body: file.body }
			: { status: 204 };
		if (file?.lateMs === undefined) void request.respond(answer);
		else setTimeout(() => void request.respond(answer).catch(() => undefined), file.lateMs);
	});
}

/** Firefox complains of a page that does not say it. */
function withCharset(type: string): string {
	return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}
