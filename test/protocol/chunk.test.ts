import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeChunk, encodeChunk } from "../../protocol/chunk.ts";
import { CHUNK_BYTES, ENVELOPE_BYTES } from "../../protocol/limits.ts";
import { parseFacts } from "../../protocol/parse-facts.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { anyEnvelope, ENVELOPE } from "./sample-envelope.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const NOTHING = new Uint8Array();
const SAMPLE = encodeChunk({
	envelope: ENVELOPE,
	facts: bytesOf("facts"),
	events: bytesOf("events"),
});

function refusalOf(bytes: Uint8Array): string {
	try {
		decodeChunk(bytes);
	} catch (error) {
		if (error instanceof ProtocolError) return error.code;
		throw error;
	}
	return "accepted";
}

/** Bytes of a chunk whose envelope section is any bytes. */
function withEnvelopeBytes(envelope: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(16 + envelope.length);
	bytes.set(bytesOf("SNG1"));
	new DataView(bytes.buffer).setUint32(4, envelope.length, true);
	bytes.set(envelope, 8);
	return bytes;
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
	const changed = bytes.slice();
	changed[at] = value;
	return changed;
}

describe("a chunk", () => {
	test("comes out as it went in, wherever in a buffer it stands", () => {
		const section = fc.uint8Array({ maxLength: 300 });
		fc.assert(
			fc.property(
				anyEnvelope,
				section,
				section,
				fc.nat({ max: 9 }),
				(envelope, facts, events, before) => {
					const encoded = encodeChunk({ envelope, facts, events });
					const buffer = new Uint8Array(encoded.length + before + 5).fill(7);
					buffer.set(encoded, before);
					const decoded = decodeChunk(buffer.subarray(before, before + encoded.length));
					expect(decoded).toEqual({ envelope, facts, events });
				},
			),
		);
	});

	test("is refused wherever it is cut", () => {
		for (let length = 0; length < SAMPLE.length; length++) {
			const want = length < 4 ? "bad_magic" : "truncated";
			expect(refusalOf(SAMPLE.subarray(0, length)), `cut at ${length}`).toBe(want);
		}
		expect(refusalOf(SAMPLE)).toBe("accepted");
	});

	test("is refused where bytes follow its last section", () => {
		for (const extra of [1, 2, 100]) {
			const bytes = new Uint8Array(SAMPLE.length + extra);
			bytes.set(SAMPLE);
			expect(refusalOf(bytes)).toBe("truncated");
		}
	});

	test("is refused where a byte of the magic differs", () => {
		for (const at of [0, 1, 2, 3]) expect(refusalOf(withByte(SAMPLE, at, 0))).toBe("bad_magic");
	});

	test("is refused where a length reaches beyond its end", () => {
		const envelope = bytesOf(JSON.stringify(ENVELOPE));
		for (const at of [4, 8 + envelope.length, 12 + envelope.length + 5]) {
			for (const byte of [0, 1, 2, 3]) {
				expect(refusalOf(withByte(SAMPLE, at + byte, 255)), `length at ${at}`).toBe("truncated");
			}
		}
	});

	test("may be as large as the limit and not a byte larger", () => {
		const room = CHUNK_BYTES - SAMPLE.length + bytesOf("events").length;
		const ofSize = (size: number) =>
			encodeChunk({ envelope: ENVELOPE, facts: bytesOf("facts"), events: new Uint8Array(size) });
		expect(refusalOf(ofSize(room))).toBe("accepted");
		expect(refusalOf(ofSize(room + 1))).toBe("too_large");
	});

	test("may have an envelope as large as the limit and not a byte larger", () => {
		const json = JSON.stringify(ENVELOPE);
		const padded = (length: number) => bytesOf(json + " ".repeat(length - json.length));
		expect(refusalOf(withEnvelopeBytes(padded(ENVELOPE_BYTES)))).toBe("accepted");
		expect(refusalOf(withEnvelopeBytes(padded(ENVELOPE_BYTES + 1)))).toBe("bad_envelope");
	});

	test.each([
		["nothing", NOTHING],
		["no JSON", bytesOf("{")],
		["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x80)],
		["16 KiB of brackets", bytesOf("[".repeat(ENVELOPE_BYTES))],
		["an empty object of another version", bytesOf('{"version":2}')],
	])("with an envelope of %s is refused with a code", (_, envelope) => {
		expect(["bad_envelope", "unknown_version"]).toContain(refusalOf(withEnvelopeBytes(envelope)));
	});

	test("of any bytes is refused with a code", () => {
		const beginning = fc.constantFrom(bytesOf("SNG1"), NOTHING);
		fc.assert(
			fc.property(beginning, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
				const bytes = new Uint8Array([...start, ...rest]);
				expect(["bad_magic", "truncated", "bad_envelope"]).toContain(refusalOf(bytes));
			}),
		);
	});

	test("with any byte changed is refused with a code, or differs only where it was changed", () => {
		fc.assert(
			fc.property(
				fc.nat({ max: SAMPLE.length - 1 }),
				fc.integer({ min: 1, max: 255 }),
				(at, flip) => {
					const changed = withByte(SAMPLE, at, (SAMPLE[at] ?? 0) ^ flip);
					if (refusalOf(changed) !== "accepted") return;
					const { facts, events } = decodeChunk(changed);
					const tail = changed.subarray(changed.length - 15);
					expect([...tail.subarray(0, 5)]).toEqual([...facts]);
					expect([...tail.subarray(9)]).toEqual([...events]);
				},
			),
		);
	});
});

describe("every version of the wire that was ever shipped", () => {
	test("version 1 decodes to what was recorded", () => {
		const bytes = readFileSync(new URL("../samples/chunk-v1.bin", import.meta.url));
		const { envelope, facts, events } = decodeChunk(bytes);
		expect(envelope).toEqual(ENVELOPE);
		expect(parseFacts(gunzipSync(facts).toString())).toEqual({
			facts: [
				[
					1,
					1795000000002,
					1,
					"https://shop.example/products",
					"Töpfe • Products",
					"load",
					1280,
					2400,
					1280,
					800,
				],
				[
					3,
					1795000000500,
					7,
					[
						["test", 'data-testid=say "hi"'],
						["id", "buy"],
						["path", '[id="main"] > button:nth-of-type(2)'],
					],
					"button",
					"button",
					"Buy",
					0,
				],
				[
					2,
					1795000000500,
					1,
					7,
					16384,
					32767,
					180,
					220,
					"flow",
					"mouse",
					1280,
					800,
					300,
					-1,
					2,
					"menu",
				],
				[4, 1795000004000, 0],
				[5, 1795000004900, 1, "unload"],
			],
			unknown: 1,
		});
		expect(JSON.parse(gunzipSync(events).toString())).toEqual([
			{
				type: 4,
				timestamp: 1795000000000,
				data: { href: "https://shop.example/products", width: 1280, height: 800 },
			},
			{ type: 2, timestamp: 1795000000001, data: { node: { type: 0, id: 1, childNodes: [] } } },
		]);
	});
});
