// Names of parts: what the manifest names and `…/parts/:part` gives. A name never means two things, so
// that browsers may keep what it gave for good.
//
//   c-{stream}-{sequence}-{part}-{crc}             a chunk, while the session is read from its uploads
//   r-g{generation}-{hash}-{offset}-{length}       a place in the recording of the session asked for
//
// Chunks are named by what they are, not by where they stand: a live session of two hours has 1,440 of
// them, and the random ids of as many packs would take more of the manifest than all the rest; also
// the names stay when a pack is written anew. A name is anybody's word: what stands where it leads is
// checked.
import { MAX_COUNT } from "../../protocol/limits.ts";

export interface ChunkName {
	stream: string;
	sequence: number;
	part: number;
	/** CRC-32 of the chunk. */
	crc: number;
}

export interface RecordingPlace {
	/** As the manifest names it: `g{n}-{hash}`. */
	recording: string;
	/** From the start of the object. */
	offset: number;
	length: number;
}

export type PartName = ({ kind: "chunk" } & ChunkName) | ({ kind: "recording" } & RecordingPlace);

const CHUNK = /^c-([0-9a-f]{32})-(\d{1,10})-(\d{1,3})-([0-9a-f]{1,8})$/;
const RECORDING = /^r-(g\d{1,6}-[0-9a-f]{16})-(\d{1,13})-(\d{1,10})$/;

/** For messages: what a name looks like. */
export const PART_NAMES =
	"c-{stream}-{sequence}-{part}-{crc} or r-g{n}-{hash}-{offset}-{length}, as the manifest names it";

export function formatChunkPart({ stream, sequence, part, crc }: ChunkName): string {
	return `c-${stream}-${sequence}-${part}-${crc.toString(16)}`;
}

export function formatRecordingPart({ recording, offset, length }: RecordingPlace): string {
	return `r-${recording}-${offset}-${length}`;
}

/** @returns undefined where it is no name of a part */
export function parsePartName(name: string): PartName | undefined {
	const [, stream, sequence, part, crc] = CHUNK.exec(name) ?? [];
	if (stream !== undefined && crc !== undefined) {
		const numbers = { sequence: Number(sequence), part: Number(part) };
		if (numbers.sequence >= MAX_COUNT) return undefined;
		return { kind: "chunk", stream, ...numbers, crc: Number.parseInt(crc, 16) };
	}
	const [, recording, offset, length] = RECORDING.exec(name) ?? [];
	if (recording === undefined || !(Number(length) > 0)) return undefined;
	return { kind: "recording", recording, offset: Number(offset), length: Number(length) };
}
