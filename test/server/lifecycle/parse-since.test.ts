import { expect, test } from "vitest";
import { parseSince } from "../../../server/lifecycle/parse-since.ts";

const NOW = Date.UTC(2026, 10, 23, 12);

test.each([
	["7d", Date.UTC(2026, 10, 16, 12)],
	["12h", Date.UTC(2026, 10, 23)],
	["2026-11-01", Date.UTC(2026, 10, 1)],
	["2026-11-01T09:00Z", Date.UTC(2026, 10, 1, 9)],
	["1795000000000", 1_795_000_000_000],
	["99999d", 0],
	["monday", undefined],
	["7", undefined],
	["-7d", undefined],
	["2026-13-01", undefined],
	["", undefined],
])("since %s", (text, want) => {
	expect(parseSince(text, NOW)).toBe(want);
});
