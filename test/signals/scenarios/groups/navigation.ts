// Going there and back, round in circles, and again: with documents and with routes of an application.
import { button, main, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";

const link = (id: string, to: string, text = id) =>
	`<a data-testid="${id}" href="${to}">${text}</a>`;
const LIST = main(`${link("item", "item", "Item")}${link("more", "more", "More")}`);
const ITEM = main(
	`An item ${link("home", "./", "Home")}${button("size", "Size")}`,
	`on("size", () => say("M"))`,
);
const PAGES = { "": LIST, item: ITEM, more: main(`More ${link("home", "./", "Home")}`) };

const backAndForth =
	(stayMs: number, act: (visitor: Visitor) => Promise<unknown> = async () => {}) =>
	async (visitor: Visitor): Promise<void> => {
		await visitor.rest(700);
		await visitor.follow("item");
		visitor.mark("there");
		await visitor.rest(stayMs / 2);
		await act(visitor);
		await visitor.rest(stayMs / 2);
		await visitor.back();
		await visitor.rest(1500);
	};

/** A page begins when the recorder does, which waits for its script. */
const LATE_MS = 1500;
const back = { kind: "quick_back", at: "there", withinMs: LATE_MS } as const;

export const navigation: Scenario[] = [...quickBacks(), ...reloads(), ...loops()];

function quickBacks(): Scenario[] {
	const spa = main(
		`${link("item", "item", "Item")}<span data-testid="view">List</span>`,
		`const draw = () => { find("view").textContent = location.pathname.endsWith("item") ? "Item" : "List" };
		on("item", (event) => { event.preventDefault(); history.pushState({}, "", "item"); draw() });
		addEventListener("popstate", draw)`,
	);
	const trap = (
		name: string,
		visit: Scenario["visit"],
		rest: Partial<Scenario> = {},
	): Scenario => ({
		...{ name, pages: PAGES, visit, trapOf: ["quick_back"] },
		...rest,
	});
	return [
		{ name: "back-at-once", pages: PAGES, visit: backAndForth(1800), must: [back] },
		{
			name: "back-at-once-by-finger",
			device: "phone",
			pages: PAGES,
			visit: backAndForth(1800),
			must: [back],
		},
		{
			name: "back-at-once-by-a-route",
			pages: { "": spa },
			visit: async (visitor) => {
				await visitor.rest(700);
				await visitor.press("item");
				visitor.mark("there");
				await visitor.rest(1800);
				await visitor.page.goBack();
				await visitor.rest(1500);
			},
			must: [back],
		},
		trap("back-after-reading", backAndForth(8000)),
		trap(
			"back-after-a-press",
			backAndForth(2000, (visitor) => visitor.press("size")),
		),
		trap(
			"back-after-looking-elsewhere",
			backAndForth(1200, (visitor) => visitor.away(1200)),
		),
		trap(
			"a-redirect",
			async (visitor) => {
				await visitor.rest(700);
				await visitor.follow("item");
				await visitor.rest(2000);
			},
			{
				pages: {
					"": main(link("item", "gone", "Item")),
					gone: `<script>setTimeout(() => location.replace("./"), 60)</script>`,
				},
			},
		),
		trap("a-list-that-is-read-by-opening", backAndForth(1800), {
			others: (made, person) => {
				made.page(4000, "/a-list-that-is-read-by-opening/item");
				if (person % 2 === 0) made.back(6000, "/a-list-that-is-read-by-opening/");
				else made.page(60_000, "/a-list-that-is-read-by-opening/more");
			},
		}),
		trap("a-page-that-others-read-as-shortly", backAndForth(3000), {
			others: (made, person) => {
				made.page(4000, "/a-page-that-others-read-as-shortly/item");
				made.page(4000 + 500 * (1 + (person % 6)), "/a-page-that-others-read-as-shortly/more");
			},
		}),
	];
}

function reloads(): Scenario[] {
	const again =
		(count: number, restMs = 1500) =>
		async (visitor: Visitor) => {
			for (let one = 0; one < count; one++) {
				await visitor.rest(restMs);
				await visitor.reload();
			}
			await visitor.rest(1000);
		};
	const reload = { kind: "reload", at: "reload", withinMs: LATE_MS } as const;
	const page = { "": main(button("it", "Apply")) };
	return [
		{ name: "two-reloads", pages: page, visit: again(2), must: [reload] },
		{ name: "four-reloads", pages: page, visit: again(4, 900), must: [reload] },
		{ name: "one-reload", pages: page, visit: again(1), trapOf: ["reload"] },
		{
			name: "a-reload-after-trouble",
			pages: page,
			visit: async (visitor) => {
				await visitor.rest(500);
				await visitor.press("it");
				await visitor.rest(3600);
				await visitor.reload();
				await visitor.rest(800);
			},
			must: [reload, { kind: "dead", on: "it" }],
		},
		{
			name: "a-score-that-is-reloaded",
			pages: { "": main("2 : 1") },
			visit: again(3),
			trapOf: ["reload"],
			others: (made) => {
				for (let at = 5000; at < 30_000; at += 5000)
					made.page(at, "/a-score-that-is-reloaded/", "reload");
			},
		},
	];
}

function loops(): Scenario[] {
	const home = link("home", "./", "Home");
	const pages = {
		"": main(`${link("shipping", "shipping", "Shipping")}${link("returns", "returns", "Returns")}`),
		shipping: main(`Shipping ${home}${link("returns", "returns", "Returns")}`),
		returns: main(`Returns ${home}${link("shipping", "shipping", "Shipping")}`),
	};
	/** Stays long enough on each that none is left at once. */
	const round =
		(...steps: string[]) =>
		async (visitor: Visitor) => {
			for (const step of steps) {
				await visitor.rest(1200);
				if (step === "shipping" && visitor.marks.loop === undefined) visitor.mark("loop");
				await visitor.follow(step);
			}
			await visitor.rest(800);
		};
	const circle = round("shipping", "returns", "shipping", "returns", "shipping");
	const usual =
		(name: string, times: number): Scenario["others"] =>
		(made, person) => {
			const paths = ["shipping", "returns", ""];
			for (let at = 1; at < times * 3 + 1; at++) {
				made.page(60_000 * at, `/${name}/${paths[(at + person) % 3]}`);
			}
		};
	const back = [{ kind: "quick_back" } as const];
	return [
		{
			name: "in-circles",
			...{ pages, visit: circle, others: usual("in-circles", 1), may: back },
			must: [{ kind: "loop", at: "loop", withinMs: 2500 }],
		},
		{
			name: "in-circles-on-a-phone",
			...{
				pages,
				visit: circle,
				others: usual("in-circles-on-a-phone", 1),
				may: back,
				device: "phone",
			},
			must: [{ kind: "loop", at: "loop", withinMs: 2500 }],
		},
		{
			name: "in-circles-by-routes",
			pages: {
				"": main(
					["shipping", "returns"].map((to) => button(to, to)).join(""),
					`for (const to of ["shipping", "returns"]) on(to, () => { history.pushState({}, "", to); say(to) })`,
				),
			},
			visit: async (visitor) => {
				for (const to of ["shipping", "returns", "shipping", "returns", "shipping"]) {
					await visitor.rest(1400);
					await visitor.press(to);
				}
				await visitor.rest(800);
			},
			...{ others: usual("in-circles-by-routes", 1), may: back },
			must: [{ kind: "loop", at: "shipping", withinMs: 2500 }],
		},
		{
			name: "round-a-hub",
			...{ pages, visit: circle, others: usual("round-a-hub", 4), may: back, trapOf: ["loop"] },
		},
		{
			name: "there-and-back-once",
			...{
				pages,
				visit: round("shipping", "home"),
				others: usual("there-and-back-once", 1),
				may: back,
			},
			trapOf: ["loop"],
		},
	];
}
