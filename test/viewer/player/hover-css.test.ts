// Compared with what rrweb's own CSS parser makes of the same sheets, rule by rule in a real browser's
// reading of them where both differ only in blanks.

import fc from "fast-check";
import { adaptCssForReplay } from "rrweb-snapshot";
import { describe, expect, test } from "vitest";
import { adaptHover } from "../../../viewer/player/hover-css.ts";

const SHEETS: [name: string, css: string][] = [
	["a rule", "a:hover { color: red }"],
	["a list, of which some hover", "a, b:hover, c:hover > d { color: red } e { top: 0 }"],
	["two in one selector", "a:hover b:hover { color: red }"],
	["commas inside of functions", ":is(a, b):hover, :not(:hover, c) d { color: red }"],
	["commas inside of attributes", '[title="a, b:hover"]:hover { color: red }'],
	["media and layers around it", "@layer x { @media (min-width: 3px) { a:hover { top: 0 } } }"],
	[
		"a query for the device",
		"@media (max-device-width: 600px) and (min-device-height: 3px) { a { top: 0 } }",
	],
	["nested rules", ".a { color: red; &:hover { color: blue } b:hover & { top: 0 } }"],
	["strings with braces", 'a::before { content: "}:hover {" } b:hover { top: 0 }'],
	["URLs with semicolons", "a { background: url(data:image/png;base64,AAA=) } b:hover { top: 0 }"],
	["comments", "/* a:hover { */ b:hover { top: 0 } /* } */ c { left: 0 }"],
	["escapes", ".sm\\:hover\\:x:hover { top: 0 } .a\\{:hover { left: 0 }"],
	["an import", '@import "x.css" (max-device-width: 3px); a:hover { top: 0 }'],
	["nothing to do", "a { color: red }"],
	["nothing", ""],
];

/** Without what only blanks differ in. */
const plain = (css: string) =>
	css
		.replace(/\s+/g, " ")
		.replace(/ ?([{},;:>]) ?/g, "$1")
		.trim();

describe("adaptHover", () => {
	test.each(SHEETS)("does to %s what rrweb does", (_, css) => {
		expect(plain(adaptHover(css))).toBe(plain(adaptCssForReplay(css, undefined as never)));
	});

	test("gives a sheet without :hover back as it is", () => {
		const css = "a{color:red}".repeat(1000);
		expect(adaptHover(css)).toBe(css);
	});

	test("keeps broken sheets as they are, but for the twins", () => {
		for (const css of ["a:hover {", "a:hover", "} a:hover { b }", '"', "/*", "a:hover[", "\\"]) {
			expect(
				adaptHover(css)
					.replace(/,\n[^{]*/g, "")
					.replace(/\s/g, ""),
			).toBe(css.replace(/\s/g, ""));
		}
	});

	test("never ends a rule elsewhere, whatever stands in it", () => {
		const piece = fc.constantFrom(
			"a",
			":hover",
			"{",
			"}",
			";",
			"(",
			")",
			'"',
			"'",
			"/*",
			"*/",
			"\\",
			",",
			"\n",
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
				const css = pieces.join("");
				const count = (text: string, mark: string) => text.split(mark).length;
				const adapted = adaptHover(css);
				expect(count(adapted, "{")).toBeGreaterThanOrEqual(count(css, "{"));
				expect(adapted.length).toBeGreaterThanOrEqual(
					css.trimEnd().length - css.split(/\s/).length,
				);
			}),
		);
	});
});
