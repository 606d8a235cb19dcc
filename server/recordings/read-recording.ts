// The head of a stored recording. One request fetches most heads, a second one the rest of a large one.
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { RECORDING_HEAD_JSON_BYTES } from "../../protocol/limits.ts";
import {
	decodeRecordingStart,
	parseRecordingHead,
	RecordingError,
	type RecordingHead,
} from "../../protocol/recording.ts";
import { StoreError } from "../errors.ts";
import type { FoundRecording } from "../index/recording-row.ts";
import type { Store } from "../store/store.ts";
import { hashChunkSet, listNamedChunks } from "./chunk-set.ts";
import type { FinishJob } from "./finish-message.ts";

const inflate = promisify(gunzip);
const FIRST_BYTES = 64 * 1024;

/**
 * @returns the head, and where in the object its body begins
 * @throws RecordingError where it is none or damaged, StoreError
 */
export async function readRecordingHead(
	store: Store,
	key: string,
): Promise<{ head: RecordingHead; body: number }> {
	let bytes = await store.getRange(key, 0, FIRST_BYTES);
	let start = decodeRecordingStart(bytes);
	if (start.head === undefined) {
		bytes = await store.getRange(key, 0, start.body);
		start = decodeRecordingStart(bytes);
	}
	if (start.head === undefined) throw new RecordingError("the head is cut off");
	const json = await inflate(start.head, { maxOutputLength: RECORDING_HEAD_JSON_BYTES }).catch(
		(error: unknown) => {
			throw new RecordingError(`the head cannot be inflated: ${String(error)}`);
		},
	);
	return { head: parseRecordingHead(json.toString("utf8")), body: start.body };
}

/**
 * The recording of a job, if it is there and whole: made now, or by somebody who ended before telling.
 * @throws StoreError unavailable
 */
export async function findRecording(
	store: Store,
	job: FinishJob,
): Promise<FoundRecording | undefined> {
	try {
		const { head, body } = await readRecordingHead(store, job.key);
		const bytes = body + head.rows[0] + head.rows[1];
		const last = await store.getRange(job.key, bytes - 1, 2);
		const named = listNamedChunks(head);
		const isWhole = last.length === 1 && hashChunkSet(named) === hashChunkSet(job.chunks);
		if (!isWhole || head.session !== job.session) return undefined;
		return { key: job.key, head, headBytes: body, bytes, chunks: named.length };
	} catch (error) {
		if (error instanceof RecordingError) return undefined;
		if (error instanceof StoreError && error.kind === "missing") return undefined;
		throw error;
	}
}
