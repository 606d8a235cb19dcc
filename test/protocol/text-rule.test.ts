import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskText, redactText } from "../../protocol/text-rule.ts";

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
		["IBAN AT61 1904 3002 3457 3201", "IBAN •••"],
		["GB29 NWBK 6016 1331 9268 19", "•••"],
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
					const other = maskText(`${filler.repeat(count)}grüße.müller@straße.example`, 80);
					expect(other).not.toMatch(/grü|mü|straß/);
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
				// A year is a label, and the sign that something was cut ends no address.
				const told = line.replace(/…$/, "").replace(/(?<!\p{Nd})(?:19|20)\d\d(?!\p{Nd})/gu, "year");
				expect(told).not.toMatch(/\p{Nd}{4}|[^\s@]@[^\s@]+\.[^\s@]/u);
				expect(line).toBe(line.trim());
			}),
			{ numRuns: 1000 },
		);
	});

	test("of a text in a page keeps blanks and length of everything else", () => {
		expect(redactText("  Hello\n ada@example.com,\n\tyour card 4111 1111 1111 1111 ")).toBe(
			"  Hello\n •••\n\tyour card ••• ",
		);
		expect(redactText("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl, 2 items")).toBe(
			"Bearer •••, 2 items",
		);
		expect(redactText("  no digits \n at all ")).toBe("  no digits \n at all ");
	});

	test("leaves a text as it is that has been redacted before", () => {
		const piece = fc.oneof(
			fc.string({ unit: "grapheme", maxLength: 6 }),
			fc.constantFrom(" ", "12", "1234", "@", ".", "a@1234.", "AT61 1904 ", "eyJ", "x".repeat(9)),
		);
		const anyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
		fc.assert(
			fc.property(anyText, (text) => {
				const once = redactText(text);
				expect(redactText(once)).toBe(once);
			}),
			{ numRuns: 2000 },
		);
	});

	test.each(["x", "1x", "a@", "@a", "1 ", "12.", "eyJ.", "AB12 ", "-"])(
		"takes a time in proportion to the length of a text of %j alone",
		(piece) => {
			const begin = performance.now();
			redactText(`1@${piece.repeat(200_000)}`);
			// A quadratic look would take minutes.
			expect(performance.now() - begin).toBeLessThan(3000);
		},
	);
});
