import { expect, test } from "vitest";
import { cleanReference } from "../../protocol/clean-url.ts";
import type { KeyNode } from "../../protocol/element-key.ts";
import { linkOf } from "../../protocol/told-by-element.ts";

test.each([
	["/product/fleet-mug", "/product/fleet-mug"],
	["/order/1207?by=mail#top", "/order/:id"],
	["//other.example/a", "/a"],
	["", ""],
	["#top", ""],
	["?kind=cups", ""],
	["mug", "/shop/mug"],
	["./mug/", "/shop/mug"],
	["/", ""],
	["mailto:ada@example.com", ""],
	["javascript:void 0", ""],
])("where %j leads is %j", (href, path) => {
	expect(linkOf(link(href))).toBe(path);
});

test.each(["/product/fleet-mug", "/order/1207/items", "//127.0.0.1:4001/a", "mug", "../mug"])(
	"%j leads to the same as a recording writes it",
	(href) => {
		const recorded = cleanReference(new URL(href, PAGE).href);
		expect(linkOf(link(recorded))).toBe(linkOf(link(href)));
	},
);

test("where a link of SVG leads is not told, which is no text", () => {
	const node = { getAttribute: () => "/a", href: { baseVal: "/a" } };
	expect(linkOf(node as unknown as KeyNode)).toBe("");
});

const PAGE = "http://localhost:4001/shop/products?kind=cups";

/** As a browser has it. */
const link = (href: string) =>
	({ getAttribute: () => href, href: new URL(href, PAGE).href }) as unknown as KeyNode;
