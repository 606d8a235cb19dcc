// A part of the proof of fidelity: what rrweb's replayer makes of our events is the page that was recorded,
// at every checkpoint. The whole of it is test/slow/fidelity.test.ts.
import { expect, test } from "vitest";
import { bundlePage } from "../../support/bundle-page.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { corpus } from "./pages/corpus.ts";
import { filePages } from "./pages/file-pages.ts";
import { randomPage } from "./pages/random-page.ts";
import { describeFidelity, measureFidelity } from "./run-fidelity.ts";

const NAMES = [
	"a list that is sorted by dragging",
	"the head and the title",
	"nodes that leave and come back",
	"nested shadow trees with slots that move",
	"rules inside media, supports and layers",
	"React: a table that is sorted, filtered and shuffled",
	"imports of a style that come late",
	"Lit: components by key, with shared sheets",
];
const FILE_NAMES = [
	"sheets of files that import one another under conditions",
	"pictures of files in every place",
	"sheets inside a component that come late",
];
const MAX_UNLIKE_PIXELS = 0.005;
const SEEDS = [3];
/** Changes of the tree, and of what stands in it. */
const MUTATION = 0;
const ADOPTED = 15;
const TOLD_MS = 10_000;

describeWithBrowser("a replay of what is recorded", (browser) => {
	test("shows what the page shows, at every checkpoint", async () => {
		const pages = corpus.filter(({ name }) => NAMES.includes(name));
		expect(pages).toHaveLength(NAMES.length);
		const measured = await measureFidelity(browser(), pages, { engine: "engine-snag" });
		expect(measured.flatMap(describeFidelity)).toEqual([]);
		for (const { checkpoints } of measured) expect(checkpoints).toBeGreaterThan(3);
	});

	test("shows a page with the files that were kept of it", async () => {
		const pages = filePages.filter(({ name }) => FILE_NAMES.includes(name));
		expect(pages).toHaveLength(FILE_NAMES.length);
		const options = { engine: "engine-kept", isSeen: true } as const;
		const measured = await measureFidelity(browser(), pages, options);
		expect(measured.flatMap(describeFidelity)).toEqual([]);
		// On the second the poster of a film, 0.75 % of the pixels, is not drawn.
		for (const at of [0, 2]) expect(measured[at]?.pixels).toBeLessThan(MAX_UNLIKE_PIXELS);
	});

	test("shows a page that is changed at random", async () => {
		const pages = SEEDS.map(randomPage);
		const measured = await measureFidelity(browser(), pages, { engine: "engine-snag" });
		expect(measured.flatMap(describeFidelity)).toEqual([]);
		for (const { events } of measured) expect(events).toBeGreaterThan(20);
	});

	test("has sheets that were adopted just before something else was told at once", async () => {
		const script = await bundlePage(new URL("engine-snag.ts", import.meta.url));
		await browser().withPage(async ({ page }) => {
			await page.evaluateOnNewDocument(script);
			await page.goto("data:text/html,<style>a { top: 1px }</style><p>x</p>");
			await page.waitForFunction(() => window.live.events().length > 1);
			await page.evaluate(() => {
				document.adoptedStyleSheets = [new CSSStyleSheet()];
				document.styleSheets[0]?.insertRule("b { top: 1px }");
			});
			await page.waitForFunction(
				(adopted) =>
					window.live.events().some(({ data }) => Reflect.get(Object(data), "source") === adopted),
				{ timeout: TOLD_MS },
				ADOPTED,
			);
		});
	});

	test("would not, had mutations been lost", async () => {
		const engine = "engine-snag";
		const [page] = corpus.filter(({ name }) => name === NAMES[0]);
		if (page === undefined) throw new Error("no page");
		const [measured] = await measureFidelity(browser(), [page], { engine, deaf: MUTATION });
		expect(measured?.differences.length).toBeGreaterThan(0);
	});
});
