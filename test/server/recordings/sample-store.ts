// Chunks in packs in a disk store, without a server, and the recording that is made of them.
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeChunk } from "../../../protocol/chunk.ts";
import { crc32 } from "../../../protocol/crc32.ts";
import type { SessionId } from "../../../protocol/ids.ts";
import { type EntryHead, encodePack } from "../../../protocol/pack.ts";
import {
	decodeRecordingStart,
	type PartPlace,
	type Place,
	parseRecordingHead,
	type RecordingHead,
} from "../../../protocol/recording.ts";
import { resolveTexts } from "../../../protocol/shared-texts.ts";
import type { RawEvent } from "../../../replay/scrub.ts";
import { createPackRows, type PackRows } from "../../../server/index/rows.ts";
import { readFacts } from "../../../server/ingest/receive.ts";
import { hashChunkSet } from "../../../server/recordings/chunk-set.ts";
import type { FinishJob, StoredChunk } from "../../../server/recordings/finish-message.ts";
import { finishSession } from "../../../server/recordings/finish-session.ts";
import { gatherChunks } from "../../../server/recordings/gather.ts";
import { packKey, recordingKey } from "../../../server/store/layout.ts";
import type { Store } from "../../../server/store/store.ts";

export const SITE = 7;
let packs = 0;

export interface Received {
	chunk: Uint8Array;
	receivedAt: number;
}

/** @returns the pack's key and its rows, as the server makes them */
export async function storePack(
	store: Store,
	received: readonly Received[],
	writtenAt = received[0]?.receivedAt ?? 0,
): Promise<{ key: string; rows: PackRows; chunks: StoredChunk[] }> {
	const entries = received.map(({ chunk, receivedAt }) => ({
		head: headOf(chunk, receivedAt),
		chunk,
	}));
	const { bytes, places } = encodePack(entries);
	const id = `01890000-0000-7000-8000-${String(++packs).padStart(12, "0")}`;
	const key = packKey(id, "test", writtenAt);
	await store.put(key, bytes);
	const indexed = await Promise.all(
		entries.map(async ({ head, chunk }, index) => {
			const { envelope, facts } = decodeChunk(chunk);
			const place = places[index] ?? { offset: 0, length: 0 };
			return { head, envelope, facts: await readFacts(facts), place };
		}),
	);
	const rows = createPackRows({ key, bytes: bytes.length }, indexed);
	return { key, rows, chunks: rows.chunks.map(toStoredChunk) };
}

function headOf(chunk: Uint8Array, receivedAt: number): EntryHead {
	return {
		site: SITE,
		receivedAt,
		sentAt: receivedAt,
		attempt: 1,
		userAgent: "",
		crc: crc32(chunk),
	};
}

function toStoredChunk(row: object): StoredChunk {
	const of = row as Record<string, never>;
	const { stream, sequence, part, crc, tab, visitor, pack, offset, length, url } = of;
	return {
		...{ stream, sequence, part, crc, tab, visitor, pack, offset, length, url },
		...{ writeKey: of.write_key, receivedAt: of.received_at, first: of.first_at, last: of.last_at },
		...{ width: of.viewport_width, height: of.viewport_height },
	} as unknown as StoredChunk;
}

export function createJob(
	session: string,
	chunks: readonly StoredChunk[],
	generation = 1,
): FinishJob {
	const name = { site: SITE, session: session as SessionId, generation };
	const sorted = [...chunks].sort(
		(a, b) => a.stream.localeCompare(b.stream) || a.sequence - b.sequence || a.part - b.part,
	);
	return { ...name, key: recordingKey({ ...name, hash: hashChunkSet(sorted) }), chunks: sorted };
}

/** Finishes in this process, as the child does. */
export async function finish(store: Store, folder: string, job: FinishJob): Promise<Recording> {
	const work = join(folder, "finishing");
	await mkdir(work, { recursive: true });
	const file = await open(join(work, "chunks"), "w+");
	try {
		const gathered = await gatherChunks(store, job.chunks, file);
		await finishSession({ store, folder: work, file, gathered }, job);
	} finally {
		await file.close();
	}
	return decodeRecording(await store.get(job.key));
}

export interface Recording {
	head: RecordingHead;
	bytes: Uint8Array;
	textOf(place: Place | PartPlace): string;
	/** Everything of a stream as it would be played from its beginning. */
	play(stream: string): RawEvent[];
}

export function decodeRecording(bytes: Uint8Array): Recording {
	const start = decodeRecordingStart(bytes);
	const head = parseRecordingHead(gunzipSync(start.head ?? "").toString());
	const textOf = ([offset, length]: Place | PartPlace): string =>
		gunzipSync(bytes.subarray(start.body + offset, start.body + offset + length)).toString();
	const eventsOf = (place: PartPlace): RawEvent[] =>
		resolveTexts(JSON.parse(textOf(place)), (number) => textOf(head.texts[number] ?? [0, 0]));
	const play = (stream: string): RawEvent[] => {
		const recorded = head.keyframes.filter((each) => each.stream === stream && each.recorded);
		const before = (slice: number) =>
			recorded.filter((each) => each.slice === slice).flatMap(({ place }) => eventsOf(place));
		const played = head.slices.flatMap((slice, index) =>
			slice.stream === stream ? [...before(index), ...eventsOf(slice.place)] : [],
		);
		const ends = head.slices.findLastIndex((slice) => slice.stream === stream) + 1;
		const behind = recorded.filter(({ slice }) => slice >= ends || ends === 0);
		return [...played, ...behind.flatMap(({ place }) => eventsOf(place))];
	};
	return { head, bytes, textOf, play };
}
