// Forms that refuse: again and again, because of a field that nobody saw, once, or while somebody writes.
import type { Scenario } from "../scenario.ts";
import { field, form, pages, press, rest, STAYS, send, steps, trap, type } from "./form-steps.ts";

export const refused: Scenario[] = [...refusals(), ...blanks()];

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
