// Fingers: taps on the wrong one, zooming in, and swipes that nothing follows.
import { button, main, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";

export const touch: Scenario[] = [...misTaps(), ...zooms(), ...swipes()].map((one) => ({
	device: "phone",
	...one,
}));

function misTaps(): Scenario[] {
	const rows = (gap: number) =>
		main(
			`${button("a", "Anna", `style="display:block;height:36px;margin:0 0 ${gap}px"`)}${button("b", "Berta", 'style="display:block;height:36px;margin:0"')}
			<span data-testid="menu" role="dialog" aria-modal="true" hidden style="position:fixed;inset:200px 0 0 0;background:#fff">${button("close", "Close")}${button("pick", "Pick")}</span>`,
			`for (const id of ["a", "b"]) on(id, () => { find("menu").hidden = false; find("menu").setAttribute("aria-modal", "true") });
			find("menu").setAttribute("aria-modal", "false");
			for (const id of ["close", "pick"]) on(id, () => { find("menu").hidden = true; find("menu").setAttribute("aria-modal", "false") })`,
		);
	const taps =
		(...ids: string[]) =>
		async (visitor: Visitor) => {
			await visitor.rest(600);
			for (const id of ids) {
				await visitor.press(id);
				await visitor.rest(800);
			}
			await visitor.rest(1500);
		};
	const links = `<a data-testid="a" href="anna" style="display:block;height:36px;margin:0;padding:0">Anna</a><a data-testid="b" href="berta" style="display:block;height:36px;margin:0;padding:0">Berta</a>`;
	const pages = { "": main(links), anna: main("Anna"), berta: main("Berta") };
	return [
		{
			name: "the-wrong-one-and-closed",
			pages: { "": rows(2) },
			visit: taps("a", "close", "b"),
			must: [{ kind: "mis_tap", on: "a" }],
		},
		{
			name: "the-wrong-one-and-back",
			pages,
			visit: async (visitor) => {
				await visitor.rest(600);
				await visitor.follow("a");
				visitor.mark("there");
				await visitor.rest(900);
				await visitor.back();
				await visitor.rest(500);
				await visitor.press("b");
				await visitor.rest(1500);
			},
			must: [{ kind: "mis_tap", on: "a" }],
			may: [{ kind: "quick_back" }],
		},
		{
			name: "the-same-one-again",
			pages: { "": rows(2) },
			visit: taps("a", "close", "a"),
			trapOf: ["mis_tap"],
		},
		{
			name: "one-far-away-next",
			pages: { "": rows(160) },
			visit: taps("a", "close", "b"),
			trapOf: ["mis_tap"],
		},
		{
			name: "both-without-closing",
			pages: { "": rows(2).replaceAll("inset:200px", "inset:400px") },
			visit: taps("a", "b"),
			trapOf: ["mis_tap"],
		},
		{
			name: "with-a-mouse-it-is-none",
			device: "desktop",
			pages: { "": rows(2) },
			visit: taps("a", "close", "b"),
			trapOf: ["mis_tap"],
		},
		{
			name: "closed-after-a-long-time",
			pages: { "": rows(2) },
			visit: async (visitor) => {
				await visitor.rest(600);
				await visitor.press("a");
				await visitor.rest(5000);
				await visitor.press("close");
				await visitor.rest(500);
				await visitor.press("b");
				await visitor.rest(1500);
			},
			trapOf: ["mis_tap"],
			may: [{ kind: "hesitation", on: "close" }],
		},
	];
}

function zooms(): Scenario[] {
	const pages = {
		"": `<main style="height:700px"><p style="font-size:9px">Small print</p></main>`,
	};
	const pinches =
		(...scales: number[]) =>
		async (visitor: Visitor) => {
			await visitor.rest(700);
			for (const scale of scales) {
				await visitor.pinch(scale);
				await visitor.rest(500);
			}
			await visitor.rest(1000);
		};
	/** It is told once 120 % are reached. */
	const zoom = { kind: "zoom", at: "pinch", withinMs: 1500 } as const;
	return [
		{ name: "zooming-in", pages, visit: pinches(1.8), must: [zoom] },
		{ name: "zooming-in-and-out-and-in", pages, visit: pinches(1.8, 0.4, 1.8, 0.4), must: [zoom] },
		{ name: "zooming-by-a-little", pages, visit: pinches(1.1), trapOf: ["zoom"] },
		{
			name: "zooming-into-a-map",
			pages: {
				"": `<main style="height:800px;touch-action:none;background:#dfd" data-testid="map">Map</main>`,
			},
			visit: pinches(1.8, 0.5),
			trapOf: ["zoom", "dead_swipe", "rage"],
		},
	];
}

function swipes(): Scenario[] {
	const picture = (attributes = "", inner = "") =>
		`<span data-testid="it" style="display:block;width:340px;height:180px;background:#ccd" ${attributes}>${inner}</span>`;
	const swipe =
		(by: readonly [number, number] = [-140, 4]) =>
		async (visitor: Visitor) => {
			await visitor.rest(700);
			await visitor.swipe("it", by);
			await visitor.rest(3800);
		};
	const trap = (name: string, body: string, rest: Partial<Scenario> = {}): Scenario => ({
		...{ name, pages: { "": body }, visit: swipe(), trapOf: ["dead_swipe", "dead", "rage"] },
		...rest,
	});
	return [
		{
			name: "swiping-a-picture",
			pages: { "": main(picture()) },
			visit: swipe(),
			must: [{ kind: "dead_swipe", on: "it" }],
		},
		{
			name: "swiping-a-picture-on-a-page-that-ticks",
			...{ pages: { "": main(picture()) }, ticks: true },
			visit: async (visitor) => {
				await visitor.rest(2600);
				await visitor.swipe("it", [150, -6]);
				await visitor.rest(3800);
			},
			must: [{ kind: "dead_swipe", on: "it" }],
		},
		{
			name: "swiping-a-row-of-pictures-that-stands-still",
			pages: { "": main(picture() + picture().replace("it", "other")) },
			visit: async (visitor) => {
				await visitor.rest(700);
				await visitor.swipe("it", [-90, 10]);
				await visitor.rest(900);
				await visitor.swipe("it", [-160, 0]);
				await visitor.rest(3800);
			},
			must: [
				{ kind: "dead_swipe", on: "it" },
				{ kind: "dead_swipe", on: "it", withinMs: 2500 },
			],
		},
		trap(
			"swiping-a-carousel",
			main(
				picture('style="touch-action:pan-y"', `<b data-testid="slide">1</b>`),
				`let from; find("it").style.touchAction = "pan-y";
				find("it").addEventListener("pointerdown", ({ clientX }) => { from = clientX });
				find("it").addEventListener("pointermove", ({ clientX }) => { find("slide").style.transform = "translateX(" + (clientX - from) + "px)" });
				find("it").addEventListener("pointerup", () => { find("slide").textContent = "2" })`,
			),
		),
		trap(
			"swiping-a-row-that-scrolls",
			`<main><div style="overflow-x:scroll;width:360px"><div data-testid="it" style="width:1200px;height:160px">Row</div></div></main>`,
			{
				visit: async (visitor) => {
					await visitor.rest(700);
					const touch = await visitor.page.touchscreen.touchStart(300, 80);
					for (let x = 300; x >= 100; x -= 40) await touch.move(x, 82);
					await touch.end();
					await visitor.rest(3800);
				},
			},
		),
		trap(
			"swiping-on-at-the-end-of-a-row",
			`<main><div style="overflow-x:scroll;width:360px"><div data-testid="it" style="width:1200px;height:160px">Row</div></div></main><script>addEventListener("DOMContentLoaded",()=>{ find("it").parentElement.scrollLeft = 9999 })</script>`,
			{
				visit: async (visitor) => {
					await visitor.rest(700);
					const touch = await visitor.page.touchscreen.touchStart(300, 80);
					for (let x = 300; x >= 100; x -= 40) await touch.move(x, 82);
					await touch.end();
					await visitor.rest(3800);
				},
			},
		),
		trap("swiping-a-canvas", main(`<canvas data-testid="it" width="340" height="180"></canvas>`)),
		trap("scrolling-down", `<main style="height:4000px">${picture()}</main>`, {
			visit: swipe([6, -140]),
		}),
		trap("swiping-from-the-edge", main("Text"), {
			visit: async (visitor) => {
				await visitor.rest(700);
				const touch = await visitor.page.touchscreen.touchStart(384, 300);
				for (let x = 384; x >= 184; x -= 40) await touch.move(x, 302);
				await touch.end();
				await visitor.rest(3800);
			},
		}),
		trap("drawing-a-slider", main(`<input type="range" data-testid="it" style="width:300px">`), {
			visit: swipe([100, 0]),
		}),
	];
}
