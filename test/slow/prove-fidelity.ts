// The whole proof of fidelity in one browser: every page of the corpus and pages that are changed at
// random are recorded by our own capture and by bare rrweb, and what rrweb's replayer makes of the events
// is compared with the live page at every checkpoint, at the end by its pixels as well. Where rrweb's own
// recorder fails, the page is named and may fail; where it does not, ours must not.
//   SNAG_PAGE="frames" npm run test:slow -- fidelity              pages whose names hold the word
//   SNAG_SHARD=2/4 npm run test:slow -- fidelity                  a quarter of them
//   SNAG_SEED=60 SNAG_SESSIONS=1 npm run test:slow -- fidelity    one random page again
import { expect, test } from "vitest";
import type { FidelityPage } from "../recorder/fidelity/fidelity-page.ts";
import { corpus } from "../recorder/fidelity/pages/corpus.ts";
import { randomPage } from "../recorder/fidelity/pages/random-page.ts";
import {
	describeFidelity,
	type Fidelity,
	measureFidelity,
} from "../recorder/fidelity/run-fidelity.ts";
import type { TestBrowser } from "../support/browser.ts";

const TIMEOUT_MS = 3_600_000;
/** When a frame is seen to have loaded is a race, which rrweb does not lose every time. */
const RRWEB_TRIES = 4;
const MAX_UNLIKE_PIXELS = 0.005;
const WORD = process.env.SNAG_PAGE ?? "";
const FIRST_SEED = Number(process.env.SNAG_SEED ?? 1);
const SEEDS = Number(process.env.SNAG_SESSIONS ?? 60);

/** The tests of a suite that has a browser. */
export function proveFidelity(browser: () => TestBrowser): void {
	test(
		"shows what the page shows, wherever rrweb's recorder can do so",
		async () => {
			const pages = takeShard(corpus.filter(({ name }) => name.includes(WORD)));
			const own = await measureFidelity(browser(), pages, { engine: "engine-snag", isSeen: true });
			const bare = await measureFidelity(browser(), pages, { engine: "engine-rrweb" });
			report("our capture", own);
			report("bare rrweb", bare);
			reportPages(own, bare);
			const allowed = pages.filter((_, at) => differs(bare[at]));
			expect(await failuresOf(browser(), pages, { own, allowed })).toBe("");
		},
		TIMEOUT_MS,
	);

	test(
		"shows what the page shows with the files that were kept of it",
		async () => {
			const pages = takeShard(corpus.filter(({ name, files }) => files && name.includes(WORD)));
			const own = await measureFidelity(browser(), pages, { engine: "engine-kept", isSeen: true });
			report("our capture with kept files", own);
			expect(await failuresOf(browser(), pages, { own, allowed: [] })).toBe("");
		},
		TIMEOUT_MS,
	);

	test(
		"shows pages that are changed at random",
		async () => {
			const seeds = Array.from({ length: SEEDS }, (_, at) => randomPage(FIRST_SEED + at));
			const pages = takeShard(seeds);
			const own = await measureFidelity(browser(), pages, { engine: "engine-snag", isSeen: true });
			report("our capture", own);
			expect(await failuresOf(browser(), pages, { own, allowed: [] })).toBe("");
		},
		TIMEOUT_MS,
	);
}

/** `2/4`: every fourth one, beginning with the second. */
function takeShard<T>(all: readonly T[]): T[] {
	const [shard = 1, shards = 1] = (process.env.SNAG_SHARD ?? "1/1").split("/").map(Number);
	return all.filter((_, at) => at % shards === shard - 1);
}

interface Measured {
	own: readonly Fidelity[];
	/** Where rrweb is known to fail. */
	allowed: readonly FidelityPage[];
}

/** What is wrong with ours and not with rrweb's, which is asked again where it was right. */
async function failuresOf(
	browser: TestBrowser,
	pages: readonly FidelityPage[],
	{ own, allowed }: Measured,
): Promise<string> {
	const failures: string[] = [];
	for (const [at, page] of pages.entries()) {
		const measured = own[at];
		if (measured === undefined || !differs(measured) || allowed.includes(page)) continue;
		if (await failsWithRrweb(browser, page)) {
			console.log(`bare rrweb differs on ${page.name} as well, when it is asked again`);
			continue;
		}
		failures.push(...describeFidelity(measured).slice(0, 5), describePixels(measured));
	}
	return failures.join("\n\n");
}

async function failsWithRrweb(browser: TestBrowser, page: FidelityPage): Promise<boolean> {
	for (let tried = 1; tried < RRWEB_TRIES; tried++) {
		const options = { engine: "engine-rrweb", isSeen: true } as const;
		if (differs((await measureFidelity(browser, [page], options))[0])) return true;
	}
	return false;
}

function differs(measured: Fidelity | undefined): boolean {
	if (measured === undefined) return false;
	return measured.differences.length > 0 || (measured.pixels ?? 0) >= MAX_UNLIKE_PIXELS;
}

function report(name: string, measured: readonly Fidelity[]): void {
	const checkpoints = measured.reduce((sum, one) => sum + one.checkpoints, 0);
	const failed = measured.filter(differs);
	const shares = measured.flatMap(({ pixels }) => pixels ?? []);
	console.log(`${name}: ${measured.length} pages, ${checkpoints} checkpoints`);
	console.log(`${shares.length} seen, up to ${Math.max(0, ...shares) * 100} % of pixels differ`);
	for (const one of failed) {
		const [first] = describeFidelity(one);
		console.log(`${name} differs in ${one.differences.length} places, ${first ?? ""}`);
		console.log(`  ${describePixels(one)}`);
	}
}

/** A row for each page: its checkpoints, places that differ of ours and of rrweb's, pixels of ours. */
function reportPages(own: readonly Fidelity[], bare: readonly Fidelity[]): void {
	for (const [at, { name, checkpoints, differences, pixels }] of own.entries()) {
		const seen = pixels === undefined ? "" : `${(pixels * 100).toFixed(3)} %`;
		const others = bare[at]?.differences.length;
		console.log(`| ${name} | ${checkpoints} | ${differences.length} | ${others} | ${seen} |`);
	}
}

function describePixels({ name, pixels }: Fidelity): string {
	return pixels === undefined ? "" : `${name}: ${pixels * 100} % of pixels differ`;
}
