// The chunk set of a recording: what names it, so that two who finish the same chunks write the same
// object, and what tells whether chunks came since.
import { createHash } from "node:crypto";
import type { ChunkNames, RecordingHead } from "../../protocol/recording.ts";

export interface NamedChunk {
	stream: string;
	sequence: number;
	part: number;
	crc: number;
}

/** 16 hex digits over the sorted `stream.sequence.part.crc` of all chunks. */
export function hashChunkSet(chunks: readonly NamedChunk[]): string {
	const names = chunks.map(
		({ stream, sequence, part, crc }) => `${stream}.${sequence}.${part}.${crc}`,
	);
	return createHash("sha256").update(names.sort().join("\n")).digest("hex").slice(0, 16);
}

/** All chunks that a recording names, those that it left out as well. */
export function listNamedChunks(
	head: Pick<RecordingHead, "chunks" | "refused" | "damaged">,
): NamedChunk[] {
	return [head.chunks, head.refused, head.damaged].flatMap(listChunks);
}

export function listChunks(names: ChunkNames): NamedChunk[] {
	return Object.entries(names).flatMap(([stream, chunks]) =>
		chunks.map(([sequence, part, crc]) => ({ stream, sequence, part, crc })),
	);
}

export function nameChunks(chunks: readonly NamedChunk[]): ChunkNames {
	const names: ChunkNames = {};
	for (const { stream, sequence, part, crc } of chunks) {
		const list = names[stream] ?? [];
		names[stream] = list;
		list.push([sequence, part, crc]);
	}
	return names;
}
