import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	addLine,
	CART_COOKIE,
	type CartLine,
	countPieces,
	formatCart,
	lineKey,
	parseCart,
	parseLine,
	setQuantity,
	sumUp,
} from "../../demo/goods/cart.ts";
import { catalogue } from "../../demo/goods/catalogue.ts";
import { deliveries, findDelivery } from "../../demo/goods/deliveries.ts";

function line(text: string): CartLine {
	const parsed = parseLine(text.split(":"));
	if (parsed === undefined) throw new Error(`no such piece: ${text}`);
	return parsed;
}

const anyLine = fc
	.record({ product: fc.constantFrom(...catalogue), quantity: fc.integer({ min: 1, max: 12 }) })
	.chain(({ product, quantity }) =>
		fc.record({
			product: fc.constant(product),
			size: fc.constantFrom(...product.sizes),
			glaze: fc.constantFrom(...product.glazes),
			quantity: fc.constant(quantity),
		}),
	);

test("a cart comes back from its cookie as it went in", () => {
	fc.assert(
		fc.property(fc.uniqueArray(anyLine, { selector: lineKey }), (lines) => {
			const cookie = `other=1; ${CART_COOKIE}=${formatCart({ lines, coupon: "TIDE10" })}; last=2`;
			expect(parseCart(cookie)).toEqual({ lines, coupon: "TIDE10" });
		}),
	);
});

test("any cookie at all gives a cart", () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			expect(parseCart(`${CART_COOKIE}=${text}`).lines).toBeInstanceOf(Array);
		}),
	);
});

test("the same piece twice is one line", () => {
	const cart = addLine(
		addLine({ lines: [] }, line("fleet-mug:m:oyster:1")),
		line("fleet-mug:m:oyster:2"),
	);
	expect(cart.lines).toHaveLength(1);
	expect(countPieces(cart)).toBe(3);
	expect(setQuantity(cart, "fleet-mug:m:oyster", 0).lines).toEqual([]);
});

describe("sums", () => {
	const standard = findDelivery("standard");
	const express = findDelivery("express");
	test.each([
		{
			name: "below the limit",
			lines: ["fleet-mug:m:oyster:1"],
			delivery: standard,
			want: 2800 + 490,
		},
		{ name: "above it", lines: ["creek-teapot:m:kelp:1"], delivery: standard, want: 9600 },
		{ name: "express", lines: ["creek-teapot:m:kelp:1"], delivery: express, want: 9600 + 990 },
		{ name: "nothing", lines: [], delivery: express, want: 0 },
	])("$name", ({ lines, delivery, want }) => {
		expect(sumUp({ lines: lines.map(line) }, delivery).total).toBe(want);
	});

	test("a coupon takes ten per cent and may cost the free delivery", () => {
		const cart = { lines: [line("creek-teapot:s:kelp:1")], coupon: "TIDE10" };
		expect(sumUp(cart, deliveries[0] ?? standard)).toEqual({
			goods: 8400,
			discount: 840,
			postage: 490,
			total: 8050,
		});
	});
});
