import { describe, expect, test } from "vitest";
import { dropErased, encodePackRows, encodeRows } from "../../../server/index/row-text.ts";
import type { PackRows } from "../../../server/index/rows.ts";

const row = (session: string, visitor: string, more = {}) => ({
	...{ site: 1, session, visitor, text: `of ${visitor}\n` },
	...more,
});
const pack: PackRows = {
	chunks: [row("one", "ann"), row("two", "bob"), row("one", "ann", { part: 1 })],
	facts: [row("two", "bob", { kind: 2 }), row("one", "ann", { kind: 1 })],
	elements: [{ session: "one", element: 7 }],
	packs: [{ key: "p/1", chunks: 3 }],
};
const read = (text: Uint8Array): object[] =>
	Buffer.from(text)
		.toString()
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));

describe("rows as text", () => {
	test("are a line each, with their number and whose they are", () => {
		const { texts, rows, chunks, sessions } = encodePackRows(pack);
		expect([rows, chunks]).toEqual([7, 3]);
		expect(read(texts.chunks)).toEqual(pack.chunks);
		expect(read(texts.elements)).toEqual(pack.elements);
		expect(texts.recordings).toHaveLength(0);
		expect(sessions).toEqual([
			{ site: 1, session: "one", visitor: "ann" },
			{ site: 1, session: "two", visitor: "bob" },
		]);
	});

	test("have no half of a character, and keep whole ones and what only looks like a half", () => {
		const texts = ["a\ud83d", "\ude00b", "\ud83d\ude00", "\\ud83d", "ä\u2028\0"];
		const [mended] = read(encodeRows([{ texts, nested: { half: "\ud800" } }]));
		expect(mended).toEqual({
			texts: ["a\ufffd", "\ufffdb", "\ud83d\ude00", "\\ud83d", "ä\u2028\0"],
			nested: { half: "\ufffd" },
		});
	});

	test("of the erased are left out of every table, and those of a pack stay", () => {
		const texts = dropErased(encodePackRows(pack), (_, session) => session === "one");
		expect(read(texts.chunks)).toEqual([pack.chunks[1]]);
		expect(read(texts.facts)).toEqual([pack.facts[0]]);
		expect(texts.elements).toHaveLength(0);
		expect(read(texts.packs)).toEqual(pack.packs);
		const byVisitor = dropErased(encodePackRows(pack), (_, __, visitor) => visitor === "bob");
		expect(read(byVisitor.facts)).toEqual([pack.facts[1]]);
	});

	test("are sent as they are where nobody is erased", () => {
		const encoded = encodePackRows(pack);
		expect(dropErased(encoded, () => false)).toBe(encoded.texts);
	});
});
