// What a hand does without pressing: it is thrown about, comes back and back, scrolls up and down, rests before it presses;
// and what looks like it.
import { button, main, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";

const BUTTONS = `${button("it", "Buy")}<span style="display:inline-block;width:400px"></span>${button("other", "Other")}`;
const WORKING = `on("it", () => say("Done")); on("other", () => say("Done"))`;
const PAGE = { "": main(BUTTONS, WORKING) };

/** To and fro across the page. */
const shake = async (visitor: Visitor, turns: number, width = 260): Promise<void> => {
	for (let turn = 0; turn < turns; turn++) {
		const from = 400 + (turn % 2 ? width : 0);
		const to = 400 + (turn % 2 ? 0 : width);
		for (let step = 1; step <= 3; step++) {
			await visitor.moveTo(from + ((to - from) * step) / 3, 420 + step);
			await visitor.rest(58);
		}
	}
};

export const pointer: Scenario[] = [...thrashes(), ...dithers(), ...hunts(), ...hesitations()];

function thrashes(): Scenario[] {
	const thrash = { kind: "thrash", at: "thrash", withinMs: 1500 } as const;
	const wild = async (visitor: Visitor) => {
		await visitor.rest(2600);
		visitor.mark("thrash");
		await shake(visitor, 15);
		await visitor.rest(600);
	};
	return [
		{ name: "thrown-about", pages: PAGE, visit: wild, must: [thrash] },
		{ name: "thrown-about-while-it-ticks", pages: PAGE, ticks: true, visit: wild, must: [thrash] },
		{
			name: "thrown-about-while-waiting",
			pages: {
				"": main(BUTTONS, `on("it", () => { say("Wait"); ask(6000).then(() => say("Done")) })`),
			},
			visit: async (visitor) => {
				await visitor.rest(700);
				await visitor.press("it");
				await wild(visitor);
			},
			must: [thrash],
		},
		{
			name: "moved-to-and-fro-twice",
			pages: PAGE,
			visit: async (visitor) => {
				await visitor.rest(2600);
				await shake(visitor, 5);
				await visitor.rest(600);
			},
			trapOf: ["thrash"],
		},
		{
			name: "trembling",
			pages: PAGE,
			visit: async (visitor) => {
				await visitor.rest(2600);
				await shake(visitor, 16, 18);
				await visitor.rest(600);
			},
			trapOf: ["thrash"],
		},
		{
			name: "drawing",
			pages: { "": main(`<canvas data-testid="it" width="600" height="500"></canvas>`) },
			visit: async (visitor) => {
				await visitor.rest(2600);
				await visitor.hover("it");
				await visitor.page.mouse.down();
				await shake(visitor, 15, 150);
				await visitor.page.mouse.up();
				await visitor.rest(600);
			},
			trapOf: ["thrash", "dead"],
		},
		{
			name: "waking-the-screen",
			pages: PAGE,
			visit: async (visitor) => {
				await visitor.rest(600);
				await visitor.away(1500);
				await shake(visitor, 12);
				await visitor.rest(600);
			},
			trapOf: ["thrash"],
		},
	];
}

function dithers(): Scenario[] {
	const stay = async (
		visitor: Visitor,
		times: number,
		{ onMs = 450, offMs = 700, steps = 4 } = {},
	) => {
		for (let time = 0; time < times; time++) {
			await visitor.hover("it");
			visitor.mark("dither");
			await visitor.rest(onMs);
			await visitor.moveTo(900, 500, steps);
			await visitor.rest(offMs);
		}
	};
	const trap = (
		name: string,
		visit: Scenario["visit"],
		rest: Partial<Scenario> = {},
	): Scenario => ({
		...{ name, pages: PAGE, visit, trapOf: ["dither", "hesitation"] },
		...rest,
	});
	const begin = (visitor: Visitor) => visitor.rest(700);
	return [
		{
			name: "back-and-forth",
			pages: PAGE,
			visit: async (visitor) => {
				await begin(visitor);
				await stay(visitor, 3);
				await visitor.rest(800);
			},
			must: [{ kind: "dither", on: "it", at: "dither" }],
		},
		{
			name: "back-and-forth-between-two",
			pages: PAGE,
			visit: async (visitor) => {
				await begin(visitor);
				for (let time = 0; time < 4; time++) {
					await visitor.hover("it");
					visitor.mark("one");
					await visitor.rest(600);
					await visitor.hover("other");
					visitor.mark("two");
					await visitor.rest(600);
				}
				await visitor.moveTo(900, 500, 4);
				await visitor.rest(500);
			},
			must: [
				{ kind: "dither", on: "it", at: "one" },
				{ kind: "dither", on: "other", at: "two" },
			],
		},
		trap("back-and-forth-and-pressed", async (visitor) => {
			await begin(visitor);
			await stay(visitor, 3);
			await visitor.press("it");
			await visitor.rest(3400);
		}),
		trap("crossed-on-the-way", async (visitor) => {
			await begin(visitor);
			await stay(visitor, 5, { onMs: 20, offMs: 400 });
			await visitor.rest(500);
		}),
		trap("looked-at-twice", async (visitor) => {
			await begin(visitor);
			await stay(visitor, 2);
			await visitor.rest(500);
		}),
		trap(
			"a-menu-under-the-pointer",
			async (visitor) => {
				await begin(visitor);
				await stay(visitor, 4);
				await visitor.rest(500);
			},
			{
				others: (made, person) => {
					if (person % 2 === 0)
						made.dither(9000, made.element({ text: "Buy", key: "data-testid=it" }));
				},
			},
		),
		trap("a-hint-that-trembles", async (visitor) => {
			await begin(visitor);
			await stay(visitor, 4, { onMs: 300, offMs: 0, steps: 1 });
			await visitor.rest(500);
		}),
	];
}

function hunts(): Scenario[] {
	const text = (height: number) => `<div style="height:${height}px"><p>Text</p></div>`;
	const turns = (count: number, leg: number) => async (visitor: Visitor) => {
		await visitor.rest(600);
		await visitor.moveTo(600, 400);
		visitor.mark("hunt");
		for (let one = 0; one <= count; one++) {
			await visitor.wheel(one % 2 ? -leg : leg);
			await visitor.rest(260);
		}
		await visitor.rest(700);
	};
	const trap = (
		name: string,
		visit: Scenario["visit"],
		rest: Partial<Scenario> = {},
	): Scenario => ({
		...{ name, pages: { "": text(5000) }, visit, trapOf: ["scroll_hunt"] },
		...rest,
	});
	return [
		{
			name: "up-and-down",
			pages: { "": text(5000) },
			visit: turns(6, 900),
			// The fact tells when the turns ended, and they began within ten seconds before.
			must: [{ kind: "scroll_hunt", at: "hunt", withinMs: 8000 }],
		},
		{
			name: "up-and-down-by-finger",
			device: "phone",
			pages: { "": text(5000) },
			visit: async (visitor) => {
				await visitor.rest(600);
				visitor.mark("hunt");
				for (let one = 0; one < 7; one++) {
					await drawFinger(visitor, one % 2 ? [120, 720] : [720, 120]);
					await visitor.rest(200);
				}
				await visitor.rest(900);
			},
			must: [{ kind: "scroll_hunt", at: "hunt", withinMs: 8000 }],
		},
		trap("reading-down", async (visitor) => {
			await visitor.rest(600);
			for (let one = 0; one < 6; one++) {
				await visitor.wheel(600);
				await visitor.rest(500);
			}
			await visitor.wheel(-600);
			await visitor.rest(700);
		}),
		trap("small-steps-to-and-fro", turns(8, 200)),
		trap(
			"contents-that-lead-there",
			async (visitor) => {
				await visitor.rest(600);
				for (const id of ["far", "near", "far", "near", "far", "near"]) {
					await visitor.press(id);
					await visitor.rest(1200);
				}
				await visitor.rest(2500);
			},
			{
				pages: {
					"": `<div style="position:fixed;top:0">${button("far", "End")}${button("near", "Start")}</div>${text(5000)}<script>addEventListener("DOMContentLoaded",()=>{on("far", () => scrollTo(0, 3500)); on("near", () => scrollTo(0, 100))})</script>`,
				},
			},
		),
		trap("a-long-text-that-all-read-so", turns(6, 900), {
			others: (made, person) => {
				made.scroll(90_000, 4, 500, 4 + (person % 5));
			},
		}),
		trap("bouncing", async (visitor) => {
			await visitor.rest(600);
			await visitor.moveTo(600, 400);
			for (let one = 0; one < 6; one++) {
				await visitor.wheel(300);
				await visitor.wheel(-100);
			}
			await visitor.rest(700);
		}),
	];
}

async function drawFinger(
	{ page, rest }: Visitor,
	[from, to]: readonly [number, number],
): Promise<void> {
	const touch = await page.touchscreen.touchStart(200, from);
	for (let step = 1; step <= 6; step++) {
		await touch.move(200, from + ((to - from) * step) / 6);
		await rest(16);
	}
	await rest(120);
	await touch.end();
}

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
