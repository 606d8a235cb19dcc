import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hashByHand } from "../../../recorder/assets/hash-by-hand.ts";
import { createHashBytes } from "../../../recorder/assets/hash-bytes.ts";

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("the hash by hand is SHA-256, around every length at which it pads otherwise", () => {
	for (let length = 0; length <= 200; length++) {
		const bytes = Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 255);
		expect(Buffer.from(hashByHand(bytes)).toString("hex")).toBe(hashOf(bytes));
	}
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
			expect(Buffer.from(hashByHand(bytes)).toString("hex")).toBe(hashOf(bytes));
		}),
	);
});

test("the browser's own gives the same", async () => {
	const bytes = new TextEncoder().encode("a { color: red }");
	const hashBytes = createHashBytes("http://x.test/i/site");
	expect(await hashBytes(bytes)).toBe(hashOf(bytes));
});
