// What becomes of facts in the index: the page they belong to, their element, and the rest as JSON.
import { expect, test } from "vitest";
import { decodeChunk } from "../../../protocol/chunk.ts";
import type { Fact } from "../../../protocol/fact.ts";
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
