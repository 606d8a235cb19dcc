import { expect, test } from "vitest";
import { cleanMessage } from "../../../../recorder/capture/facts/error.ts";

test.each([
	["x is not a function", "x is not a function"],
	["Cannot read properties of undefined (reading 'price')", undefined],
	["no user with jane@mail.example", "no user with •••"],
	["card 4111 1111 1111 1111 refused", "card ••• refused"],
	["GET https://u:p@shop.example/a?token=t#h failed", "GET https://shop.example/a failed"],
	["from chrome-extension://abcdef/script.js", "from chrome-extension:"],
	[
		`Unexpected token 'J', "{"name":J"... is not valid JSON`,
		"Unexpected token 'J', •••... is not valid JSON",
	],
	["bad value `a street 5`", "bad value •••"],
	["line\nbreaks   and blanks", "line breaks and blanks"],
	["", ""],
])("%j says of itself %j", (text, want = text) => {
	expect(cleanMessage(text)).toBe(want);
});

test("a message of any length becomes one of 200 characters", () => {
	expect(cleanMessage("word ".repeat(10_000)).length).toBe(200);
	expect(cleanMessage('"'.repeat(50_000)).length).toBeLessThanOrEqual(200);
	expect(cleanMessage("a:".repeat(50_000)).length).toBeLessThanOrEqual(200);
});
