// The whole proof of the fold: what rrweb's replayer shows from a keyframe is what it shows after all
// events, in generated sessions and in pages recorded by our own capture.
//   SNAG_SEED=60 SNAG_SESSIONS=1 npm run test:slow -- fold-proof     proves one session again
import { expect, test } from "vitest";
import type { ProofOptions } from "../replay/proof/proof-page.ts";
import { RECORDED_PAGES } from "../replay/proof/recorded-pages.ts";
import { proveDeaf, proveGenerated, proveRecorded } from "../replay/proof/run-proof.ts";
import { describeWithBrowser } from "../support/suites.ts";

const FIRST_SEED = Number(process.env.SNAG_SEED ?? 1);
const SESSIONS = Number(process.env.SNAG_SESSIONS ?? 200);
const FAULTY_SESSIONS = Math.min(SESSIONS, 60);
const TIMES = 10;
const TIMEOUT_MS = 1_800_000;
/** Every kind of event that is folded: parts of mutations, and numbers of rrweb's sources. */
const KINDS: ProofOptions["deaf"][] = [
	...(["adds", "removes", "texts", "attributes"] as const),
	...[1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15],
];

const seedsFrom = (count: number) => Array.from({ length: count }, (_, at) => FIRST_SEED + at);

describeWithBrowser("a keyframe", (browser) => {
	test.each([
		{ kind: "valid", isFaulty: false, seeds: seedsFrom(SESSIONS) },
		{ kind: "faulty", isFaulty: true, seeds: seedsFrom(FAULTY_SESSIONS) },
	])(
		"shows what plain replay shows, in generated sessions that are $kind",
		async ({ kind, isFaulty, seeds }) => {
			const proven = await proveGenerated(browser(), { seeds, times: TIMES, isFaulty });
			const { compared, changed, unfolded, differences } = proven;
			console.log(
				`${kind} seeds ${seeds[0]}…${seeds.at(-1)}: ${compared} comparisons, ${changed} of them changed in place`,
			);
			console.log(`not folded: ${JSON.stringify(unfolded)}`);
			if (!isFaulty) expect(changed).toBeGreaterThan(seeds.length);
			expect(differences.slice(0, 10).join("\n\n")).toBe("");
		},
		TIMEOUT_MS,
	);

	test.each(RECORDED_PAGES.map(({ name }) => name))(
		"shows what plain replay shows, in a page with %s",
		async (name) => {
			const { compared, unfolded, differences } = await proveRecorded(browser(), {
				name,
				times: TIMES,
			});
			expect(differences.join("\n\n")).toBe("");
			expect(unfolded).toEqual({});
			expect(compared).toBeGreaterThanOrEqual(TIMES);
		},
		TIMEOUT_MS,
	);

	test.each(KINDS)(
		"would not, had the fold not been told of %s",
		async (deaf) => {
			expect(await proveDeaf(browser(), { deaf, seeds: seedsFrom(30) })).toBeDefined();
		},
		TIMEOUT_MS,
	);
});
