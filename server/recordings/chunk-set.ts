// The chunk set of a recording: what names it, so that two who finish the same chunks write the same
// object, and what tells whether chunks came since.
import { createHash } from "node:crypto";
import type { ChunkNames } from "../../protocol/recording.ts";

interface Named {
	stream: string;
	sequence: number;
	part: number;
	crc: number;
}

/** 16 hex digits over the sorted `stream.sequence.part.crc` of all chunks. */
export function hashChunkSet(chunks: readonly Named[]): string {
	const names = chunks.map(
		({ stream, sequence, part, crc }) => `${stream}.${sequence}.${part}.${crc}`,
	);
	return createHash("sha256").update(names.sort().join("\n")).digest("hex").slice(0, 16);
}

/** All chunks that a recording names, those that it left out as well. */
export function listNamedChunks(head: { chunks: ChunkNames; refused: ChunkNames }): Named[] {
	return [head.chunks, head.refused].flatMap((names) =>
		Object.entries(names).flatMap(([stream, chunks]) =>
			chunks.map(([sequence, part, crc]) => ({ stream, sequence, part, crc })),
		),
	);
}

export function nameChunks(chunks: readonly Named[]): ChunkNames {
	const names: ChunkNames = {};
	for (const { stream, sequence, part, crc } of chunks) {
		const list = names[stream] ?? [];
		names[stream] = list;
		list.push([sequence, part, crc]);
	}
	return names;
}
