// Up and down and up again, and other ways to read.
import { button, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";

export const scrolling: Scenario[] = hunts();

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
