import fc from "fast-check";
import { expect, test } from "vitest";
import { createBuckets } from "../../../server/ingest/buckets.ts";

const OPTIONS = { capacity: 10, periodMs: 10_000, maxBuckets: 3 };

test("a bucket gives what it holds, says when there is more, and fills with time", () => {
	const buckets = createBuckets(OPTIONS);
	for (let n = 0; n < 10; n++) expect(buckets.take("a", 1, 0)).toBe(0);
	expect(buckets.take("a", 1, 0)).toBe(1000);
	expect(buckets.take("a", 3, 500)).toBe(2500);
	expect(buckets.take("a", 1, 1000)).toBe(0);
	expect(buckets.take("a", 10, 3_600_000)).toBe(0);
	expect(buckets.take("b", 1, 0)).toBe(0);
});

test("what is larger than a bucket passes when it is full", () => {
	const buckets = createBuckets(OPTIONS);
	expect(buckets.take("a", 100, 0)).toBe(0);
	expect(buckets.take("a", 100, 0)).toBe(10_000);
});

test("a clock that is set back holds up nobody for longer than a full bucket takes", () => {
	const buckets = createBuckets(OPTIONS);
	buckets.take("a", 10, 1e12);
	expect(buckets.take("a", 1, 1e12 - 3_600_000)).toBe(1000);
	expect(buckets.take("a", 1, 1e12 - 3_600_000 + 1000)).toBe(0);
});

test("of made-up names only the last are kept", () => {
	const buckets = createBuckets(OPTIONS);
	for (let n = 0; n < 1000; n++) buckets.take(String(n), 1, n);
	expect(buckets.size).toBe(3);
});

test("no limit is no limit", () => {
	const buckets = createBuckets({ ...OPTIONS, capacity: 0 });
	for (let n = 0; n < 1000; n++) expect(buckets.take("a", 1e9, 0)).toBe(0);
	expect(buckets.size).toBe(0);
});

test("over any time nobody gets more than a bucket and what flowed into it", () => {
	const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(2000)), {
		maxLength: 60,
	});
	fc.assert(
		fc.property(steps, (asks) => {
			const buckets = createBuckets(OPTIONS);
			let now = 0;
			let taken = 0;
			for (const [amount, after] of asks) {
				now += after;
				if (buckets.take("a", amount, now) === 0) taken += Math.min(10, amount);
			}
			expect(taken).toBeLessThanOrEqual(10 + now / 1000 + 1e-6);
		}),
	);
});
