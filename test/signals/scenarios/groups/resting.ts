// Rests before a press, and what else keeps a hand where it is.
import { button, main, type Scenario } from "../scenario.ts";

const BUTTONS = `${button("it", "Buy")}<span style="display:inline-block;width:400px"></span>${button("other", "Other")}`;
const WORKING = `on("it", () => say("Done")); on("other", () => say("Done"))`;
const PAGE = { "": main(BUTTONS, WORKING) };

export const resting: Scenario[] = hesitations();

function hesitations(): Scenario[] {
	const long = "A card that says very much about what it sells. ".repeat(6);
	const trap = (
		name: string,
		visit: Scenario["visit"],
		rest: Partial<Scenario> = {},
	): Scenario => ({
		...{ name, pages: PAGE, visit, trapOf: ["hesitation"] },
		...rest,
	});
	return [
		{
			name: "resting-before-a-press",
			pages: PAGE,
			visit: async (visitor) => {
				await visitor.rest(500);
				await visitor.hover("it");
				visitor.mark("rested");
				await visitor.press("it", { hoverMs: 6000 });
				await visitor.rest(1200);
			},
			must: [{ kind: "hesitation", on: "it", at: "rested" }],
		},
		{
			name: "resting-before-one-of-several",
			pages: {
				"": main(
					["a", "b", "c", "d", "it"].map((id) => button(id, `Choice ${id}`)).join(""),
					`for (const id of ["a", "b", "c", "d", "it"]) on(id, () => say("Done"))`,
				),
			},
			visit: async (visitor) => {
				for (const id of ["a", "b", "c", "d"]) {
					await visitor.rest(500);
					await visitor.press(id, { hoverMs: 350 });
				}
				await visitor.hover("it");
				visitor.mark("rested");
				await visitor.press("it", { hoverMs: 5000 });
				await visitor.rest(1200);
			},
			must: [{ kind: "hesitation", on: "it", at: "rested" }],
		},
		{
			name: "doing-nothing-before-a-tap",
			...{ pages: PAGE, device: "phone" },
			visit: async (visitor) => {
				await visitor.rest(500);
				await visitor.press("other");
				visitor.mark("rested");
				await visitor.rest(12_000);
				await visitor.press("it");
				await visitor.rest(1200);
			},
			must: [{ kind: "hesitation", on: "it", at: "rested" }],
		},
		trap("gone-for-coffee", async (visitor) => {
			await visitor.rest(500);
			await visitor.press("it", { hoverMs: 31_000 });
			await visitor.rest(1200);
		}),
		trap("resting-for-a-second", async (visitor) => {
			await visitor.rest(500);
			await visitor.press("it", { hoverMs: 1000 });
			await visitor.rest(1200);
		}),
		trap(
			"a-slow-hand",
			async (visitor) => {
				for (const id of ["a", "b", "c", "d", "e", "it"])
					await visitor.press(id, { hoverMs: 2300 });
				await visitor.rest(1200);
			},
			{
				pages: {
					"": main(
						["a", "b", "c", "d", "e", "it"].map((id) => button(id, `Choice ${id}`)).join(""),
						`for (const id of ["a", "b", "c", "d", "e", "it"]) on(id, () => say("Done"))`,
					),
				},
			},
		),
		trap("resting-while-elsewhere", async (visitor) => {
			await visitor.rest(500);
			await visitor.hover("it");
			await visitor.away(6000);
			await visitor.press("it");
			await visitor.rest(1200);
		}),
		trap(
			"reading-what-is-pressed",
			async (visitor) => {
				await visitor.rest(500);
				await visitor.press("it", { hoverMs: 6000 });
				await visitor.rest(1200);
			},
			{
				pages: {
					"": main(button("it", long, 'style="width:500px"'), `on("it", () => say("Done"))`),
				},
			},
		),
		trap(
			"scrolling-while-over-it",
			async (visitor) => {
				await visitor.rest(500);
				await visitor.moveTo(200, 400);
				for (let one = 0; one < 5; one++) {
					await visitor.rest(900);
					await visitor.wheel(100);
				}
				await visitor.page.mouse.down();
				await visitor.page.mouse.up();
				await visitor.rest(1200);
			},
			{
				pages: {
					"": `<div style="height:4000px"><button type="button" data-testid="it" style="height:2500px;width:400px">Very tall</button></div><script>addEventListener("DOMContentLoaded",()=>on("it", () => say("Done")))</script>`,
				},
			},
		),
	];
}
