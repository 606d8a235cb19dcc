import { describe, expect, test } from "vitest";
import {
	formatAgo,
	formatBytes,
	formatDuration,
	formatLanguage,
	formatShare,
	formatSpoken,
	plural,
} from "../../../viewer/ui/format.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test.each([
	[0, "0:00"],
	[999, "0:00"],
	[272 * SECOND, "4:32"],
	[HOUR - 1, "59:59"],
	[3723 * SECOND, "1:02:03"],
	[-5, "0:00"],
])("%i ms is %s on a clock", (ms, want) => {
	expect(formatDuration(ms)).toBe(want);
});

test.each([
	[0, "0 seconds"],
	[95 * SECOND, "1 minute 35 seconds"],
	[2 * HOUR, "2 hours"],
	[HOUR + SECOND, "1 hour 1 second"],
])("%i ms is read aloud as %s", (ms, want) => {
	expect(formatSpoken(ms)).toBe(want);
});

describe("how long ago", () => {
	const now = Date.UTC(2026, 5, 15, 12, 0, 0);
	test.each([
		[-3 * SECOND, "just now"],
		[4 * SECOND, "just now"],
		[25 * SECOND, /^25 sec/],
		[3 * MINUTE, /^3 min/],
		[5 * HOUR, /^5 h/],
		[72 * HOUR, /^12 Jun, \d\d:\d\d$/],
		[400 * 24 * HOUR, /^11 May 2025$/],
	])("%i ms", (passed, want) => {
		expect(formatAgo(now - passed, now)).toMatch(want);
	});
});

test.each([
	[999, "999 B"],
	[12_345, "12 KB"],
	[2_340_000, "2.3 MB"],
])("%i bytes are %s", (bytes, want) => {
	expect(formatBytes(bytes)).toBe(want);
});

test.each([
	[1, "1 press"],
	[0, "0 presses"],
	[1204, "1,204 presses"],
])("%i is %s", (count, want) => {
	expect(plural(count, "press", "presses")).toBe(want);
});

test.each([
	[3, 8, "38 %"],
	[1, 400, "<1 %"],
	[0, 400, "0 %"],
	[0, 0, "–"],
])("%i of %i is %s", (part, whole, want) => {
	expect(formatShare(part, whole)).toBe(want);
});

test("a language that is none stays as it came", () => {
	expect(formatLanguage("fr")).toBe("French");
	expect(formatLanguage("not a language")).toBe("not a language");
});
