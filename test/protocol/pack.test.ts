import { readFileSync } from "node:fs";
import { crc32 as platformCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeChunk } from "../../protocol/chunk.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { decodeEntry, decodePack, type Entry, encodePack } from "../../protocol/pack.ts";
import { ENVELOPE } from "./sample-envelope.ts";

const anyEntry: fc.Arbitrary<Entry> = fc
	.record({
		site: fc.nat(),
		receivedAt: fc.nat({ max: 9_999_999_999_999 }),
		sentAt: fc.nat({ max: 9_999_999_999_999 }),
		attempt: fc.nat({ max: 20 }),
		userAgent: fc.string({ unit: "binary", maxLength: 60 }),
		chunk: fc.uint8Array({ maxLength: 120 }),
	})
	.map(({ chunk, ...head }) => ({ head: { ...head, crc: crc32(chunk) }, chunk }));
const anyEntries = fc.array(anyEntry, { maxLength: 6 });

/** Entries without their places, as they were put in. */
function entriesOf(bytes: Uint8Array): Entry[] {
	return decodePack(bytes).entries.map(({ head, chunk }) => ({ head, chunk }));
}

function u32(...values: number[]): Uint8Array {
	const bytes = new Uint8Array(values.length * 4);
	for (const [index, value] of values.entries()) {
		new DataView(bytes.buffer).setUint32(index * 4, value, true);
	}
	return bytes;
}

function join(...parts: (Uint8Array | string)[]): Uint8Array {
	return new Uint8Array(
		parts.flatMap((part) => [
			...(typeof part === "string" ? new TextEncoder().encode(part) : part),
		]),
	);
}

/** An entry with any head, whose CRC fits. */
function forgeEntry(head: string, chunk = ""): Uint8Array {
	const body = join(head, chunk);
	const headLength = join(head).length;
	return join(u32(headLength, body.length - headLength, crc32(body)), body);
}

/** A pack of any bytes with any table, whose CRC fits. */
function forgePack(entries: Uint8Array, table: string): Uint8Array {
	const bytes = join(table);
	return join("SNP1", entries, bytes, u32(1, bytes.length, crc32(bytes)), "SNPE");
}

const HEAD = { site: 1, receivedAt: 2, sentAt: 3, attempt: 0, userAgent: "x", crc: 0 };

describe("a pack", () => {
	test("gives back its entries in order, and each alone by its place", () => {
		fc.assert(
			fc.property(anyEntries, (entries) => {
				const { bytes, places } = encodePack(entries);
				expect(encodePack(entries, platformCrc32)).toEqual({ bytes, places });
				const decoded = decodePack(bytes);
				expect(decoded.torn).toBe(false);
				expect(entriesOf(bytes)).toEqual(entries);
				expect(decoded.entries.map(({ offset, length }) => ({ offset, length }))).toEqual(places);
				for (const [index, { offset, length }] of places.entries()) {
					const alone = decodeEntry(bytes.slice(offset, offset + length));
					expect(alone).toEqual({ ...entries[index], length });
				}
			}),
		);
	});

	test("reads the same wherever in a buffer it stands", () => {
		fc.assert(
			fc.property(anyEntries, fc.nat({ max: 7 }), (entries, before) => {
				const { bytes } = encodePack(entries);
				const buffer = join(new Uint8Array(before), bytes, new Uint8Array(3));
				expect(entriesOf(buffer.subarray(before, before + bytes.length))).toEqual(entries);
			}),
		);
	});

	test("with one byte changed loses at most the entry the byte stands in", () => {
		fc.assert(
			fc.property(
				anyEntries,
				fc.nat(),
				fc.integer({ min: 1, max: 255 }),
				(entries, place, flip) => {
					const { bytes, places } = encodePack(entries);
					const at = place % bytes.length;
					bytes[at] = (bytes[at] ?? 0) ^ flip;
					const untouched = entries.filter((_, index) => {
						const { offset, length } = places[index] ?? { offset: 0, length: 0 };
						return at < offset || at >= offset + length;
					});
					expect(entriesOf(bytes)).toEqual(untouched);
					if (untouched.length < entries.length) expect(decodePack(bytes).torn).toBe(true);
				},
			),
			{ numRuns: 1000 },
		);
	});

	test("cut anywhere gives every entry before the cut, and says that it is torn", () => {
		fc.assert(
			fc.property(anyEntries, fc.nat(), (entries, place) => {
				const { bytes, places } = encodePack(entries);
				const length = place % bytes.length;
				const whole = entries.filter((_, index) => {
					const { offset, length: size } = places[index] ?? { offset: 0, length: 0 };
					return offset + size <= length;
				});
				const cut = bytes.subarray(0, length);
				expect(entriesOf(cut)).toEqual(whole);
				expect(decodePack(cut).torn).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	test("whose tail was never written but is zeros gives every entry before it", () => {
		fc.assert(
			fc.property(anyEntries, fc.nat(), fc.nat({ max: 40 }), (entries, place, more) => {
				const { bytes, places } = encodePack(entries);
				const length = place % bytes.length;
				const whole = entries.filter((_, index) => {
					const { offset, length: size } = places[index] ?? { offset: 0, length: 0 };
					return offset + size <= length;
				});
				const zeroed = join(
					bytes.subarray(0, length),
					new Uint8Array(bytes.length - length + more),
				);
				expect(entriesOf(zeroed).slice(0, whole.length)).toEqual(whole);
				for (const entry of entriesOf(zeroed)) expect(entries).toContainEqual(entry);
			}),
			{ numRuns: 500 },
		);
	});

	test("damaged in many places never gives an entry that was not put in", () => {
		const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
		fc.assert(
			fc.property(
				anyEntries,
				fc.array(change, { minLength: 1, maxLength: 8 }),
				(entries, changes) => {
					const { bytes } = encodePack(entries);
					for (const [at, value] of changes) bytes[at % bytes.length] = value;
					for (const entry of entriesOf(bytes)) expect(entries).toContainEqual(entry);
				},
			),
			{ numRuns: 1000 },
		);
	});

	test("does not take for an entry what a visitor wrote into a chunk", () => {
		const forged = forgeEntry(JSON.stringify({ ...HEAD, site: 666 }), "forged");
		const chunk = join(forged, forged);
		const { bytes, places } = encodePack([
			{ head: { ...HEAD, crc: crc32(chunk) }, chunk },
			{ head: HEAD, chunk: new Uint8Array() },
		]);
		const first = places[0] ?? { offset: 0, length: 0 };
		for (let at = first.offset; at < first.offset + first.length; at++) {
			const damaged = bytes.slice(0, -1);
			damaged[at] = (damaged[at] ?? 0) ^ 255;
			expect(decodePack(damaged).entries, `byte ${at}`).toEqual([]);
		}
	});

	test("of any bytes is read without an error", () => {
		const start = fc.constantFrom("SNP1", "", "SNP");
		const end = fc.constantFrom("SNPE", "");
		fc.assert(
			fc.property(start, fc.uint8Array({ maxLength: 200 }), end, (magic, bytes, footer) => {
				expect(decodePack(join(magic, bytes, footer)).entries).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});

	test.each([
		["nothing", ""],
		["no JSON", "{"],
		["null", "null"],
		["a list", "[]"],
		["a number", "1"],
		["an object without its fields", "{}"],
		["a field of another type", JSON.stringify({ ...HEAD, userAgent: 1 })],
		["a time that is no number", JSON.stringify({ ...HEAD, receivedAt: "2" })],
		["brackets without end", "[".repeat(10_000)],
	])("leaves out an entry whose head is %s although its CRC fits", (_, head) => {
		const entry = forgeEntry(head, "chunk");
		expect(decodeEntry(entry)).toBeUndefined();
		expect(decodePack(join("SNP1", entry)).entries).toEqual([]);
		expect(decodePack(forgePack(entry, `[[4,${entry.length}]]`)).entries).toEqual([]);
	});

	test.each([
		["no JSON", "["],
		["an object", '{"map":1}'],
		["null", "null"],
		["a list of null", "[null]"],
		["a list of numbers", "[4]"],
		["places of text", '[["4","20"]]'],
		["places before the entries", "[[0,16]]"],
		["places behind the end", "[[4,4000000000]]"],
		["places of absurd size", "[[9007199254740991,9007199254740991]]"],
		["negative places", "[[-4,-4]]"],
		["places with fractions", "[[4.5,20.5]]"],
	])("is read from the front where its table is %s although its CRC fits", (_, table) => {
		const entry = forgeEntry(JSON.stringify(HEAD), "chunk");
		expect(entriesOf(forgePack(entry, table))).toEqual([{ head: HEAD, chunk: join("chunk") }]);
	});

	test("leaves out an entry that is shorter or longer than its place says", () => {
		const entry = forgeEntry(JSON.stringify(HEAD), "chunk");
		for (const length of [entry.length - 1, entry.length + 1]) {
			const packed = forgePack(join(entry, "."), `[[4,${length}]]`);
			expect(decodePack(packed)).toEqual({ entries: [], torn: true });
		}
	});

	test.each([
		[u32(0xffffffff, 0xffffffff, 0)],
		[u32(0, 0xffffffff, 0)],
		[u32(0xffffffff, 1, 0)],
		[u32(0, 0, 0)],
		[u32(1, 0, 0)],
		[new Uint8Array(11)],
	])("with the lengths %j reads nothing", (bytes) => {
		expect(decodeEntry(bytes)).toBeUndefined();
		expect(decodePack(join("SNP1", bytes)).entries).toEqual([]);
	});
});

describe("every version of the pack that was ever stored", () => {
	test("version 1 decodes to what was recorded, with and without its footer", () => {
		const bytes = readFileSync(new URL("../samples/pack-v1.bin", import.meta.url));
		const chunk = readFileSync(new URL("../samples/chunk-v1.bin", import.meta.url));
		const head = { userAgent: "Mozilla/5.0 (X11; Linux) „Ü“", sentAt: 1795000005900 };
		const want = [
			{ head: { ...head, site: 1, receivedAt: 1795000006001, attempt: 1, crc: 4118776666 }, chunk },
			{
				head: {
					...head,
					site: 2,
					receivedAt: 1795000006002,
					sentAt: 0,
					attempt: 2,
					crc: 1438416925,
				},
				chunk: Uint8Array.of(1, 2, 3),
			},
			{
				head: { ...head, site: 3, receivedAt: 1795000006003, attempt: 3, crc: 0 },
				chunk: new Uint8Array(),
			},
		].map((entry) => ({ ...entry, chunk: [...entry.chunk] }));
		for (const pack of [bytes, bytes.subarray(0, -1)]) {
			const entries = entriesOf(pack);
			expect(entries.map(({ head, chunk }) => ({ head, chunk: [...chunk] }))).toEqual(want);
			expect(decodeChunk(entries[0]?.chunk ?? new Uint8Array()).envelope).toEqual(ENVELOPE);
		}
	});
});
