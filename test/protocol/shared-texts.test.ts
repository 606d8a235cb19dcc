import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SHARED_TEXT_CHARS } from "../../protocol/limits.ts";
import { RecordingError } from "../../protocol/recording.ts";
import { resolveTexts, shareTexts } from "../../protocol/shared-texts.ts";

/** Numbers texts in the order they come, as a finisher does. */
function createTexts() {
	const texts: string[] = [];
	const numberOf = (text: string) => {
		if (!texts.includes(text)) texts.push(text);
		return texts.indexOf(text);
	};
	return { texts, numberOf, textOf: (number: number) => texts[number] };
}

const long = (first: string) => first + "x".repeat(SHARED_TEXT_CHARS);

describe("long texts of keyframes", () => {
	test("are numbered, each once, and short ones stay", () => {
		const { texts, numberOf } = createTexts();
		const shared = shareTexts([long("a"), "a", { b: long("b"), c: long("a") }], numberOf);
		expect(JSON.parse(shared.json)).toEqual(["\u00000", "a", { b: "\u00001", c: "\u00000" }]);
		expect([shared.texts, texts]).toEqual([
			[0, 1],
			[long("a"), long("b")],
		]);
	});

	test("come back as they were, whatever a page says", () => {
		const text = fc.oneof(
			fc.string({ unit: "binary" }),
			fc.constantFrom("\u0000", "\u00000", "\u0000\u00000", "0", long(""), long("\u0000")),
		);
		const value = fc.letrec((tie) => ({
			any: fc.oneof({ depthSize: "small" }, text, fc.integer(), fc.constant(null), tie("list")),
			list: fc.oneof(fc.array(tie("any")), fc.dictionary(text, tie("any"))),
		})).any;
		fc.assert(
			fc.property(value, (before) => {
				const { numberOf, textOf } = createTexts();
				const plain = JSON.stringify(before);
				const { json } = shareTexts(before, numberOf);
				expect(JSON.stringify(before)).toBe(plain);
				expect(JSON.stringify(resolveTexts(JSON.parse(json), textOf))).toBe(plain);
			}),
		);
	});

	test.each(["\u00007", "\u0000", "\u0000x", "\u0000-1", "\u00001e0"])(
		"that are missing are said to be, as with %j",
		(text) => {
			const textOf = (number: number) => ["a", "b"][number];
			expect(() => resolveTexts([{ text }], textOf)).toThrow(RecordingError);
		},
	);
});
