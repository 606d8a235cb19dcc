// The manifest of a finished session: its streams, slices and keyframes as the recording's head has them,
// and behind them the chunks that came since.
import type { Manifest } from "../../protocol/api.ts";
import type { PartPlace, RecordedStream } from "../../protocol/recording.ts";
import type { OpenRecording } from "../recordings/open-recordings.ts";
import type { StoredSession } from "../recordings/open-session.ts";
import { formatRecordingPart } from "../recordings/part-name.ts";
import { type Described, describeChunks } from "./manifest.ts";

type Since = (at: number) => number;

export function describeRecording(
	{ recording, late, played }: StoredSession & { kind: "recorded" },
	startedAt: number,
): Described {
	const since: Since = (at) => Math.max(0, at - startedAt);
	const { head, name } = recording;
	const tabs = new Map(head.streams.map(({ id, tab }) => [id, tab]));
	const tabOf = (stream: string) => tabs.get(stream) ?? "";
	const behind = describeChunks(played, startedAt);
	const isLate = new Set(late.map(({ stream }) => stream));
	const added = describeChunks(late, startedAt);
	return {
		recording: name,
		streams: [
			...head.streams.filter(({ id }) => !isLate.has(id)).map((stream) => toStream(stream, since)),
			...behind.streams,
		],
		slices: [
			...head.slices.map(({ stream, from, to, events, place }) => ({
				...{ tab: tabOf(stream), stream, from: since(from), to: since(to), events },
				...{ bytes: place[1], part: partAt(recording, place) },
			})),
			...added.slices,
		],
		keyframes: [
			...head.keyframes.map(({ stream, at, place, recorded, texts }) => ({
				...{ tab: tabOf(stream), stream, at: since(at), part: partAt(recording, place) },
				...{ bytes: place[1], recorded, texts },
			})),
			...added.keyframes,
		],
		texts: head.texts.map((place) => ({ part: partAt(recording, place), bytes: place[1] })),
	};
}

/** @returns "" for a text that was too large to be stored, which no keyframe names */
function partAt({ name, body }: OpenRecording, [offset, length]: PartPlace): string {
	return length === 0
		? ""
		: formatRecordingPart({ recording: name, offset: body + offset, length });
}

function toStream(
	{ id, tab, url, viewport: [width, height], ...stream }: RecordedStream,
	since: Since,
): Manifest["streams"][number] {
	return {
		...{ id, tab, url, viewport: { width, height } },
		...{ from: since(stream.from), to: since(stream.to) },
		gaps: stream.gaps.map((gap) => ({ ...gap, from: since(gap.from), to: since(gap.to) })),
	};
}
