import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RECORDING_HEAD_BYTES } from "../../protocol/limits.ts";
import {
	decodeRecordingStart,
	encodeRecordingStart,
	findPlayablePart,
	parseRecordingHead,
	RECORDING_START_BYTES,
	RecordingError,
	type RecordingHead,
} from "../../protocol/recording.ts";
import { RECORDING_HEAD } from "./sample-recording.ts";

const bytesOf = (head: object) => encodeRecordingStart(gzipSync(JSON.stringify(head)));
const parse = (head: unknown) => parseRecordingHead(JSON.stringify(head));

describe("the start of a recording", () => {
	test("gives back the head's bytes and where the body begins", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 9 }), (head, more) => {
				const start = encodeRecordingStart(head);
				const bytes = new Uint8Array(start.length + more);
				bytes.set(start);
				expect(decodeRecordingStart(bytes)).toEqual({ head, body: start.length });
			}),
		);
	});

	test("cut behind its first bytes says how many are wanted", () => {
		const start = bytesOf(RECORDING_HEAD);
		for (let length = RECORDING_START_BYTES; length < start.length; length++) {
			const cut = decodeRecordingStart(start.subarray(0, length));
			expect(cut).toEqual({ head: undefined, body: start.length });
		}
	});

	test("with any byte of it changed, or cut shorter, never gives another head", () => {
		const start = bytesOf(RECORDING_HEAD);
		for (let at = 0; at < start.length; at++) {
			const damaged = start.slice();
			damaged[at] = (damaged[at] ?? 0) ^ 0x10;
			let head: Uint8Array | undefined;
			try {
				head = decodeRecordingStart(damaged).head;
			} catch (error) {
				expect(error).toBeInstanceOf(RecordingError);
			}
			expect(head, `byte ${at}`).toBeUndefined();
		}
		for (let length = 0; length < RECORDING_START_BYTES; length++) {
			expect(() => decodeRecordingStart(start.subarray(0, length))).toThrow(RecordingError);
		}
	});

	test("that names a head larger than any is refused before it is fetched", () => {
		const start = bytesOf(RECORDING_HEAD);
		new DataView(start.buffer).setUint32(4, RECORDING_HEAD_BYTES + 1, true);
		expect(() => decodeRecordingStart(start)).toThrow(RecordingError);
	});
});

describe("the head of a recording", () => {
	test("is read as it was written", () => {
		expect(parse(RECORDING_HEAD)).toEqual(RECORDING_HEAD);
	});

	test.each<[string, unknown]>([
		["a list", []],
		["null", null],
		["another version", { ...RECORDING_HEAD, version: 2 }],
		["a session that is none", { ...RECORDING_HEAD, session: "x" }],
		["a time before all times", { ...RECORDING_HEAD, startedAt: -1 }],
		["a time that is text", { ...RECORDING_HEAD, endedAt: "1795000009000" }],
		["streams of another shape", { ...RECORDING_HEAD, streams: [{}] }],
		["a place with three numbers", { ...RECORDING_HEAD, rows: [1, 2, 3] }],
		["a negative place", { ...RECORDING_HEAD, texts: [[-1, 2]] }],
		["a slice of an unknown stream", { ...RECORDING_HEAD, streams: [] }],
		["a keyframe without its texts", { ...RECORDING_HEAD, texts: [] }],
		["a keyframe behind all slices", { ...RECORDING_HEAD, slices: [] }],
		["chunks under another name than a stream's", { ...RECORDING_HEAD, chunks: { x: [] } }],
		["a chunk without its CRC", { ...RECORDING_HEAD, chunks: { ["0".repeat(32)]: [[1, 2]] } }],
		["counts that are no numbers", { ...RECORDING_HEAD, unfolded: { canvas: "2" } }],
	])("is refused where it is %s", (_, head) => {
		expect(() => parse(head)).toThrow(RecordingError);
	});

	test("is refused where any of its fields is missing", () => {
		for (const name of Object.keys(RECORDING_HEAD)) {
			const { [name as keyof RecordingHead]: _, ...rest } = RECORDING_HEAD;
			expect(() => parse(rest), name).toThrow(RecordingError);
		}
	});

	test("of any JSON is taken or refused, without another error", () => {
		fc.assert(
			fc.property(fc.json(), fc.constantFrom(...Object.keys(RECORDING_HEAD)), (json, name) => {
				const head = { ...RECORDING_HEAD, [name]: JSON.parse(json) };
				for (const text of [json, JSON.stringify(head)]) {
					try {
						parseRecordingHead(text);
					} catch (error) {
						expect(error).toBeInstanceOf(RecordingError);
					}
				}
			}),
		);
	});

	test("lets viewers have slices, keyframes and texts, and never the rows", () => {
		for (const place of [
			[90, 30, 5],
			[120, 25, 6],
			[0, 50, 7],
			[50, 40, 8],
			[145, 44, 4294967295],
		] as const) {
			expect(findPlayablePart(RECORDING_HEAD, [place[0], place[1]])).toEqual(place);
		}
		for (const place of [
			[189, 100],
			[189, 10],
			[0, 289],
			[0, 51],
			[91, 30],
		] as const) {
			expect(findPlayablePart(RECORDING_HEAD, [...place])).toBeUndefined();
		}
	});
});

describe("every version of the recording that was ever stored", () => {
	test("version 1 decodes to what was recorded", () => {
		const bytes = readFileSync(new URL("../samples/recording-v1.rec", import.meta.url));
		const { head, body } = decodeRecordingStart(bytes);
		expect(parseRecordingHead(gunzipSync(head ?? "").toString())).toEqual(RECORDING_HEAD);
		expect([...bytes.subarray(body)]).toEqual([1, 2, 3]);
	});
});
