// What is done in single fields: taken back, thought about, written slowly; and what only looks like it.
import { button, type Scenario } from "../scenario.ts";
import {
	field,
	form,
	pages,
	press,
	rest,
	type Step,
	send,
	steps,
	trap,
	type,
} from "./form-steps.ts";

export const fields: Scenario[] = [...corrections(), ...times()];

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
