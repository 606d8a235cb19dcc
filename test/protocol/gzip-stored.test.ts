import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeStoredGzip } from "../../protocol/gzip-stored.ts";

describe("a stored gzip stream", () => {
	test.each([0, 1, 2, 65_534, 65_535, 65_536, 131_070, 131_071, 200_000])(
		"of %i bytes is read by zlib",
		(size) => {
			const bytes = randomBytes(size);
			expect(gunzipSync(encodeStoredGzip(bytes)).equals(bytes)).toBe(true);
		},
	);

	test("of any bytes is read by zlib and costs 23 bytes more", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
				const stream = encodeStoredGzip(bytes);
				expect([...gunzipSync(stream)]).toEqual([...bytes]);
				expect(stream.length).toBe(bytes.length + 23);
			}),
		);
	});

	test("says the same of the same bytes: no time and no name in its head", () => {
		expect([...encodeStoredGzip(new Uint8Array()).subarray(0, 10)]).toEqual([
			...[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff],
		]);
	});

	test("with a byte of its content changed is refused by zlib", () => {
		const stream = encodeStoredGzip(Uint8Array.of(1, 2, 3));
		stream[16] = 9;
		expect(() => gunzipSync(stream)).toThrow();
	});
});
