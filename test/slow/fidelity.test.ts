// The whole proof of fidelity: every page of the corpus is recorded by our own capture and by bare rrweb,
// and what rrweb's replayer makes of the events is compared with the live page at every checkpoint. Where
// rrweb's own recorder fails as well, the page is named and may fail; where it does not, ours must not.
//   SNAG_PAGE="frames" npm run test:slow -- fidelity     pages whose names hold the word
import { expect, test } from "vitest";
import { corpus } from "../recorder/fidelity/pages/corpus.ts";
import {
	describeFidelity,
	type Fidelity,
	measureFidelity,
} from "../recorder/fidelity/run-fidelity.ts";
import type { TestBrowser } from "../support/browser.ts";
import { describeWithBrowser } from "../support/suites.ts";

const TIMEOUT_MS = 1_800_000;
/** When a frame is seen to have loaded is a race, which rrweb does not lose every time. */
const RRWEB_TRIES = 3;
const WORD = process.env.SNAG_PAGE ?? "";

describeWithBrowser("a replay of what is recorded", (browser) => {
	test(
		"shows what the page shows, wherever rrweb's recorder can do so",
		async () => {
			const pages = corpus.filter(({ name }) => name.includes(WORD));
			const own = await measureFidelity(browser(), pages, {
				engine: "engine-snag",
				isSeen: true,
			});
			const bare = await measureFidelity(browser(), pages, { engine: "engine-rrweb" });
			const worse: Fidelity[] = [];
			for (const [at, page] of pages.entries()) {
				const measured = own[at];
				if (!measured || measured.differences.length === 0) continue;
				if (await isWrong(browser(), page.name, bare[at])) continue;
				worse.push(measured);
			}
			report(own, bare);
			expect(worse.flatMap(describeFidelity).slice(0, 20).join("\n\n")).toBe("");
		},
		TIMEOUT_MS,
	);
});

async function isWrong(
	browser: TestBrowser,
	name: string,
	first: Fidelity | undefined,
): Promise<boolean> {
	const page = corpus.find((one) => one.name === name);
	if (page === undefined || first === undefined) return false;
	let measured: Fidelity | undefined = first;
	for (let tried = 1; measured?.differences.length === 0 && tried < RRWEB_TRIES; tried++) {
		[measured] = await measureFidelity(browser, [page], { engine: "engine-rrweb" });
	}
	return measured !== undefined && measured.differences.length > 0;
}

function report(own: readonly Fidelity[], bare: readonly Fidelity[]): void {
	const checkpoints = own.reduce((sum, one) => sum + one.checkpoints, 0);
	console.log(`${own.length} pages, ${checkpoints} checkpoints`);
	for (const [name, measured] of [["bare rrweb", bare] as const, ["our capture", own] as const]) {
		const failed = measured.filter(({ differences }) => differences.length > 0);
		console.log(`${name} differs on ${failed.length} pages:`);
		for (const one of failed) {
			console.log(`${one.differences.length} differences, the first: ${describeFidelity(one)[0]}`);
		}
	}
}
