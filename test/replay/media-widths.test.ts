import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findMediaWidths } from "../../replay/media-widths.ts";
import { createWidthCollector } from "../../replay/recorded-widths.ts";
import { clusterEnds } from "../../server/queries/cluster-ends.ts";

const widthsOf = (css: string) => Object.fromEntries(findMediaWidths(css));

describe("widths at which a style sheet changes", () => {
	test.each<[string, Record<number, number>]>([
		["@media (min-width: 768px) { a { b: c } }", { 768: 1 }],
		["@media (max-width: 767px) { a { b: c } p, q { b: c } }", { 768: 2 }],
		["@media screen and (max-width:767.98px){a{b:c}}", { 768: 1 }],
		["@media (min-width: 48em) { a { b: c } }", { 768: 1 }],
		["@media (max-width: 40rem) { a { b: c } }", { 641: 1 }],
		["@media (width >= 600px) { a { b: c } }", { 600: 1 }],
		["@media (width > 600px) { a { b: c } }", { 601: 1 }],
		["@media (width < 600px) { a { b: c } }", { 600: 1 }],
		["@media (width <= 600px) { a { b: c } }", { 601: 1 }],
		["@media (600px <= width < 900px) { a { b: c } }", { 600: 1, 900: 1 }],
		["@media (min-width: 600px) and (max-width: 899px) { a { b: c } }", { 600: 1, 900: 1 }],
		["@media not (min-width: 600px) { a { b: c } }", { 600: 1 }],
		["@MEDIA (MIN-WIDTH: 600PX) { a { b: c } }", { 600: 1 }],
		["@media print, (min-width: 600px) { a { b: c } }", { 600: 1 }],
		["@media print and (min-width: 600px) { a { b: c } }", {}],
		["@media (min-width: 600px) { @supports (a: b) { a { b: c } b { b: c } } }", { 600: 2 }],
		["@layer x { @media (min-width: 600px) { a { b: c } } }", { 600: 1 }],
		["@media (min-width: 600px) { @media (max-width: 899px) { a { b: c } } }", { 600: 1, 900: 1 }],
		["@media (min-width: 600px) { a { b: c; &:hover { b: d } } }", { 600: 2 }],
		["a { color: red; @media (min-width: 600px) { color: blue } }", { 600: 1 }],
		["@media (min-width: 600px) { @keyframes x { 0% { a: b } to { a: c } } }", { 600: 1 }],
		["@media (min-width: 600px) {}", {}],
		["@media (min-width: calc(1px + 2em)) { a { b: c } }", {}],
		["@media (min-device-width: 600px) { a { b: c } }", {}],
		["@media (min-width: 1px) { a { b: c } } @media (min-width: 9999px) { a { b: c } }", {}],
		["@container (min-width: 600px) { a { b: c } }", {}],
		["/* @media (min-width: 600px) { a { b: c } } */ a { b: c }", {}],
		[
			"a { content: '@media (min-width: 600px) {' } @media (min-width: 700px) { a { b: c } }",
			{ 700: 1 },
		],
		[
			"a { b: url(data:x;{}@media) } @media (min-width: 700px) { a { b: url(data:;,}) } }",
			{ 700: 1 },
		],
		["@media (min-width: 600px) /* { */ { a { b: c } }", { 600: 1 }],
		["@media (min-width: 600px) { a { b: c }", { 600: 1 }],
		["} } @media (min-width: 600px) { a { b: c } }", { 600: 1 }],
	])("of %s are %j", (css, want) => {
		expect(widthsOf(css)).toEqual(want);
	});

	test("a rule more is counted one more, whatever stands around it", () => {
		const around = fc.constantFrom("", "a{b:c}", "/*{*/", '@import "x";', "@font-face{a:b}");
		fc.assert(
			fc.property(
				around,
				around,
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 200, max: 4000 }),
				(before, after, rules, width) => {
					const css = `${before}@media (min-width: ${width}px){${"i{b:c}".repeat(rules)}}${after}`;
					expect(widthsOf(css)).toEqual({ [width]: rules });
				},
			),
		);
	});

	test.each([
		["blocks", `@media x {${"a{".repeat(200_000)}`],
		["comments in strings", `@media x {${'["/*"]'.repeat(100_000)}{`],
		["digits", `@media (${"1".repeat(9000)} < width) { a { b: c } }`],
		["queries", "@media (min-width:".repeat(50_000)],
	])("a sheet of a hundred thousand %s is read in no time", (_, css) => {
		const from = performance.now();
		findMediaWidths(css);
		expect(performance.now() - from).toBeLessThan(1500);
	});

	test("no text makes it throw", () => {
		const piece = fc.constantFrom(
			"@media",
			"(min-width:600px)",
			"{",
			"}",
			"/*",
			"*/",
			'"',
			"'",
			"url(",
			")",
			";",
			"\\",
			"a",
			"width>=7em",
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 200, size: "max" }), (pieces) => {
				for (const [width, rules] of findMediaWidths(`@media${pieces.join("")}`)) {
					expect(width).toBeGreaterThanOrEqual(200);
					expect(rules).toBeGreaterThan(0);
				}
			}),
		);
	});
});

describe("the widths of a recorded page", () => {
	const css = "@media (min-width: 600px) { a { b: c } b { b: c } }";
	const text = (textContent: string) => ({ type: 3, id: 9, textContent });
	const sheet = (childNodes: object[], attributes = {}) => ({
		...{ type: 2, id: 8, tagName: "style", attributes, childNodes },
	});
	const snapshot = (node: object) => ({ type: 2, timestamp: 1, data: { node } });
	const change = (data: object) => ({ type: 3, timestamp: 2, data });

	test.each<[string, object[]]>([
		["in the text of a sheet", [snapshot(sheet([text(css)]))]],
		["in a sheet that the recorder read", [snapshot(sheet([], { _cssText: css }))]],
		["told twice", [snapshot(sheet([text(css)])), snapshot(sheet([text(css)]))]],
		[
			"in a sheet that came later",
			[change({ source: 0, adds: [{ parentId: 1, node: sheet([text(css)]) }] })],
		],
		[
			"in a text that came into a sheet",
			[snapshot(sheet([])), change({ source: 0, adds: [{ parentId: 8, node: text(css) }] })],
		],
		["in rules a script wrote", [change({ source: 8, adds: [{ rule: css }] })]],
		["in an adopted sheet", [change({ source: 15, styles: [{ rules: [{ rule: css }] }] })]],
	])("%s count once", (_, events) => {
		const collector = createWidthCollector();
		for (const event of events) collector.add(event as never);
		expect([...collector.widths]).toEqual([[600, 2]]);
	});

	test("are not those of a text that people read", () => {
		const collector = createWidthCollector();
		collector.add(
			snapshot({ type: 2, id: 3, tagName: "pre", attributes: {}, childNodes: [text(css)] }),
		);
		expect(collector.widths.size).toBe(0);
	});
});

describe("the groups of a site", () => {
	test.each<[[number, number][], number[]]>([
		[[], []],
		[[[768, 1]], []],
		[[[768, 2]], [768]],
		[
			[
				[768, 1],
				[767, 1],
			],
			[767],
		],
		[
			[
				[768, 9],
				[769, 1],
				[784, 1],
				[785, 2],
			],
			[768, 785],
		],
		[
			[
				[400, 2],
				[500, 9],
				[600, 8],
				[700, 7],
				[800, 6],
				[900, 5],
			],
			[500, 600, 700, 800, 900],
		],
	])("of %j end at %j", (rules, want) => {
		expect(clusterEnds(rules)).toEqual(want);
	});

	test("are at most six, never closer than 16 px, and the same in whatever order they are told", () => {
		const rules = fc.uniqueArray(
			fc.tuple(fc.integer({ min: 200, max: 4000 }), fc.integer({ min: 1, max: 50 })),
			{ selector: ([width]) => width, maxLength: 60 },
		);
		fc.assert(
			fc.property(rules, (told) => {
				const ends = clusterEnds(told);
				expect(ends.length).toBeLessThanOrEqual(5);
				for (const [at, end] of ends.entries()) {
					expect(at === 0 || end - (ends[at - 1] ?? 0) > 16).toBe(true);
					expect(told.some(([width]) => width === end)).toBe(true);
				}
				expect(clusterEnds(told.toReversed())).toEqual(ends);
			}),
		);
	});
});
