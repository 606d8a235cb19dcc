import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeChunk } from "../../../protocol/chunk.ts";
import { CHUNK_BYTES } from "../../../protocol/limits.ts";
import {
	type EnvelopeHead,
	EVENT_BYTES,
	encodeBatch,
	encodeBatchNow,
} from "../../../recorder/transport/encode-batch.ts";
import { type QueuedEvent, splitRuns } from "../../../recorder/transport/queue.ts";

const HEX = "0123456789abcdef0123456789abcdef";
const HEAD = {
	...{ version: 1, visitor: HEX, session: "0190a5b0-0000-7000-8000-000000000000", writeKey: HEX },
	...{ tab: HEX, stream: HEX, sequence: 7, url: "http://x.test/", view: 0, viewport: [1, 1] },
	...{ screen: [1, 1], language: "en", referrer: "", dropped: { events: 0, chunks: 0, errors: 0 } },
	cost: { totalMs: 0, longestMs: 0 },
} as EnvelopeHead;

const gzip = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(gzipSync(bytes));
const noGzip = async () => undefined;
const event = (at: number, length = 0, isSnapshot = false): QueuedEvent => [
	JSON.stringify({ at, fill: "x".repeat(length) }),
	at,
	isSnapshot,
];
const batch = (events: QueuedEvent[], facts = ["[4,1,1]"]) => ({
	url: "http://x.test/",
	view: 0,
	facts,
	events,
});

function read(parts: Uint8Array[]) {
	return parts.map((part) => {
		const { envelope, facts, events } = decodeChunk(part);
		const text = envelope.events.encoding === "gzip" ? gunzipSync(events) : events;
		return {
			...{ part: envelope.part, encoding: envelope.events.encoding, times: envelope.events },
			facts: JSON.parse(gunzipSync(facts).toString()),
			events: JSON.parse(Buffer.from(text).toString()).map(({ at }: { at: number }) => at),
		};
	});
}

test("a batch is one part with its facts, its events and their times", async () => {
	const [parts, dropped] = await encodeBatch(
		batch([event(5), event(3, 0, true), event(9)]),
		HEAD,
		gzip,
	);
	expect(dropped).toBe(0);
	expect(read(parts)).toEqual([
		{
			...{ part: 0, encoding: "gzip", facts: [[4, 1, 1]], events: [5, 3, 9] },
			times: { encoding: "gzip", count: 3, from: 3, to: 9, snapshots: [3] },
		},
	]);
});

test("without a compressor the events go raw and the facts are gzip all the same", async () => {
	const [parts] = await encodeBatch(batch([event(1)]), HEAD, noGzip);
	expect(read(parts)).toMatchObject([{ encoding: "raw", facts: [[4, 1, 1]], events: [1] }]);
});

test("a batch that is too large for one chunk is cut into parts by events, facts in the first", async () => {
	const events = [1, 2, 3, 4, 5].map((at) => event(at, 900_000));
	const [parts, dropped] = await encodeBatch(batch(events), HEAD, noGzip);
	expect(dropped).toBe(0);
	const all = read(parts);
	expect(all.map(({ part }) => part)).toEqual(all.map((_, index) => index));
	expect(all.flatMap(({ events }) => events)).toEqual([1, 2, 3, 4, 5]);
	expect(all.map(({ facts }) => facts.length)).toEqual(
		all.map((_, index) => (index === 0 ? 1 : 0)),
	);
	for (const part of parts) expect(part.length).toBeLessThanOrEqual(CHUNK_BYTES);
});

test("an event that is too large is dropped and counted, what stands around it is not", async () => {
	const events = [event(1), event(2, EVENT_BYTES), event(3)];
	const [parts, dropped] = await encodeBatch(batch(events), HEAD, gzip);
	expect(dropped).toBe(1);
	expect(read(parts)).toMatchObject([
		{ part: 0, facts: [[4, 1, 1]], events: [1] },
		{ part: 1, facts: [], events: [3] },
	]);
});

test("an event whose characters are few and whose bytes are many is measured in bytes", async () => {
	const wide: QueuedEvent = [`"${"€".repeat(EVENT_BYTES / 2)}"`, 1, false];
	const [, dropped] = await encodeBatch(batch([wide]), HEAD, gzip);
	expect(dropped).toBe(1);
});

test("an event that does not fit a chunk alone is dropped and the facts go", async () => {
	const [parts, dropped] = await encodeBatch(batch([event(1, CHUNK_BYTES)]), HEAD, noGzip);
	expect(dropped).toBe(1);
	expect(read(parts)).toMatchObject([{ part: 0, facts: [[4, 1, 1]], events: [] }]);
});

test("a page that goes away encodes at once and without a compressor", () => {
	const [parts, dropped] = encodeBatchNow(batch([event(1), event(2, CHUNK_BYTES), event(3)]), HEAD);
	expect(dropped).toBe(1);
	expect(read(parts)).toMatchObject([
		{ part: 0, encoding: "raw", facts: [[4, 1, 1]], events: [1] },
		{ part: 1, encoding: "raw", facts: [], events: [3] },
	]);
});

test.each([
	["nothing", [], []],
	["what fits together", [10, 10], [[10, 10]]],
	["what does not", [60, 60], [[60], [60]]],
	["an event longer than a run, alone", [10, 500, 10], [[10], [500], [10]]],
])("events are split into runs: %s", (_what, lengths, want) => {
	const events = lengths.map((length): QueuedEvent => ["x".repeat(length), 0, false]);
	expect(splitRuns(events, 100).map((run) => run.map(([json]) => json.length))).toEqual(want);
	const facts = events.map(([json]) => json);
	expect(splitRuns(facts, 100).map((run) => run.map((json) => json.length))).toEqual(want);
});
