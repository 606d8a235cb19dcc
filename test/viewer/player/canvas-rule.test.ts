// A canvas has to take up the same room in a replay as it did in the page, or all that follows it moves.
import { expect, test } from "vitest";
import { scrubEvents } from "../../../replay/scrub.ts";
import type {} from "../../heatmap/rebuild-page.ts";
import { startIntake } from "../../recorder/intake.ts";
import { recordingBegan } from "../../recorder/recording-began.ts";
import { bundlePage } from "../../support/bundle-page.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";

const ATTRIBUTES = ["", "width=100 height=50", "width=400", "height=80", 'width=100.7 height="x"'];
const STYLES = [
	...["", "width: 50%", "height: 60px", "width: 120px; height: 30px", "max-width: 40px", "flex: 1"],
	...["display: block", "display: block; height: 60px", "width: 100%; height: auto"],
	...["position: absolute; left: 0; right: 0", "aspect-ratio: 1; width: 80px", "display: none"],
	"box-sizing: border-box; padding: 5px; width: 50%; float: left",
];
const PARENTS = ["", "display: flex", "display: grid", "height: 200px; width: 300px"];
const CANVASES = PARENTS.flatMap((parent) =>
	ATTRIBUTES.flatMap((attributes) =>
		STYLES.map(
			(style) =>
				`<div style="${parent}"><canvas ${attributes} style="${style}">no canvas</canvas> x</div>`,
		),
	),
);
const PAGE = `<!doctype html><html><head><title>Charts</title>{{script}}
<style>div { position: relative; min-height: 20px } body { margin: 0 }</style></head>
<body>${CANVASES.join("")}</body></html>`;
const VIEWPORT = { width: 800, height: 600 };

/** Of canvases and of what they stand in: left, top, width, height. */
const readBoxes = (page: Document): string[] =>
	[...page.querySelectorAll("canvas, div")].map((element) => {
		const { left, top, width, height } = element.getBoundingClientRect();
		return [left, top, width, height].map((value) => Math.round(value * 10) / 10).join();
	});

describeWithBrowser("canvases", (browser) => {
	test("stand in a replay where they stood in the page, as large as they were", async () => {
		const intake = await startIntake({ "/": PAGE });
		const rebuild = await bundlePage(new URL("../../heatmap/rebuild-page.ts", import.meta.url));
		const live = await browser().withPage(
			async ({ page }) => {
				await page.goto(intake.page("/"));
				await recordingBegan(page);
				await waitFor(() => intake.accepted.length > 0, { what: "the first chunk" });
				return page.evaluate(`(${readBoxes})(document)`);
			},
			{ viewport: VIEWPORT },
		);
		const { events } = scrubEvents(intake.accepted.flatMap((received) => received.events));
		await intake.close();
		const replayed = await browser().withPage(async ({ page }) => {
			await page.evaluate(rebuild);
			const at = events.at(-1)?.timestamp ?? 0;
			await page.evaluate((...given) => window.buildMapPage(...given), events, at, VIEWPORT);
			return page.evaluate(`(${readBoxes})(window.mapPage.document)`);
		});
		expect(live).toHaveLength(2 * CANVASES.length);
		expect(replayed).toEqual(live);
	});
});
