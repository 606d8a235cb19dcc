import { describe, expect, test } from "vitest";
import { createUuidV7 } from "../../../protocol/ids.ts";
import {
	formatPackPart,
	formatRecordingPart,
	parsePartName,
} from "../../../server/recordings/part-name.ts";
import { packKey } from "../../../server/store/layout.ts";

const AT = Date.UTC(2026, 10, 22, 3, 59);
const ID = createUuidV7(AT, new Uint8Array(10).fill(7));
const PLACE = { offset: 4, length: 1234 };

test("a chunk's name leads back to its pack, in the hour that it was written", () => {
	const key = packKey(ID, "a1b2", AT);
	expect(parsePartName(formatPackPart(key, PLACE))).toEqual({ kind: "pack", key, ...PLACE });
	expect(key.startsWith("p/20261122/03/")).toBe(true);
});

test("a part of a recording is named by the recording and its place", () => {
	const name = formatRecordingPart("g2-0123456789abcdef", PLACE);
	const recording = { kind: "recording", generation: 2, hash: "0123456789abcdef" };
	expect(parsePartName(name)).toEqual({ ...recording, ...PLACE });
});

describe("is no name of a part:", () => {
	test.each([
		"",
		"p",
		`p-${ID}-a1b2-4`,
		`p-${ID}-a1b2-4-0`,
		`p-${ID}-a1b2--4-10`,
		`p-${ID}-a1b2-4-999999999`,
		`p-${ID}-a1b2-9999999999-10`,
		`p-${ID}-../x-4-10`,
		`p-ffffffff-ffff-7000-8000-000000000000-a1b2-4-10`,
		`p-------------------------------------a1b2-4-10`,
		"r-g1-0123-4-10",
		"r-g1-0123456789abcdef-4-1e9",
		"r-g1-0123456789abcdef-4-999999999",
		"r-g1-0123456789ABCDEF-4-10",
		"x-4-10",
	])("%s", (name) => expect(parsePartName(name)).toBeUndefined());
});
