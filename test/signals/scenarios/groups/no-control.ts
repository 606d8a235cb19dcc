// Presses on what is switched off, and on what never was a control.
import { button, main, type Scenario } from "../scenario.ts";
import { one } from "./dead.ts";

export const noControls: Scenario[] = [...switchedOff(), ...pictures()];

function switchedOff(): Scenario[] {
	const off = (id: string, text: string) => button(id, text, "disabled");
	const other = button("other", "Other");
	const script = `on("other", () => say("Done"))`;
	return [
		...(["mouse", "touch"] as const).map(
			(by): Scenario => ({
				name: `switched-off-pressed-twice-by-${by}`,
				pages: { "": main(off("it", "Buy")) },
				device: by === "touch" ? "phone" : "desktop",
				visit: async (visitor) => {
					await visitor.rest(400);
					await visitor.press("it", { times: 2, gapMs: 1500 });
					await visitor.rest(3500);
				},
				must: [{ kind: "dead_disabled", on: "it" }],
			}),
		),
		{
			name: "switched-off-by-aria",
			pages: { "": main(button("it", "Buy", 'aria-disabled="true"')) },
			visit: one("it", { times: 3, gapMs: 1200 }),
			must: [{ kind: "dead_disabled", on: "it" }],
		},
		{
			name: "switched-off-and-left",
			pages: { "": main(off("it", "Buy")) },
			visit: one(),
			must: [{ kind: "dead_disabled", on: "it" }],
		},
		{
			name: "switched-off-one-slip",
			pages: { "": main(off("it", "Buy") + other, script) },
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.press("it");
				await visitor.rest(900);
				await visitor.press("other");
				await visitor.rest(3500);
			},
			trapOf: ["dead_disabled", "dead"],
		},
		{
			name: "switched-off-and-says-why",
			pages: {
				"": main(
					`<span data-testid="around">${button("it", "Buy", 'aria-disabled="true"')}</span>`,
					`on("it", () => say("Choose a size first"))`,
				),
			},
			visit: one("it", { times: 2, gapMs: 1500 }),
			trapOf: ["dead_disabled", "dead"],
		},
	];
}

function pictures(): Scenario[] {
	const words = (text: string) => `<span data-testid="it">${text}</span>`;
	return [
		{
			name: "press-on-a-picture",
			pages: {
				"": main(`<img data-testid="it" alt="Shoe" width="120" height="80" src="/shoe.png">`),
			},
			visit: one(),
			must: [{ kind: "dead_static", on: "it" }],
		},
		{
			name: "press-on-words",
			pages: { "": main(words("Only words")) },
			visit: one(),
			must: [{ kind: "dead_static", on: "it" }],
		},
		{
			name: "a-page-that-is-all-hands",
			pages: { "": `<style>body { cursor: pointer }</style>${main(words("Only words"))}` },
			visit: one(),
			must: [{ kind: "dead_static", on: "it" }],
			trapOf: ["dead"],
		},
		{
			name: "tap-on-words",
			pages: { "": main(words("Only words")) },
			...{ device: "phone", visit: one() },
			must: [{ kind: "dead_static", on: "it" }],
		},
		{
			name: "marking-words-by-drawing",
			pages: { "": main(words("Many words that somebody marks to copy them")) },
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.drag("it", [120, 0]);
				await visitor.rest(3500);
			},
			trapOf: ["dead_static"],
		},
		{
			name: "press-that-closes-what-lies-over",
			pages: {
				"": main(
					`${words("Text behind")}<span data-testid="over" style="position:fixed;inset:0;background:#0008"></span>`,
					`on("over", () => find("over").remove())`,
				),
			},
			visit: one("over"),
			trapOf: ["dead_static", "dead"],
		},
		{
			name: "press-that-brings-the-window-to-the-front",
			pages: { "": main(words("Only words")) },
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.away(1500);
				await visitor.press("it");
				await visitor.rest(3500);
			},
			trapOf: ["dead_static"],
		},
		{
			name: "tap-that-stops-the-page",
			pages: {
				"": `<div style="height:6000px"><p data-testid="it" style="height:5000px">Long text</p></div>`,
			},
			device: "phone",
			visit: async (visitor) => {
				await visitor.rest(400);
				const touch = await visitor.page.touchscreen.touchStart(200, 700);
				for (let y = 700; y >= 100; y -= 100) await touch.move(200, y);
				await touch.end();
				await visitor.rest(60);
				await visitor.page.touchscreen.tap(200, 400);
				await visitor.rest(3500);
			},
			trapOf: ["dead_static", "rage"],
		},
		{
			name: "press-that-leaves-a-field",
			pages: { "": main(`<input data-testid="field">${words("Only words")}`) },
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.type("field", "abc");
				await visitor.rest(300);
				await visitor.press("it");
				await visitor.rest(3500);
			},
			trapOf: ["dead_static"],
		},
	];
}
