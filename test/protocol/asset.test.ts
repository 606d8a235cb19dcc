import { expect, test } from "vitest";
import { type CssPlace, mapCssUrls, nameCssUrls } from "../../protocol/asset.ts";

const mark = (url: string, place: CssPlace) => `<${place} ${url}>`;

test.each([
	["a { color: red }", "a { color: red }"],
	["a { background: url(b.png?c) }", 'a { background: url("<url b.png?c>") }'],
	["a { background: URL( 'b.png' ) }", 'a { background: url("<url b.png>") }'],
	['a { background: url("b\\"c.png") }', 'a { background: url("<url b\\"c.png>") }'],
	["a { background: url(b\\).png) }", 'a { background: url("<url b\\).png>") }'],
	["a { background: url() }", 'a { background: url("<url >") }'],
	['@import "b.css?c" screen;', '@import "<imported b.css?c>" screen;'],
	["@import\n'b.css';", "@import\n'<imported b.css>';"],
	["@import url(b.css);", '@import url("<url b.css>");'],
	['image-set("./b.png?c" 1x, "d" 2x)', 'image-set("<text ./b.png?c>" 1x, "d" 2x)'],
	['a { content: "https://b.test/c\'d?e" }', 'a { content: "<text https://b.test/c\'d?e>" }'],
	['a { content: "https://b.test/\n?c" }', 'a { content: "<text https://b.test/\n?c>" }'],
	['a { content: "b" }', 'a { content: "b" }'],
])("URLs of %j", (css, want) => {
	expect(mapCssUrls(css, mark)).toBe(want);
});

test("a sheet is kept with the names of its files, and what is no file stays", () => {
	const css = `@import "a.css"; b { background: url(c.png), url(#d), url(data:e), url("bad") }
f { content: "https://g.test/h" }`;
	const name = (url: string) => {
		if (url === "bad") throw new Error(url);
		return `snag:${url.length}`;
	};
	expect(nameCssUrls(css, name)).toBe(
		css
			.replace('"a.css"', '"snag:5"')
			.replace("url(c.png)", 'url("snag:5")')
			.replace("url(#d)", 'url("#d")')
			.replace("url(data:e)", 'url("data:e")'),
	);
});
