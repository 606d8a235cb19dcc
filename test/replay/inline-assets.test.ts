// Kept files in the places of their names. What is put together must be as harmless as its parts were.
import { describe, expect, test } from "vitest";
import { inlineAssets } from "../../replay/inline-assets.ts";
import { type AssetSource, inlineCss, inlineSheet } from "../../replay/inline-css.ts";
import { type RawEvent, scrubCss, scrubEvents } from "../../replay/scrub.ts";

const sourceOf = (sheets: Record<string, string>): AssetSource => ({
	addressOf: (reference) =>
		reference.startsWith("snag:p") ? `/assets/${reference.slice(5)}` : undefined,
	sheetOf: (reference) => sheets[reference.slice("snag:".length)],
});
const SOURCE = sourceOf({
	s: 'a { background: url("snag:p1") } @font-face { src: url("snag:p2") }',
	empty: "",
});

describe("CSS", () => {
	test.each([
		['a { b: url("snag:p1") }', 'a { b: url("/assets/p1") }'],
		["a { b: url(snag:p1), url('snag:p2') }", 'a { b: url("/assets/p1"), url("/assets/p2") }'],
		['a { b: url("snag:gone") }', 'a { b: url("data:,") }'],
		["a { b: url(data:image/png;base64,xyz) }", "a { b: url(data:image/png;base64,xyz) }"],
		['a { content: "snag:p1" }', 'a { content: "snag:p1" }'],
		['@import "snag:i"; b { }', "\ni { }\n b { }"],
		["@import url(snag:i);", "\ni { }\n"],
		['@import url("snag:i") print;', "@media print {\ni { }\n}"],
		[
			"@import 'snag:i' screen and (min-width: 1px)",
			"@media screen and (min-width: 1px) {\ni { }\n}",
		],
		['@import "snag:i" layer;', "@layer  {\ni { }\n}"],
		[
			'@import "snag:i" layer(a.b) supports(display: grid) print;',
			"@layer a.b {@supports (display: grid) {@media print {\ni { }\n}}}",
		],
		[
			'@import "snag:i" supports((a: b) and (not (c: d)));',
			"@supports ((a: b) and (not (c: d))) {\ni { }\n}",
		],
		['@import "snag:gone"; b { }', " b { }"],
		['@import "snag:loop"; b { }', "\n l { }\n b { }"],
		['@import "snag:outer";', '\n\na { b: url("/assets/p1") }\n\n'],
	])("%s", (css, want) => {
		const source = sourceOf({
			i: "i { }",
			loop: '@import "snag:loop"; l { }',
			outer: '@import "snag:inner";',
			inner: 'a { b: url("snag:p1") }',
		});
		expect(inlineCss(scrubCss(css), source)).toBe(want);
	});

	test("imports that multiply come to an end", () => {
		const many = (name: string) => `@import "snag:${name}";`.repeat(50) + "x{}".repeat(5000);
		const source = sourceOf({
			a: many("b"),
			b: many("c"),
			c: many("d"),
			d: many("e"),
			e: many("a"),
		});
		expect(inlineCss(scrubCss('@import "snag:a";'), source).length).toBeLessThan(8 * 1024 * 1024);
	});

	test.each([
		["an import", '@import "http://evil.test/a.css";'],
		["a picture", "a { b: url(http://evil.test/p.png) }"],
		["a string that ends outside", 'a { content: "'],
		["an escape", "a { b: u\\72l(http://evil.test/p.png) }"],
		["a comment that stays open", "/*"],
	])("what a kept sheet would load stays out: %s", (_, forged) => {
		const source = sourceOf({
			f: forged,
			o: `"url(http://evil.test/1)${forged} url(http://evil.test/2)"`,
		});
		const whole =
			'a { content: "@import snag:f; url(http://evil.test/3)" } @import "snag:o"; @import "snag:f";';
		const inlined = inlineCss(scrubCss(whole), source);
		expect(scrubCss(inlined)).toBe(inlined);
		expect(scrubCss(inlineSheet("snag:f", source) ?? "none")).toBe(inlineSheet("snag:f", source));
	});
});

const element = (tagName: string, attributes: object, childNodes: object[] = []) => ({
	...{ type: 2, id: 1, tagName, attributes, childNodes },
});
const snapshot = (...nodes: object[]): RawEvent => ({
	...{ type: 2, timestamp: 1 },
	data: {
		node: { type: 0, id: 1, childNodes: [element("html", {}, nodes)] },
		initialOffset: { left: 0, top: 0 },
	},
});
const increment = (data: object): RawEvent => ({ type: 3, timestamp: 1, data });
const inline = (event: RawEvent) => {
	const { events } = scrubEvents([structuredClone(event)]);
	return JSON.stringify(inlineAssets(events, SOURCE));
};
const SHEET = 'a { background: url(\\"/assets/p1\\") } @font-face { src: url(\\"/assets/p2\\") }';

describe("an event", () => {
	const link = element("link", { rel: "stylesheet", href: "snag:s", media: "print" });
	const text = { type: 3, id: 3, textContent: 'a { b: url("snag:p1") }', isStyle: true };
	const cases: [name: string, event: RawEvent, want: string][] = [
		["a linked sheet", snapshot(link), `"attributes":{"media":"print","_cssText":"${SHEET}"}`],
		[
			"an empty one",
			snapshot(element("link", { href: "snag:empty" })),
			'"attributes":{"_cssText":" "}',
		],
		[
			"one that is not kept",
			snapshot(element("link", { href: "snag:no" })),
			'"attributes":{"href":""}',
		],
		[
			"a picture",
			snapshot(element("img", { src: "snag:p1" })),
			'"attributes":{"src":"/assets/p1"}',
		],
		[
			"one that is not kept",
			snapshot(element("img", { src: "snag:x" })),
			'"attributes":{"src":""}',
		],
		["a poster", snapshot(element("video", { poster: "snag:p1" })), '{"poster":"/assets/p1"}'],
		[
			"an image",
			snapshot(element("image", { "xlink:href": "snag:p1" })),
			'{"xlink:href":"/assets/p1"}',
		],
		[
			"a style attribute",
			snapshot(element("p", { style: 'background: url("snag:p1")' })),
			'{"style":"background: url(\\"/assets/p1\\")"}',
		],
		["a style element", snapshot(element("style", {}, [text])), 'url(\\"/assets/p1\\")'],
		[
			"an added link",
			increment({ source: 0, adds: [{ parentId: 1, nextId: null, node: link }] }),
			`"_cssText":"${SHEET}"`,
		],
		[
			"a link that changes",
			increment({ source: 0, attributes: [{ id: 1, attributes: { href: "snag:s" } }] }),
			`"attributes":{"_cssText":"${SHEET}"}`,
		],
		[
			"a picture and a style that change",
			increment({
				source: 0,
				attributes: [
					{ id: 1, attributes: { src: "snag:p1", style: { b: ['url("snag:p2")', ""] } } },
				],
			}),
			'{"src":"/assets/p1","style":{"b":["url(\\"/assets/p2\\")",""]}}',
		],
		[
			"a text of a sheet",
			increment({ source: 0, texts: [{ id: 1, value: 'a { b: url("snag:p1") }' }] }),
			'"value":"a { b: url(\\"/assets/p1\\") }"',
		],
		[
			"a rule",
			increment({ source: 8, id: 1, adds: [{ rule: 'a { b: url("snag:p1") }', index: 0 }] }),
			'"rule":"a { b: url(\\"/assets/p1\\") }"',
		],
		[
			"a declaration",
			increment({ source: 13, id: 1, index: [0], set: { property: "b", value: 'url("snag:p1")' } }),
			'"value":"url(\\"/assets/p1\\")"',
		],
		[
			"an adopted sheet",
			increment({
				source: 15,
				...{ id: 1, styleIds: [1] },
				styles: [{ styleId: 1, rules: [{ rule: 'a { b: url("snag:p1") }', index: 0 }] }],
			}),
			'"rule":"a { b: url(\\"/assets/p1\\") }"',
		],
	];
	test.each(cases)("%s", (_, event, want) => {
		expect(inline(event)).toContain(want);
	});

	test("what a page shows or links to is not changed", () => {
		const shown = { type: 3, id: 3, textContent: "snag:p1" };
		const event = snapshot(element("p", { title: "snag:p1" }, [shown]));
		expect(inline(event)).toBe(JSON.stringify(scrubEvents([structuredClone(event)]).events));
		expect(inline(snapshot(element("a", { href: "snag:p1" })))).toContain('"href":""');
	});

	test("the events themselves are not changed, and those without names are passed on", () => {
		const event = snapshot(link);
		const plain = increment({ source: 0, texts: [{ id: 1, value: "x" }] });
		const before = JSON.stringify(event);
		expect(inlineAssets([event, plain], SOURCE)[1]).toBe(plain);
		expect(JSON.stringify(event)).toBe(before);
	});
});
