import { expect, test } from "vitest";
import type { RecordingHead } from "../../../protocol/recording.ts";
import { findLateChunks } from "../../../server/recordings/late-chunks.ts";
import type { ChunkRow } from "../../../server/recordings/read-session.ts";

const row = (stream: string, sequence: number, crc = sequence): ChunkRow => ({
	...{ stream, sequence, part: 0, crc, tab: "t", pack: "", offset: 0, length: 1, encoding: "gzip" },
	...{ events: 1, from: 0, to: 0, first: 0, last: 0, receivedAt: 0, snapshots: [], url: "" },
	...{ width: 0, height: 0 },
});

/** A recording of chunks 0, 1 and 3 of stream a, of which 2 was refused; and of chunk 0 of stream b. */
const HEAD = {
	chunks: { a: [0, 1, 3].map((sequence) => [sequence, 0, sequence]), b: [[0, 0, 0]] },
	refused: { a: [[2, 0, 99]] },
	damaged: { a: [[4, 0, 98]] },
} as unknown as RecordingHead;

test.each<[string, ChunkRow[], late: string[], played: string[]]>([
	["nothing new", [row("a", 0), row("a", 1), row("a", 3), row("b", 0)], [], []],
	["nothing that was refused or damaged", [row("a", 0), row("a", 2, 99), row("a", 4, 98)], [], []],
	["nothing in the middle", [row("a", 0), row("a", 1), row("a", 2), row("a", 3)], [], []],
	[
		"what follows the end of its stream, with what is played of that stream",
		[row("a", 0), row("a", 1), row("a", 2), row("a", 3), row("a", 4), row("a", 6), row("b", 0)],
		["a4", "a6"],
		["a0", "a1", "a3", "a4", "a6"],
	],
	["streams of their own", [row("a", 0), row("c", 0), row("c", 1)], ["c0", "c1"], ["c0", "c1"]],
])("late are: %s", (_, rows, late, played) => {
	const found = findLateChunks(HEAD, rows);
	const nameOf = ({ stream, sequence }: ChunkRow) => `${stream}${sequence}`;
	expect(found.late.map(nameOf)).toEqual(late);
	expect(found.played.map(nameOf)).toEqual(played);
});
