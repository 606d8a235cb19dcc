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

export interface WholeRecording {
	head: RecordingHead;
	/** Where the body begins. */
	body: number;
	bytes: number;
}

/**
 * @returns undefined where there is none, or it is damaged or cut off
 * @throws StoreError unavailable
 */
export async function readWholeRecording(
	store: Store,
	key: string,
): Promise<WholeRecording | undefined> {
	try {
		const { head, body } = await readRecordingHead(store, key);
		// The rows stand last.
		const bytes = body + head.rows[0] + head.rows[1];
		const last = await store.getRange(key, bytes - 1, 2);
		return last.length === 1 ? { head, body, bytes } : undefined;
	} catch (error) {
		if (error instanceof RecordingError) return undefined;
		if (error instanceof StoreError && error.kind === "missing") return undefined;
		throw error;
	}
}

/**
 * The recording of a job, if it is there: made now, or by somebody who ended before telling.
 * @throws StoreError unavailable
 */
export async function findRecording(
	store: Store,
	job: FinishJob,
): Promise<FoundRecording | undefined> {
	const whole = await readWholeRecording(store, job.key);
	if (whole === undefined || whole.head.session !== job.session) return undefined;
	const { head, body, bytes } = whole;
	const named = listNamedChunks(head);
	if (hashChunkSet(named) !== hashChunkSet(job.chunks)) return undefined;
	return { key: job.key, head, headBytes: body, bytes, chunks: named.length };
}
