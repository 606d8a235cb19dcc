// One part of a session as it is stored: bytes in, bytes out. Nothing is inflated here, whatever a few
// kilobytes of upload would become; who plays it inflates under a cap and scrubs what comes.
import { type Chunk, decodeChunk } from "../../protocol/chunk.ts";
import { findSpan, shiftOfChunk } from "../../protocol/clock.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { decodeEntry, type EntryHead } from "../../protocol/pack.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { findPlayablePart } from "../../protocol/recording.ts";
import { ApiError, StoreError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { ChunkPlace } from "./chunk-places.ts";
import type { OpenRecording } from "./open-recordings.ts";

export interface StoredPart {
	/** JSON, encoded as `encoding` says. */
	bytes: Uint8Array;
	encoding: "gzip" | "identity";
	/** Milliseconds to add to the times inside. */
	shift: number;
	visitor: string;
}

/**
 * The events of a chunk.
 * @throws ApiError part_gone, part_damaged; StoreError unavailable
 */
export async function readChunkPart(
	store: Store,
	place: ChunkPlace,
	where: { site: number; session: string },
): Promise<StoredPart> {
	const { head, envelope, events } = await readStoredChunk(store, place, where);
	const span = findSpan(envelope, []);
	return {
		shift: span === undefined ? 0 : shiftOfChunk({ ...head, ...span }),
		visitor: envelope.visitor,
		...(envelope.events.encoding === "raw"
			? { bytes: events, encoding: "identity" }
			: { bytes: checkGzip(events), encoding: "gzip" }),
	};
}

/** @throws ApiError part_gone, part_damaged where anything but that very chunk stands there; StoreError */
export async function readStoredChunk(
	store: Store,
	{ pack, offset, length, ...chunk }: ChunkPlace,
	{ site, session }: { site: number; session: string },
): Promise<Chunk & { head: EntryHead }> {
	const entry = decodeEntry(await readStored(store, pack, { offset, length }));
	if (entry === undefined) throw new ApiError("part_damaged", "the stored chunk is damaged");
	const { head } = entry;
	const stored = decodeStored(entry.chunk);
	const { envelope } = stored;
	const isIt =
		head.site === site &&
		head.crc === chunk.crc &&
		envelope.session === session &&
		envelope.stream === chunk.stream &&
		envelope.sequence === chunk.sequence &&
		envelope.part === chunk.part;
	if (!isIt) throw new ApiError("part_damaged", "another chunk stands where it was stored");
	return { ...stored, head };
}

/** @throws ApiError part_gone, StoreError unavailable */
export async function readStored(
	store: Store,
	key: string,
	{ offset, length }: { offset: number; length: number },
): Promise<Uint8Array> {
	try {
		return await store.getRange(key, offset, length);
	} catch (error) {
		if (!(error instanceof StoreError) || error.kind !== "missing") throw error;
		throw partGone();
	}
}

export function partGone(): ApiError {
	return new ApiError(
		"part_gone",
		"the session has no such part, or no longer; its manifest names what there is",
	);
}

/**
 * A place in a recording. Only what its head names is given: the rows that stand there as well carry
 * write keys.
 * @throws ApiError part_gone, part_damaged; StoreError unavailable
 */
export async function readRecordingPart(
	store: Store,
	{ key, head, body }: OpenRecording,
	{ offset, length }: { offset: number; length: number },
): Promise<StoredPart> {
	const place = findPlayablePart(head, [offset - body, length]);
	if (place === undefined) throw partGone();
	const bytes = await readStored(store, key, { offset, length });
	if (crc32(bytes) !== place[2]) {
		throw new ApiError("part_damaged", "the stored recording is damaged");
	}
	return { bytes, encoding: "gzip", shift: 0, visitor: head.visitor };
}

/**
 * Sent as gzip, anything else would reach the page as a failure of the network, and be asked for again.
 * @throws ApiError part_damaged
 */
export function checkGzip(bytes: Uint8Array): Uint8Array {
	if (bytes[0] === 0x1f && bytes[1] === 0x8b) return bytes;
	throw new ApiError("part_damaged", "the stored events are not gzip");
}

function decodeStored(bytes: Uint8Array): Chunk {
	try {
		return decodeChunk(bytes);
	} catch (error) {
		if (!(error instanceof ProtocolError)) throw error;
		throw new ApiError("part_damaged", "the stored chunk cannot be read");
	}
}
