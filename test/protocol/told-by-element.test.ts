import { expect, test } from "vitest";
import type { KeyNode } from "../../protocol/element-key.ts";
import { linkOf } from "../../protocol/told-by-element.ts";

test.each([
	["/product/fleet-mug", "/product/fleet-mug"],
	["/order/1207?by=mail#top", "/order/:id"],
	["//other.example/a", "/a"],
	["", ""],
	["#top", ""],
	["?kind=cups", ""],
	["mug", ""],
	["./mug", ""],
	["mailto:ada@example.com", ""],
	["javascript:void 0", ""],
])("where %j leads is %j", (href, path) => {
	expect(linkOf(link(href))).toBe(path);
});

test.each(["/product/fleet-mug", "/order/1207/items", "//127.0.0.1:4001/a"])(
	"%j leads to the same as a recording writes it",
	(href) => {
		const recorded = new URL(href, "http://localhost:4001/products?kind=cups").href;
		expect(linkOf(link(recorded))).toBe(linkOf(link(href)));
	},
);

const link = (href: string) => ({ getAttribute: () => href }) as unknown as KeyNode;
