import fc from "fast-check";
import { expect, test } from "vitest";
import { createUuidV7 } from "../../protocol/ids.ts";
import { isSampled } from "../../protocol/site-config.ts";

const anySession = fc
	.uint8Array({ minLength: 10, maxLength: 10 })
	.map((random) => createUuidV7(1_700_000_000_000, random));

test("a session is among a share, and among every larger one", () => {
	fc.assert(
		fc.property(anySession, fc.double({ min: 0, max: 1, noNaN: true }), (session, sampling) => {
			expect(isSampled(session, 0)).toBe(false);
			expect(isSampled(session, 1)).toBe(true);
			if (isSampled(session, sampling)) {
				expect(isSampled(session, Math.min(1, sampling + 0.1))).toBe(true);
			}
		}),
	);
});

test("a tenth of the sessions is a tenth", () => {
	const sessions = fc.sample(anySession, { numRuns: 10_000, seed: 7 });
	const sampled = sessions.filter((session) => isSampled(session, 0.1)).length;
	expect(sampled).toBeGreaterThan(850);
	expect(sampled).toBeLessThan(1150);
});
