import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEnvelope } from "../../protocol/envelope.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { anyEnvelope, ENVELOPE, withField } from "./sample-envelope.ts";

/** Every field with values that are wrong for it; the code is bad_envelope unless one is given. */
const WRONG: [path: string, values: unknown[]][] = [
	[
		"visitor",
		[undefined, null, 1, "", "0123", `${ENVELOPE.visitor}0`, ENVELOPE.visitor.toUpperCase()],
	],
	["session", [undefined, null, "", ENVELOPE.visitor, ENVELOPE.session.replace("-7", "-4")]],
	["session", [ENVELOPE.session.replace("-8", "-c"), `${ENVELOPE.session}\n`]],
	["writeKey", [undefined, "", `${ENVELOPE.writeKey}\n`, [ENVELOPE.writeKey]]],
	["tab", [undefined, "", {}]],
	["stream", [undefined, "", true]],
	["sequence", [undefined, null, -1, 0.5, "3", 10_000, 2 ** 53]],
	["part", [undefined, -1, 100, "0"]],
	["url", [undefined, null, 1, "x".repeat(2049)]],
	["view", [undefined, -1, 1.5, 2 ** 53]],
	[
		"viewport",
		[undefined, [], [1], [1, 2, 3], [1, -1], [1, "2"], [1e6, 1], { 0: 1, 1: 2, length: 2 }],
	],
	["screen", [undefined, [null, null], "1920x1080"]],
	["language", [undefined, 1, "x".repeat(41)]],
	["referrer", [undefined, null, "x".repeat(2049)]],
	["release", [null, 1, "x".repeat(101)]],
	[
		"hints",
		[null, [], {}, { mobile: 1, platform: "" }, { mobile: true, platform: "x".repeat(41) }],
	],
	["events", [undefined, null, [], {}]],
	["events.encoding", [undefined, "", "br", "GZIP", ["gzip"]]],
	["events.count", [undefined, -1, "2"]],
	["events.from", [undefined, -1, 0.5, 1e13]],
	["events.to", [undefined, -1, null, 1e13]],
	["events.snapshots", [undefined, {}, [-1], ["1"], [1e13], Array.from({ length: 1001 }, () => 1)]],
	["last", [null, 0, "true"]],
	["dropped", [undefined, null, {}]],
	["dropped.events", [undefined, -1, "0"]],
	["dropped.chunks", [undefined, 0.5]],
	["dropped.errors", [undefined, null]],
	["cost", [undefined, {}]],
	["cost.totalMs", [undefined, -1, 1e9, "1"]],
	["cost.longestMs", [undefined, null, -0.1]],
];

function refusalOf(json: string): string {
	try {
		parseEnvelope(json);
	} catch (error) {
		if (error instanceof ProtocolError) return error.code;
		throw error;
	}
	return "accepted";
}

describe("an envelope", () => {
	test("comes out as it went in, whatever its texts hold", () => {
		fc.assert(
			fc.property(anyEnvelope, (envelope) => {
				expect(parseEnvelope(JSON.stringify(envelope))).toEqual(envelope);
			}),
		);
	});

	test.each(WRONG)(
		"is refused where %s is wrong, and the message names the field",
		(path, values) => {
			for (const value of values) {
				const json = JSON.stringify(withField(path, value));
				expect(refusalOf(json), json).toBe("bad_envelope");
				expect(() => parseEnvelope(json)).toThrow(path.split(".")[0]);
			}
		},
	);

	test("may leave out its optional fields and no others", () => {
		const optional = Object.keys(ENVELOPE).filter((name) => {
			return refusalOf(JSON.stringify(withField(name, undefined))) === "accepted";
		});
		expect(optional).toEqual(["release", "hints", "last"]);
	});

	test("may hold fields of a later recorder", () => {
		const later = JSON.stringify({ ...ENVELOPE, mood: "good" });
		expect(refusalOf(later)).toBe("accepted");
		// Nobody has checked them, so nobody is given them.
		expect(parseEnvelope(later)).toEqual(ENVELOPE);
	});

	test.each([0, 2, "1", null, undefined, [1], true, {}])(
		"of version %j is refused as unknown before anything else is looked at",
		(version) => {
			expect(refusalOf(JSON.stringify({ version }))).toBe("unknown_version");
			expect(refusalOf(JSON.stringify(withField("version", version)))).toBe("unknown_version");
		},
	);

	test("as deep or with as many values as fit is refused before it is read", () => {
		const deep = `${"[".repeat(8000)}${"]".repeat(8000)}`;
		expect(refusalOf(`{"version":${deep}}`)).toBe("bad_envelope");
		expect(refusalOf(JSON.stringify({ ...ENVELOPE, mood: [[[[[[1]]]]]] }))).toBe("accepted");
		expect(refusalOf(JSON.stringify({ ...ENVELOPE, mood: [[[[[[[[1]]]]]]]] }))).toBe(
			"bad_envelope",
		);
		expect(refusalOf(JSON.stringify({ ...ENVELOPE, mood: Array(2001).fill(1) }))).toBe(
			"bad_envelope",
		);
	});

	test("of a very long version is refused in few words", () => {
		const long = `{"version":"${"9".repeat(16_000)}"}`;
		expect(refusalOf(long)).toBe("unknown_version");
		expect(() => parseEnvelope(long)).toThrow(/^.{1,120}$/);
	});

	test.each([
		"",
		"{",
		"null",
		"1",
		'"text"',
		"[]",
		"true",
		`[${JSON.stringify(ENVELOPE)}]`,
		"\u0000",
	])("is refused where it is no object: %j", (json) => {
		expect(refusalOf(json)).toBe("bad_envelope");
	});

	test("cannot borrow a field from a prototype, and changes none", () => {
		const { visitor: _, ...rest } = ENVELOPE;
		const json = JSON.stringify(rest).replace(
			"{",
			`{"__proto__":{"visitor":"${ENVELOPE.visitor}"},`,
		);
		expect(refusalOf(json)).toBe("bad_envelope");
		const full = JSON.stringify(ENVELOPE);
		for (const trick of [
			'"__proto__":{"polluted":1}',
			'"\\u005f_proto__":{"polluted":1}',
			'"constructor":{"prototype":{"polluted":1}}',
			'"mood":{"a":[{"prototype":1}]}',
		]) {
			expect(refusalOf(full.replace("{", `{${trick},`)), trick).toBe("bad_envelope");
		}
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(
			refusalOf(
				full.replace(
					/"dropped":\{[^}]*\}/,
					'"dropped":{"__proto__":{"events":1,"chunks":1,"errors":1}}',
				),
			),
		).toBe("bad_envelope");
	});

	test("made of any JSON is refused with a code or accepted, and nothing else happens", () => {
		fc.assert(
			fc.property(fc.json({ maxDepth: 4 }), (json) => {
				expect(["bad_envelope", "unknown_version"]).toContain(refusalOf(json));
			}),
		);
	});
});
