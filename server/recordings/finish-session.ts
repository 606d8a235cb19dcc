// One session: its gathered chunks → one recording in the store. The same chunks give the same bytes,
// whoever finishes them: no clock, no randomness, nothing of the index but where the chunks are.
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Chunk, decodeChunk } from "../../protocol/chunk.ts";
import { FACTS_BYTES, SESSION_EVENTS_BYTES } from "../../protocol/limits.ts";
import { decodeEntry, type Entry } from "../../protocol/pack.ts";
import { parseFacts } from "../../protocol/parse-facts.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import type { RecordedStream } from "../../protocol/recording.ts";
import type { MediaWidths } from "../../replay/media-widths.ts";
import { createWidthCollector, joinWidths } from "../../replay/recorded-widths.ts";
import { findGaps, findKnownBefore } from "../queries/gaps.ts";
import type { Store } from "../store/store.ts";
import { inflateEvents, PoisonError, parseEvents } from "./chunk-events.ts";
import { nameChunks } from "./chunk-set.ts";
import type { FinishJob, StoredChunk } from "./finish-message.ts";
import type { Gathered } from "./gather.ts";
import { putAside } from "./quarantine.ts";
import { createRecordingWriter, type RecordingWriter } from "./recording-writer.ts";
import { createStreamWriter, type Written } from "./stream-writer.ts";

/** More widths than a site has by itself: a head must stay small. */
const MEDIA_WIDTHS = 200;

export interface FinishParts {
	store: Store;
	/** For what is written before it is stored. */
	folder: string;
	/** What `gatherChunks` wrote, and where in it the chunks stand. */
	file: FileHandle;
	gathered: Gathered;
	/** Told after each chunk, so that who waits knows that it goes on. */
	onProgress?: () => void;
}

/** A chunk is not where the index says: what is left would be a recording with a hole. */
export class GoneError extends Error {
	override name = "GoneError";
}

/** @throws GoneError, StoreError unavailable */
export async function finishSession(
	parts: FinishParts,
	job: FinishJob,
): Promise<{ bytes: number; quarantined: number }> {
	const { store, folder } = parts;
	const writer = await createRecordingWriter(join(folder, `${job.session}.${job.generation}`));
	try {
		const work = createWork(parts, job, writer);
		const own = findOwn(job.chunks);
		const streams = groupByStream(own);
		for (const chunks of streams) await work.writeStream(chunks);
		const kept = new Set(own.filter((chunk) => !work.damaged.has(chunk)));
		const refused = job.chunks.filter((chunk) => !kept.has(chunk) && !work.damaged.has(chunk));
		const { slices, keyframes, dropped, unfolded } = work.written;
		const { path, bytes } = await writer.finish({
			...{ version: 1, site: job.site, session: job.session, generation: job.generation },
			visitor: own[0]?.visitor ?? "",
			startedAt: Math.min(...own.map(({ first }) => first)),
			endedAt: Math.max(...own.map(({ last }) => last)),
			streams: streams.map((chunks) => describeStream(chunks, kept)),
			...{ slices, keyframes, dropped, unfolded: Object.fromEntries(unfolded) },
			mediaWidths: [...work.widths].sort(([a], [b]) => a - b).slice(0, MEDIA_WIDTHS),
			...{ chunks: nameChunks([...kept]), refused: nameChunks(refused) },
			damaged: nameChunks([...work.damaged]),
			quarantined: work.quarantined(),
		});
		await store.putFile(job.key, path, bytes);
		return { bytes, quarantined: work.quarantined() };
	} finally {
		await writer.close();
	}
}

function createWork(parts: FinishParts, job: FinishJob, writer: RecordingWriter) {
	const { store, gathered, file } = parts;
	const written: Written = { slices: [], keyframes: [], dropped: 0, unfolded: new Map() };
	const damaged = new Set<StoredChunk>();
	const widths: MediaWidths = new Map();
	let quarantined = 0;
	let eventBytes = 0;

	const quarantine = async (chunk: StoredChunk, bytes: Uint8Array, reason: string) => {
		quarantined++;
		await putAside(
			store,
			{ site: job.site, session: job.session, ...nameOf(chunk) },
			bytes,
			reason,
		);
	};

	const writeStream = async (chunks: readonly StoredChunk[]): Promise<void> => {
		const stream = createStreamWriter(writer, chunks[0]?.stream ?? "", written);
		const collector = createWidthCollector();
		for (const chunk of chunks) {
			parts.onProgress?.();
			const place = gathered.get(chunk);
			if (place === undefined) throw new GoneError(`${chunk.pack} is not there`);
			const bytes = Buffer.alloc(place.length);
			await file.read(bytes, 0, place.length, place.offset);
			const found = readEntry(bytes, chunk, job);
			if (found === undefined) {
				damaged.add(chunk);
				await quarantine(chunk, bytes, "damaged");
				continue;
			}
			await writer.writeRow(encodeRow(found, chunk));
			try {
				await writeEvents(found);
			} catch (error) {
				if (!(error instanceof PoisonError)) throw error;
				await quarantine(chunk, found.entry.chunk, error.message);
			}
		}
		await stream.end();
		joinWidths(widths, collector.widths);

		async function writeEvents({ entry, chunk }: FoundChunk): Promise<void> {
			if (chunk.envelope.events.count === 0 && chunk.events.length === 0) return;
			const json = inflateEvents(chunk);
			eventBytes += json.length;
			if (eventBytes > SESSION_EVENTS_BYTES) throw new PoisonError("more than a session may have");
			for (const { event } of parseEvents(json, entry.head, chunk)) {
				if (event === undefined) written.dropped++;
				else {
					collector.add(event);
					await stream.add(event);
				}
			}
		}
	};

	return { written, damaged, widths, quarantined: () => quarantined, writeStream };
}

interface FoundChunk {
	entry: Entry;
	chunk: Chunk;
	/** JSON. */
	facts: string;
}

/**
 * @returns undefined where the bytes are damaged
 * @throws GoneError where another chunk stands there
 */
function readEntry(bytes: Uint8Array, wanted: StoredChunk, job: FinishJob): FoundChunk | undefined {
	const entry = decodeEntry(bytes);
	const chunk = entry === undefined ? undefined : decodeStored(entry.chunk);
	if (entry === undefined || chunk === undefined) return undefined;
	const { session, stream, sequence, part } = chunk.envelope;
	const isIt =
		entry.head.site === job.site &&
		session === job.session &&
		stream === wanted.stream &&
		sequence === wanted.sequence &&
		part === wanted.part &&
		entry.head.crc === wanted.crc;
	if (!isIt) throw new GoneError(`another chunk stands in ${wanted.pack} at ${wanted.offset}`);
	const facts = inflateFacts(chunk.facts);
	return facts === undefined ? undefined : { entry, chunk, facts };
}

function decodeStored(bytes: Uint8Array): Chunk | undefined {
	try {
		return decodeChunk(bytes);
	} catch (error) {
		if (error instanceof ProtocolError) return undefined;
		throw error;
	}
}

/** As they came: a later version may know more kinds of facts than this one. */
function inflateFacts(section: Uint8Array): string | undefined {
	try {
		const json = gunzipSync(section, { maxOutputLength: FACTS_BYTES }).toString("utf8");
		parseFacts(json);
		return json;
	} catch {
		return undefined;
	}
}

/** A line of the rows part. Line breaks in JSON stand between values only. */
function encodeRow({ entry, chunk, facts }: FoundChunk, { length }: StoredChunk): string {
	const line = facts.replaceAll(/[\r\n]/g, " ");
	return `[${JSON.stringify(entry.head)},${JSON.stringify(chunk.envelope)},${line},${length}]`;
}

/** Chunks with the write key of the first that was received. */
function findOwn(chunks: readonly StoredChunk[]): StoredChunk[] {
	let first = chunks[0];
	for (const chunk of chunks) {
		if (first === undefined || chunk.receivedAt < first.receivedAt) first = chunk;
	}
	return chunks.filter(({ writeKey }) => writeKey === first?.writeKey);
}

/** In the order the streams began. */
function groupByStream(chunks: readonly StoredChunk[]): StoredChunk[][] {
	const streams = new Map<string, StoredChunk[]>();
	for (const chunk of chunks) {
		const group = streams.get(chunk.stream);
		if (group === undefined) streams.set(chunk.stream, [chunk]);
		else group.push(chunk);
	}
	const begin = (group: StoredChunk[]) => Math.min(...group.map(({ first }) => first));
	return [...streams.values()].sort((a, b) => begin(a) - begin(b));
}

function describeStream(
	chunks: readonly StoredChunk[],
	kept: ReadonlySet<StoredChunk>,
): RecordedStream {
	const first = chunks[0];
	const arrived = chunks.filter((chunk) => kept.has(chunk));
	return {
		id: first?.stream ?? "",
		tab: first?.tab ?? "",
		url: first?.url ?? "",
		viewport: [first?.width ?? 0, first?.height ?? 0],
		from: Math.min(...chunks.map((chunk) => chunk.first)),
		to: Math.max(...chunks.map((chunk) => chunk.last)),
		gaps: findGaps(arrived, findKnownBefore(chunks, [...kept])),
	};
}

function nameOf({ stream, sequence, part, crc }: StoredChunk) {
	return { stream, sequence, part, crc };
}
