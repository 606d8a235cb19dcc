// The events of one stored chunk, one at a time: inflated under a cap, split by their brackets before
// they are parsed, scrubbed, on the server's clock. Parsing a whole chunk would take ten times its text
// in memory, and one bad event would cost the others.
import { gunzipSync } from "node:zlib";
import type { Chunk } from "../../protocol/chunk.ts";
import { findSpan, settleTime, shiftOfChunk } from "../../protocol/clock.ts";
import { EVENT_JSON_DEPTH, EVENTS_BYTES } from "../../protocol/limits.ts";
import type { EntryHead } from "../../protocol/pack.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";

/** What a parsed value takes beside its text, and what becomes of one that is packed. */
const VALUE_BYTES = 40;
const PACKED_VALUE_BYTES = 280;
/** What one event may take when it is parsed: a snapshot of 200,000 nodes takes a third of it. */
const EVENT_MEMORY_BYTES = 192 * 1024 * 1024;

/** The chunk is to be put aside; the message says why. */
export class PoisonError extends Error {
	override name = "PoisonError";
}

/** @throws PoisonError where it is no gzip, or becomes too large */
export function inflateEvents({ envelope, events }: Chunk): Buffer {
	if (envelope.events.encoding === "raw") {
		if (events.length > EVENTS_BYTES) throw new PoisonError("too large");
		return Buffer.from(events.buffer, events.byteOffset, events.byteLength);
	}
	try {
		return gunzipSync(events, { maxOutputLength: EVENTS_BYTES });
	} catch (error) {
		const isLarge = error instanceof Error && "code" in error && error.code === TOO_LARGE;
		throw new PoisonError(isLarge ? "inflates to too much" : "no gzip");
	}
}

const TOO_LARGE = "ERR_BUFFER_TOO_LARGE";

export interface ReadEvent {
	/** Undefined where no replay can use it. */
	event: RawEvent | undefined;
	/** Of its JSON. */
	bytes: number;
}

/**
 * @param json a list of events
 * @throws PoisonError at the first that cannot be read; those before it stand
 */
export function* parseEvents(
	json: Buffer,
	head: EntryHead,
	{ envelope }: Pick<Chunk, "envelope">,
): Generator<ReadEvent> {
	const span = findSpan(envelope, []);
	const shift = span === undefined ? 0 : shiftOfChunk({ ...head, ...span });
	for (const [start, end] of splitList(json)) {
		const { events } = scrubEvents([parse(json.toString("utf8", start, end))]);
		const event = events[0];
		if (event !== undefined) event.timestamp = settleTime(event.timestamp, shift, head.receivedAt);
		yield { event, bytes: end - start };
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new PoisonError("no JSON");
	}
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Where the items of a list stand; what they are is for the parser to say.
 * @throws PoisonError where it is no list, or an item is deeper or heavier than any event
 */
export function* splitList(json: Uint8Array): Generator<[start: number, end: number]> {
	let at = skipSpace(json, 0);
	if (json[at] !== OPEN_LIST) throw new PoisonError("no list");
	at = skipSpace(json, at + 1);
	if (json[at] === 0x5d) return;
	for (;;) {
		const end = findItemEnd(json, at);
		yield [at, end];
		if (json[end] !== COMMA) return;
		at = skipSpace(json, end + 1);
	}
}

/** @returns the position of the comma or the bracket behind an item */
function findItemEnd(json: Uint8Array, start: number): number {
	const valueBytes = json[start] === OPEN_LIST ? PACKED_VALUE_BYTES : VALUE_BYTES;
	let depth = 0;
	let values = 0;
	for (let at = start; at < json.length; at++) {
		const byte = json[at] ?? 0;
		if (byte === QUOTE) at = findTextEnd(json, at + 1);
		// All others that matter stand at the ends of the table.
		else if (byte === COMMA) {
			if (depth === 0) return at;
			values++;
		} else if (byte < 0x5b) continue;
		else if (OPEN.has(byte)) {
			values++;
			if (++depth > EVENT_JSON_DEPTH) throw new PoisonError("too deep");
		} else if (CLOSE.has(byte)) {
			if (depth === 0) return at;
			if (--depth === 0 && values * valueBytes + at - start > EVENT_MEMORY_BYTES) {
				throw new PoisonError("too heavy");
			}
		}
	}
	throw new PoisonError("no JSON");
}

/** @returns the position of the closing quote */
function findTextEnd(json: Uint8Array, start: number): number {
	for (let at = start; at < json.length; at++) {
		const byte = json[at];
		if (byte === BACKSLASH) at++;
		else if (byte === QUOTE) return at;
	}
	return json.length;
}

function skipSpace(json: Uint8Array, start: number): number {
	let at = start;
	while (at < json.length && SPACE.has(json[at] ?? 0)) at++;
	return at;
}
