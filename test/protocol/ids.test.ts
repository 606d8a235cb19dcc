import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	createRandomId,
	createUuidV7,
	isRandomId,
	isSessionId,
	isSiteKey,
	timeOfUuidV7,
} from "../../protocol/ids.ts";

const anyTime = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const anyRandomness = fc.uint8Array({ minLength: 10, maxLength: 20 });

/** The fields of RFC 9562 §5.7, read as bits. */
function fieldsOf(id: string) {
	const bits = BigInt(`0x${id.replaceAll("-", "")}`);
	return {
		time: bits >> 80n,
		version: (bits >> 76n) & 15n,
		randA: (bits >> 64n) & 0xfffn,
		variant: (bits >> 62n) & 3n,
		randB: bits & (2n ** 62n - 1n),
	};
}

describe("a UUIDv7", () => {
	test("is the example of RFC 9562 for its time and randomness", () => {
		// Appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F at 2022-02-22T19:22:22Z.
		const random = Uint8Array.of(0xcc, 0x31, 0x8c, 0x4d, 0xc0, 0xc0, 0xc0, 0x73, 0x98, 0xf0);
		const id = createUuidV7(Date.UTC(2022, 1, 22, 19, 22, 22), random);
		expect(id).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
	});

	test("has the layout of RFC 9562 and gives its time back", () => {
		fc.assert(
			fc.property(anyTime, anyRandomness, (time, random) => {
				const id = createUuidV7(time, random);
				expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
				expect(fieldsOf(id)).toMatchObject({ time: BigInt(time), version: 7n, variant: 2n });
				expect(timeOfUuidV7(id)).toBe(time);
				expect(isSessionId(id)).toBe(true);
			}),
		);
	});

	test("is all randomness behind its time: every bit of it comes up both ways", () => {
		const seen = { ones: 0n, zeros: 0n };
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (random) => {
				const { randA, randB } = fieldsOf(createUuidV7(0, random));
				const bits = (randA << 62n) | randB;
				seen.ones |= bits;
				seen.zeros |= ~bits & (2n ** 74n - 1n);
			}),
			{ numRuns: 300 },
		);
		expect(seen).toEqual({ ones: 2n ** 74n - 1n, zeros: 2n ** 74n - 1n });
	});

	test("sorts as text by its time", () => {
		fc.assert(
			fc.property(anyTime, anyTime, anyRandomness, anyRandomness, (a, b, randomA, randomB) => {
				fc.pre(a !== b);
				expect(createUuidV7(a, randomA) < createUuidV7(b, randomB)).toBe(a < b);
			}),
		);
	});

	test("takes a clock with fractions of milliseconds", () => {
		expect(timeOfUuidV7(createUuidV7(1_795_000_000_000.9, new Uint8Array(10)))).toBe(
			1_795_000_000_000,
		);
	});
});

describe("a session id", () => {
	test.each([
		["019a9c3b-2f00-7abc-8def-0123456789ab", true],
		["019a9c3b-2f00-7abc-bdef-0123456789ab", true],
		["019a9c3b-2f00-4abc-8def-0123456789ab", false],
		["019a9c3b-2f00-7abc-7def-0123456789ab", false],
		["019a9c3b-2f00-7abc-cdef-0123456789ab", false],
		["019A9C3B-2F00-7ABC-8DEF-0123456789AB", false],
		["019a9c3b2f007abc8def0123456789ab", false],
		["019a9c3b-2f00-7abc-8def-0123456789ab\n", false],
		[" 019a9c3b-2f00-7abc-8def-0123456789ab", false],
		["", false],
		[undefined, false],
		[["019a9c3b-2f00-7abc-8def-0123456789ab"], false],
	])("is told by its form: %j", (text, want) => {
		expect(isSessionId(text)).toBe(want);
	});
});

describe("a random id", () => {
	test("has 32 hex digits, from the first 16 bytes", () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 16, maxLength: 40 }), (random) => {
				const id = createRandomId(random);
				expect(isRandomId(id)).toBe(true);
				expect(id).toBe(Buffer.from(random.subarray(0, 16)).toString("hex"));
			}),
		);
	});

	test.each([
		undefined,
		null,
		1,
		"",
		"0".repeat(31),
		"0".repeat(33),
		`${"0".repeat(32)}\n`,
		"G".repeat(32),
		"A".repeat(32),
	])("is not %j", (text) => {
		expect(isRandomId(text)).toBe(false);
	});
});

describe("a site key", () => {
	test.each([
		["abcdefgh12345678", true],
		["a".repeat(40), true],
		["a".repeat(41), false],
		["a".repeat(15), false],
		["abcdefgh1234567_", false],
		["ABCDEFGH12345678", false],
		["abcdefgh12345678\n", false],
		["../../etc/passwd/", false],
		[null, false],
	])("is told by its form: %j", (text, want) => {
		expect(isSiteKey(text)).toBe(want);
	});
});
