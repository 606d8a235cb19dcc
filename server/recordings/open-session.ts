// A session as it is stored now: its recording, once it is finished, and the chunks that are not in it.
// A recording that is missing or damaged is as if there were none yet: what was uploaded is still there
// for a while, and whatever is left of it plays.
import type { Index } from "../index/client.ts";
import { findLateChunks } from "./late-chunks.ts";
import { isLost, type OpenRecording, type OpenRecordings } from "./open-recordings.ts";
import { type ChunkRow, type EventsOf, listChunks } from "./read-session.ts";
import { listRecordedStreams, listUploadedStreams, type StreamEvents } from "./session-events.ts";

export type StoredSession =
	| {
			kind: "uploaded";
			chunks: ChunkRow[];
			/** It was finished, and the recording cannot be read. */
			isLost: boolean;
	  }
	| {
			kind: "recorded";
			recording: OpenRecording;
			/** Chunks that are played behind the recording. */
			late: ChunkRow[];
			/** All chunks of the streams that have late ones, without those that are not played yet. */
			played: ChunkRow[];
	  };

export interface OpenSessionParts {
	index: Index;
	recordings: OpenRecordings;
	log: (line: string) => void;
}

/** @throws IndexUnavailable, StoreError unavailable */
export async function openSession(
	{ index, recordings, log }: OpenSessionParts,
	where: { site: number; session: string; day: string },
): Promise<StoredSession> {
	const found = await recordings.findNewest(where).catch((error: unknown) => {
		if (!isLost(error)) throw error;
		log(`the recording of session ${where.session} cannot be read: ${String(error)}`);
		return "lost" as const;
	});
	if (found === undefined || found === "lost") {
		const chunks = await listChunks(index, where);
		return { kind: "uploaded", chunks, isLost: found === "lost" };
	}
	const { recording, stored } = found;
	// The chunks of a long session are many; they are listed only where there are others than it names.
	const chunks = stored === recording.identities ? [] : await listChunks(index, where);
	return { kind: "recorded", recording, ...findLateChunks(recording.head, chunks) };
}

/** Its streams, to be read. */
export function listStreams(of: EventsOf, stored: StoredSession): StreamEvents[] {
	return stored.kind === "recorded"
		? listRecordedStreams(of, stored.recording, stored.late)
		: listUploadedStreams(of, stored.chunks);
}
