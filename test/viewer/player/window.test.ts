import { describe, expect, test } from "vitest";
import type { RawEvent } from "../../../replay/scrub.ts";
import {
	createWindow,
	listMore,
	type Piece,
	type WindowInput,
} from "../../../viewer/player/window.ts";

const VIEWPORT = { width: 800, height: 600 };
const meta = (at: number): RawEvent => ({
	type: 4,
	timestamp: at,
	data: { href: "", ...VIEWPORT },
});
const snapshot = (at: number): RawEvent => ({ type: 2, timestamp: at, data: { node: {} } });
const mutation = (at: number): RawEvent => ({ type: 3, timestamp: at, data: { source: 0 } });
const move = (at: number): RawEvent => ({ type: 3, timestamp: at, data: { source: 1 } });
const scroll = (at: number, id: number): RawEvent => ({
	...{ type: 3, timestamp: at },
	data: { source: 3, id, x: 0, y: at },
});
const piece = (stream: string, ...events: RawEvent[]): Piece => ({
	...{ stream, events },
	from: events[0]?.timestamp ?? 0,
});

const KEYFRAME = [meta(10), snapshot(10)];

interface Case {
	events?: RawEvent[];
	pieces: Piece[];
	at?: number;
	until?: number;
	limit?: number;
}

function make({ events = KEYFRAME, pieces, at = 0, until = 1000, limit }: Case) {
	const start: WindowInput["start"] = { stream: "a", at: 10, events, viewport: VIEWPORT };
	return createWindow({ start, pieces, at, until, limit });
}

const short = (event: RawEvent) =>
	`${["", "", "snapshot", "change", "meta"][event.type]} ${event.timestamp}`;

describe("a window", () => {
	test.each<[string, Case, string[]]>([
		[
			"is the keyframe and what follows",
			{ pieces: [piece("a", mutation(11), mutation(12))] },
			["meta 10", "snapshot 10", "change 11", "change 12"],
		],
		[
			"ends before the instant up to which the pieces reach",
			{ pieces: [piece("a", mutation(11), mutation(20), mutation(21))], until: 20 },
			["meta 10", "snapshot 10", "change 11"],
		],
		[
			"begins inside of a slice, at the Meta event before the snapshot",
			{ events: [], pieces: [piece("a", mutation(1), meta(9), snapshot(10), mutation(11))] },
			["meta 9", "snapshot 10", "change 11"],
		],
		[
			"gets a Meta event where the recording lost it",
			{ events: [], pieces: [piece("a", mutation(1), snapshot(10), mutation(11))] },
			["meta 10", "snapshot 10", "change 11"],
		],
		[
			"goes on in the next document and leaves out what comes late from the one before",
			{
				pieces: [
					piece("a", mutation(11), mutation(40)),
					piece("b", meta(30), snapshot(31), mutation(41)),
				],
			},
			["meta 10", "snapshot 10", "change 11", "meta 30", "snapshot 31", "change 41"],
		],
		[
			"takes pieces in any order",
			{ pieces: [piece("a", mutation(20)), piece("a", mutation(11))] },
			["meta 10", "snapshot 10", "change 11", "change 20"],
		],
		[
			"keeps only the last move before what is shown, and all after it",
			{ pieces: [piece("a", move(11), move(12), mutation(13), move(21), move(22))], at: 20 },
			["meta 10", "snapshot 10", "change 12", "change 13", "change 21", "change 22"],
		],
		[
			"keeps only the last scroll of each element before what is shown",
			{ pieces: [piece("a", scroll(11, 1), scroll(12, 2), scroll(13, 1))], at: 20 },
			["meta 10", "snapshot 10", "change 12", "change 13"],
		],
	])("%s", (_, input, want) => {
		expect(make(input)?.events.map(short)).toEqual(want);
	});

	test("is none where the keyframe is missing or is none", () => {
		expect(make({ events: [], pieces: [piece("a", mutation(20))] })).toBeUndefined();
		expect(make({ events: [meta(10)], pieces: [] })).toBeUndefined();
	});

	test("never has more events than its limit, and says how far it reaches then", () => {
		const events = Array.from({ length: 50 }, (_, index) => mutation(11 + (index >> 1)));
		const window = make({ pieces: [piece("a", ...events)], limit: 21 });
		expect(window?.full).toBe(true);
		expect(window?.events).toHaveLength(20);
		expect(window?.until).toBe(20);
		expect(window?.events.at(-1)?.timestamp).toBe(19);
	});

	test("leaves the events and the pieces as they were", () => {
		const pieces = [piece("a", mutation(12), mutation(11)), piece("b", meta(5))];
		const before = structuredClone(pieces);
		make({ pieces });
		expect(pieces).toEqual(before);
	});
});

describe("more of a window", () => {
	test("is what lies between the ends, of the document that is open there", () => {
		const pieces = [
			piece("a", mutation(15), mutation(20), mutation(26)),
			piece("b", meta(25), snapshot(25), mutation(27)),
		];
		const more = listMore({ stream: "a", pieces, from: 20, until: 27 });
		expect(more.events.map(short)).toEqual(["change 20", "meta 25", "snapshot 25"]);
		expect(more.stream).toBe("b");
	});
});
