// The events of one stream, in order → slices and keyframes. A slice is cut where it has its size and
// where a keyframe stands: the page's own Meta and FullSnapshot, or one that is folded from the events
// because a replay from the last one would take too long.
import { SLICE_BYTES } from "../../protocol/limits.ts";
import type { RecordedKeyframe, RecordedSlice } from "../../protocol/recording.ts";
import { createFold } from "../../replay/fold.ts";
import { createKeyframePlan } from "../../replay/keyframe-plan.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { splitGiant } from "../../replay/split-giant.ts";
import { createEvenClock } from "./even-clock.ts";
import type { RecordingWriter } from "./recording-writer.ts";

const FULL_SNAPSHOT = 2;
const META = 4;
/** A head must stay small: what comes beyond is played as an ordinary event. */
const MAX_KEYFRAMES = 20_000;
const MAX_UNFOLDED = 100;
/** What events are packed to, until the first slice has shown it. */
const RATIO = 0.15;

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
	const fold = createFold();
	const plan = createKeyframePlan();
	let slice = createSlice();
	let meta: RawEvent | undefined;
	let last = 0;
	let ratio = RATIO;
	let keyframeBytes = 0;

	const cut = async (): Promise<void> => {
		if (slice.events.length === 0) return;
		const { events, bytes, from, to } = slice;
		slice = createSlice();
		const place = await writer.writePart(`[${events.join(",")}]`);
		if (place === undefined) written.dropped += events.length;
		else {
			ratio = place[1] / bytes;
			written.slices.push({ stream, from, to, events: events.length, place });
		}
	};

	const addEvent = async (event: RawEvent): Promise<void> => {
		if (event.timestamp > last && plan.isDue(fold.nodes, keyframeBytes)) await addFolded();
		last = event.timestamp;
		for (const part of splitGiant(event)) {
			// Before the fold, which keeps what it was given and may change it.
			const json = JSON.stringify(part);
			if (slice.bytes + json.length > SLICE_BYTES) await cut();
			slice.add(json, last);
			fold.apply(part);
			plan.weigh(part, json.length * ratio);
		}
	};

	const addMeta = async (): Promise<void> => {
		const alone = meta;
		meta = undefined;
		if (alone !== undefined) await addEvent(alone);
	};

	/** @returns whether there is one */
	const addKeyframe = async (
		events: RawEvent[],
		about: Pick<RecordedKeyframe, "at" | "recorded" | "nodes">,
	): Promise<boolean> => {
		await cut();
		const found = await writer.writeKeyframe(events);
		if (found === undefined) return false;
		keyframeBytes = found.place[1];
		written.keyframes.push({ stream, slice: written.slices.length, ...about, ...found });
		return true;
	};

	/** It stands a millisecond behind the events it holds, and before the next: no reader can mix them up. */
	const addFolded = async (): Promise<void> => {
		const at = last + 1;
		const isFull = written.keyframes.length >= MAX_KEYFRAMES;
		const events = isFull ? undefined : fold.keyframe(at);
		if (events !== undefined) await addKeyframe(events, { at, recorded: false, nodes: fold.nodes });
		plan.begin(events === undefined ? 0 : keyframeBytes);
	};

	const addRecorded = async (snapshot: RawEvent): Promise<void> => {
		noteUnfolded();
		const events = meta === undefined ? [snapshot] : [meta, snapshot];
		meta = undefined;
		const at = events[0]?.timestamp ?? snapshot.timestamp;
		const nodes = countNodes(snapshot);
		if (!(await addKeyframe(events, { at, recorded: true, nodes }))) written.dropped++;
		for (const event of events) fold.apply(event);
		last = snapshot.timestamp;
		plan.begin(0);
	};

	const noteUnfolded = (): void => {
		for (const [name, count] of fold.unfolded) {
			const known = written.unfolded.get(name) ?? 0;
			if (known > 0 || written.unfolded.size < MAX_UNFOLDED) {
				written.unfolded.set(name, known + count);
			}
		}
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
			noteUnfolded();
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
