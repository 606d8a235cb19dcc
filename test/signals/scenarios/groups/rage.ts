// Bursts that are no rage: what is meant to be pressed again and again, what selects, what is on its way; and those that are.
import { button, main, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";

const burst =
	(id: string, times = 5, gapMs = 250) =>
	async (visitor: Visitor): Promise<void> => {
		await visitor.rest(300);
		await visitor.press(id, { times, gapMs });
		await visitor.rest(3500);
	};
/** Answered far from where it was pressed, at once. */
const ANSWERED = (id: string) => `on("${id}", () => say("Step"))`;

const trap = (
	name: string,
	inner: string,
	rest: Partial<Scenario> & { script?: string },
): Scenario => {
	const { script = "", ...others } = rest;
	return {
		name,
		pages: { "": main(inner, script) },
		visit: burst("it"),
		trapOf: ["rage", "dead"],
		...others,
	};
};

export const rage: Scenario[] = [
	trap("stepper", button("it", "+"), { script: ANSWERED("it"), visit: burst("it", 8) }),
	trap(
		"carousel-next",
		`<span data-testid="row">1</span>${button("it", "›", 'aria-label="Next slide"')}`,
		{
			script: `let at = 1; on("it", () => { find("row").style.transform = "translateX(" + -++at * 10 + "px)" })`,
			visit: burst("it", 6),
		},
	),
	trap(
		"calendar-month",
		`<b data-testid="month">1</b>${button("it", "▸", 'title="One month on"')}`,
		{
			script: `let at = 1; on("it", () => after(60, () => { find("month").textContent = ++at }))`,
			visit: burst("it", 7),
		},
	),
	trap("pagination", button("it", "Page 2"), {
		script: `let at = 1; on("it", () => ask(120).then(() => { out = find("out"); out.replaceChildren(); say("Rows " + ++at) }))`,
		visit: burst("it", 4, 400),
	}),
	trap(
		"video-seek",
		`<input type="range" data-testid="it" min="0" max="100" style="width:300px">`,
		{
			visit: async (visitor) => {
				await visitor.rest(300);
				for (const x of [40, 90, 140, 190, 240]) await visitor.press("it", { at: [x, 10] });
				await visitor.rest(3500);
			},
		},
	),
	trap("canvas-game", `<canvas data-testid="it" width="200" height="200"></canvas>`, {
		visit: burst("it", 9, 180),
	}),
	trap("double-press-on-words", `<span data-testid="it">Some words to be marked</span>`, {
		visit: burst("it", 2, 120),
		may: [{ kind: "dead_static", on: "it" }],
	}),
	trap("triple-press-on-words", `<span data-testid="it">Some words to be marked</span>`, {
		visit: burst("it", 3, 120),
		may: [{ kind: "dead_static", on: "it" }],
	}),
	trap("spin-button", `<input type="number" data-testid="it" value="1">`, {
		visit: async (visitor) => {
			await visitor.rest(300);
			await visitor.press("it", { times: 5 });
			await visitor.keys("ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp");
			await visitor.rest(3500);
		},
	}),
	trap(
		"label-of-a-box",
		`<label data-testid="label"><input type="checkbox" data-testid="it"> Gift</label>`,
		{
			visit: burst("label", 2, 500),
		},
	),
	trap(
		"box-on-and-off",
		`<label data-testid="label"><input type="checkbox" data-testid="it"> Gift</label>`,
		{
			visit: burst("label", 5, 300),
		},
	),
	trap("impatient-while-the-page-comes", `<a data-testid="it" href="next?ms=2500">Checkout</a>`, {
		pages: {
			"": main(`<a data-testid="it" href="next?ms=2500">Checkout</a>`),
			next: main("The checkout"),
		},
		visit: async (visitor) => {
			await visitor.rest(300);
			// Each starts the loading anew.
			await visitor.press("it", { times: 4, gapMs: 300 });
			await visitor.rest(4500);
		},
		trapOf: ["rage", "dead"],
		must: [{ kind: "slow", on: "it", withinMs: 1300 }],
		may: [{ kind: "slow", on: "it" }],
	}),
	trap("double-press-on-a-button", button("it", "Save"), {
		script: ANSWERED("it"),
		visit: burst("it", 2, 150),
	}),
	trap("what-many-press-again-and-again", button("it", "Roll the dice"), {
		script: ANSWERED("it"),
		visit: burst("it", 12, 200),
		others: (made) => {
			const dice = made.element({ text: "Roll the dice", key: "data-testid=it" });
			for (let at = 1000; at < 3000; at += 300) {
				made.press(at, dice, { answer: [["mutation", 20, "elsewhere"]] });
			}
		},
	}),
	{
		name: "burst-on-a-picture",
		pages: {
			"": main(`<img data-testid="it" alt="Shoe" width="120" height="80" src="/shoe.png">`),
		},
		visit: burst("it"),
		must: [{ kind: "rage", on: "it" }],
		may: [{ kind: "dead_static", on: "it" }],
	},
	{
		name: "burst-on-what-breaks",
		pages: {
			"": main(button("it", "Apply"), `on("it", () => { say("…"); throw new Error("broken") })`),
		},
		visit: burst("it"),
		must: [
			{ kind: "rage", on: "it" },
			{ kind: "error", on: "it" },
		],
	},
	{
		name: "burst-on-what-is-exchanged",
		pages: {
			"": main(
				`<span data-testid="holder">${button("it", "Like")}</span>`,
				`setInterval(() => { find("holder").replaceChildren(find("it").cloneNode(true)) }, 300)`,
			),
		},
		visit: async (visitor) => {
			await visitor.rest(2600);
			await visitor.press("it", { times: 5, gapMs: 330 });
			await visitor.rest(3500);
		},
		must: [{ kind: "rage", on: "it" }],
		// While two of them stand in the page they are told apart by their words.
		may: [{ kind: "dead" }],
	},
	{
		name: "burst-and-gone",
		pages: { "": main(button("it", "Buy")) },
		visit: async (visitor) => {
			await visitor.rest(300);
			await visitor.press("it", { times: 5 });
			await visitor.rest(1200);
		},
		must: [{ kind: "rage", on: "it" }],
	},
	{
		name: "burst-longer-than-anybody-s",
		pages: { "": main(button("it", "Buy"), ANSWERED("it")) },
		visit: burst("it", 9),
		must: [{ kind: "rage", on: "it" }],
		others: (made, person) => {
			const buy = made.element({ text: "Buy", key: "data-testid=it" });
			const press = {
				answer: [["mutation", 20, "elsewhere"]] as [["mutation", number, "elsewhere"]],
			};
			// A few of them press often, one time after the other: enough bursts to know, too few people for a habit.
			for (let run = 0; person < 9 && run < 25; run++) {
				for (let one = 0; one < 3; one++) made.press(1000 + run * 4000 + one * 300, buy, press);
			}
			if (person >= 9) made.press(1000, buy, press);
		},
	},
	{
		name: "keys-on-a-dead-button",
		pages: { "": main(button("it", "Send")) },
		visit: async (visitor) => {
			await visitor.rest(300);
			await visitor.press("it", { times: 4, gapMs: 400, by: "key", key: "Space" });
			await visitor.rest(3500);
		},
		must: [{ kind: "rage_key", on: "it" }],
		may: [{ kind: "dead", on: "it" }],
	},
	...keyTraps(),
];

function keyTraps(): Scenario[] {
	const keys =
		(...names: string[]) =>
		async (visitor: Visitor): Promise<void> => {
			await visitor.rest(300);
			await visitor.press("it");
			await visitor.keys(...names);
			await visitor.rest(3500);
		};
	const times = (name: string, count: number) => Array<string>(count).fill(name);
	const trapOf = ["rage_key", "rage"] as const;
	return [
		{
			name: "arrows-in-a-game",
			pages: {
				"": main(`<canvas data-testid="it" tabindex="0" width="200" height="100"></canvas>`),
			},
			...{ visit: keys(...times("ArrowLeft", 8)), trapOf },
		},
		{
			name: "taking-back-letters",
			pages: { "": main(`<input data-testid="it" value="something long">`) },
			...{ visit: keys(...times("Backspace", 4)), trapOf },
		},
		{
			name: "blanks-in-a-text",
			pages: { "": main(`<textarea data-testid="it"></textarea>`) },
			...{ visit: keys(...times("Space", 6), ...times("Enter", 5)), trapOf },
		},
		{
			name: "a-held-key",
			pages: { "": main(button("it", "Send")) },
			visit: async (visitor) => {
				await visitor.rest(300);
				await visitor.press("it");
				for (let one = 0; one < 8; one++) {
					await visitor.page.keyboard.down("Enter");
					await visitor.rest(60);
				}
				await visitor.page.keyboard.up("Enter");
				await visitor.rest(3500);
			},
			trapOf,
			may: [{ kind: "dead", on: "it" }],
		},
	];
}
