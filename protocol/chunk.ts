// A chunk: what one upload carries.
//
//   ┌──────┬─────┬──────────┬─────┬─────────────┬─────┬──────────────────────┐
//   │ SNG1 │ u32 │ envelope │ u32 │ facts, gzip │ u32 │ events, gzip or raw  │
//   └──────┴─────┴──────────┴─────┴─────────────┴─────┴──────────────────────┘
//
// Lengths are little-endian and count bytes. The server inflates the facts and never the events.
import { type Envelope, parseEnvelope } from "./envelope.ts";
import { joinBytes, u32 } from "./join-bytes.ts";
import { CHUNK_BYTES, ENVELOPE_BYTES } from "./limits.ts";
import { ProtocolError } from "./protocol-error.ts";

const MAGIC = [0x53, 0x4e, 0x47, 0x31];

export interface Chunk {
	envelope: Envelope;
	/** gzip of a JSON list of facts. */
	facts: Uint8Array;
	/** JSON list of rrweb events, encoded as the envelope says. */
	events: Uint8Array;
}

export function encodeChunk({ envelope, facts, events }: Chunk): Uint8Array<ArrayBuffer> {
	const sections = [new TextEncoder().encode(JSON.stringify(envelope)), facts, events];
	return joinBytes([MAGIC, ...sections.flatMap((section) => [u32(section.length), section])]);
}

/**
 * Bytes of an upload → its checked envelope and its two other sections as views into the same bytes.
 * @throws ProtocolError too_large | bad_magic | truncated | bad_envelope | unknown_version
 */
export function decodeChunk(bytes: Uint8Array): Chunk {
	if (bytes.length > CHUNK_BYTES) {
		throw new ProtocolError("too_large", `${bytes.length} bytes came, at most ${CHUNK_BYTES} may`);
	}
	if (MAGIC.some((byte, index) => bytes[index] !== byte)) {
		throw new ProtocolError("bad_magic", "the body does not begin with SNG1");
	}
	const [envelope, facts, events] = readSections(bytes);
	if (envelope.length > ENVELOPE_BYTES) {
		throw new ProtocolError(
			"bad_envelope",
			`the envelope has ${envelope.length} bytes, at most ${ENVELOPE_BYTES} may come`,
		);
	}
	return { envelope: parseEnvelope(new TextDecoder().decode(envelope)), facts, events };
}

function readSections(bytes: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = MAGIC.length;
	const readSection = (name: string): Uint8Array => {
		const left = bytes.length - at - 4;
		const length = left >= 0 ? view.getUint32(at, true) : 0;
		if (left < length) {
			throw new ProtocolError(
				"truncated",
				`${name} wants ${length} bytes, ${Math.max(0, left)} came`,
			);
		}
		const section = bytes.subarray(at + 4, at + 4 + length);
		at += 4 + length;
		return section;
	};
	const sections: [Uint8Array, Uint8Array, Uint8Array] = [
		readSection("the envelope"),
		readSection("the facts section"),
		readSection("the events section"),
	];
	if (at !== bytes.length) {
		throw new ProtocolError("truncated", `${bytes.length - at} bytes follow the last section`);
	}
	return sections;
}
