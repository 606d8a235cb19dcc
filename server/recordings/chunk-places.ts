// Where the chunks of sessions stand that somebody watches now. A player asks for hundreds of them, one
// by one; the index is asked once. What is kept here is only a guess: a chunk that is not found where it
// was is looked for again, since packs are written anew and deleted.
import type { ChunkRow } from "./read-session.ts";

/** About 200 bytes each. */
const MAX_CHUNKS = 50_000;

export type ChunkPlace = Pick<
	ChunkRow,
	"stream" | "sequence" | "part" | "crc" | "pack" | "offset" | "length"
>;

export interface ChunkPlaces {
	/** @param list asks the index; may throw, then nothing is kept */
	find(where: PlaceQuery, list: () => Promise<ChunkPlace[]>): Promise<ChunkPlace | undefined>;
	keep(where: { site: number; session: string }, chunks: readonly ChunkPlace[]): void;
	forget(where: { site: number; session: string }): void;
}

export interface PlaceQuery {
	site: number;
	session: string;
	/** The part's name. */
	name: string;
}

export function createChunkPlaces(nameOf: (chunk: ChunkPlace) => string): ChunkPlaces {
	/** In order of use, the oldest first. */
	const sessions = new Map<string, Map<string, ChunkPlace>>();
	let held = 0;

	const forget = (key: string): void => {
		held -= sessions.get(key)?.size ?? 0;
		sessions.delete(key);
	};

	const keep = (key: string, chunks: readonly ChunkPlace[]): Map<string, ChunkPlace> => {
		forget(key);
		const places = new Map(chunks.map((chunk) => [nameOf(chunk), pickPlace(chunk)]));
		sessions.set(key, places);
		held += places.size;
		for (const [oldest] of sessions) {
			if (held <= MAX_CHUNKS) break;
			forget(oldest);
		}
		return places;
	};

	return {
		async find({ site, session, name }, list) {
			const key = keyOf({ site, session });
			const known = sessions.get(key);
			const place = known?.get(name);
			if (known === undefined || place === undefined) return keep(key, await list()).get(name);
			sessions.delete(key);
			sessions.set(key, known);
			return place;
		},
		keep: (where, chunks) => void keep(keyOf(where), chunks),
		forget: (where) => forget(keyOf(where)),
	};
}

function keyOf({ site, session }: { site: number; session: string }): string {
	return `${site}/${session}`;
}

/** Rows have more, which need not be held. */
function pickPlace({ stream, sequence, part, crc, pack, offset, length }: ChunkPlace): ChunkPlace {
	return { stream, sequence, part, crc, pack, offset, length };
}
