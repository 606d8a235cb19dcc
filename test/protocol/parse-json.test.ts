import fc from "fast-check";
import { expect, test } from "vitest";
import { parseStrangeJson } from "../../protocol/parse-json.ts";

const LIMITS = { depth: 4, values: 10 };

test.each([
	["[[[[1]]]]", [[[[1]]]]],
	['{"a":"[[[[[[,,,,,,,,,,,,,,"}', { a: "[[[[[[,,,,,,,,,,,,,," }],
	['["\\"[[[[[["]', ['"[[[[[[']],
	['["constructor","__proto__"]', ["constructor", "__proto__"]],
])("is read where it keeps the limits: %s", (text, value) => {
	expect(parseStrangeJson(text, LIMITS)).toEqual(value);
});

test.each([
	["[[[[[1]]]]]", "deeper than 4"],
	["[1,2,3,4,5,6,7,8,9,10]", "more than 10"],
	["[[],[],[],[],[],[]]", "more than 10"],
	['{"a":{"__proto__":1}}', "the key __proto__"],
	['{"con\\u0073tructor":1}', "the key constructor"],
])("is refused where it does not: %s", (text, message) => {
	expect(() => parseStrangeJson(text, LIMITS)).toThrow(RangeError);
	expect(() => parseStrangeJson(text, LIMITS)).toThrow(message);
	// A long text is counted before it is read.
	expect(() => parseStrangeJson(text.padStart(20_000), LIMITS)).toThrow(message);
});

test("of a long text nothing is made before it is counted", () => {
	expect(() => parseStrangeJson("[".repeat(20_000), LIMITS)).toThrow("deeper than 4");
	expect(() => parseStrangeJson("[".repeat(2000), LIMITS)).toThrow(SyntaxError);
});

test("any other JSON is read as it is", () => {
	const wide = { depth: 50, values: 100_000 };
	fc.assert(
		fc.property(fc.json(), (text) => {
			fc.pre(!/__proto__|constructor|prototype/.test(text));
			expect(parseStrangeJson(text, wide)).toEqual(JSON.parse(text));
		}),
	);
});
