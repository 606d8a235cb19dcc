// The page under a map stands still, has all that it is drawn with, and says how large it is.
import { afterEach, expect, test } from "vitest";
import { scrubEvents } from "../../../replay/scrub.ts";
import type {} from "../../heatmap/rebuild-page.ts";
import { type Intake, startIntake } from "../../recorder/intake.ts";
import { recordingBegan } from "../../recorder/recording-began.ts";
import { bundlePage } from "../../support/bundle-page.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";

const PICTURE = `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='50' height='700'/%3E`;
const PAGES: Record<string, string> = {
	"/moving": `<!doctype html><head>{{script}}<style>body { margin: 0 }
@keyframes in { from { opacity: 0; margin-left: 300px } } @keyframes round { to { margin-left: 200px } }
div { width: 100px; height: 40px } #in { opacity: 1; animation: in 60s } #round { animation: round 30s infinite linear }
</style></head><body><div id="in">in</div><div id="round">round</div></body>`,
	"/lazy": `<!doctype html><head>{{script}}<style>body { margin: 0 } p { height: 5000px; margin: 0 } img { display: block }
</style></head><body><p>long</p><img loading="lazy" src="${PICTURE}" alt=""></body>`,
	"/wide": `<!doctype html><head>{{script}}<style>body { margin: 0 } main { width: 1100px; height: 50px }
</style></head><body><main>wide</main></body>`,
	"/wide-leftward": `<!doctype html><html dir="rtl"><head>{{script}}<style>body { margin: 0 } main { width: 1100px; height: 50px }
</style></head><body><main>wide</main></body></html>`,
	"/cut": `<!doctype html><head>{{script}}<style>body { margin: 0; overflow-x: hidden } main { width: 1100px; height: 50px }
</style></head><body><main>wide</main></body>`,
	"/boxed": `<!doctype html><head>{{script}}<style>html, body { margin: 0; height: 100%; overflow: hidden }
main { height: 100%; overflow: auto } p { height: 3000px; margin: 0 }</style></head><body><main><p>long</p></main></body>`,
};
const VIEWPORT = { width: 600, height: 500 };

let intake: Intake;
afterEach(() => intake.close());

describeWithBrowser("the page under a map", (browser) => {
	/** Records a page, builds it again, and asks it something. */
	const rebuild = async <T>(path: string, ask: () => T): Promise<T> => {
		intake = await startIntake(PAGES);
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page(path));
			await recordingBegan(page);
			await waitFor(() => intake.accepted.length > 0, { what: "the first chunk" });
		});
		const { events } = scrubEvents(intake.accepted.flatMap((received) => received.events));
		const script = await bundlePage(new URL("../../heatmap/rebuild-page.ts", import.meta.url));
		return browser().withPage(async ({ page }) => {
			await page.evaluate(script);
			const at = events.at(-1)?.timestamp ?? 0;
			await page.evaluate((...given) => window.buildMapPage(...given), events, at, VIEWPORT);
			return page.evaluate(ask);
		});
	};
	const readSize = () => {
		const { size, left } = window.mapPage;
		return [size.width, size.height, left];
	};

	test("shows what moves once as it ends, and what goes round as it began", async () => {
		const places = await rebuild("/moving", () =>
			["#in", "#round"].map((name) => {
				const element = window.mapPage.document.querySelector(name);
				const opacity = element && getComputedStyle(element).opacity;
				return [opacity, element?.getBoundingClientRect().left];
			}),
		);
		expect(places).toEqual([
			["1", 0],
			["1", 0],
		]);
	});

	test.each([
		[
			"has pictures that wait to be scrolled to, and is as long as they make it",
			"/lazy",
			[600, 5700, 0],
		],
		["is as wide as it goes where it does not get as narrow", "/wide", [1100, 500, 0]],
		["goes on to the left where it is written so", "/wide-leftward", [1100, 500, -500]],
		["is as wide as its window where it hides the rest", "/cut", [600, 500, 0]],
		["is as long as the box that scrolls in the place of the document", "/boxed", [600, 3000, 0]],
	])("%s", async (_, path, size) => {
		expect(await rebuild(path, readSize)).toEqual(size);
	});

	test("scrolls the box that scrolls in the place of the document", async () => {
		const scrolled = await rebuild("/boxed", () => {
			window.mapPage.scrollTo(120);
			return window.mapPage.document.querySelector("main")?.scrollTop;
		});
		expect(scrolled).toBe(120);
	});
});
