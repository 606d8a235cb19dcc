// Every limit that two processes must agree on. Bytes are bytes, times are milliseconds.

export const PROTOCOL_VERSION = 1;

/** A whole upload as it travels. */
export const CHUNK_BYTES = 2 * 1024 * 1024;
/** The plain JSON envelope of a chunk. */
export const ENVELOPE_BYTES = 16 * 1024;
/** The facts of a chunk, inflated. */
export const FACTS_BYTES = 256 * 1024;
/** What an envelope or a facts section may consist of; both are flat. */
export const ENVELOPE_JSON = { depth: 8, values: 2000 };
export const FACTS_JSON = { depth: 16, values: 200_000 };
export const FACTS_COUNT = 10_000;
/** The events of a chunk, inflated. */
export const EVENTS_BYTES = 16 * 1024 * 1024;
/** Deepest nesting of JSON that is read. */
export const JSON_DEPTH = 256;
/** Of events: browsers stop at 512 elements in one another, each of which is an object and a list. */
export const EVENT_JSON_DEPTH = 1100;

/** A session rotates when it reaches any of these. */
export const SESSION_MS = 4 * 60 * 60 * 1000;
export const SESSION_WIRE_BYTES = 50 * 1024 * 1024;
export const SESSION_CHUNKS = 5000;
/** A session is over after this long without a sign of life. */
export const SESSION_IDLE_MS = 30 * 60 * 1000;
/** What a page does is not recorded any more this long after its visitor's last input. */
export const PAUSE_MS = 5 * 60 * 1000;
/** How far the time inside a session id may be off the server's clock. */
export const SESSION_CLOCK_MS = 24 * 60 * 60 * 1000;
/** How far before and after its receipt the times in a chunk may lie and still be true. */
export const CLOCK_BEHIND_MS = 24 * 60 * 60 * 1000;
export const CLOCK_AHEAD_MS = 60_000;

/** Browsers cap what may be in flight after the page has gone at 64 KiB; we stay below. */
export const KEEPALIVE_BYTES = 56 * 1024;
/** What is carried to the next page when the last words do not fit. */
export const CARRIED_BYTES = 256 * 1024;

export const FIRST_FLUSH_MS = 1000;
export const FLUSH_MS = 5000;
export const FLUSH_BYTES = 64 * 1024;

/** The events of a session, inflated: what comes beyond is not played. */
export const SESSION_EVENTS_BYTES = 256 * 1024 * 1024;

/** JSON of a slice of a recording, about; a single event may be longer. */
export const SLICE_BYTES = 512 * 1024;
/** Any part of a recording, inflated: no reader needs to take more. */
export const PART_BYTES = 16 * 1024 * 1024;
/** The head of a recording, as it is stored and inflated. */
export const RECORDING_HEAD_BYTES = 4 * 1024 * 1024;
export const RECORDING_HEAD_JSON_BYTES = 32 * 1024 * 1024;
/** Texts of this length and more are stored once per recording. */
export const SHARED_TEXT_CHARS = 2048;

/** A pack is written when it holds this much and holds at most that; an entry is never split. */
export const PACK_TARGET_BYTES = 1024 * 1024;
export const PACK_BYTES = 8 * 1024 * 1024;

/** Element-relative positions are whole numbers from 0 (left, top) to this (right, bottom). */
export const RELATIVE_MAX = 32767;
/** Bins per side of an element's border box in a heatmap. */
export const BINS = 64;

/** Numbers of things fit 31 bits, instants (epoch ms) lie before the year 2286: both fit a column. */
export const MAX_COUNT = 2 ** 31;
export const MAX_TIME = 1e13;

export function isCountBelow(value: unknown, end: number): boolean {
	return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < end;
}

/** What one fact may carry. */
export const RESPONSE_COUNT = 20;
export const SCROLL_BANDS = 100;
export const MOVE_CELLS = 400;
/** Elements that are watched for being seen in one page view. */
export const EXPOSED_COUNT = 200;
export const PROPERTY_COUNT = 20;
export const PROPERTY_NAME_CHARS = 40;
export const PROPERTY_VALUE_CHARS = 200;
