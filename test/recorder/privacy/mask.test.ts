// One long table on purpose: every channel by which an element could carry what was typed, chosen or put
// into a URL, each with what may leave. Split up, nobody could see what is missing.
import { expect, test } from "vitest";
import { type MaskedElement, maskAttributes } from "../../../recorder/privacy/mask-attributes.ts";
import { maskContent, maskStyles } from "../../../recorder/privacy/mask-content.ts";
import { isPrivateContent } from "../../../recorder/privacy/private-content.ts";

const BULLETS = "•".repeat(16);
const element = (tag: string, more: Partial<MaskedElement> = {}): MaskedElement => ({
	...{ tag, type: "", svg: false, hidden: false },
	...more,
});

type Attributes = Record<string, unknown>;
const ATTRIBUTES: [what: string, tag: string, given: Attributes, want: Attributes][] = [
	[
		"typed text becomes bullets",
		"input",
		{ type: "text", value: "secret" },
		{ type: "text", value: "•".repeat(10) },
	],
	["an input without a type is text", "input", { value: "abc" }, { value: "•••••" }],
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
	["a form's address is cleaned", "form", { action: "/send?token=1" }, { action: "/send" }],
	[
		"a button's address is cleaned",
		"button",
		{ formaction: "/send?token=1" },
		{ formaction: "/send" },
	],
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
	[
		"a frame's address is cleaned",
		"iframe",
		{ rr_src: "https://x.test/f?t=1" },
		{ rr_src: "https://x.test/f" },
	],
	["pings, inline documents and handlers go", "a", { ping: "/p", srcdoc: "x", onclick: "y()" }, {}],
	[
		"a URL that the page keeps for itself is cleaned",
		"div",
		{ "data-src": "https://x.test/a?t=1" },
		{ "data-src": "https://x.test/a" },
	],
	[
		"a style keeps its images without queries",
		"div",
		{ style: "background: url(/a.png?t=1)" },
		{ style: 'background: url("/a.png")' },
	],
	[
		"inlined sheets too",
		"link",
		{ _cssText: "@import '/a.css?t=1'; a { b: url('/c?t=1') }" },
		{ _cssText: "@import '/a.css'; a { b: url(\"/c\") }" },
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
];

test.each(ATTRIBUTES)("%s", (_what, tag, given, want) => {
	const type = String(given.type ?? "");
	const described = element(tag, { type, hidden: isPrivateContent(tag, given) });
	const attributes = structuredClone(given);
	maskAttributes(attributes, described);
	expect(attributes).toEqual(want);
	maskAttributes(attributes, described);
	expect(attributes, "masked once more").toEqual(want);
});

const TEXTS: [what: string, within: MaskedElement, given: string, want: string][] = [
	["text of the page stays", element("p"), "four words are long", "four words are long"],
	["private text is masked", element("p", { hidden: true }), "four words are long", BULLETS],
	["a title follows the text rule", element("title"), "Hi a@b.example", "Hi •••"],
	["markup for browsers without scripts goes", element("noscript"), "<img>", ""],
	["scripts go", element("script"), "const token = 1", ""],
	["a style is cleaned", element("style"), "a { b: url(/c?t=1) }", 'a { b: url("/c") }'],
];

test.each(TEXTS)("%s", (_what, within, given, want) => {
	expect(maskContent(given, within)).toBe(want);
});

test.each([
	["p", {}, false],
	["p", { contenteditable: "true" }, true],
	["p", { contenteditable: "false" }, false],
	["p", { "data-snag-mask": "" }, true],
	["option", {}, true],
	["textarea", {}, true],
])("what stands in %s with %j is private: %s", (tag, attributes, want) => {
	expect(isPrivateContent(tag, attributes)).toBe(want);
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
