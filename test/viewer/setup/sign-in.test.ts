import { expect, test } from "vitest";
import { findToken } from "../../../viewer/setup/find-token.ts";

test.each([
	["abc123", "abc123"],
	["  abc123\n", "abc123"],
	["http://localhost:4000/?token=abc123", "abc123"],
	["http://localhost:4000/?x=1&token=abc123#top", "abc123"],
	["", ""],
])("%j holds the token %j", (pasted, want) => {
	expect(findToken(pasted)).toBe(want);
});
