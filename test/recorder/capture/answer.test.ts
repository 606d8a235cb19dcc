// What a page did after each press, and what it would have done anyway.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { FACT_ANSWER, FACT_PRESS, type Response } from "../../../protocol/fact.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { type Intake, startIntake } from "../intake.ts";
import { visit } from "./facts-page.ts";

const SCRIPT = `
let ticks = 0;
setInterval(() => {
	clock.textContent = ++ticks;
	document.documentElement.dataset.ticks = ticks;
}, 200);
const on = (id, act) => document.getElementById(id).addEventListener("click", act);
on("alive", () => setTimeout(() => out.append(Object.assign(document.createElement("b"), { id: "result" })), 150));
on("toggle", () => menu.toggleAttribute("hidden"));
on("busy", () => { busy.textContent = "Working" });
on("near", () => { count.textContent = Number(count.textContent) + 1 });
on("ask", () => fetch("/api/items?token=x"));
on("focus", () => name.focus());
on("pop", () => tip.showPopover());
on("style", () => document.styleSheets[0].insertRule("i { color: red }"));
on("jump", () => scrollTo(0, 900));
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];
on("sheet", () => sheet.replaceSync("b { color: blue }"));
on("frame", () => { document.querySelector("iframe").contentWindow.location.href = "/frame" });
const name = document.getElementById("name");
`;
const BUTTONS = [
	"dead",
	"alive",
	"toggle",
	"busy",
	"ask",
	"focus",
	"pop",
	"style",
	"sheet",
	"frame",
	"jump",
];
const PAGE = `<!doctype html><html><head>{{script}}<style>body { height: 4000px }</style></head><body>
<header><nav><ul><li><span id="clock">0</span></li></ul></nav></header>
<main><section><div><p>${BUTTONS.map((id) => `<button id="${id}"${id === "toggle" ? ' aria-controls="menu"' : ""}>${id}</button>`).join("")}
<input type="checkbox" id="check"><button id="off" disabled>off</button></p></div></section>
<section><div><p><span><button id="near">+</button><i id="count">0</i></span></p></div></section></main>
<aside><div id="out"></div><div id="menu">Menu</div><input id="name"><div id="tip" popover>Tip</div><iframe srcdoc="Nothing"></iframe></aside>
<script>${SCRIPT}</script></body></html>`;

let intake: Intake;
afterEach(() => intake.close());

const ticked = async (page: Page, times: number): Promise<void> => {
	const ticks = () => Number(document.documentElement.dataset.ticks ?? 0);
	const until = (await page.evaluate(ticks)) + times;
	await page.waitForFunction((n) => Number(document.documentElement.dataset.ticks) >= n, {}, until);
};

/** Scrolling is told a frame later, which may be the next press's. */
const scrollBack = (page: Page): Promise<void> =>
	page.evaluate(async () => {
		await new Promise((resolve) => {
			addEventListener("scroll", resolve, { once: true });
			scrollTo(0, 0);
		});
		await new Promise(requestAnimationFrame);
	});

describeWithBrowser("answers to presses", (browser) => {
	const answers = async (act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": PAGE, "/api/items": "[]", "/frame": "Frame" });
		const { told } = await visit({ browser: browser(), intake }, async (page) => {
			await ticked(page, 6);
			await act(page);
		});
		const presses = told(FACT_PRESS);
		return told(FACT_ANSWER).map((fact) => {
			expect(presses.map((press) => press[1])).toContain(fact[4]);
			const responses = fact[8] as Response[];
			return {
				element: fact.element,
				clicked: fact[5],
				watchedMs: Number(fact[6]),
				ambient: Number(fact[7]),
				responses: responses.filter(([kind]) => kind !== "navigation" && kind !== "unload"),
			};
		});
	};

	test("are what is no ticker's, with its kind and where it was", async () => {
		const all = [...BUTTONS, "check", "off"];
		const found = await answers(async (page) => {
			for (const id of all) {
				// Not by the browser's own click, which scrolls.
				const box = await (await page.$(`#${id}`))?.boundingBox();
				await page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
				await ticked(page, 3);
				if (id === "pop") await page.evaluate("tip.hidePopover()");
				await page.evaluate((name) => history.pushState(null, "", `/after-${name}`), id);
				if (id === "jump") await scrollBack(page);
			}
		});
		const seen = Object.fromEntries(
			found.map(({ element, responses }) => [
				element,
				[...new Set(responses.map(([kind, , relation]) => `${kind} ${relation}`))].sort(),
			]),
		);
		expect(seen).toEqual({
			...{ dead: [], off: [] },
			alive: ["mutation elsewhere"],
			toggle: ["mutation controls"],
			busy: ["mutation inside"],
			ask: ["request elsewhere"],
			focus: ["focus elsewhere"],
			pop: ["toggle elsewhere"],
			style: ["style elsewhere"],
			sheet: ["style elsewhere"],
			frame: ["mutation elsewhere"],
			jump: ["scroll elsewhere"],
			check: ["input inside"],
		});
		for (const { element, ambient, clicked, watchedMs } of found) {
			expect([element, ambient > 0, clicked, watchedMs > 300 && watchedMs < 7000]).toEqual([
				...[element, true, element === "off" ? 0 : 1, true],
			]);
		}
		const [delay = 0] = found
			.filter(({ element }) => element === "alive")
			.flatMap(({ responses }) => responses.map((response) => response[1]));
		expect(delay).toBeGreaterThanOrEqual(150);
	});

	test("to presses in a row are each the same response again", async () => {
		const found = await answers(async (page) => {
			for (let press = 0; press < 4; press++) {
				await page.click("#near");
				await ticked(page, 1);
			}
		});
		expect(
			found.map(({ responses }) => responses.map(([kind, , relation]) => `${kind} ${relation}`)),
		).toEqual(Array(4).fill(["mutation near"]));
	});
});
