import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskText } from "../../protocol/text-rule.ts";

describe("the text rule", () => {
	test.each([
		"Add to cart",
		"Buy now — only 3 left!",
		"2 items",
		"Size 38",
		"24.00",
		"€ 24.00",
		"24,00 €",
		"-20 %",
		"$9",
		"3 for 2",
		"1/12",
		"Page 3 of 12",
		"12:30",
		"In den Warenkorb",
		"カートに入れる",
		"أضف إلى السلة",
		"🛒 Checkout",
		"Chapter 10.2.1",
		"Hand-thrown stoneware bowl",
		"internationalisation-and-localisation",
		"@ada",
		"iPhone 15",
	])("leaves a label readable: %j", (text) => {
		expect(maskText(text)).toBe(text);
	});

	test.each([
		// E-mail addresses.
		["ada@example.com", "•••"],
		["Hello ada.lovelace+shop@mail.example.co.uk!", "Hello •••"],
		["<ada@example.com>", "•••"],
		["Signed in as ada@müller.example", "Signed in as •••"],
		// Phone numbers, in the ways people write them.
		["Call +43 1 234 56 78 today", "Call ••• today"],
		["(555) 010-9999", "(•••"],
		["555-010-9999", "•••"],
		["555.010.9999", "•••"],
		["555‑010‑999", "•••"],
		["555‐010‐999", "•••"],
		["0664/123456", "•••"],
		["+431234567", "•••"],
		["٠٥٥١٢٣٤٥٦٧", "•••"],
		["०९८७६५४३२१", "•••"],
		["０９０１２３４５６７８", "•••"],
		// Cards, accounts, orders, dates of birth.
		["4111 1111 1111 1111", "•••"],
		["4111111111111111", "•••"],
		["Card ending 4242", "Card ending •••"],
		["IBAN AT61 1904 3002 3457 3201", "IBAN AT•••"],
		["Order 1234", "Order •••"],
		["Order #2026-11-22", "Order #•••"],
		["born 12/05/1984", "born •••"],
		// Many digits are masked even where they are a price.
		["1,299.00 €", "••• €"],
		// Tokens.
		["key sk_live_51H8x9y2eZvKYlo2C0a", "key •••"],
		["123e4567-e89b-12d3-a456-426614174000", "•••"],
		// Two in one line.
		["ada@example.com or 555 010 9999", "••• or •••"],
	])("masks what may say who somebody is: %j", (text, want) => {
		expect(maskText(text)).toBe(want);
	});

	test.each([
		["  Add \n\t to   cart ", "Add to cart"],
		["", ""],
		[" \n ", ""],
		["x".repeat(80), "x".repeat(80)],
		["x".repeat(81), `${"x".repeat(79)}…`],
		[`${"x".repeat(78)}🛒🛒`, `${"x".repeat(78)}…`],
		[`${"x".repeat(77)}🛒🛒`, `${"x".repeat(77)}🛒…`],
	])("gives one line of at most 80 characters: %j", (text, want) => {
		expect(maskText(text)).toBe(want);
	});

	test("masks before it cuts, so that no half of an address or a number is left", () => {
		fc.assert(
			fc.property(
				fc.nat({ max: 400 }),
				fc.constantFrom(" ", "x ", "ada@example.com "),
				(count, filler) => {
					const line = maskText(`${filler.repeat(count)}grace.hopper@navy.example`, 80);
					expect(line).not.toMatch(/hopper|grace|navy/);
					const number = maskText(`${filler.repeat(count)}4111222233334444`, 80);
					expect(number).not.toMatch(/\d/);
				},
			),
			{ numRuns: 500 },
		);
	});

	test("leaves no four digits in a row, no address and nothing longer than asked, in any text", () => {
		const piece = fc.oneof(
			fc.string({ unit: "binary", maxLength: 10 }),
			fc.constantFrom(" ", "1234", "٤٤٤٤", "ada@example.com", "12", ".", "-", "@", "+", "🛒"),
		);
		const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
		fc.assert(
			fc.property(anyText, fc.integer({ min: 1, max: 100 }), (text, length) => {
				const line = maskText(text, length);
				expect(line.length).toBeLessThanOrEqual(length);
				expect(line).not.toMatch(/\p{Nd}{4}|[^\s@]@[^\s@]+\.[^\s@]/u);
				expect(line).toBe(line.trim());
			}),
			{ numRuns: 1000 },
		);
	});
});
