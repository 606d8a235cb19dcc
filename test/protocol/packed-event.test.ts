import { expect, test } from "vitest";
import { unpackEvent } from "../../protocol/packed-event.ts";

const AT = 1_760_000_000_000;
const mutation = (rest: object) => ({
	...{ type: 3, timestamp: AT },
	data: { source: 0, texts: [], attributes: [], removes: [], adds: [], ...rest },
});
const text = (id: number, textContent: string) => ({ type: 3, textContent, id });
const element = (id: number, tagName: string, childNodes: object[], rest: object = {}) => ({
	...{ type: 2, tagName, attributes: {}, childNodes, id, ...rest },
});

const CASES: { what: string; packed: unknown; want: unknown }[] = [
	{
		what: "an event of rrweb's format stays what it is",
		packed: { type: 4, timestamp: AT, data: { href: "https://shop.test/" } },
		want: { type: 4, timestamp: AT, data: { href: "https://shop.test/" } },
	},
	{
		what: "nodes of a snapshot are numbered in their order, shadow trees behind the children",
		packed: [
			...[2, AT, 3, 40, 10],
			[
				"#document",
				["#doctype", { name: "html", publicId: "", systemId: "" }],
				["html", { lang: "en" }, ["x-card c", "a", ["#shadow", ["b"]]], ["svg sb"]],
			],
		],
		want: {
			...{ type: 2, timestamp: AT },
			data: {
				initialOffset: { left: 3, top: 40 },
				node: {
					...{ type: 0, id: 10 },
					childNodes: [
						{ type: 1, name: "html", publicId: "", systemId: "", id: 11 },
						element(
							12,
							"html",
							[
								element(13, "x-card", [text(14, "a"), element(15, "b", [], { isShadow: true })], {
									...{ isShadowHost: true, isCustom: true },
								}),
								element(16, "svg", [], { isSVG: true, needBlock: true }),
							],
							{ attributes: { lang: "en" } },
						),
					],
				},
			},
		},
	},
	{
		what: "a snapshot says that more of it follows",
		packed: [2, AT, 0, 0, 1, ["#document"], 1],
		want: {
			...{ type: 2, timestamp: AT },
			data: {
				...{ node: { type: 0, id: 1, childNodes: [] }, initialOffset: { left: 0, top: 0 } },
				isPartial: true,
			},
		},
	},
	{
		what: "what is added is told flat, parents first and later siblings first",
		packed: [3, AT, [], [[5, 9, 0, 20, ["p", "one", ["i"]], "two"]]],
		want: mutation({
			adds: [
				{ parentId: 5, nextId: 9, node: text(23, "two") },
				{ parentId: 5, nextId: 23, node: element(20, "p", []) },
				{ parentId: 20, nextId: null, node: element(22, "i", []) },
				{ parentId: 20, nextId: 22, node: text(21, "one") },
			],
		}),
	},
	{
		what: "a negative parent is the shadow tree of a host, and a root the document of a frame",
		packed: [3, AT, [[-4, 7, 2]], [[-4, 0, 3, 30, "x"]]],
		want: mutation({
			removes: [
				{ parentId: 4, id: 7, isShadow: true },
				{ parentId: 4, id: 9, isShadow: true },
			],
			adds: [{ parentId: 4, nextId: null, node: { ...text(30, "x"), rootId: 3, isShadow: true } }],
		}),
	},
	{
		what: "values of several nodes are named once",
		packed: [
			3,
			AT,
			[],
			[],
			[
				[4, 2],
				["a", 0],
			],
			[
				["class", [4, 1], ["on", null]],
				["id", [5], [""]],
			],
		],
		want: mutation({
			texts: [
				{ id: 4, value: "a" },
				{ id: 6, value: "a" },
			],
			attributes: [
				{ id: 4, attributes: { class: "on" } },
				{ id: 5, attributes: { class: null, id: "" } },
			],
		}),
	},
	{
		what: "a text that is put into a style is one",
		packed: [3, AT, [], [[5, 0, 0, 20, ["#css", "b{}"]]]],
		want: mutation({
			adds: [{ parentId: 5, nextId: null, node: { ...text(20, "b{}"), isStyle: true } }],
		}),
	},
	{
		what: "what a frame holds belongs to its document",
		packed: [4, AT, 6, 40, ["#document", ["html"]]],
		want: {
			...mutation({
				adds: [
					{
						...{ parentId: 6, nextId: null },
						node: { type: 0, id: 40, childNodes: [element(41, "html", [], { rootId: 40 })] },
					},
				],
				isAttachIframe: true,
			}),
		},
	},
	{
		what: "positions are differences",
		packed: [5, AT, 0, -80, 100, 20, 7, 50, -1, 3, 1],
		want: {
			...{ type: 3, timestamp: AT },
			data: {
				source: 1,
				positions: [
					{ x: 100, y: 20, id: 7, timeOffset: -80 },
					{ x: 99, y: 23, id: 8, timeOffset: -30 },
				],
			},
		},
	},
	{
		what: "a scroll is one",
		packed: [6, AT, 7, 0, 1200],
		want: { type: 3, timestamp: AT, data: { source: 3, id: 7, x: 0, y: 1200 } },
	},
];

for (const { what, packed, want } of CASES) {
	test(what, () => expect(unpackEvent(packed)).toEqual(want));
}

test.each([
	[[]],
	[[99, AT]],
	[[2, AT, 0, 0, "1", ["#document"]]],
	[[3, AT, 7]],
	[[3, AT, [], [[1, 0, 0, 5, 6]]]],
	[[3, AT, [], [], [["1"], ["a"]]]],
	[[3, AT, [], [], [], [[7, [1], ["a"]]]]],
	[[5, AT, 0, null, 1, 1, 1]],
	[[6, AT, 1, 2]],
])("what is not of its form is refused: %j", (packed) => {
	expect(() => unpackEvent(packed)).toThrow(TypeError);
});

test("an attribute of any name is one", () => {
	const packed = JSON.parse(
		`[3,${AT},[],[[1,0,0,5,["p",{"__proto__":"a"}]]],[],[["__proto__",[2],["b"]]]]`,
	);
	const { data } = unpackEvent(packed) as { data: Record<string, never[]> };
	expect(JSON.stringify(data)).toContain('"attributes":{"__proto__":"a"}');
	expect(JSON.stringify(data)).toContain('"attributes":{"__proto__":"b"}');
});
