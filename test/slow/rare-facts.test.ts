// What facts tell of moments that come seldom: a button that moved away under the pointer, something
// opened beside the page, a request that outlasts its press, a stream that ends on its own.
import type { HTTPRequest, Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import {
	FACT_ANSWER,
	FACT_LEAVE,
	FACT_MOVE,
	FACT_SCROLL,
	FACT_SUBMIT,
	FACT_VITAL,
	type Fact,
} from "../../protocol/fact.ts";
import { visit } from "../recorder/capture/facts-page.ts";
import { type Intake, startIntake } from "../recorder/intake.ts";
import { recordingBegan } from "../recorder/recording-began.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const SCRIPT = `
function press(id) {
	const button = document.getElementById(id);
	const { left, top } = button.getBoundingClientRect();
	const place = { bubbles: true, isPrimary: true, clientX: left + 5, clientY: top + 5 };
	for (const type of ["pointerdown", "pointerup"]) button.dispatchEvent(new PointerEvent(type, place));
}
function hide(isHidden) {
	const visibility = { value: isHidden ? "hidden" : "visible", configurable: true };
	Object.defineProperty(document, "visibilityState", visibility);
	document.dispatchEvent(new Event("visibilitychange"));
}
// Something comes in above the button, which is pressed right behind the frame that shows it.
async function pressAsItMoves(id) {
	document.getElementById("slot").style.height = "120px";
	await new Promise(requestAnimationFrame);
	await new Promise((next) => setTimeout(next));
	press(id);
}
`;
const PAGE = `<!doctype html><html><head>{{script}}</head><body style="margin: 0; height: 3000px">
<div id="slot"></div><button id="buy">Buy</button><button id="ask" onclick="fetch('/slow')">Ask</button>
<p style="position: fixed; bottom: 50px"><a id="beside" href="/beside" target="_blank" onclick="event.preventDefault()">Beside</a>
<a id="file" href="/file" download onclick="event.preventDefault()">File</a></p>
<form id="signup" style="position: fixed; bottom: 0" onsubmit="event.preventDefault()"><button id="send">Send</button></form>
<script>${SCRIPT}</script></body></html>`;

let intake: Intake;
afterEach(() => intake.close());

const facts = (): Fact[] => intake.accepted.flatMap((received) => received.facts);
const of = <C extends Fact[0]>(code: C) =>
	facts().filter((fact): fact is Extract<Fact, { 0: C }> => fact[0] === code);

describeWithBrowser("facts of rare moments", (browser) => {
	test("say that what was pressed had just moved, and what was opened beside the page", async () => {
		intake = await startIntake({ "/": PAGE });
		const { told } = await visit({ browser: browser(), intake }, async (page) => {
			await page.evaluate("pressAsItMoves('buy')");
			await waitFor(() => of(FACT_VITAL).some((fact) => fact[3] === "shift"), {
				...{ what: "the shift", timeoutMs: 15_000 },
			});
			// What they open is told at the press, and nothing is when the page is out of sight then.
			await page.evaluate("press('beside'); hide(true); hide(false)");
			await page.evaluate("press('file'); hide(true); hide(false)");
			await page.evaluate("press('send'); hide(true); hide(false)");
		});
		const shifts = told(FACT_VITAL).filter((fact) => fact[3] === "shift");
		expect(shifts.map((fact) => [fact.element, fact[4]])).toEqual([["buy", 120]]);
		expect(told(FACT_LEAVE).map((fact) => fact[3])).toEqual([
			...["open", "download", "open", "unload"],
		]);
	});

	test("an answer is told again where what was asked for comes later than it", async () => {
		intake = await startIntake({ "/": PAGE });
		await visit({ browser: browser(), intake }, async (page) => {
			const { asked } = await holdRequest(page, "/slow");
			await page.click("#ask");
			await waitFor(() => of(FACT_ANSWER).length === 1, {
				...{ what: "the answer", timeoutMs: 20_000 },
			});
			await (await asked).respond({ body: "[]" });
			await waitFor(() => of(FACT_ANSWER).length === 2, {
				...{ what: "the other answer", timeoutMs: 15_000 },
			});
		});
		const [first, second] = of(FACT_ANSWER);
		const asked = (answer: typeof first) => answer?.[8].filter(([kind]) => kind === "request");
		expect([asked(first), asked(second)?.length]).toEqual([[], 1]);
		expect(second?.slice(2, 7)).toEqual(first?.slice(2, 7));
	});

	test("what has gathered is told where recording ends before the page does", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await recordingBegan(page);
			await waitFor(() => intake.accepted.length > 0, { what: "the first chunk" });
			await page.click("#send");
			for (const x of [200, 300]) {
				await page.mouse.move(x, 300);
				await page.evaluate(() => new Promise((next) => setTimeout(next, 120)));
			}
			await page.evaluate("snag.stop()");
			await waitFor(() => of(FACT_MOVE).length > 0, { what: "the last facts" });
		});
		expect([of(FACT_SCROLL).length, of(FACT_ANSWER).length, of(FACT_LEAVE).length]).toEqual([
			...[1, 1, 0],
		]);
		expect(of(FACT_SUBMIT).map((fact) => fact.slice(4, 8))).toEqual([[1, 1, 0, "none"]]);
	});
});

/** The request for a path, which is answered by whoever waits for it. */
async function holdRequest(page: Page, path: string): Promise<{ asked: Promise<HTTPRequest> }> {
	await page.setRequestInterception(true);
	const asked = new Promise<HTTPRequest>((begun) => {
		page.on("request", (request) => {
			if (new URL(request.url()).pathname === path) begun(request);
			else void request.continue();
		});
	});
	return { asked };
}
