// Drives a page through its steps while an engine records it, and compares it at every checkpoint with what
// rrweb's replayer makes of the events so far. The browser and the engine are parameters.
import type { HTTPRequest, Page } from "puppeteer-core";
import type { DomEvent } from "../../../recorder/privacy/mask-event.ts";
import type { TestBrowser } from "../../support/browser.ts";
import { bundlePage } from "../../support/bundle-page.ts";
import { compareTrees, type TreeDifference } from "./compare-trees.ts";
import { type FidelityPage, writeDocument } from "./fidelity-page.ts";
import type { Checkpoint } from "./live-page.ts";
import { ADDRESS } from "./normal-url.ts";
import type {} from "./replay-page.ts";

/** The page script of an engine, beside this file. */
export type EngineName = "engine-snag" | "engine-rrweb";

export interface Fidelity {
	name: string;
	checkpoints: number;
	events: number;
	differences: FidelityDifference[];
}

export interface FidelityDifference extends TreeDifference {
	/** Steps that had been taken. */
	step: number;
}

const CHECKPOINTS = 6;
/** Pages that are driven at the same time, each a process of its own. */
const WORKERS = 2;

/** In the order of the pages. */
export async function measureAll(
	browser: TestBrowser,
	pages: readonly FidelityPage[],
	engine: EngineName,
): Promise<Fidelity[]> {
	const measured: Fidelity[] = [];
	const left = [...pages.entries()];
	const work = async () => {
		for (let next = left.shift(); next !== undefined; next = left.shift()) {
			const [at, page] = next;
			measured[at] = await measureFidelity(browser, page, engine);
		}
	};
	await Promise.all(Array.from({ length: WORKERS }, work));
	return measured;
}

export async function measureFidelity(
	browser: TestBrowser,
	page: FidelityPage,
	engine: EngineName,
): Promise<Fidelity> {
	const { events, checkpoints } = await drivePage(browser, page, engine);
	const differences = await browser.withPage(async (opened) => {
		await openReplayPage(opened.page, page);
		const found: FidelityDifference[] = [];
		for (const { step, events: count, tree } of checkpoints) {
			const shown = await opened.page.evaluate(
				(given) => window.rebuild(given),
				events.slice(0, count),
			);
			const unlike =
				typeof shown === "string"
					? [{ path: "#document", fact: "replayer", live: "a page", replay: shown }]
					: compareTrees(tree, shown);
			found.push(...unlike.map((difference) => ({ ...difference, step })));
		}
		return found;
	});
	return { name: page.name, checkpoints: checkpoints.length, events: events.length, differences };
}

/** One text per difference: page, step, place and both sides. */
export function describeFidelity({ name, differences }: Fidelity): string[] {
	return differences.map(
		({ step, path, fact, live, replay }) =>
			`${name}, after step ${step}: ${path} ${fact}\n  live   ${live}\n  replay ${replay}`,
	);
}

interface Driven {
	events: DomEvent[];
	checkpoints: (Checkpoint & { step: number })[];
}

export function drivePage(
	browser: TestBrowser,
	page: FidelityPage,
	engine: EngineName,
): Promise<Driven> {
	return browser.withPage(async (opened) => {
		const live = opened.page;
		await live.evaluateOnNewDocument(await bundlePage(new URL(`${engine}.ts`, import.meta.url)));
		await answerRequests(live, page);
		await live.goto(ADDRESS);
		const checkpoints: Driven["checkpoints"] = [];
		const check = async (step: number) => {
			checkpoints.push({ step, ...(await live.evaluate(() => window.live.checkpoint())) });
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
		const events = await live.evaluate(() => JSON.stringify(window.live.events()));
		return { events: JSON.parse(events) as DomEvent[], checkpoints };
	});
}

async function openReplayPage(replay: Page, page: FidelityPage): Promise<void> {
	await answerRequests(replay, { ...page, html: "<!doctype html><body></body>" });
	await replay.goto(ADDRESS);
	const content = await bundlePage(new URL("replay-page.ts", import.meta.url));
	await replay.addScriptTag({ content });
}

async function answerRequests(page: Page, served: FidelityPage): Promise<void> {
	const body = writeDocument(served);
	await page.setRequestInterception(true);
	page.on("request", (request: HTTPRequest) => {
		const { pathname } = new URL(request.url());
		const file = pathname === "/" ? { type: "text/html", body } : served.files?.[pathname];
		void request.respond(
			file ? { status: 200, contentType: file.type, body: file.body } : { status: 204 },
		);
	});
}
