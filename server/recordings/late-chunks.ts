// Chunks that came after a session was finished. Those behind the end of their stream are played as they
// are stored; what would lie in the middle has to wait for the next generation, because the keyframes
// after it were made without it: until then the gap stays a gap.
import type { RecordingHead } from "../../protocol/recording.ts";
import { listNamedChunks } from "./chunk-set.ts";
import type { ChunkRow } from "./read-session.ts";

/**
 * @param rows all chunks of the session
 * @returns those that can be played behind the recording, and for their streams all that are played
 */
export function findLateChunks(
	{ chunks, refused, damaged }: RecordingHead,
	rows: readonly ChunkRow[],
): { late: ChunkRow[]; played: ChunkRow[] } {
	const named = new Set(listNamedChunks({ chunks, refused, damaged }).map(nameOf));
	const ends = new Map(
		Object.entries(chunks).map(([stream, list]) => [
			stream,
			Math.max(...list.map(([sequence]) => sequence)),
		]),
	);
	const isBehind = ({ stream, sequence }: ChunkRow) => sequence > (ends.get(stream) ?? -1);
	const late = rows.filter((row) => isBehind(row) && !named.has(nameOf(row)));
	const streams = new Set(late.map(({ stream }) => stream));
	const played = rows.filter(
		(row) => streams.has(row.stream) && (named.has(nameOf(row)) || isBehind(row)),
	);
	return { late, played };
}

function nameOf({
	stream,
	sequence,
	part,
	crc,
}: Pick<ChunkRow, "stream" | "sequence" | "part" | "crc">): string {
	return `${stream}.${sequence}.${part}.${crc}`;
}
