// Opens the proof's page in a browser and runs sessions through it: generated ones, and recorded pages.
import type { OpenedPage, TestBrowser } from "../../support/browser.ts";
import { bundlePage } from "../../support/bundle-page.ts";
import { generateSession } from "./generated-session.ts";
import type { Difference, Proof, ProofOptions } from "./proof-page.ts";
import { createRandom } from "./random.ts";
import type {} from "./record-page.ts";
import { RECORDED_PAGES, type RecordedPage, writePage } from "./recorded-pages.ts";

export interface Proven {
	compared: number;
	/** Those of them with a page that was changed in place. */
	changed: number;
	/** One text per session that differs: its seed or page, the instant, the first line. */
	differences: string[];
	/** What could not be folded, with the number of instants without a keyframe. */
	unfolded: Record<string, number>;
}

type Prove = (options: ProofOptions) => Promise<Proof>;

interface Timed {
	type: number;
	timestamp: number;
}

const FULL_SNAPSHOT = 2;
const ADDRESS = "http://page.test/";
const EVENTS = 120;
/** Replayers leave behind what a browser frees only with their page: gigabytes after 200 sessions. */
const PAGE_SESSIONS = 10;
/** Pages that work at the same time, each a process of its own. */
const PAGES = 2;

export async function proveGenerated(
	browser: TestBrowser,
	{ seeds, times, isFaulty = false }: { seeds: number[]; times: number; isFaulty?: boolean },
): Promise<Proven> {
	const proven: Proven = { compared: 0, changed: 0, differences: [], unfolded: {} };
	const left = [...seeds];
	const work = async () => {
		while (left.length > 0) {
			const own = left.splice(0, PAGE_SESSIONS);
			await withProver(browser, async (prove) => {
				for (const seed of own) {
					const proof = await prove(generatedProof(seed, times, isFaulty));
					take(proven, proof, `seed ${seed}`);
				}
			});
		}
	};
	await Promise.all(Array.from({ length: PAGES }, work));
	return proven;
}

export async function proveRecorded(
	browser: TestBrowser,
	{ name, times }: { name: string; times: number },
): Promise<Proven> {
	const proven: Proven = { compared: 0, changed: 0, differences: [], unfolded: {} };
	const recorded = RECORDED_PAGES.find((page) => page.name === name);
	if (recorded === undefined) throw new Error(`no page with ${name}`);
	const events = await browser.withPage((opened) => recordPage(opened, recorded));
	await withProver(browser, async (prove) => {
		const seed = RECORDED_PAGES.indexOf(recorded);
		const isOnward = !recorded.isTakenUpAgain;
		take(proven, await prove({ events, times: pickTimes(events, seed, times), isOnward }), name);
	});
	return proven;
}

/** @returns the first difference that is found where the fold is not told of something */
export async function proveDeaf(
	browser: TestBrowser,
	{ deaf, seeds }: { deaf: ProofOptions["deaf"]; seeds: number[] },
): Promise<string | undefined> {
	const proven: Proven = { compared: 0, changed: 0, differences: [], unfolded: {} };
	await withProver(browser, async (prove) => {
		for (const seed of seeds) {
			const options = generatedProof(seed, 3, false);
			take(proven, await prove({ ...options, deaf, isOnward: false }), `seed ${seed}`);
			if (proven.differences.length > 0) return;
		}
	});
	return proven.differences[0];
}

/** Every second session moves elements with shadow trees, two of three have dialogs. */
function generatedProof(seed: number, times: number, isFaulty: boolean): ProofOptions {
	const isMovingHosts = seed % 2 === 0;
	const hasDialogs = seed % 3 !== 0;
	const kinds = { isFaulty, isMovingHosts, hasDialogs };
	const events = generateSession({ seed, events: EVENTS, ...kinds });
	return {
		events,
		times: pickTimes(events as unknown as Timed[], seed, times),
		isOnward: !isFaulty && !isMovingHosts,
		isScrolled: !hasDialogs,
	};
}

async function withProver(
	browser: TestBrowser,
	body: (prove: Prove) => Promise<void>,
): Promise<void> {
	const content = await bundlePage(new URL("proof-page.ts", import.meta.url));
	await browser.withPage(async ({ page }) => {
		await page.setContent("<!doctype html><body></body>");
		await page.addScriptTag({ content });
		await body((options) => page.evaluate((given) => window.prove(given), options));
	});
}

function take(proven: Proven, proof: Proof, name: string): void {
	proven.compared += proof.compared;
	proven.changed += proof.changed;
	const [first] = proof.differences;
	if (first !== undefined) proven.differences.push(describeDifference(name, first));
	for (const kind of proof.unfolded) proven.unfolded[kind] = (proven.unfolded[kind] ?? 0) + 1;
}

/** A page goes through its steps while it is recorded. */
async function recordPage(
	{ page, problems }: OpenedPage,
	recorded: RecordedPage,
): Promise<Timed[]> {
	await page.evaluateOnNewDocument(await bundlePage(new URL("record-page.ts", import.meta.url)));
	await page.setRequestInterception(true);
	page.on("request", (request) => {
		const isPage = request.url() === ADDRESS;
		const body = isPage ? writePage(recorded) : "";
		void request.respond({ status: isPage ? 200 : 204, contentType: "text/html", body });
	});
	await page.goto(ADDRESS);
	await page.waitForFunction(() => window.isDone === true);
	const failed = problems.filter((text) => !text.includes("Failed to load"));
	if (failed.length > 0) throw new Error(`${recorded.name}: ${failed.join("; ")}`);
	return JSON.parse(await page.evaluate(() => JSON.stringify(window.recorded))) as Timed[];
}

/** Random instants between the first snapshot and the last event, and the very last. */
function pickTimes(events: readonly Timed[], seed: number, count: number): number[] {
	const random = createRandom(seed);
	const first = events.find(({ type }) => type === FULL_SNAPSHOT)?.timestamp ?? 0;
	const last = events.at(-1)?.timestamp ?? 0;
	const times = Array.from({ length: count - 1 }, () => first + random.below(last - first + 1));
	return [...times, last].sort((a, b) => a - b);
}

function describeDifference(name: string, difference: Difference): string {
	const { at, kind, before, plain, folded } = difference;
	return [
		`${name} at ${at}, ${kind}:`,
		...before.map((line) => `    ${line}`),
		`  plain  ${plain}`,
		`  folded ${folded}`,
	].join("\n");
}
