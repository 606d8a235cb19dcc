import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../protocol/crc32.ts";
import { crc32Bitwise } from "../../protocol/crc32-bitwise.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The CRC by its definition, bit by bit: the polynomial 0x04c11db7, reflected. */
function crcByDefinition(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}

describe.each([
	["by tables", crc32],
	["bit by bit", crc32Bitwise],
])("the CRC-32 %s", (_how, crc32) => {
	test.each([
		["", 0],
		// The check value that every catalogue of CRCs gives.
		["123456789", 0xcbf43926],
		["a", 0xe8b7be43],
		["abc", 0x352441c2],
		["The quick brown fox jumps over the lazy dog", 0x414fa339],
	])("of %j is the published one", (text, want) => {
		expect(crc32(bytesOf(text))).toBe(want);
	});

	test("of 32 bytes of zeros and of ones is the published one", () => {
		expect(crc32(new Uint8Array(32))).toBe(0x190a55ad);
		expect(crc32(new Uint8Array(32).fill(255))).toBe(0xff6cab0b);
	});

	test("of any bytes is what its definition says", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
				expect(crc32(bytes)).toBe(crcByDefinition(bytes));
			}),
		);
	});

	test("differs where any one byte differs", () => {
		const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 100 });
		fc.assert(
			fc.property(anyBytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, place, flip) => {
				const changed = bytes.slice();
				const at = place % bytes.length;
				changed[at] = (changed[at] ?? 0) ^ flip;
				expect(crc32(changed)).not.toBe(crc32(bytes));
			}),
		);
	});
});
