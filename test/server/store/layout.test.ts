import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createUuidV7, type SessionId } from "../../../protocol/ids.ts";
import {
	baselineKey,
	isKey,
	parseBaselineKey,
	parseQuarantineKey,
	parseRecordingKey,
	quarantineKeys,
	recordingKey,
	sessionRecordings,
	siteBaselines,
} from "../../../server/store/layout.ts";

const anySession = fc
	.tuple(fc.integer({ min: 0, max: 4e12 }), fc.uint8Array({ minLength: 10, maxLength: 10 }))
	.map(([at, random]) => createUuidV7(at, random) as SessionId);
const anyHash = fc
	.uint8Array({ minLength: 8, maxLength: 8 })
	.map((b) => Buffer.from(b).toString("hex"));
const SESSION = "019a0000-0000-7000-8000-000000000001" as SessionId;

describe("the key of a recording", () => {
	test("says whose it is, by the month of the session's day", () => {
		const name = { site: 7, session: SESSION, generation: 2, hash: "0123456789abcdef" };
		expect(recordingKey(name)).toBe(`r/7/202510/${SESSION}.g2-0123456789abcdef.rec`);
	});

	test("is read as it was built, is a key, and begins as all of its session do", () => {
		const generation = fc.integer({ min: 1, max: 99_999 });
		fc.assert(
			fc.property(fc.nat(), anySession, generation, anyHash, (site, session, generation, hash) => {
				const name = { site, session, generation, hash };
				const key = recordingKey(name);
				expect(isKey(key)).toBe(true);
				expect(key.startsWith(sessionRecordings(site, session))).toBe(true);
				expect(parseRecordingKey(key)).toEqual(name);
			}),
		);
	});

	test.each([
		"",
		"r/7/202510/x.g2-0123456789abcdef.rec",
		`r/7/202511/${SESSION}.g2-0123456789abcdef.rec`,
		`r/7/202510/${SESSION}.g2-0123456789abcdef`,
		`r/7/202510/${SESSION}.g-0123456789abcdef.rec`,
		`r/x/202510/${SESSION}.g2-0123456789abcdef.rec`,
		`p/7/202510/${SESSION}.g2-0123456789abcdef.rec`,
	])("is not %j", (key) => {
		expect(parseRecordingKey(key)).toBeUndefined();
	});
});

describe("the key of what was usual", () => {
	test("is read as it was built, is a key, and stands among those of its site in the order of time", () => {
		const anyTime = fc.integer({ min: 0, max: 9e12 });
		fc.assert(
			fc.property(fc.nat(), anyTime, anyTime, (site, at, later) => {
				const [key, other] = [baselineKey({ site, at }), baselineKey({ site, at: later })];
				expect(isKey(key)).toBe(true);
				expect(key.startsWith(siteBaselines(site))).toBe(true);
				expect(parseBaselineKey(key)).toEqual({ site, at });
				expect(key < other).toBe(at < later);
			}),
		);
	});

	test.each(["", "b/7/1.json.gz", "b/x/1795423536204.json.gz", "b/7/1795423536204.json"])(
		"is not %j",
		(key) => {
			expect(parseBaselineKey(key)).toBeUndefined();
		},
	);
});

describe("the keys of what was put aside", () => {
	test("are read as they were built, and are keys", () => {
		const crc = fc.integer({ min: 0, max: 2 ** 32 - 1 });
		fc.assert(
			fc.property(fc.nat(), anySession, crc, (site, session, crc) => {
				const name = { site, session, crc };
				const keys = quarantineKeys(name);
				expect([isKey(keys.bytes), isKey(keys.reason)]).toEqual([true, true]);
				expect(parseQuarantineKey(keys.bytes)).toEqual({ ...name, kind: "bytes" });
				expect(parseQuarantineKey(keys.reason)).toEqual({ ...name, kind: "reason" });
			}),
		);
	});
});
