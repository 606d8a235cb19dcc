// What becomes of facts in the index: the page they belong to, their element, and the rest as JSON.
import { expect, test } from "vitest";
import { decodeChunk } from "../../../protocol/chunk.ts";
import type { Envelope } from "../../../protocol/envelope.ts";
import type { Fact } from "../../../protocol/fact.ts";
import { parseFacts } from "../../../protocol/parse-facts.ts";
import { createPackRows } from "../../../server/index/rows.ts";
import { createPageFact, createSampleChunk, createSampleSession } from "../sample-chunk.ts";

const AT = Date.parse("2026-11-22T12:00:00Z");

const rowsOf = (facts: Fact[]) => {
	const session = createSampleSession(AT);
	const page = createPageFact(session, "/cart/17");
	const { envelope } = decodeChunk(createSampleChunk(session));
	const head = { site: 1, receivedAt: AT, sentAt: AT, attempt: 0, userAgent: "", crc: 0 };
	const entry = { head, envelope, facts: [page, ...facts], place: { offset: 0, length: 1 } };
	const rows = createPackRows({ key: "p/20261122/12/00/x.pk", bytes: 1 }, [entry]).facts;
	return rows.slice(1) as Record<string, unknown>[];
};

test.each<[Fact, Record<string, unknown>]>([
	[
		[6, AT, 0, 3, AT, 1, 7000, 2, [["mutation", 9, "near"]]],
		{ element: 3, data: `[${AT},1,7000,2,[["mutation",9,"near"]]]` },
	],
	[
		[7, AT, 0, 4, "blur", 1, -1, 2, 3, 4, 5, 3, 0, 1, 2],
		{ element: 4, data: '["blur",1,-1,2,3,4,5,3,0,1,2]' },
	],
	[[8, AT, 0, 5, 1, 0, 0, "none", 5000], { element: 5, data: '[1,0,0,"none",5000]' }],
	[[9, AT, 0, 900, 1800, 1, [10, 20]], { data: "[900,1800,1,[10,20]]" }],
	[[11, AT, 0, [1, 2]], { data: "[[1,2]]" }],
	[[15, AT, 0, 6, 1], { element: 6, data: "[1]" }],
	[[16, AT, 0, "added", [["items", 2]]], { data: '["added",[["items",2]]]' }],
	[[19, AT, 0, 1], { data: "[1]" }],
	[[5, AT, 0, "zoom", 150], { how: "zoom", data: "[150]" }],
	[[5, AT, 0, "copy"], { how: "copy" }],
])("%j is a row of its page view", (fact, columns) => {
	const [row] = rowsOf([fact]);
	expect(row).toMatchObject({ kind: fact[0], view: 0, path: "/cart/17", ...columns });
	expect("data" in (row ?? {})).toBe("data" in columns);
});

/** Path and page of presses in views 0 and 1, of a chunk that begins in view 0. */
const pagesOf = (envelopePage: unknown, ...told: [view: number, pattern: unknown][]) => {
	const session = createSampleSession(AT);
	const said = { url: "https://shop.example/cart/17", page: envelopePage } as Partial<Envelope>;
	const { envelope } = decodeChunk(createSampleChunk(session, { envelope: said }));
	const press = (view: number) => [2, AT, view, 1, 0, 0, 0, 0, "flow", "mouse", 9, 9, 0, 0, 0, ""];
	const sent = [
		press(0),
		...told.map(([view, pattern]) => [21, AT, view, pattern]),
		[1, AT, 1, "https://shop.example/item/8", "", "push", 1, 1, 1, 1],
		press(1),
	];
	const { facts } = parseFacts(JSON.stringify(sent));
	const head = { site: 1, receivedAt: AT, sentAt: AT, attempt: 0, userAgent: "", crc: 0 };
	const entry = { head, envelope, facts, place: { offset: 0, length: 1 } };
	const rows = createPackRows({ key: "p/20261122/12/00/x.pk", bytes: 1 }, [entry]).facts;
	return (rows as Record<string, unknown>[]).map(({ kind, page }) => [kind, page]);
};

test.each<[string, unknown, [number, unknown][], [string, string]]>([
	["in its chunk", undefined, [[0, "/cart/:what"]], ["/cart/:what", "/item/:id"]],
	["in a chunk before", "/cart/:what", [], ["/cart/:what", "/item/:id"]],
	["twice", "/before", [[0, "/after"]], ["/after", "/item/:id"]],
	["of the next view", "/cart/:what", [[1, "item/[n]/"]], ["/cart/:what", "/item/[n]"]],
	["of neither", undefined, [[7, "/other"]], ["/cart/:id", "/item/:id"]],
])(
	"a page view is counted under the page that was told %s",
	(_, envelope, told, [first, second]) => {
		expect(pagesOf(envelope, ...told)).toEqual([
			[2, first],
			[1, second],
			[2, second],
		]);
	},
);

test.each<unknown>(["", "/a\u0000b", `/${"x".repeat(400)}`, 5, null, ["/a"], { a: 1 }])(
	"what is no pattern, %j, is as good as not told, and nothing is lost with it",
	(pattern) => {
		const pages = [
			[2, "/cart/:id"],
			[1, "/item/:id"],
			[2, "/item/:id"],
		];
		expect(pagesOf(undefined, [0, pattern])).toEqual(pages);
		expect(pagesOf(pattern)).toEqual(pages);
	},
);
