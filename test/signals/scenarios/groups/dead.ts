// Presses that nothing answers, and all the ways in which something does.
import { button, main, type Scenario } from "../scenario.ts";
import type { PressOptions, Visitor } from "../visitor.ts";

export const one =
	(id = "it", options: PressOptions = {}) =>
	async (visitor: Visitor): Promise<void> => {
		await visitor.rest(400);
		await visitor.press(id, options);
		await visitor.rest(3500);
	};

const dead = (name: string, inner: string, rest: Partial<Scenario> = {}): Scenario => ({
	...{ name, pages: { "": main(inner) }, visit: one(), must: [{ kind: "dead", on: "it" }] },
	...rest,
});

const answered = (
	name: string,
	inner: string,
	rest: Partial<Scenario> & { script?: string } = {},
): Scenario => {
	const { script = "", ...others } = rest;
	return { name, pages: { "": main(inner, script) }, visit: one(), trapOf: ["dead"], ...others };
};

const waiting = async (visitor: Visitor): Promise<void> => {
	await visitor.rest(400);
	await visitor.press("it");
	await visitor.rest(7600);
};
/** A second of it. */
const SILENCE = `data:audio/wav;base64,${Buffer.concat([
	Buffer.from("524946466400000057415645666d74201000000001000100401f0000401f000001000800", "hex"),
	Buffer.from("64617461401f0000", "hex"),
	Buffer.alloc(8000, 128),
]).toString("base64")}`;

const FAKE = 'data-testid="it" style="cursor:pointer"';

export const deadEnds: Scenario[] = [
	dead("dead-link-without-a-target", `<a data-testid="it" href="javascript:void 0">Details</a>`, {
		// Who leaves behind a link may have been led away by it: only what is watched to the end is known.
		visit: async (visitor) => waiting(visitor),
	}),
	dead("dead-div-with-a-role", `<span role="button" tabindex="0" data-testid="it">Order</span>`),
	dead("dead-div-with-a-hand", `<span ${FAKE}>Order</span>`),
	dead("dead-card-with-a-hand", `<span ${FAKE}><b>Card</b> with a price</span>`, {
		visit: one("it", { at: [12, 10] }),
		// What lies in a card and looks like it is what was pressed, as far as a browser tells.
		must: [{ kind: "dead", on: "Card", at: "it" }],
	}),
	dead("dead-by-finger-with-a-hand", `<span ${FAKE}>Order</span>`, { device: "phone" }),
	dead(
		"dead-onclick-that-does-nothing",
		`<span onclick="void 0" role="button" data-testid="it">Order</span>`,
	),
	dead("dead-tab", `<span role="tab" tabindex="0" data-testid="it">Reviews</span>`),
	dead("dead-submit-outside-a-form", `<input type="submit" data-testid="it" value="Send">`),
	dead("dead-while-a-carousel-turns", `${button("it", "Buy")}`, {
		...{
			ticks: true,
			visit: async (visitor) => {
				await visitor.rest(5200);
				await visitor.press("it");
				await visitor.rest(3500);
			},
		},
		pages: {
			"": `${main(button("it", "Buy"))}<aside><div><div><p><b data-testid="slides" class="a">x</b></p></div></div></aside><script>
			setInterval(() => { find("slides").className = find("slides").className === "a" ? "b" : "a" }, 1500)</script>`,
		},
	}),
	...answersInOwnWays(),
];

function answersInOwnWays(): Scenario[] {
	return [
		answered("link-to-another-tab", `<a data-testid="it" href="/away" target="_blank">Terms</a>`),
		answered("button-that-opens-a-tab", button("it", "Open"), {
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.press("it");
				// In the page's place: without a screen what it opens is a window beside it, which hides nothing.
				await visitor.away(2500);
				await visitor.rest(1500);
			},
		}),
		answered("download-by-attribute", `<a data-testid="it" href="/report.zip" download>Report</a>`),
		answered("download-by-the-server", `<a href="/report.zip">Report by the server</a>`, {
			visit: async (visitor) => {
				await visitor.rest(400);
				const link = await visitor.page.waitForSelector("a");
				await link?.click();
				await visitor.rest(3500);
			},
		}),
		answered("download-by-the-server-named", `<a data-testid="it" href="/report.zip">Report</a>`),
		answered(
			"copy-button",
			`<input data-testid="code" value="SAVE10" readonly>${button("it", "Copy")}`,
			{
				script: `on("it", () => { find("code").select(); document.execCommand("copy") })`,
			},
		),
		answered("toggle-of-a-class", `${button("it", "Menu")}`, {
			script: `on("it", () => document.documentElement.classList.toggle("open"))`,
		}),
		answered(
			"toggle-by-styles-alone",
			`<label data-testid="it"><input type="checkbox" hidden> Filters</label>`,
		),
		answered("details", `<details><summary data-testid="it">More</summary>Text</details>`),
		answered("list-of-the-browser", `<select data-testid="it"><option>A<option>B</select>`),
		answered("caret-elsewhere", `${button("it", "Write")}<input data-testid="field">`, {
			script: `on("it", () => find("field").focus())`,
		}),
		answered("dialog", `${button("it", "Ask")}<dialog data-testid="box">Sure?</dialog>`, {
			script: `on("it", () => find("box").showModal())`,
		}),
		answered(
			"popover",
			`<button data-testid="it" popovertarget="tip">Tip</button><span id="tip" popover>Tip</span>`,
		),
		answered(
			"place-on-the-page",
			`<a data-testid="it" href="#far">Jump</a><span style="display:block;height:2000px"></span><b id="far">Far</b>`,
		),
		answered("scroll-to-the-top", button("it", "Down"), {
			pages: {
				"": `${main(button("it", "Down"), `on("it", () => scrollTo({ top: 900, behavior: "smooth" }))`)}<div style="height:3000px"></div>`,
			},
		}),
		answered("mail", `<a data-testid="it" href="mailto:shop@example.com">Write to us</a>`),
		answered("telephone", `<a data-testid="it" href="tel:+4312345">Call</a>`, { device: "phone" }),
		answered("with-a-key-held", `<a data-testid="it" href="/away">Terms</a>`, {
			visit: one("it", { holding: "Control" }),
		}),
		answered("answer-by-a-style-rule", button("it", "Dark"), {
			script: `on("it", () => document.styleSheets[0].insertRule("body { background: #222 }"))`,
		}),
		answered("answer-by-an-adopted-sheet", button("it", "Dark"), {
			script: `const sheet = new CSSStyleSheet(); document.adoptedStyleSheets = [sheet]; on("it", () => sheet.replaceSync("body { background: #222 }"))`,
		}),
		answered(
			"sound-that-plays",
			`<audio data-testid="sound" src="${SILENCE}"></audio>${button("it", "Play")}`,
			{
				script: `on("it", () => find("sound").play())`,
			},
		),
		answered("route-of-an-application", button("it", "Shop"), {
			script: `on("it", () => { history.pushState({}, "", "shop"); })`,
		}),
		answered("pressed-and-drawn-away", button("it", "Buy"), {
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.drag("it", [0, 300]);
				await visitor.rest(3500);
			},
		}),
		answered("answer-that-ticks-on", button("it", "Start"), {
			script: `on("it", () => { find("it").textContent = "Stop"; let n = 0; setInterval(() => { find("out").textContent = ++n }, 1000) })`,
		}),
		answered("left-within-three-seconds", button("it", "Buy"), {
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.press("it");
				await visitor.rest(1500);
			},
		}),
		answered("looked-elsewhere-within-three-seconds", button("it", "Buy"), {
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.press("it");
				await visitor.rest(1800);
				await visitor.away(4000);
				await visitor.rest(500);
			},
		}),
	];
}
