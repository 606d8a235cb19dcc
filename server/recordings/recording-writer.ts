// Writes a recording: parts go to a file as they come, the head is made last and stands first. Nothing
// is held in memory but the head's lists and the hashes of shared texts.
import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { crc32 } from "../../protocol/crc32.ts";
import { PART_BYTES, RECORDING_HEAD_BYTES } from "../../protocol/limits.ts";
import {
	encodeRecordingStart,
	type PartPlace,
	RecordingError,
	type RecordingHead,
} from "../../protocol/recording.ts";
import { shareTexts } from "../../protocol/shared-texts.ts";
import { writeAll } from "./write-all.ts";

const compress = promisify(gzip);
const COPY_BYTES = 1024 * 1024;
const ROWS_BYTES = 1024 * 1024;

/** Of a text that is larger than a part may be; no keyframe that is written names it. */
const NOWHERE: PartPlace = [0, 0, 0];

/** What the writer finds out itself. */
export type WrittenHead = Pick<RecordingHead, "texts" | "rows">;

export interface RecordingWriter {
	/** @returns where it stands, undefined where no reader would take it */
	writePart(json: string): Promise<PartPlace | undefined>;
	/** Long texts are written once. */
	writeKeyframe(events: unknown): Promise<{ place: PartPlace; texts: number[] } | undefined>;
	writeRow(json: string): Promise<void>;
	/** Puts head and body together. @returns the file and what it has */
	finish(
		head: Omit<RecordingHead, keyof WrittenHead>,
	): Promise<{ path: string; bytes: number; headBytes: number }>;
	/** Removes all files. */
	close(): Promise<void>;
}

/** @param path of the file to be, in a folder that is there */
export async function createRecordingWriter(path: string): Promise<RecordingWriter> {
	const [bodyPath, rowsPath] = [`${path}.body`, `${path}.rows`];
	const body = await open(bodyPath, "w+");
	const rowsFile = await open(rowsPath, "w+");
	const texts: PartPlace[] = [];
	const numbers = new Map<string, number>();
	let bodyBytes = 0;
	let rowsBytes = 0;
	let rows: string[] = [];
	let rowsLength = 0;

	const write = async (bytes: Uint8Array): Promise<PartPlace> => {
		await writeAll(body, bytes, bodyBytes);
		const place: PartPlace = [bodyBytes, bytes.length, crc32(bytes)];
		bodyBytes += bytes.length;
		return place;
	};
	const writeText = async (text: string): Promise<PartPlace | undefined> =>
		Buffer.byteLength(text) > PART_BYTES ? undefined : write(await compress(text));

	const flushRows = async (): Promise<void> => {
		const bytes = await compress(rows.join(""));
		await writeAll(rowsFile, bytes, rowsBytes);
		rowsBytes += bytes.length;
		[rows, rowsLength] = [[], 0];
	};

	return {
		writePart: writeText,
		async writeKeyframe(events) {
			const found: [number: number, text: string][] = [];
			const { json, texts: named } = shareTexts(events, (text) => {
				const hash = createHash("sha256").update(text).digest("base64");
				const known = numbers.get(hash);
				if (known !== undefined) return known;
				const number = numbers.size;
				numbers.set(hash, number);
				found.push([number, text]);
				return number;
			});
			for (const [number, text] of found) texts[number] = (await writeText(text)) ?? NOWHERE;
			if (named.some((number) => texts[number] === NOWHERE)) return undefined;
			const place = await writeText(json);
			return place === undefined ? undefined : { place, texts: named };
		},
		async writeRow(json) {
			rows.push(`${json}\n`);
			rowsLength += json.length;
			if (rowsLength >= ROWS_BYTES) await flushRows();
		},
		async finish(known) {
			if (rows.length > 0 || rowsBytes === 0) await flushRows();
			const head: RecordingHead = { ...known, texts, rows: [bodyBytes, rowsBytes] };
			const json = await compress(JSON.stringify(head));
			if (json.length > RECORDING_HEAD_BYTES) throw new RecordingError("the head is too large");
			const start = encodeRecordingStart(json);
			const whole = await open(path, "w");
			try {
				await writeAll(whole, start, 0);
				await copy(body, bodyBytes, whole, start.length);
				await copy(rowsFile, rowsBytes, whole, start.length + bodyBytes);
			} finally {
				await whole.close();
			}
			const bytes = start.length + bodyBytes + rowsBytes;
			return { path, bytes, headBytes: start.length };
		},
		async close() {
			await Promise.all([body.close(), rowsFile.close()]);
			for (const file of [path, bodyPath, rowsPath]) await rm(file, { force: true });
		},
	};
}

async function copy(from: FileHandle, bytes: number, to: FileHandle, at: number): Promise<void> {
	const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, bytes));
	for (let done = 0; done < bytes; ) {
		const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, bytes - done), done);
		if (bytesRead === 0) throw new Error("a file that was just written ends too early");
		await writeAll(to, buffer.subarray(0, bytesRead), at + done);
		done += bytesRead;
	}
}
