// What a hand does without pressing: it is thrown about, and comes back and back; and what looks like it.
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

export const pointer: Scenario[] = [...thrashes(), ...dithers()];

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
