// Forms: refused again and again, sent blank, given up, corrected, hesitated in; and forms that are only used.
import { button, main, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";

const field = (id: string, attributes = "") =>
	`<input data-testid="${id}" name="${id}" ${attributes}>`;
const send = `<button data-testid="send">Send</button>`;
/** A form that a server takes. */
const form = (inner: string, attributes = 'action="done"') =>
	`<form data-testid="form" ${attributes}>${inner}</form>`;
const pages = (inner: string, script = "") => ({
	"": main(inner, script),
	done: main("Thank you"),
});
const STAYS = `find("form").addEventListener("submit", (event) => event.preventDefault());`;

type Step = (visitor: Visitor) => Promise<unknown>;

const steps =
	(...of: Step[]) =>
	async (visitor: Visitor): Promise<void> => {
		await visitor.rest(600);
		for (const step of of) {
			await step(visitor);
			await visitor.rest(350);
		}
		await visitor.rest(900);
	};
const type =
	(id: string, text: string, paceMs?: number): Step =>
	(visitor) =>
		visitor.type(id, text, paceMs);
const press =
	(id: string): Step =>
	(visitor) =>
		visitor.press(id);
const rest =
	(ms: number): Step =>
	(visitor) =>
		visitor.rest(ms);

const trap = (
	name: string,
	trapOf: Scenario["trapOf"],
	one: Omit<Scenario, "name" | "trapOf">,
): Scenario => ({
	...{ name, trapOf },
	...one,
});

export const forms: Scenario[] = [
	...refusals(),
	...blanks(),
	...abandons(),
	...corrections(),
	...times(),
];

function refusals(): Scenario[] {
	const email = form(field("mail", 'type="email" required') + send);
	const told = (fails: string) =>
		`${STAYS} on("send", () => { const bad = ${fails}; find("mail").setAttribute("aria-invalid", bad); find("out").textContent = bad ? "Not valid" : "Thank you"; if (!bad) find("form").remove() })`;
	const gaveUp = { kind: "form_abandon", on: "mail" } as const;
	return [
		{
			name: "refused-twice-by-the-browser",
			pages: pages(email),
			visit: steps(type("mail", "anna"), press("send"), type("mail", "bb"), press("send")),
			must: [{ kind: "validation_loop", on: "mail", at: "send", withinMs: 600 }],
			may: [gaveUp],
		},
		{
			name: "refused-twice-by-the-page",
			pages: pages(form(field("mail") + send, "novalidate"), told("true")),
			visit: steps(type("mail", "anna"), press("send"), type("mail", "bb"), press("send")),
			must: [{ kind: "validation_loop", on: "mail", at: "send", withinMs: 600 }],
			may: [gaveUp],
		},
		{
			name: "refused-twice-with-a-masked-field",
			pages: pages(form(field("mail", 'type="email" required data-snag-mask') + send)),
			visit: steps(type("mail", "anna"), press("send"), type("mail", "bb"), press("send")),
			must: [{ kind: "validation_loop", on: "mail", at: "send", withinMs: 600 }],
			may: [gaveUp],
		},
		{
			name: "refused-three-times-for-different-things",
			pages: pages(
				form(
					`${field("a", "required")}${field("b", "required")}${field("mail", "required")}${send}`,
				),
			),
			visit: steps(
				...[type("a", "x"), press("send"), type("b", "x"), press("send")],
				...[type("mail", "x<"), press("send")],
			),
			must: [
				{ kind: "validation_loop", on: "form", at: "send", withinMs: 600 },
				{ kind: "validation_loop", on: "mail", at: "send", withinMs: 600 },
			],
			may: [{ kind: "form_abandon" }, { kind: "blank_submit" }],
		},
		trap("refused-once-and-mended", ["validation_loop", "form_abandon", "blank_submit"], {
			pages: pages(email),
			visit: steps(
				type("mail", "anna"),
				press("send"),
				type("mail", "@b.at"),
				press("send"),
				rest(800),
			),
		}),
		trap("refused-while-writing", ["validation_loop", "form_abandon"], {
			pages: pages(
				form(field("mail") + send),
				`find("mail").addEventListener("input", () => find("mail").setAttribute("aria-invalid", !find("mail").value.includes("@")))`,
			),
			visit: steps(
				type("mail", "anna"),
				press("out"),
				type("mail", "berta@c"),
				press("send"),
				rest(800),
			),
			may: [{ kind: "dead_static" }],
		}),
	];
}

function blanks(): Scenario[] {
	const two = form(`${field("name", "required")}${field("zip", "required")}${send}`);
	return [
		{
			name: "sent-with-a-field-that-nobody-saw",
			pages: pages(two),
			visit: steps(
				type("name", "anna"),
				press("send"),
				type("zip", "1070"),
				press("send"),
				rest(800),
			),
			must: [{ kind: "blank_submit", on: "zip", at: "send", withinMs: 600 }],
		},
		{
			name: "sent-blank-by-finger",
			...{ device: "phone", pages: pages(two) },
			visit: steps(
				type("name", "anna"),
				press("send"),
				type("zip", "1070"),
				press("send"),
				rest(800),
			),
			must: [{ kind: "blank_submit", on: "zip", at: "send", withinMs: 600 }],
		},
		trap("sent-with-a-field-that-was-tried", ["blank_submit", "validation_loop"], {
			pages: pages(
				form(`${field("name", "required")}${field("zip", 'required pattern="[0-9]{4}"')}${send}`),
			),
			visit: steps(
				...[type("name", "anna"), type("zip", "10"), press("send")],
				...[type("zip", "70"), press("send"), rest(800)],
			),
		}),
		trap("sent-without-what-may-stay-empty", ["blank_submit"], {
			pages: pages(form(field("name", "required") + field("more") + send)),
			visit: steps(type("name", "anna"), press("send"), rest(800)),
		}),
		trap("a-form-that-checks-for-itself", ["blank_submit"], {
			pages: pages(
				form(`${field("name")}${field("zip")}${send}`, 'action="done" novalidate'),
				`find("form").addEventListener("submit", (event) => { if (!find("zip").value) { event.preventDefault(); say("A postcode, please") } })`,
			),
			visit: steps(
				type("name", "anna"),
				press("send"),
				type("zip", "1070"),
				press("send"),
				rest(800),
			),
		}),
	];
}

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

function corrections(): Scenario[] {
	const one = (attributes = "", inner = field("name", attributes)) => pages(form(inner + send));
	const sent: Step = async (visitor) => visitor.follow("send");
	return [
		{
			name: "much-taken-back",
			pages: one(),
			visit: steps(type("name", "something<<<<<<<<anna"), sent),
			must: [{ kind: "correction", on: "name" }],
		},
		{
			name: "much-taken-back-by-finger",
			...{ device: "phone", pages: one() },
			visit: steps(type("name", "something<<<<<<<<anna"), sent),
			must: [{ kind: "correction", on: "name" }],
		},
		{
			name: "emptied-and-filled-again",
			pages: one(),
			visit: steps(type("name", "abc<<<def<<<ghi"), sent),
			must: [{ kind: "correction", on: "name" }],
		},
		trap("a-typo", ["correction"], {
			pages: one(),
			visit: steps(type("name", "annna<<a berta"), sent),
		}),
		trap("a-search-that-finds-while-writing", ["correction"], {
			pages: one('type="search"'),
			visit: steps(type("name", "shoes<<<<<boots<<<<<hats"), sent),
		}),
		trap("a-list-that-offers", ["correction"], {
			pages: pages(form(field("name", 'role="combobox"') + send)),
			visit: steps(type("name", "shoes<<<<<boots<<<<<hats"), sent),
		}),
		trap("a-password-written-anew", ["correction"], {
			pages: one('type="password"'),
			visit: steps(type("name", "geheim<<<<<<geheim<<<<<<geheim"), sent),
		}),
		trap("what-the-page-fills-in-after-a-letter", ["correction", "field_slow"], {
			pages: pages(
				form(field("name") + button("pick", "Anna Maria") + send),
				`on("pick", () => { find("name").value = "Anna Maria" })`,
			),
			visit: steps(type("name", "an"), press("pick"), sent),
		}),
	];
}

function times(): Scenario[] {
	const inner = field("name") + send;
	const one = pages(form(inner));
	const sent: Step = async (visitor) => visitor.follow("send");
	const wait =
		(id: string, ms: number): Step =>
		async (visitor) => {
			await visitor.press(id);
			await visitor.rest(ms);
		};
	const command =
		(name: string): Step =>
		({ page }) =>
			page.keyboard.press("F13" as "F12", { commands: [name] });
	const fillIn: Step = async ({ page }) => {
		const number = await page.waitForSelector('[data-testid="number"]');
		await number?.autofill({
			creditCard: {
				...{ number: "4444444444444448", name: "Anna Berta", cvc: "123" },
				...{ expiryMonth: "01", expiryYear: "2030" },
			},
		});
	};
	return [
		{
			name: "long-before-the-first-letter",
			pages: one,
			visit: steps(wait("name", 9000), type("name", "anna"), sent),
			must: [{ kind: "hesitation", on: "name" }],
			may: [{ kind: "field_slow", on: "name" }],
		},
		{
			name: "long-before-the-first-letter-of-a-masked-field",
			pages: pages(form(field("name", "data-snag-mask") + send)),
			visit: steps(wait("name", 9000), type("name", "anna"), sent),
			must: [{ kind: "hesitation", on: "name" }],
			may: [{ kind: "field_slow", on: "name" }],
		},
		{
			name: "long-in-a-field",
			pages: one,
			visit: steps(type("name", "anna maria", 1800), sent),
			must: [{ kind: "field_slow", on: "name" }],
		},
		{
			name: "long-in-a-secret-field",
			pages: pages(form(field("name", 'type="password"') + send)),
			visit: steps(type("name", "geheimes", 2100), sent),
			must: [{ kind: "field_slow", on: "name" }],
		},
		trap("written-at-once", ["hesitation", "field_slow"], {
			pages: one,
			visit: steps(type("name", "anna maria", 90), sent),
		}),
		trap("elsewhere-before-the-first-letter", ["hesitation", "field_slow"], {
			pages: one,
			visit: steps(wait("name", 300), (visitor) => visitor.away(8000), type("name", "anna"), sent),
		}),
		trap("pasted-after-a-while", ["hesitation", "field_slow", "correction"], {
			pages: pages(form(`<input data-testid="code" value="anna berta" readonly>${inner}`)),
			visit: steps(
				...[press("code"), command("selectAll"), command("copy")],
				...[wait("name", 9000), command("paste"), sent],
			),
		}),
		trap("filled-in-by-the-browser", ["hesitation", "field_slow", "correction"], {
			pages: pages(
				form(
					`${field("name", 'autocomplete="cc-name"')}${field("number", 'autocomplete="cc-number"')}${field("month", 'autocomplete="cc-exp-month"')}${field("year", 'autocomplete="cc-exp-year"')}${field("csc", 'autocomplete="cc-csc"')}${send}`,
				),
			),
			visit: steps(wait("name", 9000), fillIn, sent),
		}),
		trap("a-day-from-a-calendar", ["field_slow", "hesitation", "correction"], {
			pages: pages(form(field("day", 'type="date"') + send)),
			visit: steps(
				(visitor) => visitor.press("day", { at: [16, 18] }),
				rest(500),
				(visitor) => visitor.keys(..."01022026"),
				rest(1500),
				sent,
			),
		}),
	];
}
