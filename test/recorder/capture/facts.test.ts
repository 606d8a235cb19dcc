// Every other kind of fact, from a page in a real browser, by what arrived.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import {
	FACT_DITHER,
	FACT_ERROR,
	FACT_EXPOSED,
	FACT_FIELD,
	FACT_LEAVE,
	FACT_MEDIA,
	FACT_MOVE,
	FACT_REQUEST,
	FACT_SCROLL,
	FACT_SUBMIT,
	FACT_VITAL,
} from "../../../protocol/fact.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake } from "../intake.ts";
import { visit } from "./facts-page.ts";

const FORM = `<!doctype html><html><head>{{script}}</head><body>
<form id="signup"><input id="name" required><textarea id="text"></textarea><input id="plan" type="checkbox">
<select id="size"><option>S<option>M</select><input id="empty" required><button id="send">Send</button></form>
<div id="edit" contenteditable style="height: 30px"></div>
<form id="own" novalidate><input id="zip"><input id="late"><button id="go">Go</button></form>
<div data-snag-ignore><form id="quiet"><input id="ignored"><button id="hush">Hush</button></form></div>
<script>document.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("own").addEventListener("submit", () => setTimeout(() => {
	document.getElementById("zip").ariaInvalid = "true";
}, 50))</script></body></html>`;
const PAGE = `<!doctype html><html><head><title>Shop</title>{{script}}</head><body style="margin: 0">
<header id="top" style="height: 60px">Top</header><button id="buy">Buy</button><video id="film"></video>
<div data-snag-ignore><button id="ignored">Ignored</button></div>
<button id="slow" onclick="const end = performance.now() + 120; while (performance.now() < end);">Slow</button>
<script>function fail(token) {
	setTimeout(() => { throw new TypeError("Cannot read 'price' of 17 at https://shop.example/a?token=" + token) });
	void Promise.reject(new Error('{"name": "Jane Doe"} is not valid'));
}</script><main id="main" style="height: 6000px"></main><footer id="bottom"><button id="deep">Deep</button></footer></body></html>`;

let intake: Intake;
afterEach(() => intake.close());

describeWithBrowser("facts of a page", (browser) => {
	const open = async (html: string, act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": html, "/api/items/17": "[]" });
		return visit({ browser: browser(), intake }, act);
	};

	test("say what was done in fields and never a value, and what came of forms", async () => {
		const { told } = await open(FORM, async (page) => {
			await page.type("#name", "abcdef");
			for (let key = 0; key < 6; key++) await page.keyboard.press("Backspace");
			await page.keyboard.type("abcdefghijk");
			await page.click("#text");
			await page.keyboard.press("KeyA", { commands: ["SelectAll"] });
			await page.focus("#name");
			await page.keyboard.press("KeyA", { commands: ["SelectAll"] });
			await page.keyboard.press("KeyC", { commands: ["Copy"] });
			await page.focus("#text");
			await page.keyboard.press("KeyV", { commands: ["Paste"] });
			await page.click("#plan");
			await page.type("#edit", "abc");
			await page.type("#ignored", "abc");
			await page.click("#hush");
			await page.click("#send");
			await page.type("#empty", "x");
			await page.keyboard.press("Enter");
		});
		const fields = told(FACT_FIELD);
		const of = (id: string) => fields.filter(({ element }) => element === id);
		const sum = (id: string, field: number) =>
			of(id).reduce((total, fact) => total + Number(fact[field]), 0);
		expect(sum("name", 7)).toBe(23);
		expect([sum("name", 8), sum("name", 10), of("name")[0]?.[11]]).toEqual([6, 1, 3]);
		expect(of("name")[0]?.[4]).toBe("blur");
		const forms = told(FACT_SUBMIT).map((fact) => fact[3]);
		expect([of("name")[0]?.[15], of("edit")[0]?.[15]]).toEqual([forms[0], undefined]);
		expect(Number(of("name")[0]?.[6])).toBeGreaterThanOrEqual(0);
		expect([sum("text", 9), of("text").at(-1)?.[11]]).toEqual([1, 3]);
		expect([sum("plan", 7), sum("plan", 11)]).toEqual([1, 0]);
		expect([sum("edit", 7), of("edit").at(-1)?.[11]]).toEqual([3, 1]);
		expect([sum("empty", 13), sum("empty", 14)]).toEqual([1, 2]);
		expect(of("ignored")).toEqual([]);
		expect(
			told(FACT_SUBMIT).map((fact) => [fact.element, fact[4], fact[5], fact[6], fact[7]]),
		).toEqual([
			["signup", 1, 1, 1, "invalid"],
			["signup", 2, 1, 0, "unload"],
		]);
	});

	test("say what a page refused by itself, once for each attempt, wherever the focus was", async () => {
		const { told } = await open(FORM, async (page) => {
			await page.type("#zip", "x");
			for (let attempt = 0; attempt < 2; attempt++) {
				await page.click("#go");
				await page.evaluate(pause, 500);
			}
			await page.type("#late", "x");
			await page.keyboard.press("Enter");
			await page.evaluate(pause, 500);
		});
		const attempts = told(FACT_FIELD).filter((fact) => fact[4] === "submit");
		expect(attempts.map((fact) => [fact.element, fact[13], fact[14]])).toEqual([
			...[
				["zip", 1, 1],
				["zip", 1, 1],
				["late", 0, 1],
				["zip", 1, 1],
			],
		]);
		expect(told(FACT_SUBMIT).map((fact) => [fact.element, fact[6], fact[7]])).toEqual(
			Array(3).fill(["own", 1, "invalid"]),
		);
	});

	test("say how far it was read, where the pointer was, what was seen and how it felt", async () => {
		const { told } = await open(PAGE, async (page) => {
			const exposed = () =>
				intake.accepted.some(({ facts }) => facts.some(([code]) => code === 11));
			await waitFor(exposed, { what: "what was seen first", timeoutMs: 15_000 });
			for (const x of [100, 300, 100, 300, 100, 300]) {
				await page.mouse.move(x, 200);
				await page.evaluate(pause, 60);
			}
			// The third time it came to the button it goes away without a press; the second button was pressed between.
			for (const id of ["buy", "slow"]) {
				for (let stay = 0; stay < 3; stay++) {
					await page.hover(`#${id}`);
					await page.evaluate(pause, 250);
					if (id === "slow" && stay === 1) await page.click("#slow");
					await page.mouse.move(400, 200);
					await page.evaluate(pause, 350);
				}
			}
			const scrollTo = (y: number) =>
				page.evaluate(async (to) => {
					const scrolled = new Promise((done) =>
						addEventListener("scrollend", done, { once: true }),
					);
					window.scrollTo(0, to);
					await scrolled;
				}, y);
			for (const y of [2000, 400, 5800]) await scrollTo(y);
			await page.click("#slow");
			await page.evaluate(untilMeasured, "slow");
			await page.evaluate(() => {
				const film = document.querySelector("video");
				void film?.play().catch(() => {});
				film?.pause();
			});
			await page.evaluate(() => history.pushState(null, "", "/second"));
		});
		const [scroll] = told(FACT_SCROLL);
		expect(Number(scroll?.[3])).toBeGreaterThan(6000);
		// The click on what is far up again is the third.
		expect(scroll?.[5]).toBe(3);
		expect(scroll?.[7]).toBe(3);
		expect(Number(scroll?.[8])).toBeLessThan(10_000);
		expect(told(FACT_DITHER).map(({ element, 4: stays }) => [element, stays])).toEqual([
			["buy", 3],
		]);
		expect((scroll?.[6] as number[] | undefined)?.some((ms) => ms > 0)).toBe(true);
		const [move] = told(FACT_MOVE);
		expect(Number(move?.[3])).toBeGreaterThanOrEqual(3);
		expect(Number(move?.[4])).toBeGreaterThanOrEqual(3);
		expect(Number(move?.[4])).toBeLessThanOrEqual(Number(move?.[3]));
		const dwell = move?.[6] as number[];
		expect(dwell.length % 3).toBe(0);
		expect([dwell[1], dwell[4]]).toEqual([4, 4]);
		const names = told(FACT_VITAL).map((fact) => fact[3]);
		expect(names).toContain("lcp");
		expect(names).toContain("cls");
		const inp = told(FACT_VITAL).find((fact) => fact[3] === "inp");
		expect([inp?.element, Number(inp?.[4]) >= 100]).toEqual(["slow", true]);
		expect(Number(inp?.[6])).toBeGreaterThanOrEqual(Number(inp?.[4]));
		expect(told(FACT_MEDIA).map((fact) => [fact.element, fact[4]])).toEqual([
			["film", 1],
			["film", 0],
		]);
		const numbers = told(FACT_EXPOSED)
			.filter((fact) => fact[2] === 0)
			.flatMap((fact) => fact[3]);
		expect(new Set(numbers).size).toBe(numbers.length);
		const seen = intake.accepted
			.flatMap(({ facts }) => facts)
			.flatMap((fact) => (fact[0] === 3 && numbers.includes(fact[2]) ? [fact[3][0]?.[1]] : []));
		expect(seen).toEqual(expect.arrayContaining(["top", "buy", "film"]));
		expect(seen).not.toContain("ignored");
	});

	test("say what went wrong, what was asked for and how the page was left", async () => {
		const { told } = await open(PAGE, async (page) => {
			await page.evaluate(async () => {
				(window as unknown as { fail(token: string): void }).fail("secret");
				document.body.append(Object.assign(new Image(), { src: "/missing?t=1" }));
				await fetch("/api/items/17?token=secret");
				await new Promise<void>((done) => {
					const request = new XMLHttpRequest();
					request.open("POST", "/api/none?token=secret");
					request.onloadend = () => done();
					request.send();
				});
			});
			await waitFor(
				() =>
					page.evaluate(() =>
						performance.getEntriesByType("resource").some(({ name }) => name.includes("missing")),
					),
				{ what: "the picture" },
			);
			const client = await page.createCDPSession();
			// Told a frame or more behind the change of the scale.
			await page.evaluate(() => {
				visualViewport?.addEventListener("resize", ({ target }) => {
					Object.assign(window, { toldScale: (target as VisualViewport).scale });
				});
			});
			for (const pageScaleFactor of [2, 1]) {
				await client.send("Emulation.setPageScaleFactor", { pageScaleFactor });
				await page.waitForFunction(
					(scale) => (window as { toldScale?: number }).toldScale === scale,
					...[{}, pageScaleFactor],
				);
			}
			await page.evaluate(() => new Promise(requestAnimationFrame));
			await page.evaluate(() => dispatchEvent(new KeyboardEvent("keydown", { key: "F5" })));
		});
		const errors = told(FACT_ERROR).map((fact) => [fact[3], fact[5]]);
		expect(errors).toEqual(
			expect.arrayContaining([
				["error", "Uncaught TypeError: Cannot read 'price' of 17 at https://shop.example/a"],
				["rejection", "{•••} is not valid"],
				["resource", "img"],
			]),
		);
		for (const fact of told(FACT_ERROR)) expect(fact[4]).toMatch(/^[a-z0-9]{1,7}$/);
		const requests = told(FACT_REQUEST).map((fact) => [
			fact[3],
			new URL(String(fact[4])).pathname,
			fact[5],
		]);
		expect(requests).toEqual([
			["fetch", "/api/items/17", 200],
			["xmlhttprequest", "/api/none", 404],
		]);
		const leaves = told(FACT_LEAVE).map((fact) => fact.slice(3));
		expect(leaves).toEqual([["zoom", 200], ["zoom", 100], ["reload"], ["unload"]]);
	});

	test("go on where the page is not recorded, with the changes that answer a press", async () => {
		intake = await startIntake({
			"/": PAGE.replace("Buy</button>", "Buy</button><p id=told></p>"),
		});
		intake.configure({ status: 200, body: { version: 1, sampling: 0, stop: false } });
		const { told } = await visit({ browser: browser(), intake }, async (page) => {
			await page.click("#buy");
			await page.evaluate(() => document.getElementById("told")?.append("Bought"));
		});
		expect(intake.accepted.flatMap(({ events }) => events)).toEqual([]);
		const [answer] = told(6);
		expect([answer?.element, JSON.stringify(answer?.[8])]).toEqual([
			"buy",
			expect.stringMatching(/mutation.*elsewhere.*|near/),
		]);
	});
});

/** In the page. */
function pause(ms: number): Promise<void> {
	return new Promise((next) => setTimeout(next, ms));
}

/** In the page. The browser tells how long an answer took only after the frame that shows it. */
function untilMeasured(id: string): Promise<void> {
	return new Promise((done) => {
		const observer = new PerformanceObserver((list) => {
			const targets = (list.getEntries() as PerformanceEventTiming[]).map(({ target }) => target);
			if (targets.some((target) => target instanceof Element && target.id === id)) done();
		});
		observer.observe({ type: "event", buffered: true });
	});
}
