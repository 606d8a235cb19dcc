// One part of a session as it is stored: bytes in, bytes out. Nothing is inflated here, whatever a few
// kilobytes of upload would become; who plays it inflates under a cap and scrubs what comes.
import { decodeChunk } from "../../protocol/chunk.ts";
import { findSpan, shiftOfChunk } from "../../protocol/clock.ts";
import { decodeEntry } from "../../protocol/pack.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { ApiError, StoreError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { PartName } from "./part-name.ts";

export interface StoredPart {
	/** A JSON list, encoded as `encoding` says. */
	bytes: Uint8Array;
	encoding: "gzip" | "identity";
	/** Milliseconds to add to the times inside. */
	shift: number;
}

/**
 * The events of a chunk in a pack.
 * @throws ApiError not_found where the chunk is another session's, part_gone, part_damaged
 * @throws StoreError unavailable
 */
export async function readPackPart(
	store: Store,
	{ key, offset, length }: PartName & { kind: "pack" },
	{ site, session }: { site: number; session: string },
): Promise<StoredPart> {
	const entry = decodeEntry(await readRange(store, key, { offset, length }));
	if (entry?.length !== length) throw new ApiError("part_damaged", "no chunk stands at that place");
	const { envelope, events } = decodeStoredChunk(entry.chunk);
	if (entry.head.site !== site || envelope.session !== session) {
		throw new ApiError("not_found", "the session has no such part");
	}
	const span = findSpan(envelope, []);
	const shift = span === undefined ? 0 : shiftOfChunk({ ...entry.head, ...span });
	if (envelope.events.encoding === "raw") return { bytes: events, encoding: "identity", shift };
	return { bytes: checkGzip(events), encoding: "gzip", shift };
}

async function readRange(
	store: Store,
	key: string,
	{ offset, length }: { offset: number; length: number },
): Promise<Uint8Array> {
	try {
		return await store.getRange(key, offset, length);
	} catch (error) {
		if (!(error instanceof StoreError) || error.kind !== "missing") throw error;
		throw new ApiError("part_gone", "the part is no longer stored; read the manifest again");
	}
}

function decodeStoredChunk(bytes: Uint8Array) {
	try {
		return decodeChunk(bytes);
	} catch (error) {
		if (!(error instanceof ProtocolError)) throw error;
		throw new ApiError("part_damaged", "the stored chunk cannot be read");
	}
}

/** Sent as gzip, anything else would reach the page as a failure of the network, and be asked for again. */
function checkGzip(bytes: Uint8Array): Uint8Array {
	if (bytes[0] === 0x1f && bytes[1] === 0x8b) return bytes;
	throw new ApiError("part_damaged", "the stored events are not gzip");
}
