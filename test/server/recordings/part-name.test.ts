import { describe, expect, test } from "vitest";
import {
	formatChunkPart,
	formatRecordingPart,
	parsePartName,
} from "../../../server/recordings/part-name.ts";

const STREAM = "0123456789abcdef0123456789abcdef";
const HASH = "0123456789abcdef";

test("a chunk is named by its stream, its place in it and its CRC", () => {
	for (const crc of [0, 1, 0xdeadbeef, 0xffffffff]) {
		const chunk = { stream: STREAM, sequence: 1439, part: 2, crc };
		expect(parsePartName(formatChunkPart(chunk))).toEqual({ kind: "chunk", ...chunk });
	}
});

test("a part of a recording is named by the recording and its place", () => {
	const place = { recording: `g2-${HASH}`, offset: 2 ** 33, length: 1234 };
	expect(parsePartName(formatRecordingPart(place))).toEqual({ kind: "recording", ...place });
});

describe("is no name of a part:", () => {
	test.each([
		"",
		"c",
		`c-${STREAM}-1-0`,
		`c-${STREAM}-1-0-123456789`,
		`c-${STREAM}--1-0-1`,
		`c-${STREAM}-9999999999-0-1`,
		`c-${STREAM.toUpperCase()}-1-0-1`,
		`c-${STREAM}-1-0-1\n`,
		"r-g1-0123-4-10",
		`r-g1-${HASH}-4-1e9`,
		`r-g1-${HASH}-4-0`,
		`r-g1-${HASH.toUpperCase()}-4-10`,
		`r-../../g1-${HASH}-4-10`,
		"x-4-10",
	])("%s", (name) => expect(parsePartName(name)).toBeUndefined());
});
