// One long table on purpose: every channel by which an event could carry what was typed, chosen or put
// into a URL, each with what may leave. Split up, nobody could see what is missing.
import { expect, test } from "vitest";
import type { MaskedElement } from "../../../recorder/privacy/mask-attributes.ts";
import { maskEvent } from "../../../recorder/privacy/mask-event.ts";

const BULLETS = "•".repeat(16);
const element = (tag: string, more: Partial<MaskedElement> = {}): MaskedElement => ({
	...{ tag, type: "", svg: false, hidden: false },
	...more,
});
/** What the live page would say about the ids in these tests. */
const PAGE: Record<number, MaskedElement> = {
	1: element("div"),
	2: element("input", { type: "text" }),
	3: element("input", { type: "radio" }),
	4: element("select"),
	5: element("div", { hidden: true }),
	6: element("style"),
	7: element("title"),
	8: element("textarea", { hidden: true }),
	9: element("use", { svg: true }),
	10: element("option", { hidden: true }),
	11: element("noscript"),
	12: element("meta", { metaName: "viewport" }),
	13: element("meta", { metaName: "csrf" }),
};
const mask = (type: number, data: unknown) =>
	maskEvent({ type, timestamp: 1, data: structuredClone(data) }, (id) => PAGE[id])?.data;

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
	const node = { type: 2, id: 1, tagName: tag, attributes: given, childNodes: [] };
	const wanted = { ...node, attributes: want };
	expect(mask(2, { node: { type: 0, childNodes: [node] } }), "in a snapshot").toEqual({
		node: { type: 0, childNodes: [wanted] },
	});
	const mutation = (adds: unknown) => ({ source: 0, texts: [], attributes: [], removes: [], adds });
	expect(mask(3, mutation([{ parentId: 1, node }])), "in a mutation").toEqual(
		mutation([{ parentId: 1, node: wanted }]),
	);
});

const text = (textContent: string) => ({ type: 3, textContent });
const TEXTS: [what: string, tag: string, attributes: Attributes, want: string][] = [
	["text of the page stays", "p", {}, "four words are long"],
	["text in an editable element is masked", "p", { contenteditable: "true" }, BULLETS],
	[
		"text where editing is switched off stays",
		"p",
		{ contenteditable: "false" },
		"four words are long",
	],
	["text that the site hides is masked", "p", { "data-snag-mask": "" }, BULLETS],
	["an option's text is masked", "option", {}, BULLETS],
	["a text area's text is masked", "textarea", {}, BULLETS],
	["markup for browsers without scripts goes", "noscript", {}, ""],
];

test.each(TEXTS)("%s", (_what, tag, attributes, want) => {
	const tree = (content: string) => ({
		node: {
			...{ type: 2, tagName: tag, attributes },
			childNodes: [
				text(content),
				{
					type: 2,
					tagName: "b",
					attributes: {},
					childNodes: [text(tag === "noscript" ? "" : content)],
				},
			],
		},
	});
	expect(mask(2, tree("four words are long"))).toEqual(tree(want));
});

const mutation = (more: object) => ({
	source: 0,
	texts: [],
	attributes: [],
	removes: [],
	adds: [],
	...more,
});
const CHANGES: [what: string, given: object, want: object | undefined][] = [
	[
		"changed text stays",
		{ texts: [{ id: 1, value: "some text" }] },
		{ texts: [{ id: 1, value: "some text" }] },
	],
	[
		"changed text in private content is masked",
		{ texts: [{ id: 5, value: "some text and more" }] },
		{ texts: [{ id: 5, value: BULLETS }] },
	],
	[
		"changed text of a node nobody knows is masked",
		{ texts: [{ id: 99, value: "some text and more" }] },
		{ texts: [{ id: 99, value: BULLETS }] },
	],
	[
		"a changed title follows the text rule",
		{ texts: [{ id: 7, value: "Hi a@b.example" }] },
		{ texts: [{ id: 7, value: "Hi •••" }] },
	],
	[
		"a changed style is cleaned",
		{ texts: [{ id: 6, value: "a { b: url(/c?t=1) }" }] },
		{ texts: [{ id: 6, value: 'a { b: url("/c") }' }] },
	],
	[
		"a changed value is masked",
		{ attributes: [{ id: 2, attributes: { value: "secret" } }] },
		{ attributes: [{ id: 2, attributes: { value: "•".repeat(10) } }] },
	],
	[
		"a changed choice goes",
		{ attributes: [{ id: 10, attributes: { selected: "", value: "b" } }] },
		{ attributes: [{ id: 10, attributes: {} }] },
	],
	[
		"changed meta data goes, but for what the layout needs",
		{
			attributes: [
				{ id: 12, attributes: { content: "width=320" } },
				{ id: 13, attributes: { content: "token" } },
			],
		},
		{
			attributes: [
				{ id: 12, attributes: { content: "width=320" } },
				{ id: 13, attributes: {} },
			],
		},
	],
	[
		"a removed attribute stays removed",
		{ attributes: [{ id: 1, attributes: { title: null } }] },
		{ attributes: [{ id: 1, attributes: { title: null } }] },
	],
	[
		"a difference of styles is cleaned",
		{
			attributes: [
				{
					id: 1,
					attributes: { style: { a: "url(/b?t=1)", c: ["url(/d?t=1)", "important"], e: false } },
				},
			],
		},
		{
			attributes: [
				{
					id: 1,
					attributes: { style: { a: 'url("/b")', c: ['url("/d")', "important"], e: false } },
				},
			],
		},
	],
	[
		"a picture in a picture keeps its name",
		{ attributes: [{ id: 9, attributes: { href: "/i.svg?t=1#cart" } }] },
		{ attributes: [{ id: 9, attributes: { href: "/i.svg#cart" } }] },
	],
	[
		"a node added to private content is masked",
		{ adds: [{ parentId: 5, node: text("some text and more") }] },
		{ adds: [{ parentId: 5, node: text(BULLETS) }] },
	],
	[
		"markup added for browsers without scripts goes",
		{ adds: [{ parentId: 11, node: text("<img>") }] },
		{ adds: [{ parentId: 11, node: text("") }] },
	],
];

test.each(CHANGES)("%s", (_what, given, want) => {
	expect(mask(3, mutation(given))).toEqual(want && mutation(want));
});

const EVENTS: [what: string, type: number, given: unknown, want: unknown][] = [
	[
		"the page's address is cleaned",
		4,
		{ href: "https://x.test/a?t=1#b", width: 1 },
		{ href: "https://x.test/a", width: 1 },
	],
	[
		"typed text is masked",
		3,
		{ source: 5, id: 2, text: "secret", isChecked: false },
		{ source: 5, id: 2, text: "•".repeat(10), isChecked: false },
	],
	[
		"typed text of a text area is masked",
		3,
		{ source: 5, id: 8, text: "ab", isChecked: false },
		{ source: 5, id: 8, text: "•••••", isChecked: false },
	],
	["a tick does not leave", 3, { source: 5, id: 3, text: "red", isChecked: true }, undefined],
	["a choice does not leave", 3, { source: 5, id: 4, text: "b", isChecked: false }, undefined],
	[
		"input into what nobody knows does not leave",
		3,
		{ source: 5, id: 99, text: "x", isChecked: false },
		undefined,
	],
	[
		"a selection of the page's text stays",
		3,
		{ source: 14, ranges: [{ start: 1, startOffset: 1, end: 1, endOffset: 4 }] },
		{ source: 14, ranges: [{ start: 1, startOffset: 1, end: 1, endOffset: 4 }] },
	],
	[
		"a selection in private content does not leave",
		3,
		{ source: 14, ranges: [{ start: 1, startOffset: 1, end: 5, endOffset: 4 }] },
		undefined,
	],
	[
		"inserted rules are cleaned",
		3,
		{ source: 8, id: 6, adds: [{ rule: "a { b: url(/c?t=1) }", index: [0, 1] }] },
		{ source: 8, id: 6, adds: [{ rule: 'a { b: url("/c") }', index: [0, 1] }] },
	],
	[
		"adopted sheets are cleaned",
		3,
		{ source: 15, id: 1, styles: [{ styleId: 1, rules: [{ rule: "a { b: url(/c?t=1) }" }] }] },
		{ source: 15, id: 1, styles: [{ styleId: 1, rules: [{ rule: 'a { b: url("/c") }' }] }] },
	],
	[
		"a changed property is cleaned",
		3,
		{ source: 13, id: 1, set: { property: "a", value: "url(/c?t=1)" }, index: [0] },
		{ source: 13, id: 1, set: { property: "a", value: 'url("/c")' }, index: [0] },
	],
	["a scroll stays", 3, { source: 3, id: 1, x: 0, y: 5 }, { source: 3, id: 1, x: 0, y: 5 }],
	["a log line does not leave", 3, { source: 11, payload: ["x"] }, undefined],
	["an event of an unknown type does not leave", 6, { plugin: "x" }, undefined],
];

test.each(EVENTS)("%s", (_what, type, given, want) => {
	expect(mask(type, given)).toEqual(want);
});

test("masking what is masked changes nothing", () => {
	const once = mask(
		3,
		mutation({
			attributes: [{ id: 2, attributes: { value: "some text" } }],
			texts: [{ id: 5, value: "abc" }],
		}),
	);
	expect(mask(3, once)).toEqual(once);
});
