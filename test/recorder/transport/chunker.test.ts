import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeChunk } from "../../../protocol/chunk.ts";
import { FACT_ELEMENT, FACT_ERROR, FACT_VISIBLE, type Fact } from "../../../protocol/fact.ts";
import { FIRST_FLUSH_MS, FLUSH_BYTES, FLUSH_MS } from "../../../protocol/limits.ts";
import { createGuard } from "../../../recorder/guard.ts";
import { createChunker } from "../../../recorder/transport/chunker.ts";
import type { EnvelopeHead } from "../../../recorder/transport/encode-batch.ts";
import { createQueue } from "../../../recorder/transport/queue.ts";
import type { Bytes, Sender } from "../../../recorder/transport/sender.ts";
import { waitFor } from "../../support/wait-for.ts";

const HEX = "0123456789abcdef0123456789abcdef";
const HEAD = {
	...{ version: 1, visitor: HEX, session: "0190a5b0-0000-7000-8000-000000000000", writeKey: HEX },
	...{ tab: HEX, stream: HEX, url: "http://x.test/", view: 0, viewport: [1, 1], screen: [1, 1] },
	...{ language: "en", referrer: "", cost: { totalMs: 0, longestMs: 0 } },
} as unknown as EnvelopeHead;

/** A chunker on a clock and a sender that only the test moves. */
function createBench() {
	const dropped = { events: 0, chunks: 0 };
	const timers: { callback: () => void; ms: number }[] = [];
	const sent: Bytes[] = [];
	const spoken: Bytes[] = [];
	const rooms: number[] = [];
	const state = { sequence: 0, waiting: 0 };
	const sender: Sender = {
		add: (chunks) => void sent.push(...chunks),
		speak: (urgent, others) => void spoken.push(...urgent, ...others),
		unsent: () => [],
		size: () => state.waiting,
		forget: () => {},
		stop: () => {},
	};
	const chunker = createChunker([
		createGuard(
			() => 0,
			() => {},
		),
		createQueue({ url: "http://x.test/", view: 0 }),
		sender,
		{ onDirective: () => {}, onDropped: () => {} },
		(_batch, last) => ({
			...HEAD,
			sequence: state.sequence++,
			dropped: { ...dropped, errors: 0 },
			...(last ? { last } : {}),
		}),
		dropped,
		async (bytes) => new Uint8Array(gzipSync(bytes)),
		(callback, ms) => void timers.push({ callback, ms }),
		() => void rooms.push(1),
	]);
	/** Runs the timers that wait for `ms`. */
	const pass = (ms: number) => {
		for (const timer of timers.splice(0)) {
			if (timer.ms === ms) timer.callback();
			else timers.push(timer);
		}
	};
	return { chunker, state, dropped, sent, spoken, rooms, pass };
}

const FACT: Fact = [FACT_VISIBLE, 1, 1];
const event = (at: number, length = 0) => ({
	...{ timestamp: at, isSnapshot: false },
	wire: { type: 3, timestamp: at, data: "x".repeat(length) },
});
const read = (chunks: Bytes[]) =>
	chunks.map((bytes) => {
		const { envelope, facts, events } = decodeChunk(bytes);
		const { sequence, last, dropped } = envelope;
		const text = envelope.events.encoding === "gzip" ? gunzipSync(events) : Buffer.from(events);
		const times = JSON.parse(text.toString()).map(
			({ timestamp }: { timestamp: number }) => timestamp,
		);
		return {
			sequence,
			last,
			dropped: dropped.events,
			facts: JSON.parse(gunzipSync(facts).toString()),
			times,
		};
	});
const chunks = (bench: { sent: Bytes[] }, count: number) =>
	waitFor(() => bench.sent.length === count, { what: `${count} chunks` });

test("the first chunk is cut after a second, the next every five, and none of nothing", async () => {
	const bench = createBench();
	bench.chunker.addFact(FACT);
	bench.chunker.addEvent(event(1));
	bench.pass(FIRST_FLUSH_MS);
	await chunks(bench, 1);
	bench.pass(FLUSH_MS);
	bench.chunker.addEvent(event(2));
	bench.pass(FLUSH_MS);
	await chunks(bench, 2);
	expect(read(bench.sent)).toMatchObject([
		{ sequence: 0, facts: [FACT], times: [1] },
		{ sequence: 1, facts: [], times: [2] },
	]);
});

test("a mask that arrives late takes labels that wait, also where no events do", async () => {
	const bench = createBench();
	const element: Fact = [FACT_ELEMENT, 1, 0, [], "button", "button", "Secret", 0];
	bench.chunker.addFact(element);
	expect(bench.chunker.hush(0)).toBe(false);
	bench.pass(FIRST_FLUSH_MS);
	await chunks(bench, 1);
	expect(JSON.stringify(read(bench.sent))).not.toContain("Secret");
});

test("much at once does not wait for the clock", async () => {
	const bench = createBench();
	bench.chunker.addEvent(event(1, FLUSH_BYTES));
	bench.pass(0);
	await chunks(bench, 1);
});

test("while chunks wait to be accepted none is cut, and the next one follows at once", async () => {
	const bench = createBench();
	bench.state.waiting = 1;
	bench.chunker.addEvent(event(1));
	bench.pass(FIRST_FLUSH_MS);
	bench.chunker.addEvent(event(2));
	expect(bench.state.sequence).toBe(0);
	bench.state.waiting = 0;
	bench.chunker.onIdle();
	await chunks(bench, 1);
	expect(read(bench.sent)).toMatchObject([{ sequence: 0, times: [1, 2] }]);
});

test("a throttled stream is cut as often as the server wants", () => {
	const bench = createBench();
	bench.chunker.throttle(60_000);
	bench.pass(FIRST_FLUSH_MS);
	bench.chunker.addEvent(event(1, FLUSH_BYTES));
	bench.pass(0);
	bench.pass(FLUSH_MS);
	expect(bench.state.sequence).toBe(0);
	bench.pass(60_000);
	expect(bench.state.sequence).toBe(1);
});

test("last words are facts in a chunk of their own and then the events", () => {
	const bench = createBench();
	bench.chunker.addEvent(event(1));
	bench.chunker.addFact(FACT);
	bench.chunker.speakLast(true);
	expect(read(bench.spoken)).toMatchObject([
		{ sequence: 0, last: true, facts: [FACT], times: [] },
		{ sequence: 1, last: true, facts: [], times: [1] },
	]);
});

test("a chunk that was being compressed is said at once under its own number, and only once", async () => {
	const bench = createBench();
	bench.chunker.addEvent(event(1));
	bench.pass(FIRST_FLUSH_MS);
	bench.chunker.addFact(FACT);
	bench.chunker.speakLast(true);
	const numbers = read(bench.spoken).map(({ sequence, times }) => [sequence, times]);
	expect(numbers).toEqual([
		[1, []],
		[0, [1]],
	]);
	// Whatever the compressor still does comes before this.
	await new Promise((resolve) => setImmediate(resolve));
	expect(bench.sent).toEqual([]);
});

test("a hidden page says its facts and has the time to compress what is large", async () => {
	const bench = createBench();
	bench.chunker.addFact(FACT);
	bench.chunker.addEvent(event(1, FLUSH_BYTES));
	bench.chunker.speakLast(false);
	expect(read(bench.spoken)).toMatchObject([{ sequence: 0, facts: [FACT], times: [] }]);
	await chunks(bench, 1);
	expect(read(bench.sent)).toMatchObject([{ sequence: 1, facts: [], times: [1] }]);
});

test("memory is bounded: events are dropped, counted, and followed by a new snapshot", async () => {
	const bench = createBench();
	bench.state.waiting = 3 * 1024 * 1024;
	for (let at = 1; at <= 5; at++) bench.chunker.addEvent(event(at, 512 * 1024));
	expect(bench.dropped.events).toBe(3);
	bench.pass(FIRST_FLUSH_MS);
	bench.state.waiting = 0;
	bench.chunker.onIdle();
	expect(bench.rooms).toHaveLength(1);
	await chunks(bench, 2);
	expect(read(bench.sent)).toMatchObject([
		{ dropped: 3, times: [1] },
		{ dropped: 3, times: [2] },
	]);
	bench.chunker.addEvent(event(9));
	expect(bench.dropped.events).toBe(3);
});

test("facts are kept when events are not, and counted where they are too many as well", () => {
	const bench = createBench();
	const fact: Fact = [FACT_ERROR, 1, 0, "error", "a", "x".repeat(1024 * 1024), ""];
	for (let at = 0; at < 9; at++) bench.chunker.addFact(fact);
	expect(bench.dropped.events).toBe(1);
});

test("a stream that ends still sends what it has, and takes nothing more", async () => {
	const bench = createBench();
	bench.chunker.addEvent(event(1));
	bench.chunker.close();
	bench.chunker.addEvent(event(2));
	await chunks(bench, 1);
	expect(read(bench.sent)).toMatchObject([{ times: [1] }]);
});
