import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { formatElementKey, selectorOf } from "../../../protocol/element-key.ts";
import {
	type ElementFact,
	FACT_ANSWER,
	FACT_ELEMENT,
	FACT_LEAVE,
	FACT_PAGE,
	FACT_PRESS,
	FACT_SWIPE,
	type Fact,
	HINT_AWAY,
	HINT_CONTROL,
	HINT_DISABLED,
	HINT_POINTER,
	HINT_REPEATABLE,
	type Layer,
	type PressFact,
} from "../../../protocol/fact.ts";
import { RELATIVE_MAX } from "../../../protocol/limits.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake } from "../intake.ts";
import { recordingBegan } from "../recording-began.ts";

const PAGE = `<!doctype html><html lang="en"><head><title>Shop</title>{{script}}
<style>body { margin: 0; height: 3000px } #bar { position: fixed; bottom: 0; left: 0 }
#box { overflow: auto; height: 100px } #tall { height: 400px }</style></head><body>
<header id="head" style="position: sticky; top: 0; width: 80px">Header</header><h1>Shop</h1>
<dialog open style="position: absolute; left: 600px; top: 400px; margin: 0"><button id="yes">Yes</button></dialog>
<button id="more" style="position: absolute; left: 600px; top: 300px">+</button>
<details id="faq" style="position: absolute; left: 600px; top: 500px"><summary>More</summary></details>
<button id="buy" style="position: absolute; left: 100px; top: 100px; width: 200px; height: 40px">Buy now</button>
<button id="off" disabled style="position: absolute; left: 100px; top: 200px; width: 200px; height: 40px">Sold out</button>
<a id="mail" href="mailto:shop@shop.example" style="position: absolute; left: 250px; top: 350px">Write to us</a>
<div id="hand" style="position: absolute; left: 100px; top: 250px; cursor: pointer">Looks like a button</div>
<label id="agree" style="position: absolute; left: 100px; top: 300px"><input type="checkbox" id="terms"> I agree</label>
<a id="next" href="/next" style="position: absolute; left: 100px; top: 350px">Next page</a>
<form onsubmit="return false" style="position: absolute; left: 400px; top: 100px">
<input id="name" type="text"><button id="send">Send</button></form>
<div id="box" style="position: absolute; left: 400px; top: 200px"><div id="tall"><button id="deep">Deep</button></div></div>
<div id="bar"><button id="cart">Cart</button></div>
<div style="height: 2000px"></div><footer id="foot" style="position: sticky; bottom: 0; margin-left: 300px; width: 80px">Help</footer>
<div id="host" style="position: absolute; left: 400px; top: 350px; width: 100px; height: 30px"></div>
<script>document.getElementById("host").attachShadow({ mode: "open" }).innerHTML = "<button>Inside</button>";</script>
</body></html>`;

let intake: Intake;

afterEach(() => intake.close());

const facts = (): Fact[] => intake.accepted.flatMap((received) => received.facts);
const presses = (): PressFact[] => facts().filter((fact) => fact[0] === FACT_PRESS);
const elementOf = (press: PressFact | undefined): ElementFact | undefined =>
	facts().find((fact): fact is ElementFact => fact[0] === FACT_ELEMENT && fact[2] === press?.[3]);

describeWithBrowser("presses in a real page", (browser) => {
	/** Opens the page, does something there, leaves it, and waits for its last words. */
	const visit = async (act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": PAGE, "/next": "<title>Next</title>{{script}}" });
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page("/"));
			await recordingBegan(page);
			await act(page);
			if (page.url() === intake.page("/")) await page.goto(intake.page("/away"));
			await waitFor(() => facts().some(([code]) => code === FACT_LEAVE), {
				what: "the last words",
			});
			expect(problems).toEqual([]);
		});
	};

	test("a full snapshot and the page view arrive within 1.5 s of being taken", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/?token=secret#part"));
			await waitFor(() => facts().length > 0, { what: "the facts" });
		});
		const arrivedAt = Date.now();
		const [first] = intake.accepted;
		expect(arrivedAt - (first?.events[1]?.timestamp ?? 0)).toBeLessThan(1500);
		expect(first?.events.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
		expect(first?.envelope.events.snapshots).toEqual([first?.events[1]?.timestamp]);
		expect(first?.envelope).toMatchObject({ sequence: 0, part: 0, url: intake.page("/") });
		const page = facts().find((fact) => fact[0] === FACT_PAGE);
		expect(page?.slice(2, 6)).toEqual([0, intake.page("/"), "Shop", "load"]);
	});

	test("a press has its place on the element and a key that finds it again", async () => {
		await visit(async (page) => {
			await page.mouse.click(150, 110);
			for (const selector of ["#buy", '[id="buy"]'])
				expect(await page.$$(selector)).toHaveLength(1);
		});
		const [press] = presses();
		const [, , view, , x, y, documentX, documentY, layer, pointer, width] = press ?? [];
		expect([view, layer, pointer, width]).toEqual([0, "flow", "mouse", 800]);
		expect([x, y]).toEqual([RELATIVE_MAX / 4, RELATIVE_MAX / 4].map(Math.round));
		expect([documentX, documentY]).toEqual([150, 110]);
		const element = elementOf(press);
		expect(element?.slice(4)).toEqual(["button", "button", "Buy now", 0]);
		expect(formatElementKey(element?.[3] ?? [])).toBe("id:buy");
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			for (const candidate of element?.[3] ?? []) {
				const found = await page.$$eval(selectorOf(candidate), (all) => all.map(({ id }) => id));
				// A selector finds other buttons beside the one with these words.
				if (candidate[0] === "text") expect(found).toContain("buy");
				else expect(found).toEqual(["buy"]);
			}
		});
	});

	const PLACES: [what: string, selector: string, layer: Layer, hints: number][] = [
		["a button in a fixed bar", "#cart", "fixed", 0],
		["a button in a scrolling box", "#deep", "scroller", 0],
		["a button in an open dialog", "#yes", "dialog", 0],
		["a stepper", "#more", "flow", HINT_REPEATABLE],
		["a disabled button", "#off", "flow", HINT_DISABLED],
		["what looks like a button", "#hand", "flow", HINT_POINTER],
		["a link to another program", "#mail", "flow", HINT_POINTER | HINT_AWAY],
		["a shadow tree, which shows as its host,", "#host", "flow", HINT_CONTROL],
	];
	test.each(PLACES)("a press on %s says so", async (_what, selector, layer, hints) => {
		await visit((page) => page.click(selector, { offset: { x: 5, y: 5 } }));
		expect(presses().map((press) => [press[8], press[14]])).toEqual([[layer, hints]]);
		expect(elementOf(presses()[0])?.[3][0]).toEqual(["id", selector.slice(1)]);
	});

	test("a sticky header is fixed once it sticks", async () => {
		await visit(async (page) => {
			await page.click("#head");
			await page.evaluate(() => scrollTo(0, 1000));
			await page.click("#head");
		});
		expect(presses().map((press) => press[8])).toEqual(["flow", "fixed"]);
	});

	test("a sticky footer is fixed before anything was scrolled", async () => {
		await visit((page) => page.click("#foot"));
		expect(presses().map((press) => press[8])).toEqual(["fixed"]);
	});

	test("a press knows what was open on the page", async () => {
		await visit(async (page) => {
			await page.click("#buy");
			await page.click("summary");
			await page.click("#buy");
			await page.click("summary");
			await page.click("#buy");
		});
		const states = presses().map((press) => press[15]);
		const [closed, , open, opened] = states;
		expect(open).not.toBe(closed);
		expect(states).toEqual([closed, closed, open, opened, closed]);
		expect(opened).toBe(open);
	});

	test("an element that is another thing now gets another number", async () => {
		await visit(async (page) => {
			await page.click("#buy");
			await page.click("#buy");
			await page.$eval("#buy", (button) => {
				button.id = "order";
			});
			await page.click("#order");
		});
		const keys = presses().map((press) => elementOf(press)?.[3][0]?.[1]);
		expect(keys).toEqual(["buy", "buy", "order"]);
		// Not which numbers: what was seen of the page meanwhile has some as well.
		const [first, again, other] = presses().map((press) => press[3]);
		expect([again === first, other === first]).toEqual([true, false]);
	});

	test("hovering before a press is measured", async () => {
		await visit(async (page) => {
			await page.mouse.move(150, 110);
			await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
			await page.mouse.click(151, 111);
		});
		expect(presses()[0]?.[12]).toBeGreaterThanOrEqual(300);
		expect(presses()[0]?.[12]).toBeLessThan(3000);
	});

	test("a press on a label is one press, and the click the browser makes for the box none", async () => {
		await visit(async (page) => {
			await page.click("#agree", { offset: { x: 50, y: 8 } });
			expect(await page.$eval("#terms", (box) => (box as HTMLInputElement).checked)).toBe(true);
		});
		expect(presses().map((press) => elementOf(press)?.[3][0]?.[1])).toEqual(["agree"]);
	});

	const KEYS: [what: string, focus: string, key: "Enter" | "Space", pressed: string | undefined][] =
		[
			["Enter on a button is one press", "#buy", "Enter", "buy"],
			["the space bar on a button is one press", "#buy", "Space", "buy"],
			["the space bar on a box is one press", "#terms", "Space", "terms"],
			["Enter in a text field presses the form's button", "#name", "Enter", "send"],
			["the space bar in a text field is no press", "#name", "Space", undefined],
		];
	test.each(KEYS)("%s", async (_what, focus, key, pressed) => {
		await visit(async (page) => {
			await page.focus(focus);
			await page.keyboard.press(key);
		});
		const middle = Math.round(RELATIVE_MAX / 2);
		expect(
			presses().map((press) => [elementOf(press)?.[3][0]?.[1], press[9], press[4], press[5]]),
		).toEqual(pressed === undefined ? [] : [[pressed, "key", middle, middle]]);
	});

	test("a press right before the page is left arrives first in the last words", async () => {
		await visit((page) => Promise.all([page.waitForNavigation(), page.click("#next")]));
		const last = intake.accepted.find(({ facts }) => facts.some(([code]) => code === FACT_LEAVE));
		expect(last?.envelope.last).toBe(true);
		expect(last?.events).toEqual([]);
		// On a slow machine the first flush comes before the page is left.
		const all = intake.accepted
			.filter(({ envelope }) => envelope.stream === last?.envelope.stream)
			.sort((a, b) => a.envelope.sequence - b.envelope.sequence)
			.flatMap(({ facts }) => facts);
		const codes = all.map(([code]) => code);
		expect(codes.slice(0, 3)).toEqual([FACT_PAGE, FACT_ELEMENT, FACT_PRESS]);
		expect(codes.at(-1)).toBe(FACT_LEAVE);
	});

	test("a finger that scrolls does not press", async () => {
		await visit(async (page) => {
			const touch = await page.touchscreen.touchStart(150, 110);
			await touch.move(150, 60);
			await touch.end();
			await page.touchscreen.tap(150, 110);
		});
		expect(presses().map((press) => press[9])).toEqual(["touch"]);
		expect(facts().filter(([code]) => code === FACT_SWIPE)).toEqual([]);
	});

	test("a finger that is drawn sideways has swiped, and two that pinch have not", async () => {
		await visit(async (page) => {
			const touch = await page.touchscreen.touchStart(250, 110);
			for (const x of [220, 190, 160, 130]) await touch.move(x, 115);
			await touch.end();
			const [one, other] = [
				await page.touchscreen.touchStart(150, 110),
				await page.touchscreen.touchStart(250, 110),
			];
			await one.move(100, 110);
			await other.move(300, 110);
			await other.end();
			await one.end();
		});
		const swipes = facts().filter((fact) => fact[0] === FACT_SWIPE);
		expect(swipes.map((swipe) => [swipe[9], swipe[16]])).toEqual([["touch", -120]]);
		expect(presses()).toEqual([]);
		const answered = facts().filter((fact) => fact[0] === FACT_ANSWER);
		const left = [["unload", expect.any(Number), "elsewhere"]];
		expect(answered.map((answer) => [answer[4], answer[8]])).toEqual([[swipes[0]?.[1], left]]);
	});
});
