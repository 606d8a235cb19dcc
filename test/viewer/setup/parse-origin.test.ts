import { expect, test } from "vitest";
import { MOST_ORIGINS, parseAddedOrigin } from "../../../viewer/setup/parse-origin.ts";

const known = ["https://shop.test"];

test.each([
	["https://www.shop.test", "https://www.shop.test"],
	["  HTTP://LocalHost:3000/cart?x=1 ", "http://localhost:3000"],
	["https://new.test:443", "https://new.test"],
])("%j is added as %s", (typed, origin) => {
	expect(parseAddedOrigin(typed, known)).toEqual({ origin });
});

test.each([
	["", known, /^Type an origin/],
	["https://shop.test/cart", known, /allowed already/],
	["www.shop.test", known, /scheme is missing: https:\/\/www\.shop\.test/],
	["ftp://shop.test", known, /no origin/],
	["https://", known, /no origin/],
	["two words", known, /no origin/],
	[`https://${"long".repeat(80)}.test`, known, /no origin/],
	[
		"https://one.more",
		Array.from({ length: MOST_ORIGINS }, (_, n) => `https://${n}.test`),
		/At most/,
	],
])("%j is refused with words", (typed, origins, words) => {
	expect(parseAddedOrigin(typed, origins)).toEqual({ problem: expect.stringMatching(words) });
});
