// A recording: the immutable object of one finished session.
//
//   ┌──────┬─────┬─────┬──────┬──────┬─ … ─┐
//   │ SNR1 │ u32 │ u32 │ head │ part │ …   │
//   └──────┴─────┴─────┴──────┴──────┴─ … ─┘
//      u32 length of the head, u32 CRC-32 of the head; head = gzip of the JSON of `RecordingHead`;
//      part = gzip of something that can be read alone, addressed by its place in the body, which
//      begins behind the head
//
// The head says where everything is, so that one range request opens a session and one more goes to any
// second of it. What is not in the head is never looked for: parts may be passed on as they are stored.
// Compression is the caller's, because this folder knows no platform.
import type { Gap } from "./api.ts";
import { crc32 } from "./crc32.ts";
import { isRandomId, isSessionId, type SessionId } from "./ids.ts";
import { isCountBelow, MAX_COUNT, MAX_TIME, RECORDING_HEAD_BYTES } from "./limits.ts";

const MAGIC = [0x53, 0x4e, 0x52, 0x31];
/** Bytes before the head. */
export const RECORDING_START_BYTES = MAGIC.length + 2 * 4;

/** From the start of the body. */
export type Place = [offset: number, length: number];
/** With the CRC-32 of the bytes there: browsers pass on damaged gzip without a word. */
export type PartPlace = [offset: number, length: number, crc: number];
/** A chunk of a stream; the CRC tells it from another chunk of the same identity. */
export type ChunkName = [sequence: number, part: number, crc: number];
export type ChunkNames = Record<string, ChunkName[]>;

/** `from`, `to` and those of the gaps are epoch ms, here and below. */
export interface RecordedStream {
	id: string;
	tab: string;
	/** Of its first chunk. */
	url: string;
	viewport: [width: number, height: number];
	from: number;
	to: number;
	gaps: Gap[];
}

/**
 * A run of events of one stream: a JSON array of events in order. The Meta and FullSnapshot of recorded
 * keyframes stand in those and nowhere else.
 */
export interface RecordedSlice {
	stream: string;
	from: number;
	to: number;
	events: number;
	place: PartPlace;
}

/** A whole page from which a replay can start: a JSON array of Meta, FullSnapshot and what they lack. */
export interface RecordedKeyframe {
	stream: string;
	at: number;
	place: PartPlace;
	/** It belongs to the events of its stream and is played with them; others are places to start only. */
	recorded: boolean;
	/** Position in `slices` where the events behind it begin; of its own stream, if there are any. */
	slice: number;
	/** Numbers of the shared texts it names. */
	texts: number[];
	nodes: number;
}

export interface RecordingHead {
	version: 1;
	site: number;
	session: SessionId;
	visitor: string;
	/** From 1; a late chunk makes the next one. */
	generation: number;
	startedAt: number;
	endedAt: number;
	/** In the order they began. */
	streams: RecordedStream[];
	/** Those of a stream stand together, in order. */
	slices: RecordedSlice[];
	keyframes: RecordedKeyframe[];
	/** Long texts that keyframes share, by number. */
	texts: PartPlace[];
	/** Chunks whose facts, and events where they could be read, are in here, by stream. */
	chunks: ChunkNames;
	/** Chunks that were left out because they are of another write key. */
	refused: ChunkNames;
	/** Chunks that were damaged where they were stored. A good copy of one is worth keeping. */
	damaged: ChunkNames;
	/** NDJSON: `[entry head, envelope, facts, bytes of the entry]` of every chunk; never given to viewers. */
	rows: Place;
	/** Chunks of which something was put aside because it could not be read. */
	quarantined: number;
	/** Events that were left out because no replay can use them. */
	dropped: number;
	/** What folding met and could not fold, by name. */
	unfolded: Record<string, number>;
	/**
	 * Widths at which the style sheets in the events change, with how many rules are decided there; those of
	 * kept files are not among them. Older recordings have none.
	 */
	mediaWidths?: [width: number, rules: number][];
}

export class RecordingError extends Error {
	override name = "RecordingError";
}

/** @param head gzip of the head's JSON @returns everything that stands before the body */
export function encodeRecordingStart(head: Uint8Array): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(RECORDING_START_BYTES + head.length);
	const view = new DataView(bytes.buffer);
	bytes.set(MAGIC);
	view.setUint32(4, head.length, true);
	view.setUint32(8, crc32(head), true);
	bytes.set(head, RECORDING_START_BYTES);
	return bytes;
}

/**
 * @param bytes of the beginning of a recording, at least RECORDING_START_BYTES
 * @returns the gzip of the head, undefined where fewer bytes came than `body`, where the body begins
 * @throws RecordingError
 */
export function decodeRecordingStart(bytes: Uint8Array): {
	head: Uint8Array | undefined;
	body: number;
} {
	if (bytes.length < RECORDING_START_BYTES || MAGIC.some((byte, at) => bytes[at] !== byte)) {
		throw new RecordingError("the object does not begin with SNR1");
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const length = view.getUint32(4, true);
	if (length > RECORDING_HEAD_BYTES) throw new RecordingError(`the head has ${length} bytes`);
	const body = RECORDING_START_BYTES + length;
	if (bytes.length < body) return { head: undefined, body };
	const head = bytes.subarray(RECORDING_START_BYTES, body);
	if (crc32(head) !== view.getUint32(8, true)) throw new RecordingError("the head is damaged");
	return { head, body };
}

/**
 * @param json of the head
 * @throws RecordingError where it is not the head of a recording, or places overlap nothing or numbers
 * point nowhere
 */
export function parseRecordingHead(json: string): RecordingHead {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		throw new RecordingError("the head is not JSON");
	}
	if (!isRecord(value)) throw new RecordingError("the head is not an object");
	for (const [name, check] of HEAD_CHECKS) {
		if (!check(value[name])) throw new RecordingError(`field ${name} of the head is wrong`);
	}
	const head = value as unknown as RecordingHead;
	const streams = new Set(head.streams.map(({ id }) => id));
	const strays = [...head.slices, ...head.keyframes].filter(({ stream }) => !streams.has(stream));
	if (strays.length > 0) throw new RecordingError("something belongs to no stream of the head");
	for (const { slice, texts } of head.keyframes) {
		if (slice > head.slices.length || texts.some((number) => number >= head.texts.length)) {
			throw new RecordingError("a keyframe points nowhere");
		}
	}
	return head;
}

/**
 * What stands at a place of the body, where a viewer may have it; undefined for anything else. Rows
 * carry write keys.
 */
export function findPlayablePart(
	head: RecordingHead,
	[offset, length]: Place,
): PartPlace | undefined {
	const isIt = (place: PartPlace) => place[0] === offset && place[1] === length;
	return (
		head.slices.find(({ place }) => isIt(place))?.place ??
		head.keyframes.find(({ place }) => isIt(place))?.place ??
		head.texts.find(isIt)
	);
}

type Check = (value: unknown) => boolean;
const isCount: Check = (value) => isCountBelow(value, MAX_COUNT);
const isTime: Check = (value) => isCountBelow(value, MAX_TIME);
/** Places go further than counts: a body may have more than 2 GiB. */
const isOffset: Check = (value) => isCountBelow(value, 2 ** 42);
const isCrc: Check = (value) => isCountBelow(value, 2 ** 32);
const isText: Check = (value) => typeof value === "string";
const isFlag: Check = (value) => typeof value === "boolean";
const isTuple =
	(...checks: Check[]): Check =>
	(value) =>
		Array.isArray(value) &&
		value.length === checks.length &&
		checks.every((check, index) => check(value[index]));
const isList =
	(check: Check): Check =>
	(value) =>
		Array.isArray(value) && value.every(check);
const isMap =
	(isName: Check, check: Check): Check =>
	(value) =>
		isRecord(value) && Object.entries(value).every(([name, each]) => isName(name) && check(each));
const isShape =
	(fields: Record<string, Check>): Check =>
	(value) =>
		isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
const isPlace = isTuple(isOffset, isCount);
const isPartPlace = isTuple(isOffset, isCount, isCrc);
const isChunkNames = isMap(isRandomId, isList(isTuple(isCount, isCount, isCrc)));

const HEAD_CHECKS: readonly (readonly [keyof RecordingHead, Check])[] = [
	["version", (value) => value === 1],
	["site", isCount],
	["session", isSessionId],
	["visitor", isRandomId],
	["generation", isCount],
	["startedAt", isTime],
	["endedAt", isTime],
	[
		"streams",
		isList(
			isShape({
				id: isRandomId,
				tab: isRandomId,
				url: isText,
				viewport: isTuple(isCount, isCount),
				from: isTime,
				to: isTime,
				gaps: isList(isShape({ first: isCount, last: isCount, from: isTime, to: isTime })),
			}),
		),
	],
	[
		"slices",
		isList(
			isShape({
				stream: isRandomId,
				from: isTime,
				to: isTime,
				events: isCount,
				place: isPartPlace,
			}),
		),
	],
	[
		"keyframes",
		isList(
			isShape({
				stream: isRandomId,
				at: isTime,
				place: isPartPlace,
				recorded: isFlag,
				slice: isCount,
				texts: isList(isCount),
				nodes: isCount,
			}),
		),
	],
	["texts", isList(isPartPlace)],
	["chunks", isChunkNames],
	["refused", isChunkNames],
	["damaged", isChunkNames],
	["rows", isPlace],
	["quarantined", isCount],
	["dropped", isCount],
	["unfolded", isMap(isText, isCount)],
	["mediaWidths", (value) => value === undefined || isList(isTuple(isCount, isCount))(value)],
];

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
