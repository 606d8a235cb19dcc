import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StoredChunk } from "../../../server/recordings/finish-message.ts";
import { planReads } from "../../../server/recordings/gather.ts";

const KB = 1024;
const chunk = (pack: string, offset: number, length: number) =>
	({ pack, offset, length }) as StoredChunk;
const plan = (chunks: StoredChunk[]) =>
	planReads(chunks).map(({ pack, offset, length }) => [pack, offset, length]);

describe("reading chunks out of packs", () => {
	test.each<[string, StoredChunk[], ReturnType<typeof plan>]>([
		["neighbours are one read", [chunk("a", 0, 10), chunk("a", 10, 10)], [["a", 0, 20]]],
		[
			"so are those with little between",
			[chunk("a", 0, 10), chunk("a", 60 * KB, 10)],
			[["a", 0, 60 * KB + 10]],
		],
		[
			"packs are read apart",
			[chunk("b", 0, 10), chunk("a", 0, 10)],
			[
				["a", 0, 10],
				["b", 0, 10],
			],
		],
		[
			"what is far away is left out",
			[chunk("a", 4, 10), chunk("a", 3_000_000, 10)],
			[
				["a", 4, 10],
				["a", 3_000_000, 10],
			],
		],
		[
			"a pack wanted by half is read whole",
			[chunk("a", 0, 900 * KB), chunk("a", 1700 * KB, KB)],
			[["a", 0, 1701 * KB]],
		],
	])("%s", (_, chunks, want) => {
		expect(plan(chunks)).toEqual(want);
	});

	test("covers every chunk once, whatever the order", () => {
		const any = fc.record({
			pack: fc.constantFrom("a", "b"),
			offset: fc.nat({ max: 10_000_000 }),
			length: fc.integer({ min: 1, max: 2_000_000 }),
		});
		fc.assert(
			fc.property(fc.array(any, { maxLength: 30 }), (places) => {
				const chunks = places.map(({ pack, offset, length }) => chunk(pack, offset, length));
				const reads = planReads(chunks);
				expect(reads.flatMap((read) => read.chunks)).toHaveLength(chunks.length);
				for (const read of reads) {
					for (const { pack, offset, length } of read.chunks) {
						expect(pack).toBe(read.pack);
						expect(offset).toBeGreaterThanOrEqual(read.offset);
						expect(offset + length).toBeLessThanOrEqual(read.offset + read.length);
					}
				}
			}),
		);
	});
});
