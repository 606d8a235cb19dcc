// A part of the proof of fidelity: what rrweb's replayer makes of our events is the page that was recorded,
// at every checkpoint. The whole of it is test/slow/fidelity.test.ts.
import { expect, test } from "vitest";
import { describeWithBrowser } from "../../support/suites.ts";
import { corpus } from "./pages/corpus.ts";
import { describeFidelity, measureAll } from "./run-fidelity.ts";

const NAMES = [
	"a list that is sorted by dragging",
	"CSS in script that is changed with every frame",
	"styles whose text changes",
	"tables",
];

describeWithBrowser("a replay of what is recorded", (browser) => {
	test("shows what the page shows, at every checkpoint", async () => {
		const pages = corpus.filter(({ name }) => NAMES.includes(name));
		expect(pages).toHaveLength(NAMES.length);
		const measured = await measureAll(browser(), pages, "engine-snag");
		expect(measured.flatMap(describeFidelity)).toEqual([]);
		for (const { checkpoints } of measured) expect(checkpoints).toBeGreaterThan(4);
	});
});
