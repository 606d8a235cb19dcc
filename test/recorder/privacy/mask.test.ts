// One long table on purpose: every channel by which an element could carry what was typed, chosen or put
// into a URL, each with what may leave. Split up, nobody could see what is missing.
import { expect, test } from "vitest";
import { type MaskedElement, maskAttribute } from "../../../recorder/privacy/mask-attribute.ts";
import { maskContent, maskStyles } from "../../../recorder/privacy/mask-content.ts";
import { type Level, levelIn } from "../../../recorder/privacy/private-content.ts";

const BULLETS = "•".repeat(16);

type Attributes = Record<string, unknown>;
const ATTRIBUTES: [what: string, tag: string, given: Attributes, want: Attributes][] = [
	["typed text goes", "input", { type: "text", value: "secret" }, { type: "text" }],
	["an input without a type is text", "input", { value: "abc" }, {}],
	["a hidden value goes", "input", { type: "hidden", value: "token" }, { type: "hidden" }],
	[
		"what is ticked goes",
		"input",
		{ type: "checkbox", value: "red", checked: true },
		{ type: "checkbox" },
	],
	["a date is no text", "input", { type: "date", value: "2001-01-01" }, { type: "date" }],
	[
		"the label of a button stays",
		"input",
		{ type: "submit", value: "Send" },
		{ type: "submit", value: "Send" },
	],
	[
		"… by the text rule",
		"input",
		{ type: "submit", value: "Call 0123456789" },
		{ type: "submit", value: "Call •••" },
	],
	["a placeholder stays", "input", { placeholder: "Your name" }, { placeholder: "Your name" }],
	["the value of a button goes", "button", { value: "token" }, {}],
	["the value of a select goes", "select", { value: "b" }, {}],
	[
		"a chosen option is like the others",
		"option",
		{ value: "b", selected: true, label: "Berlin" },
		{},
	],
	["the number of a list item stays", "li", { value: "3" }, { value: "3" }],
	[
		"a link loses query and hash",
		"a",
		{ href: "https://x.test/a?token=1#b" },
		{ href: "https://x.test/a" },
	],
	["a relative one too", "a", { href: "/a?token=1" }, { href: "/a" }],
	["a script in a link goes", "a", { href: "javascript:alert(1)" }, { href: "" }],
	["… however it is written", "a", { href: " JavaScript:alert(1)" }, { href: "" }],
	["a form's address goes", "form", { action: "/send?token=1" }, {}],
	["a button's address goes", "button", { formaction: "/send?token=1" }, {}],
	[
		"sources of an image are cleaned",
		"img",
		{ srcset: "/a.jpg?t=1 1x, /b.jpg?t=2 2x" },
		{ srcset: "/a.jpg 1x, /b.jpg 2x" },
	],
	[
		"… without blanks between them",
		"img",
		{ srcset: "/a.jpg?t=1 1x,/b.jpg?t=2 2x" },
		{ srcset: "/a.jpg 1x, /b.jpg 2x" },
	],
	[
		"an inline image stays",
		"img",
		{ src: "data:image/png;base64,AAAA" },
		{ src: "data:image/png;base64,AAAA" },
	],
	["other inline data goes", "iframe", { src: "data:text/html,secret" }, { src: "" }],
	["a poster is cleaned", "video", { poster: "/p.jpg?t=1" }, { poster: "/p.jpg" }],
	["an object's data is cleaned", "object", { data: "/o?t=1" }, { data: "/o" }],
	["pings, inline documents and handlers go", "a", { ping: "/p", srcdoc: "x", onclick: "y()" }, {}],
	["a URL that the page keeps for itself goes", "div", { "data-src": "https://x.test/a?t=1" }, {}],
	[
		"a style keeps its images without queries",
		"div",
		{ style: "background: url(/a.png?t=1)" },
		{ style: 'background: url("/a.png")' },
	],
	["a title follows the text rule", "div", { title: "mail a@b.example" }, { title: "mail •••" }],
	[
		"what describes private content goes",
		"div",
		{ contenteditable: "", title: "secret", "aria-label": "x" },
		{ contenteditable: "" },
	],
	["meta data goes", "meta", { name: "csrf", content: "token" }, { name: "csrf" }],
	[
		"… but for what the layout needs",
		"meta",
		{ name: "viewport", content: "width=320" },
		{ name: "viewport", content: "width=320" },
	],
	["a picture of the page's own memory goes", "img", { src: "blob:http://x.test/1" }, { src: "" }],
	[
		"words by which styles are chosen stay",
		"div",
		{ "data-state": "open", "aria-expanded": "true", "data-cols": "12", theme: "dark" },
		{ "data-state": "open", "aria-expanded": "true", "data-cols": "12", theme: "dark" },
	],
	[
		"names without a value stay",
		"div",
		{ "_ngcontent-abc-c12": "", "data-v-7ba5bd90": "", hidden: "" },
		{ "_ngcontent-abc-c12": "", "data-v-7ba5bd90": "", hidden: "" },
	],
	[
		"what a page keeps there goes",
		"div",
		{ "data-user": "Ada Lovelace", "data-mail": "a@b.example", "data-order": "order-1234", x: "A" },
		{},
	],
	["numbers go", "div", { "data-balance": "250", "aria-valuenow": "5", amount: "1234" }, {}],
	[
		"names by which elements are found again stay",
		"input",
		{ name: "user[address].street", "data-testid": "Checkout/pay-button-primary-12", id: "a" },
		{ name: "user[address].street", "data-testid": "Checkout/pay-button-primary-12", id: "a" },
	],
	[
		"… unless a person or an order may be in them",
		"input",
		{ name: "ada@b.example", "data-testid": "order-1234", "data-qa": "Ada Lovelace" },
		{},
	],
	["an address goes from an id", "tr", { id: "row ada@b.example" }, { id: "row •••" }],
	[
		"pictures keep their geometry",
		"path",
		{ d: "M0 1234", "stroke-width": "1.5", fill: "url(#a)", transform: "rotate(5)", owner: "Ada" },
		{ d: "M0 1234", "stroke-width": "1.5", fill: "url(#a)", transform: "rotate(5)" },
	],
	[
		"of what is written only the drawing stays",
		"p",
		{
			...{ contenteditable: "", class: "a", style: "color: red", "data-mention": "ada" },
			...{ "aria-hidden": "true", href: "https://x.test/typed", src: "/mine.png" },
		},
		{
			...{ contenteditable: "", class: "a", style: "color: red" },
			...{ "aria-hidden": "true", href: "", src: "" },
		},
	],
	[
		"what a label is for is told as the control's id is",
		"label",
		{ for: ":r1:", id: "ada@mail.example" },
		{ for: ":r1:", id: "•••" },
	],
	[
		"masked words on a button are masked",
		"input",
		{ type: "submit", value: "Pay Ada now", "data-snag-mask": "", title: "Ada" },
		{ type: "submit", value: "••••• •••••", "data-snag-mask": "" },
	],
];

test.each(ATTRIBUTES)("%s", (_what, tag, given, want) => {
	const text = (name: string) => (given[name] === undefined ? null : String(given[name]));
	const described: MaskedElement = {
		...{ tag, type: text("type") ?? "", svg: tag === "path", metaName: text("name") ?? "" },
		level: levelIn({ localName: tag, getAttribute: text }, 0),
	};
	const mask = (attributes: Attributes) =>
		Object.fromEntries(
			Object.entries(attributes)
				.map(([name, value]) => [name, maskAttribute(name, String(value), described)] as const)
				.filter(([, value]) => value !== undefined),
		);
	const masked = mask(given);
	expect(masked).toEqual(want);
	expect(mask(masked), "masked once more").toEqual(want);
});

const TEXTS: [what: string, level: Level, given: string, want: string][] = [
	["text of the page stays", 0, " four words are long\n", " four words are long\n"],
	["… by the text rule", 0, " Hi a@b.example ", " Hi ••• "],
	["what is written is masked", 2, "four words are long", BULLETS],
	["masked text keeps its shape roughly", 1, "Ada!", "•••••"],
	["… in steps", 1, "four words are long", "••••• ••••• ••••• •••••"],
	["… of twice as much", 1, "four words are a little long", `${"••••• ".repeat(7)}•••••`],
	["blanks say nothing", 1, "  \n ", " "],
	["nothing stays nothing", 1, "", ""],
];

test.each(TEXTS)("%s", (_what, level, given, want) => {
	expect(maskContent(given, level)).toBe(want);
	expect(maskContent(want, level), "masked once more").toBe(want);
});

test.each<[string, Record<string, string>, around: Level, want: Level]>([
	["p", {}, 0, 0],
	["p", {}, 1, 1],
	["p", { contenteditable: "true" }, 0, 2],
	["p", { contenteditable: "false" }, 0, 0],
	["p", { contenteditable: "false" }, 2, 2],
	["p", { "data-snag-mask": "" }, 0, 1],
	["p", { "data-snag-unmask": "" }, 1, 0],
	["p", { "data-snag-unmask": "", "data-snag-mask": "" }, 0, 1],
	["p", { "data-snag-unmask": "" }, 2, 2],
	["p", { "data-snag-unmask": "", contenteditable: "" }, 1, 0],
	["p", { "data-snag-mask": "", contenteditable: "" }, 0, 2],
	["option", {}, 0, 2],
])("what stands in %s with %j within %d is %d", (localName, attributes, around, want) => {
	const getAttribute = (name: string) => attributes[name] ?? null;
	expect(levelIn({ localName, getAttribute }, around)).toBe(want);
});

test("rules and values of sheets are cleaned, however deep they stand", () => {
	const told = {
		...{ source: 15, id: 1, index: [0, 1] },
		styles: [{ styleId: 1, rules: [{ rule: "a { b: url(/c?t=1) }" }] }],
		set: { property: "a", value: "url(/c?t=1)" },
	};
	maskStyles(told);
	expect(told).toEqual({
		...{ source: 15, id: 1, index: [0, 1] },
		styles: [{ styleId: 1, rules: [{ rule: 'a { b: url("/c") }' }] }],
		set: { property: "a", value: 'url("/c")' },
	});
});
