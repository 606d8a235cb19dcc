// A session read straight from its packs: which chunks there are comes from the index, the bytes come
// from the store. Chunks that are damaged, that carry another write key than the session's first, or
// whose events cannot be read are left out, which the log says; the others still play. A few hundred kilobytes of upload can
// inflate to more than the process has, so a reading ends where its budget of memory does.
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { decodeChunk } from "../../protocol/chunk.ts";
import { findSpan, settleTime, shiftOfChunk } from "../../protocol/clock.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import { EVENT_JSON_DEPTH, EVENTS_BYTES } from "../../protocol/limits.ts";
import { decodeEntry, type EntryHead } from "../../protocol/pack.ts";
import { findLastStart } from "../../replay/active-tab.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";
import { StoreError } from "../errors.ts";
import type { Index } from "../index/client.ts";
import type { Store } from "../store/store.ts";

const inflate = promisify(gunzip);
const PARALLEL_READS = 8;
/** What a parsed value takes beside its text. */
const VALUE_BYTES = 40;
/** Room for the longest sessions that recorders make: about 150 MB of JSON. */
const READ_BYTES = 512 * 1024 * 1024;

/** What one answer may still take of memory, counting down while it is read, and what it leaves out. */
export interface ReadBudget {
	bytes: number;
	log: (line: string) => void;
}

export function createReadBudget(log: (line: string) => void): ReadBudget {
	return { bytes: READ_BYTES, log };
}

export interface ChunkRow {
	tab: string;
	stream: string;
	sequence: number;
	part: number;
	crc: number;
	pack: string;
	offset: number;
	length: number;
	encoding: string;
	events: number;
	/** Epoch ms; `from` and `to` of the events, `first` and `last` of events and facts. */
	from: number;
	to: number;
	first: number;
	last: number;
	receivedAt: number;
	snapshots: number[];
	url: string;
	width: number;
	height: number;
}

const CHUNK_ROWS = `
	SELECT tab, stream, sequence, part, crc, pack, offset, length,
		encoding, events, url, viewport_width AS width, viewport_height AS height,
		toFloat64(toUnixTimestamp64Milli(events_from)) AS from,
		toFloat64(toUnixTimestamp64Milli(events_to)) AS to,
		toFloat64(toUnixTimestamp64Milli(first_at)) AS first,
		toFloat64(toUnixTimestamp64Milli(last_at)) AS last,
		toFloat64(toUnixTimestamp64Milli(received_at)) AS receivedAt,
		arrayMap(at -> toFloat64(toUnixTimestamp64Milli(at)), snapshots) AS snapshots
	FROM chunks FINAL
	WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}
		AND write_key = (
			SELECT argMin(write_key, received_at) FROM chunks
			WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}
		)
	ORDER BY stream, sequence, part`;

/** Chunks of a session in stream order, each identity once. @throws IndexUnavailable */
export function listChunks(
	index: Index,
	where: { site: number; day: string; session: string },
): Promise<ChunkRow[]> {
	return index.query<ChunkRow>(CHUNK_ROWS, where);
}

/**
 * Scrubbed events of some chunks of one tab, in order; each stream begins with what can be shown first.
 * @throws StoreError unavailable
 */
export async function readEvents(
	store: Store,
	chunks: readonly ChunkRow[],
	budget: ReadBudget,
): Promise<RawEvent[]> {
	const withEvents = chunks.filter((chunk) => chunk.events > 0);
	const leftOut: string[] = [];
	const read = await mapParallel(withEvents, async (chunk) => {
		const events = await readChunkEvents(store, chunk, budget);
		if (typeof events !== "string") return events;
		leftOut.push(`${chunk.pack} at ${chunk.offset}: ${events}`);
		return [];
	});
	if (leftOut.length > 0) {
		budget.log(`${leftOut.length} chunks were left out of a replay, the first ${leftOut[0]}`);
	}
	const streams = new Map<string, RawEvent[]>();
	for (const [index, chunk] of withEvents.entries()) {
		const events = streams.get(chunk.stream) ?? [];
		streams.set(chunk.stream, events);
		for (const event of read[index] ?? []) events.push(event);
	}
	return [...streams.values()]
		.map(startAtSnapshot)
		.sort((a, b) => (a[0]?.timestamp ?? 0) - (b[0]?.timestamp ?? 0))
		.flat();
}

/** Events before the first snapshot of a stream have nothing to act on. */
function startAtSnapshot(events: RawEvent[]): RawEvent[] {
	const first = events.findIndex((event) => event.type === 2);
	if (first < 0) return [];
	return events.slice(
		Math.max(0, findLastStart(events.slice(0, first + 1), Number.POSITIVE_INFINITY)),
	);
}

/** @returns the reason where the chunk cannot be played */
async function readChunkEvents(
	store: Store,
	chunk: ChunkRow,
	budget: ReadBudget,
): Promise<RawEvent[] | string> {
	if (budget.bytes <= 0) return "the session is too large to read at once";
	try {
		const entry = decodeEntry(await store.getRange(chunk.pack, chunk.offset, chunk.length));
		if (entry === undefined) return "the stored bytes are damaged";
		const { envelope, events } = decodeChunk(entry.chunk);
		const json =
			envelope.events.encoding === "gzip"
				? await inflate(events, { maxOutputLength: EVENTS_BYTES })
				: Buffer.from(events.buffer, events.byteOffset, events.byteLength);
		budget.bytes -= weighJson(json);
		if (budget.bytes <= 0) return "the session is too large to read at once";
		const scrubbed = scrubEvents(JSON.parse(json.toString("utf8"))).events;
		settleTimes(scrubbed, entry.head, envelope);
		return scrubbed;
	} catch (error) {
		if (error instanceof StoreError && error.kind === "unavailable") throw error;
		return error instanceof Error ? error.message.slice(0, 200) : "unreadable";
	}
}

/** As the rows of the chunk have them. */
function settleTimes(events: RawEvent[], head: EntryHead, envelope: Envelope): void {
	const { receivedAt, sentAt } = head;
	const span = findSpan(envelope, []);
	if (span === undefined) return;
	const shift = shiftOfChunk({ receivedAt, sentAt, ...span });
	for (const event of events) event.timestamp = settleTime(event.timestamp, shift, receivedAt);
}

/**
 * Bytes that JSON takes when it is parsed, about, by its brackets and commas outside of strings.
 * @throws RangeError where it is deeper than browsers read, which no recording is
 */
function weighJson(json: Buffer): number {
	let values = 0;
	let depth = 0;
	let inText = false;
	for (let i = 0; i < json.length; i++) {
		const byte = json[i];
		if (inText) {
			if (byte === 0x5c) i++;
			else if (byte === 0x22) inText = false;
		} else if (byte === 0x22) inText = true;
		else if (byte === 0x2c) values++;
		else if (byte === 0x7b || byte === 0x5b) {
			values++;
			if (++depth > EVENT_JSON_DEPTH) throw new RangeError("the events are too deep");
		} else if (byte === 0x7d || byte === 0x5d) depth--;
	}
	return json.length + values * VALUE_BYTES;
}

async function mapParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next < items.length) {
			const index = next++;
			const item = items[index];
			if (item !== undefined) results[index] = await work(item);
		}
	};
	await Promise.all(Array.from({ length: PARALLEL_READS }, worker));
	return results;
}
