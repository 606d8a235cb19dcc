// The events of a session's streams from any instant on, wherever they are stored: from the last place
// before it where a replay can start. A recording is read part by part, so that what is watched is never
// held whole; what is read from packs is, because the chunks before an instant have to be played to it.
import type { RecordedKeyframe } from "../../protocol/recording.ts";
import { findLastStart } from "../../replay/active-tab.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import type { OpenRecording } from "./open-recordings.ts";
import { type ChunkRow, type EventsOf, readEvents } from "./read-session.ts";
import { createRecordedParts, type RecordedPart, type RecordedParts } from "./recorded-parts.ts";

const FULL_SNAPSHOT = 2;
const META = 4;

/** One document load in one tab, to be read. */
export interface StreamEvents {
	id: string;
	tab: string;
	/** The first instant from which it can be shown, epoch ms. */
	first: number;
	/**
	 * In pieces, from the last start at or before `at`, else from the first; pieces that begin after
	 * `to` are not read.
	 * @throws StoreError unavailable
	 */
	read(at: number, to: number): AsyncGenerator<RawEvent[]>;
}

/** Those of the streams, in the order they began, that a replay of some tab or stream takes. */
export async function* readStreams(
	streams: readonly StreamEvents[],
	{ at, to }: { at: number; to: number },
): AsyncGenerator<RawEvent[]> {
	const inOrder = [...streams].sort((a, b) => a.first - b.first);
	const start = Math.max(
		0,
		inOrder.findLastIndex(({ first }) => first <= at),
	);
	for (const [index, stream] of inOrder.entries()) {
		if (index < start) continue;
		if (index > start && stream.first > to) return;
		yield* stream.read(index === start ? at : Number.NEGATIVE_INFINITY, to);
	}
}

/** Streams of a session as they were uploaded, those that can be shown. */
export function listUploadedStreams(of: EventsOf, chunks: readonly ChunkRow[]): StreamEvents[] {
	return [...groupByStream(chunks)].flatMap(([id, rows]) => {
		const first = Math.min(...rows.flatMap(({ snapshots }) => snapshots));
		if (first === Number.POSITIVE_INFINITY) return [];
		let known: Promise<RawEvent[]> | undefined;
		return {
			...{ id, tab: rows[0]?.tab ?? "", first },
			async *read(at: number) {
				known ??= readEvents(of, rows);
				yield startAt(await known, at);
			},
		};
	});
}

/**
 * Streams of a recording, those that can be shown.
 * @param late chunks that came after it was made, and are played behind it
 */
export function listRecordedStreams(
	of: EventsOf,
	recording: OpenRecording,
	late: readonly ChunkRow[],
): StreamEvents[] {
	const parts = createRecordedParts(of, recording);
	const lateRows = groupByStream(late);
	const { streams, keyframes } = recording.head;
	const recorded = streams.flatMap(({ id, tab }) => {
		const own = keyframes.filter(({ stream }) => stream === id);
		const first = own[0]?.at;
		if (first === undefined) return [];
		return {
			...{ id, tab, first },
			async *read(at: number, to: number) {
				yield* readRecorded(parts, recording, own, { at, to });
				const rows = lateRows.get(id);
				if (rows !== undefined) yield await readEvents(of, rows);
			},
		};
	});
	const known = new Set(recorded.map(({ id }) => id));
	return [
		...recorded,
		...listUploadedStreams(
			of,
			late.filter(({ stream }) => !known.has(stream)),
		),
	];
}

/** One stream from the keyframe at or before `at`: what stands in it, and what was recorded behind it. */
async function* readRecorded(
	parts: RecordedParts,
	{ head }: OpenRecording,
	keyframes: readonly RecordedKeyframe[],
	{ at, to }: { at: number; to: number },
): AsyncGenerator<RawEvent[]> {
	const start = await findStart(parts, keyframes, at);
	if (start === undefined) return;
	yield start.events;
	const from = start.keyframe;
	const behind = keyframes.slice(keyframes.indexOf(from) + 1).filter(({ recorded }) => recorded);
	const slices = head.slices
		.map((slice, index) => ({ ...slice, index }))
		.filter(({ stream, index }) => stream === from.stream && index >= from.slice);
	const steps: (RecordedPart & { at: number })[] = [];
	for (const slice of slices) {
		while ((behind[0]?.slice ?? Number.POSITIVE_INFINITY) <= slice.index) {
			steps.push(...behind.splice(0, 1));
		}
		steps.push({ place: slice.place, at: slice.from });
	}
	steps.push(...behind);
	yield* parts.readInTurn(steps.filter((step) => step.at <= to));
}

/**
 * The last keyframe from which the page at an instant can be shown, else the first. One that is damaged
 * is passed over for one before it, which costs time only, or at last for one behind it.
 */
async function findStart(
	parts: RecordedParts,
	keyframes: readonly RecordedKeyframe[],
	at: number,
): Promise<{ keyframe: RecordedKeyframe; events: RawEvent[] } | undefined> {
	const last = keyframes.findLastIndex((keyframe) => keyframe.at <= at);
	const candidates = [...keyframes.slice(0, last + 1).reverse(), ...keyframes.slice(last + 1)];
	for (const [index, keyframe] of candidates.entries()) {
		const events = await parts.read(keyframe);
		const shownAt = events.find(({ type }) => type === FULL_SNAPSHOT)?.timestamp;
		// A keyframe begins with its Meta: the page itself may be there only after the instant.
		if (shownAt === undefined) continue;
		if (shownAt <= at || index >= last) return { keyframe, events };
	}
	return undefined;
}

/** Events before the first start have nothing to act on. */
function startAt(events: readonly RawEvent[], at: number): RawEvent[] {
	const start = findLastStart(events, at);
	if (start >= 0) return events.slice(start);
	const snapshot = events.findIndex(({ type }) => type === FULL_SNAPSHOT);
	if (snapshot < 0) return [];
	return events.slice(events[snapshot - 1]?.type === META ? snapshot - 1 : snapshot);
}

function groupByStream(chunks: readonly ChunkRow[]): Map<string, ChunkRow[]> {
	const streams = new Map<string, ChunkRow[]>();
	for (const chunk of chunks) {
		const rows = streams.get(chunk.stream);
		if (rows === undefined) streams.set(chunk.stream, [chunk]);
		else rows.push(chunk);
	}
	return streams;
}
