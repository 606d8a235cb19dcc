import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	FILTER_KEYS,
	type FilterError,
	formatSessionFilter,
	parseSessionFilter,
	type SessionFilter,
} from "../../protocol/session-filter.ts";

describe("a filter is read as it is written", () => {
	test.each<[string, SessionFilter]>([
		["", {}],
		["  ", {}],
		["browser:Firefox", { browser: ["Firefox"] }],
		[' browser:Firefox  os:"Mac OS" ', { browser: ["Firefox"], os: ["Mac OS"] }],
		["path:/a path:/b", { path: ["/a", "/b"] }],
		['path:"/a \\"b\\" \\\\c"', { path: ['/a "b" \\c'] }],
		["path:/a:b", { path: ["/a:b"] }],
		['variant:"price=very low"', { variant: ["price=very low"] }],
		["automated:yes", { automated: ["yes"] }],
		["orientation:portrait", { orientation: ["portrait"] }],
		['language:""', { language: [""] }],
	])("%s", (text, want) => {
		expect(parseSessionFilter(text)).toEqual(want);
	});
});

describe("what is no filter is refused with its column", () => {
	test.each([
		["firefox", 1, "made of key:value"],
		["browser:Firefox phone", 17, "made of key:value"],
		["  colour:red", 3, "there is no key colour; there are browser, os, device"],
		["browser:", 9, "browser has no value"],
		['browser:"Firefox', 9, "browser has no value"],
		['path:"/a"b', 10, "comes a blank"],
		["os:a automated:maybe", 16, "automated is yes or no"],
		["orientation:square", 13, "orientation is portrait or landscape"],
		["variant:price", 9, "a variant is experiment=arm"],
		[":x", 1, "made of key:value"],
	])("%s", (text, column, message) => {
		const error = catchError(() => parseSessionFilter(text));
		expect(error.message).toContain(message);
		expect(error.message).toContain(`(column ${column})`);
		expect(error.column).toBe(column);
	});
});

test("a filter that was written is read again, and any text is read or refused", () => {
	const values = fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1 });
	const keys = FILTER_KEYS.filter((key) => !["automated", "variant", "orientation"].includes(key));
	const filters = fc.record(
		Object.fromEntries(keys.map((key) => [key, values])) as Record<string, typeof values>,
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(filters, (filter) => {
			const text = formatSessionFilter(filter);
			expect(formatSessionFilter(parseSessionFilter(text))).toBe(text);
			for (const [key, some] of Object.entries(parseSessionFilter(text))) {
				expect(new Set(some)).toEqual(new Set(filter[key as keyof typeof filter]));
			}
		}),
	);
	fc.assert(
		fc.property(fc.string(), (text) => {
			try {
				parseSessionFilter(text);
			} catch (error) {
				expect(error).toMatchObject({ name: "FilterError" });
			}
		}),
	);
});

function catchError(work: () => unknown): FilterError {
	try {
		work();
	} catch (error) {
		return error as FilterError;
	}
	throw new Error("nothing was refused");
}
