// Pictures of canvases, from the page that draws them to the pixels of a replay.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { addDeclaration, createDeclarations } from "../../../replay/fold-declarations.ts";
import { scrubEvents } from "../../../replay/scrub.ts";
import { bundlePage } from "../../support/bundle-page.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import type {} from "../fidelity/replay-page.ts";
import { type Intake, RECORD_ALL, startIntake, textOf } from "../intake.ts";
import { recordingBegan } from "../recording-began.ts";

const DRAWN = `<canvas id="good" width="200" height="100" style="padding: 10px"></canvas>
	<script>
		window.paint = (color, id = "good") => {
			const context = document.getElementById(id).getContext("2d");
			context.fillStyle = color;
			context.fillRect(0, 0, 200, 100);
		};
		paint("rgb(200, 0, 0)");
	</script>`;
const PAGE = `<!doctype html><style>body { margin: 0 }</style>{{script}}<body>${DRAWN}</body>`;
const PICTURE = "data:image/webp";

let intake: Intake;
afterEach(() => intake?.close());

const start = async (html: string, config: object = { features: { canvas: true } }) => {
	intake = await startIntake({
		"/": html,
		"/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>',
	});
	intake.configure({ status: 200, body: { ...RECORD_ALL, ...config } });
};
const paint = (page: Page, color: string, id = "good") =>
	page.evaluate(
		(color, id) =>
			(window as unknown as { paint(color: string, id: string): void }).paint(color, id),
		color,
		id,
	);
const eventsOf = () =>
	intake.accepted.flatMap(({ events }) => events).sort((a, b) => a.timestamp - b.timestamp);

interface Told {
	id: number;
	attributes: { style?: Record<string, unknown> | string };
}
/** Of the changes that tell a picture, by which number the canvas is known. */
const listPictures = (): Told[] =>
	eventsOf()
		.flatMap(({ data }) => (data as { attributes?: Told[] }).attributes ?? [])
		.filter((told) => JSON.stringify(told).includes(PICTURE));
/** A page that is hidden sends what there is. */
const pictures = (page: Page, count: number) =>
	waitFor(
		async () => {
			await page.evaluate(() => {
				for (const value of ["hidden", "visible"]) {
					Object.defineProperty(document, "visibilityState", { value, configurable: true });
					document.dispatchEvent(new Event("visibilitychange"));
				}
			});
			return listPictures().length >= count;
		},
		{ what: `${count} pictures` },
	);

describeWithBrowser("pictures of canvases", (browser) => {
	const visit = (act: (page: Page) => Promise<unknown>) =>
		browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page("/"));
			await recordingBegan(page);
			await act(page);
			expect(problems).toEqual([]);
		});
	/** Middle of the canvas in a replay of all that has arrived, after the server's scrubbing. */
	const readReplay = async (script: string): Promise<number[]> => {
		const { events } = scrubEvents(structuredClone(eventsOf()));
		let pixel: number[] = [];
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/away"));
			await page.evaluate(script);
			await page.evaluate((events) => window.stand(JSON.parse(events)), JSON.stringify(events));
			const shot = String(await page.screenshot({ encoding: "base64" }));
			pixel = await page.evaluate(async (shot) => {
				const answer = await fetch(`data:image/png;base64,${shot}`);
				const context = new OffscreenCanvas(300, 200).getContext("2d");
				context?.drawImage(await createImageBitmap(await answer.blob()), 0, 0);
				return [...(context?.getImageData(110, 60, 1, 1).data ?? [])];
			}, shot);
		});
		return pixel;
	};

	test("show in a replay what was drawn, again after each change and each style of the page's own", async () => {
		await start(PAGE);
		const script = await bundlePage(new URL("../fidelity/replay-page.ts", import.meta.url));
		await visit(async (page) => {
			const before = await page.$eval("canvas", (canvas) => canvas.outerHTML);
			await pictures(page, 1);
			const [red = 0, , blue = 255] = await readReplay(script);
			expect([red > 150, blue < 60]).toEqual([true, true]);
			await paint(page, "rgb(0, 0, 200)");
			await pictures(page, 2);
			expect(await page.$eval("canvas", (canvas) => canvas.outerHTML)).toBe(before);
			await page.$eval("canvas", (canvas) => {
				canvas.style.padding = "12px";
			});
			await pictures(page, 3);
		});
		const [red = 255, , blue = 0] = await readReplay(script);
		expect([red < 60, blue > 150]).toEqual([true, true]);
	});

	test("are not taken of what is private, of another origin, blank or out of sight", async () => {
		const canvas = (id: string, more = "") =>
			`<canvas id="${id}" width="200" height="100" ${more}></canvas>`;
		const others = [
			canvas("blocked", "data-snag-block"),
			`<div data-snag-mask>${canvas("masked")}</div>`,
			`<div data-snag-ignore>${canvas("ignored")}</div>`,
			canvas("tainted"),
			canvas("blank"),
			'<canvas id="flat" width="0" height="0"></canvas>',
			`<p style="margin-top: 5000px">${canvas("below")}</p>`,
		];
		const taint = `<img id="dot" hidden><script>
			for (const id of ["blocked", "masked", "ignored", "below"]) paint("rgb(0, 99, 0)", id);
			dot.onload = () => {
				document.getElementById("tainted").getContext("2d").drawImage(dot, 0, 0);
				paint("rgb(0, 99, 0)", "tainted");
				document.title = "tainted";
			};
			dot.src = "http://127.0.0.1:" + location.port + "/dot.svg";
		</script>`;
		const html = PAGE.replace("</body>", `${others.join("")}${taint}</body>`);
		await start(html, { features: { canvas: true, assets: false } });
		await visit(async (page) => {
			await page.waitForFunction(() => document.title === "tainted");
			await pictures(page, 1);
			const count = listPictures().length;
			for (const id of ["tainted", "masked", "ignored", "good"]) await paint(page, "blue", id);
			await pictures(page, count + 1);
			for (const id of ["tainted", "masked", "ignored", "good"]) await paint(page, "red", id);
			await pictures(page, count + 2);
		});
		expect(new Set(listPictures().map(({ id }) => id)).size).toBe(1);
		expect(intake.accepted.at(-1)?.envelope.dropped.errors).toBe(0);
	});

	test.each<[string, object]>([
		["a site does not want them", { features: {} }],
		["all is masked", { features: { canvas: true }, privacy: "strict" }],
		["no replay is recorded", { features: { canvas: true }, sampling: 0 }],
	])("are neither taken nor is anything loaded for them where %s", async (_, config) => {
		await start(PAGE, config);
		await visit(async (page) => {
			await page.click("canvas");
			await waitFor(() => textOf(intake.accepted).includes('"flow"'), { what: "the press" });
		});
		expect(intake.asked.filter((asked) => asked.includes("snag-rare"))).toEqual([]);
		expect(textOf(intake.accepted)).not.toContain(PICTURE);
	});

	test.each([
		"OffscreenCanvas.prototype.convertToBlob = () => { throw new Error('planted') }",
		"delete window.IntersectionObserver",
		"Element.prototype.hasAttribute = () => { throw new Error('planted') }",
	])("end in silence where the page has %s", async (planted) => {
		await start(PAGE.replace("<body>", `<script>${planted}</script><body>`));
		await visit(async (page) => {
			await waitFor(() => intake.asked.some((asked) => asked.includes("snag-rare")), {
				what: "the part that takes them",
			});
			await waitFor(() => intake.accepted.length > 0, { what: "the first chunk" });
			await page.evaluate(() => document.body.append("still recorded"));
			await page.goto(intake.page("/away"));
			await waitFor(() => textOf(intake.accepted).includes("still recorded"), { what: "the text" });
		});
		expect(textOf(intake.accepted)).not.toContain(PICTURE);
	});
});

test("many pictures on one canvas leave the first and the last in a keyframe", () => {
	const style = createDeclarations();
	for (let at = 0; at < 300; at++) {
		const change = [
			`url(data:image/webp;base64,${Buffer.from(`picture ${at}`).toString("base64")})`,
		];
		expect(addDeclaration(style, { property: "background-image", change })).toBe(true);
	}
	const kept = [...style.changes.values()].map(({ value }) => value);
	expect(kept).toHaveLength(2);
	expect(kept.at(-1)).toContain(Buffer.from("picture 299").toString("base64"));
});
