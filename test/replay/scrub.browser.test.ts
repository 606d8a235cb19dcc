// Hostile recordings rebuilt by rrweb's own player in a real browser. Nothing may run and no request may
// leave, with the viewer's policy and without it; and what the scrubber took out did reach out before,
// or the test would prove nothing.
import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scrubCss, scrubEvents } from "../../replay/scrub.ts";
import type { TestBrowser } from "../support/browser.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { type HostileCase, hostileCases, snapshotWith } from "./hostile-events.ts";
import { ordinaryHead, ordinaryNodes } from "./ordinary-page.ts";

interface Player {
	pause(offset: number): void;
	play(offset: number): void;
	on(name: "finish", heard: () => void): void;
	destroy(): void;
	iframe: HTMLIFrameElement;
}
declare const rrweb: { Replayer: new (events: unknown[], options: object) => Player };

type Mode = "jump" | "play";
interface Outcome {
	/** Was the page that every case stands on rebuilt? */
	built: boolean;
	sandbox: string | null;
	error: string;
}

const MODES: Mode[] = ["jump", "play"];

describeWithBrowser("a scrubbed recording in a browser", (browser) => {
	let site: TestSite;
	let cases: HostileCase[];

	beforeAll(async () => {
		site = await startTestSite();
		cases = hostileCases(site.evil);
	});
	afterAll(() => site.close());

	test("is tried with many kinds of harm", () => {
		expect(cases.length).toBeGreaterThan(80);
		expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
	});

	describe.each(MODES)("shown by a %s", (mode) => {
		test("sends nothing and runs nothing, even where the page has no policy", async () => {
			const left = cases.filter(({ leftToPolicy }) => !leftToPolicy);
			const { outcomes, asked, ran } = await play(browser(), site, {
				path: "/open",
				mode,
				cases: left,
				scrub: true,
			});
			expect(asked).toEqual([]);
			expect(ran).toEqual([]);
			expectAllBuilt(left, outcomes);
		});

		test("sends nothing and runs nothing in a page with the viewer's policy", async () => {
			const { outcomes, asked, ran } = await play(browser(), site, {
				path: "/viewer",
				mode,
				cases,
				scrub: true,
			});
			expect(asked).toEqual([]);
			expect(ran).toEqual([]);
			expectAllBuilt(cases, outcomes);
		});
	});

	test("was hostile before: what is said to reach out does so", async () => {
		const found = new Set<string>();
		for (const mode of MODES) {
			const { asked, ran } = await play(browser(), site, {
				path: "/open",
				mode,
				cases,
				scrub: false,
			});
			for (const name of asked) found.add(name);
			// rrweb's frame has no right to run scripts; that lock holds alone.
			expect(ran).toEqual([]);
		}
		const reaching = cases.filter(({ reaches }) => reaches).map(({ name }) => name);
		expect(reaching.filter((name) => !found.has(name))).toEqual([]);
		expect([...found].filter((name) => !reaching.includes(name))).toEqual([]);
	});

	test("is stopped by the viewer's policy alone as well", async () => {
		for (const mode of MODES) {
			const options = { path: "/viewer", mode, cases, scrub: false };
			const { asked, ran } = await play(browser(), site, options);
			expect(asked).toEqual([]);
			expect(ran).toEqual([]);
		}
	});

	test("is safe in whatever CSS there can be", async () => {
		const pieces = fc.constantFrom(
			...[
				"@import ",
				"@\\69mport ",
				"url(",
				"URL(",
				"u\\72l(",
				"\\75 rl(",
				"image-set(",
				"-webkit-image-set(",
				"cross-fade(",
			],
			...[
				"'",
				'"',
				"(",
				")",
				"{",
				"}",
				"[",
				"]",
				";",
				":",
				",",
				"\\",
				"\n",
				"\r",
				"\f",
				"\0",
				" ",
				"/*",
				"*/",
				"/",
				"*",
				"<!--",
				"-->",
			],
			...[
				"EVIL",
				"'EVIL'",
				'"EVIL"',
				"url(EVIL)",
				"url('EVIL')",
				'url("EVIL"',
				"#",
				"@",
				"u+26",
				"U+4??",
				"5",
				"-",
				"x",
				"1e3",
			],
			...[
				"p{background:",
				"p{--a:",
				"var(--a)",
				"background:",
				"data:image/png,",
				"url(data:image/png,/*)",
				"url(#a)",
				"type(",
			],
			...[
				"@media all{",
				"@font-face{font-family:f;src:",
				"p{font-family:f}",
				"a\\",
				"é",
				"\\\n",
				"\\)",
				"\\(",
				'\\"',
			],
		);
		const anyCss = fc.array(pieces, { minLength: 1, maxLength: 14 }).map((all) => all.join(""));
		await withQuietPage(browser(), site, "/open", async (page) => {
			let number = 0;
			let loading = 0;
			await fc.assert(
				fc.asyncProperty(fc.array(anyCss, { minLength: 60, maxLength: 60 }), async (sheets) => {
					const filled = sheets.map((css) => css.replaceAll("EVIL", `${site.evil}/css${++number}`));
					const styles = filled.map((css) => scrubCss(css));
					loading += filled.filter((css, index) => css !== styles[index]).length;
					await page.evaluate(applySheets, styles);
					await settle(page);
					const asked = site.takeAsked();
					const guilty = filled.filter((css) => asked.some((url) => css.includes(url)));
					expect(asked, JSON.stringify(guilty)).toEqual([]);
				}),
				{ numRuns: 6 },
			);
			expect(loading).toBeGreaterThan(90);
		});
	});

	test("does ask for what CSS names where it was not scrubbed", async () => {
		await withQuietPage(browser(), site, "/open", async (page) => {
			await page.evaluate(applySheets, [`p{background:url(${site.evil}/control)}`]);
			await settle(page);
			expect(site.takeAsked()).toEqual(["/control"]);
		});
	});

	test("of an ordinary page looks as it did unscrubbed", async () => {
		const events = () => snapshotWith(ordinaryNodes(), ordinaryHead());
		await withQuietPage(browser(), site, "/viewer", async (page) => {
			const before = await page.evaluate(describePage, events());
			const after = await page.evaluate(describePage, scrubEvents(events()).events);
			expect(before.boxes.length).toBeGreaterThan(15);
			expect(after).toEqual(before);
		});
	});
});

interface PlayOptions {
	path: string;
	mode: Mode;
	cases: HostileCase[];
	scrub: boolean;
}

/** @returns outcomes in order, the names of the cases that sent a request, and what scripts did */
async function play(
	browser: TestBrowser,
	site: TestSite,
	{ path, mode, cases, scrub }: PlayOptions,
) {
	return withQuietPage(browser, site, path, async (page) => {
		const all = hostileCases(site.evil);
		const asked = new Set<string>();
		// Events are changed in place, so each run takes copies.
		const recordings = cases.map(({ events }) => {
			const copies = structuredClone(events);
			return scrub ? scrubEvents(copies).events : copies;
		});
		const outcomes = await page.evaluate(rebuildAll, recordings, mode);
		await settle(page);
		for (const url of site.takeAsked())
			asked.add(all[Number(/^\/(\d+)/.exec(url)?.[1])]?.name ?? url);
		const ran = await page.evaluate(() => (globalThis as { __ran?: number[] }).__ran ?? []);
		return { outcomes, asked: [...asked], ran };
	});
}

function expectAllBuilt(cases: readonly HostileCase[], outcomes: readonly Outcome[]): void {
	const wrong = cases.flatMap(({ name }, index) => {
		const { built, sandbox, error } = outcomes[index] ?? { built: false, sandbox: "", error: "" };
		return built && sandbox === "allow-same-origin" && error === ""
			? []
			: [{ name, built, sandbox, error }];
	});
	expect(wrong).toEqual([]);
}

/** A page that fails the test where a dialog opens or another page does. */
async function withQuietPage<T>(
	browser: TestBrowser,
	site: TestSite,
	path: string,
	body: (page: Page) => Promise<T>,
): Promise<T> {
	site.takeAsked();
	return browser.withPage(async ({ page }) => {
		const opened: string[] = [];
		page.on("dialog", (dialog) => {
			opened.push(`dialog: ${dialog.message()}`);
			void dialog.dismiss();
		});
		page.on("popup", () => opened.push("popup"));
		await page.goto(site.origin + path);
		const result = await body(page);
		expect(page.url()).toBe(site.origin + path);
		expect(opened).toEqual([]);
		return result;
	});
}

/** Until the page has drawn, has nothing under way, and a request made now has been answered. */
async function settle(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		await nextFrame();
		await nextFrame();
	});
	await page.waitForNetworkIdle({ idleTime: 100 });
	await page.evaluate(() => fetch("/sentinel").then((answer) => answer.text()));
}

interface TestSite {
	origin: string;
	evil: string;
	/** Paths that were asked for since the last call and that nobody should ask for. */
	takeAsked(): string[];
	close(): Promise<void>;
}

/** Pages with and without the viewer's policy, and another origin that only listens. */
async function startTestSite(): Promise<TestSite> {
	const entry = 'export { Replayer } from "@rrweb/replay"';
	const built = await build({
		stdin: { contents: entry, resolveDir: fileURLToPath(new URL("../..", import.meta.url)) },
		...{ bundle: true, write: false, format: "iife", globalName: "rrweb" },
	});
	const script = built.outputFiles[0]?.text ?? "";
	const html =
		'<!doctype html><link rel="icon" href="data:,"><script src="/replay.js"></script><body>';
	const asked: string[] = [];
	const answers: Record<string, (response: ServerResponse) => void> = {
		"/open": (response) => response.setHeader("Content-Type", "text/html").end(html),
		"/viewer": (response) =>
			response
				.setHeader("Content-Type", "text/html")
				.setHeader("Content-Security-Policy", readViewerPolicy())
				.end(html),
		"/replay.js": (response) => response.setHeader("Content-Type", "text/javascript").end(script),
		"/sentinel": (response) => response.end("ok"),
	};
	const own = await listen((url, response) => {
		const answer = answers[url];
		if (answer !== undefined) answer(response);
		else {
			asked.push(url);
			response.writeHead(404).end();
		}
	});
	const evil = await listen((url, response) => {
		asked.push(url);
		response.setHeader("Access-Control-Allow-Origin", "*").writeHead(404).end();
	});
	return {
		origin: own.origin,
		evil: evil.origin,
		takeAsked: () => asked.splice(0),
		close: async () => {
			await Promise.all([own.close(), evil.close()]);
		},
	};
}

async function listen(answer: (url: string, response: ServerResponse) => void) {
	const server: Server = createServer((request, response) => answer(request.url ?? "", response));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The policy as the server sends it, so that this test and the product cannot drift apart. */
function readViewerPolicy(): string {
	const source = readFileSync(new URL("../../server/app.ts", import.meta.url), "utf8");
	const list = /VIEWER_POLICY = \[([^\]]*)\]/.exec(source)?.[1] ?? "";
	const policy = [...list.matchAll(/"([^"]+)"/g)].map(([, directive]) => directive).join("; ");
	if (!policy.includes("default-src 'none'"))
		throw new Error("server/app.ts has no VIEWER_POLICY as it was");
	return policy.replaceAll("{assets}", "localhost/api/v1/sites/");
}

/** Runs in the page. The players stay: what is slow to reach out shall have its time. */
async function rebuildAll(recordings: unknown[][], mode: Mode): Promise<Outcome[]> {
	const rebuild = async (events: unknown[]): Promise<Outcome> => {
		const root = document.createElement("div");
		document.body.append(root);
		const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		let error = "";
		try {
			const player = new rrweb.Replayer(events, { root, mouseTail: false, showWarning: false });
			let isOver = false;
			player.on("finish", () => {
				isOver = true;
			});
			if (mode === "jump") player.pause(1000);
			else player.play(0);
			for (let frames = 0; frames < 150 && mode === "play" && !isOver; frames++) await nextFrame();
			if (mode === "play" && !isOver) error = "did not come to its end";
		} catch (thrown) {
			error = String(thrown);
		}
		await nextFrame();
		const frame = root.querySelector("iframe");
		const base = frame?.contentDocument?.getElementById("base");
		return {
			built: base?.textContent?.includes("base") ?? false,
			sandbox: frame?.getAttribute("sandbox") ?? null,
			error,
		};
	};
	return Promise.all(recordings.map(rebuild));
}

/** Runs in the page: every sheet on a paragraph of its own frame, as a sheet and as a rule. */
async function applySheets(sheets: string[]): Promise<void> {
	document.body.replaceChildren();
	for (const css of sheets) {
		const frame = document.createElement("iframe");
		frame.setAttribute("sandbox", "allow-same-origin");
		document.body.append(frame);
		const inside = frame.contentDocument;
		if (!inside) throw new Error("a frame without a document");
		const style = inside.createElement("style");
		style.textContent = css;
		const text = inside.createElement("p");
		text.textContent = "text";
		text.setAttribute("style", css);
		inside.body.append(style, text);
		text.getBoundingClientRect();
	}
}

/** Runs in the page: what there is to see of a rebuilt page. */
async function describePage(events: unknown[]) {
	const root = document.createElement("div");
	document.body.append(root);
	const player = new rrweb.Replayer(events, { root, mouseTail: false, showWarning: false });
	player.pause(1000);
	const inside = player.iframe.contentDocument;
	if (!inside?.defaultView) throw new Error("nothing was rebuilt");
	const view = inside.defaultView;
	await Promise.all([...inside.images].map((image) => image.decode().catch(() => {})));
	await inside.fonts.ready;
	const boxes = [...inside.body.querySelectorAll("*")].map((element) => {
		const { x, y, width, height } = element.getBoundingClientRect();
		const { color, fontFamily, backgroundImage, display, fill, textDecorationLine } =
			view.getComputedStyle(element);
		return [
			element.localName,
			x,
			y,
			width,
			height,
			color,
			fontFamily,
			backgroundImage,
			display,
			fill,
			textDecorationLine,
		].join(" ");
	});
	const result = { boxes, text: inside.body.innerText };
	player.destroy();
	root.remove();
	return result;
}
