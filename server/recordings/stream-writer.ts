// The events of one stream, in order → slices and keyframes. A slice is cut where it has its size or a
// keyframe stands; a Meta and FullSnapshot of the page are a keyframe of their own.
//
// The order is that in which the page sent its events: what changed the document must be replayed as it
// happened. A clock that was set back in the middle must therefore not move events before others:
// a little is evened out, and after more the stream goes on from where it was.
import { SLICE_BYTES } from "../../protocol/limits.ts";
import type { RecordedKeyframe, RecordedSlice } from "../../protocol/recording.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import type { RecordingWriter } from "./recording-writer.ts";

const FULL_SNAPSHOT = 2;
const META = 4;
/** What pages reorder by themselves, as between frames. */
const JITTER_MS = 1000;
/** A head must stay small: what comes beyond is played as an ordinary event. */
const MAX_KEYFRAMES = 20_000;

/** Lists of the head, shared by all streams of a recording. */
export interface Written {
	slices: RecordedSlice[];
	keyframes: RecordedKeyframe[];
	dropped: number;
	unfolded: Map<string, number>;
}

export interface StreamWriter {
	/** The event is the writer's from now on. */
	add(event: RawEvent): Promise<void>;
	end(): Promise<void>;
}

export function createStreamWriter(
	writer: RecordingWriter,
	stream: string,
	written: Written,
): StreamWriter {
	const even = createEvenClock();
	let slice = createSlice();
	let meta: RawEvent | undefined;

	const cut = async (): Promise<void> => {
		if (slice.events.length === 0) return;
		const { events, from, to } = slice;
		slice = createSlice();
		const place = await writer.writePart(`[${events.join(",")}]`);
		if (place === undefined) written.dropped += events.length;
		else written.slices.push({ stream, from, to, events: events.length, place });
	};

	const addEvent = async (event: RawEvent): Promise<void> => {
		const json = JSON.stringify(event);
		const bytes = slice.bytes + json.length;
		if (slice.events.length > 0 && bytes > SLICE_BYTES) await cut();
		slice.add(json, event.timestamp);
	};

	const addMeta = async (): Promise<void> => {
		const alone = meta;
		meta = undefined;
		if (alone !== undefined) await addEvent(alone);
	};

	const addRecorded = async (snapshot: RawEvent): Promise<void> => {
		await cut();
		const events = meta === undefined ? [snapshot] : [meta, snapshot];
		meta = undefined;
		const part = await writer.writeKeyframe(events);
		if (part === undefined) {
			written.dropped += events.length;
			return;
		}
		const nodes = countNodes(snapshot);
		const at = events[0]?.timestamp ?? 0;
		const next = written.slices.length;
		written.keyframes.push({ stream, at, recorded: true, slice: next, nodes, ...part });
	};

	return {
		async add(event) {
			event.timestamp = even(event.timestamp);
			if (event.type === FULL_SNAPSHOT && written.keyframes.length < MAX_KEYFRAMES) {
				await addRecorded(event);
				return;
			}
			await addMeta();
			if (event.type === META) meta = event;
			else await addEvent(event);
		},
		async end() {
			await addMeta();
			await cut();
		},
	};
}

function createSlice() {
	const events: string[] = [];
	return {
		events,
		bytes: 0,
		from: 0,
		to: 0,
		add(json: string, at: number) {
			if (events.length === 0) this.from = at;
			this.to = at;
			this.bytes += json.length + 1;
			events.push(json);
		},
	};
}

/** @returns whole ms that never go back */
function createEvenClock(): (at: number) => number {
	let last = 0;
	let ahead = 0;
	return (at) => {
		if (at + ahead < last - JITTER_MS) ahead = last - at;
		last = Math.max(last, Math.round(at + ahead));
		return last;
	};
}

function countNodes(snapshot: RawEvent): number {
	let count = 0;
	const { node } = snapshot.data as { node?: unknown };
	const waiting: unknown[] = [node];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		if (typeof next !== "object" || next === null) continue;
		count++;
		if (!("childNodes" in next) || !Array.isArray(next.childNodes)) continue;
		// As arguments, a few hundred thousand of them would end the stack.
		for (const child of next.childNodes) waiting.push(child);
	}
	return count;
}
