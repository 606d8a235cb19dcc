// The row of a recording: the same for who finished it and for who found it in the store.
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import type { RecordingHead } from "../../protocol/recording.ts";

/** Chunks count first, so that the generation with the most of them wins. */
const VERSION_STEP = 2 ** 20;

export interface FoundRecording {
	key: string;
	head: RecordingHead;
	/** Of everything before the body, and of all of it. */
	headBytes: number;
	bytes: number;
	/** Chunks it names, those that were left out as well. */
	chunks: number;
}

export function createRecordingRow(found: FoundRecording, finishedAt: number): object {
	const { key, head, headBytes, bytes, chunks } = found;
	const { site, session, generation } = head;
	return {
		...{ site, session, generation, key, bytes, chunks },
		day: new Date(timeOfUuidV7(session)).toISOString().slice(0, 10),
		head_bytes: headBytes,
		started_at: head.startedAt,
		ended_at: head.endedAt,
		finished_at: finishedAt,
		media_widths: head.mediaWidths ?? [],
		version: chunks * VERSION_STEP + generation,
	};
}
