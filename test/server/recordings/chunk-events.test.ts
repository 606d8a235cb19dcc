import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVENT_JSON_DEPTH } from "../../../protocol/limits.ts";
import { PoisonError, splitList } from "../../../server/recordings/chunk-events.ts";

const itemsOf = (text: string): string[] => {
	const json = Buffer.from(text);
	return [...splitList(json)].map(([start, end]) => json.toString("utf8", start, end));
};

describe("a list of events", () => {
	test("is split into the items that its parser would find", () => {
		const spaces = fc.constantFrom("", " ", "\n", "\t ");
		fc.assert(
			fc.property(fc.array(fc.jsonValue()), spaces, (list, space) => {
				const items = list.map((item) => JSON.stringify(item, null, space.length));
				const text = `${space}[${space}${items.join(`${space},${space}`)}${space}]${space}`;
				expect(itemsOf(text).map((item) => JSON.parse(item))).toEqual(JSON.parse(text));
			}),
		);
	});

	test("that is cut off anywhere gives whole items only, and says that it is", () => {
		fc.assert(
			fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), (list, place) => {
				const json = Buffer.from(JSON.stringify(list));
				const cut = json.subarray(0, place % json.length);
				const found: string[] = [];
				expect(() => {
					for (const [start, end] of splitList(cut)) found.push(cut.toString("utf8", start, end));
				}).toThrow(PoisonError);
				expect(found.map((item) => JSON.parse(item))).toEqual(
					JSON.parse(JSON.stringify(list.slice(0, found.length))),
				);
			}),
		);
	});

	test("may be as deep as browsers nest elements, and no deeper", () => {
		const deep = (depth: number) => `[${"[".repeat(depth)}${"]".repeat(depth)}]`;
		expect(itemsOf(deep(EVENT_JSON_DEPTH))).toHaveLength(1);
		expect(() => itemsOf(deep(EVENT_JSON_DEPTH + 1))).toThrow(/too deep/);
	});

	test("of any bytes is split or refused", () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'[]{},:"\\ a1') }), (text) => {
				try {
					itemsOf(text);
				} catch (error) {
					expect(error).toBeInstanceOf(PoisonError);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});
