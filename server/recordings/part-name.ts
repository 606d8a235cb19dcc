// Names of parts: what the manifest names and `…/parts/:part` gives. A name says where the bytes stand,
// so that the server needs no index to find them and browsers may keep them for good:
//
//   p-{pack id}-{node}-{offset}-{length}           a chunk in a pack, while the session is live
//   r-g{generation}-{hash}-{offset}-{length}       a part of the recording of the session asked for
//
// A name is a visitor's word as any other: what stands at the place is checked, or can only be the
// session's own.
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { CHUNK_BYTES, MAX_COUNT, MAX_TIME } from "../../protocol/limits.ts";
import type { EntryPlace } from "../../protocol/pack.ts";
import { isPackKey, packKey, parsePackKey } from "../store/layout.ts";

export type PartName =
	| ({ kind: "pack"; key: string } & EntryPlace)
	| ({ kind: "recording"; generation: number; hash: string } & EntryPlace);

/** An entry is a chunk with its head, which is the server's own and small. */
const ENTRY_BYTES = CHUNK_BYTES + 64 * 1024;
/** No writer of ours makes larger ones, and one is held in memory while it is sent. */
const RECORDING_PART_BYTES = 64 * 1024 * 1024;

const PACK_PART = /^p-([0-9a-f-]{36})-([0-9a-z]{1,20})-(\d{1,10})-(\d{1,10})$/;
const RECORDING_PART = /^r-g(\d{1,6})-([0-9a-f]{16})-(\d{1,10})-(\d{1,10})$/;

/** For messages: what a name looks like. */
export const PART_NAMES = "p-{pack}-{node}-{offset}-{length} or r-g{n}-{hash}-{offset}-{length}";

/** @returns "" for what is no pack of ours */
export function formatPackPart(key: string, { offset, length }: EntryPlace): string {
	const pack = parsePackKey(key);
	return pack === undefined ? "" : `p-${pack.id}-${pack.node}-${offset}-${length}`;
}

/** @param recording as the manifest names it: `g{n}-{hash}` */
export function formatRecordingPart(recording: string, { offset, length }: EntryPlace): string {
	return `r-${recording}-${offset}-${length}`;
}

/** @returns undefined where it is no name of a part */
export function parsePartName(name: string): PartName | undefined {
	const [, id, node, ...packPlace] = PACK_PART.exec(name) ?? [];
	if (id !== undefined && node !== undefined) {
		const writtenAt = timeOfUuidV7(id);
		const place = parsePlace(packPlace, ENTRY_BYTES);
		if (place === undefined || !(writtenAt < MAX_TIME)) return undefined;
		const key = packKey(id, node, writtenAt);
		return isPackKey(key) ? { kind: "pack", key, ...place } : undefined;
	}
	const [, generation, hash, ...place] = RECORDING_PART.exec(name) ?? [];
	const found = parsePlace(place, RECORDING_PART_BYTES);
	if (generation === undefined || hash === undefined || found === undefined) return undefined;
	return { kind: "recording", generation: Number(generation), hash, ...found };
}

function parsePlace(place: readonly (string | undefined)[], most: number): EntryPlace | undefined {
	const [offset, length] = place.map(Number);
	if (offset === undefined || length === undefined) return undefined;
	if (!(offset < MAX_COUNT) || !(length > 0 && length <= most)) return undefined;
	return { offset, length };
}
