// Forms that are given up, and forms that go on elsewhere.
import { button, main, type Scenario } from "../scenario.ts";
import { field, form, pages, press, rest, STAYS, send, steps, trap, type } from "./form-steps.ts";

export const givenUp: Scenario[] = abandons();

function abandons(): Scenario[] {
	const two = (attributes?: string) => form(field("name") + field("zip") + send, attributes);
	const fill = [type("name", "anna"), type("zip", "1070")];
	const out = `<a data-testid="away" href="done">Somewhere else</a>`;
	const gone = (on: string, at: string) =>
		({ kind: "form_abandon", on, at, withinMs: 4000 }) as const;
	const usedTrap = (name: string, one: Omit<Scenario, "name" | "trapOf">) =>
		trap(name, ["form_abandon", "validation_loop"], one);
	return [
		{
			name: "begun-and-left-by-a-link",
			pages: pages(two() + out),
			visit: steps(...fill, async (visitor) => visitor.follow("away"), rest(600)),
			must: [gone("zip", "zip")],
		},
		{
			name: "begun-and-closed",
			pages: pages(two()),
			visit: steps(...fill, press("out"), rest(600)),
			must: [gone("zip", "zip")],
			may: [{ kind: "dead_static" }],
		},
		{
			name: "begun-and-left-with-masked-fields",
			pages: pages(
				form(field("name", "data-snag-mask") + field("zip", "data-snag-mask") + send) + out,
			),
			visit: steps(...fill, async (visitor) => visitor.follow("away"), rest(600)),
			must: [gone("zip", "zip")],
		},
		{
			name: "refused-and-left",
			pages: pages(form(field("mail", 'type="email" required') + send) + out),
			visit: steps(
				type("mail", "anna"),
				press("send"),
				async (visitor) => visitor.follow("away"),
				rest(600),
			),
			must: [gone("mail", "send")],
		},
		usedTrap("sent-with-a-next-page", {
			pages: pages(two()),
			visit: steps(...fill, async (visitor) => visitor.follow("send"), rest(600)),
		}),
		usedTrap("sent-and-the-page-says-thank-you", {
			pages: pages(two(), `${STAYS} on("send", () => ask(150).then(() => say("Thank you")))`),
			visit: steps(...fill, press("send"), rest(1500)),
		}),
		usedTrap("sent-and-the-form-goes", {
			pages: pages(
				two(),
				`${STAYS} on("send", () => ask(150).then(() => { find("form").remove(); say("Thank you") }))`,
			),
			visit: steps(...fill, press("send"), rest(1500)),
		}),
		usedTrap("a-next-step-by-a-button", {
			pages: pages(
				form(`${field("name")}${field("zip")}${button("next", "Pay")}`),
				`on("next", () => { history.pushState({}, "", "pay"); find("form").remove(); say("Pay") })`,
			),
			visit: steps(...fill, press("next"), rest(1500)),
		}),
		usedTrap("a-form-over-two-pages", {
			pages: {
				"": main(`${two()}<a data-testid="next" href="second">Next</a>`),
				second: main(form(field("street") + field("city") + send)),
				done: main("Thank you"),
			},
			visit: steps(
				...fill,
				async (visitor) => visitor.follow("next"),
				...[type("street", "here"), type("city", "vienna")],
				async (visitor) => visitor.follow("send"),
				rest(600),
			),
		}),
		usedTrap("a-draft-that-is-kept", {
			pages: pages(
				two() + out,
				`for (const id of ["name", "zip"]) find(id).addEventListener("change", () => ask(60))`,
			),
			visit: steps(
				...fill,
				press("out"),
				rest(600),
				async (visitor) => visitor.follow("away"),
				rest(600),
			),
			may: [{ kind: "dead_static" }],
		}),
		usedTrap("a-search", {
			pages: pages(
				form(field("q", 'type="search"') + field("where", 'type="search"') + send) + out,
			),
			visit: steps(
				type("q", "shoes"),
				type("where", "vienna"),
				async (visitor) => visitor.follow("away"),
				rest(600),
			),
		}),
		usedTrap("a-search-by-its-role", {
			pages: pages(form(field("q") + field("where") + send, 'role="search"') + out),
			visit: steps(
				type("q", "shoes"),
				type("where", "vienna"),
				async (visitor) => visitor.follow("away"),
				rest(600),
			),
		}),
		usedTrap("one-field-and-left", {
			pages: pages(form(field("mail") + send) + out),
			visit: steps(type("mail", "ann"), async (visitor) => visitor.follow("away"), rest(600)),
		}),
		usedTrap("a-filter-of-boxes", {
			pages: pages(
				form(
					`<label data-testid="red"><input type="checkbox"> Red</label><label data-testid="blue"><input type="checkbox"> Blue</label>`,
				) + out,
			),
			visit: steps(
				press("red"),
				press("blue"),
				async (visitor) => visitor.follow("away"),
				rest(600),
			),
		}),
	];
}
