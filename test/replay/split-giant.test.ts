import { describe, expect, test } from "vitest";
import { createFold } from "../../replay/fold.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { splitGiant } from "../../replay/split-giant.ts";

type Fields = Record<string, unknown>;

const node = (id: number): Fields => ({
	type: 2,
	id,
	tagName: "li",
	attributes: {},
	childNodes: [],
});
const mutation = (parts: Fields): RawEvent => ({
	type: 3,
	timestamp: 5,
	data: { source: 0, adds: [], removes: [], texts: [], attributes: [], ...parts },
});
/** Children of one list from the last to the first, as recorders send them. */
const rows = (count: number): Fields[] =>
	Array.from({ length: count }, (_, at) => ({
		parentId: 3,
		nextId: at === 0 ? null : 99 + at,
		node: node(100 + at),
	}));
const page: RawEvent = {
	type: 2,
	timestamp: 1,
	data: {
		initialOffset: { left: 0, top: 0 },
		node: {
			type: 0,
			id: 1,
			childNodes: [{ ...node(2), tagName: "html", childNodes: [{ ...node(3), tagName: "body" }] }],
		},
	},
};

describe("a mutation of many nodes", () => {
	test.each([
		["few nodes", mutation({ adds: rows(5000) })],
		["nodes out of order", mutation({ adds: rows(6000).reverse() })],
		[
			"one node twice",
			mutation({ adds: [...rows(6000), { parentId: 3, nextId: null, node: node(100) }] }),
		],
		[
			"a node under itself",
			mutation({ adds: [...rows(6000), { parentId: 9, nextId: null, node: node(9) }] }),
		],
	])("is left whole with %s", (_, event) => {
		expect(splitGiant(event)).toEqual([event]);
	});

	test("is split into parts of the same instant that do the same", () => {
		const whole = mutation({
			adds: rows(12_345),
			removes: [{ parentId: 1, id: 77 }],
			attributes: [{ id: 100, attributes: { class: "first" } }],
		});
		const parts = splitGiant(whole);
		expect(parts.map(({ data }) => ((data as Fields).adds as unknown[]).length)).toEqual([
			5000, 5000, 2345,
		]);
		expect(parts.every(({ timestamp }) => timestamp === 5)).toBe(true);
		const [one, many] = [createFold(), createFold()];
		for (const event of [page, whole]) one.apply(event);
		for (const event of [page, ...parts]) many.apply(event);
		expect(many.keyframe(9)).toEqual(one.keyframe(9));
	});
});
