// The chunks of a session: which there are comes from the index, the bytes come from the store. Chunks
// that are damaged, that carry another write key than the session's first, or whose events cannot be
// read are left out, which the log says; the others still play.
import type { Chunk } from "../../protocol/chunk.ts";
import { findSpan, settleTime, shiftOfChunk } from "../../protocol/clock.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import { EVENTS_BYTES } from "../../protocol/limits.ts";
import type { EntryHead } from "../../protocol/pack.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";
import { StoreError } from "../errors.ts";
import type { Index } from "../index/client.ts";
import type { Store } from "../store/store.ts";
import { readStoredChunk } from "./read-part.ts";
import { parseStored, type ReadBudget } from "./stored-json.ts";

const PARALLEL_READS = 8;

/** Whose events are read, from where, and how much may be. */
export interface EventsOf {
	store: Store;
	site: number;
	session: string;
	budget: ReadBudget;
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
 * Scrubbed events of chunks of one stream, in order.
 * @throws StoreError unavailable
 */
export async function readEvents(
	{ store, site, session, budget }: EventsOf,
	chunks: readonly ChunkRow[],
): Promise<RawEvent[]> {
	const leftOut: string[] = [];
	const read = await mapParallel(
		chunks.filter((chunk) => chunk.events > 0),
		async (chunk) => {
			try {
				const { head, ...stored } = await readStoredChunk(store, chunk, { site, session });
				return await parseEvents(stored, head, budget);
			} catch (error) {
				if (error instanceof StoreError && error.kind === "unavailable") throw error;
				const reason = error instanceof Error ? error.message.slice(0, 200) : "unreadable";
				leftOut.push(`${chunk.pack} at ${chunk.offset}: ${reason}`);
				return [];
			}
		},
	);
	if (leftOut.length > 0) {
		budget.log(`${leftOut.length} chunks were left out of a replay, the first ${leftOut[0]}`);
	}
	return read.flat();
}

async function parseEvents(
	{ envelope, events }: Chunk,
	head: EntryHead,
	budget: ReadBudget,
): Promise<RawEvent[]> {
	const isGzip = envelope.events.encoding === "gzip";
	const parsed = await parseStored(events, { isGzip, mostBytes: EVENTS_BYTES }, budget);
	const scrubbed = scrubEvents(parsed).events;
	settleTimes(scrubbed, head, envelope);
	return scrubbed;
}

/** As the rows of the chunk have them. */
function settleTimes(events: RawEvent[], head: EntryHead, envelope: Envelope): void {
	const { receivedAt, sentAt } = head;
	const span = findSpan(envelope, []);
	if (span === undefined) return;
	const shift = shiftOfChunk({ receivedAt, sentAt, ...span });
	for (const event of events) event.timestamp = settleTime(event.timestamp, shift, receivedAt);
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
