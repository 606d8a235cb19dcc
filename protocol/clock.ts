// Page clocks are wrong by days now and then. A chunk whose times cannot be true is shifted as a whole,
// so that the distances inside it stay; what is stored keeps the page's own times, and everybody who
// reads a chunk (index rows, live replay, finishing) shifts it by this one rule.
//
// By how much says `sentAt`, the page's clock at the moment of sending. A chunk that is merely late has
// a true `sentAt` and is not moved. The shift is whole minutes: what an upload takes differs from chunk
// to chunk, and the chunks of a session must not be pushed into one another by it.
import type { Envelope } from "./envelope.ts";
import type { Fact } from "./fact.ts";
import { CLOCK_AHEAD_MS, CLOCK_BEHIND_MS } from "./limits.ts";

const MINUTE_MS = 60_000;

/** Epoch ms; `receivedAt` is the server's clock, all others the page's. */
export interface ChunkTimes {
	receivedAt: number;
	/** 0 where the page did not say. */
	sentAt: number;
	/** First and last instant of what the chunk carries. */
	first: number;
	last: number;
}

/**
 * @param facts are looked at only where there are no events: whoever reads the events alone must find
 * the same span
 * @returns first and last instant of a chunk, undefined where it carries nothing that has a time
 */
export function findSpan(
	{ events }: Envelope,
	facts: readonly Fact[],
): { first: number; last: number } | undefined {
	if (events.count > 0) return { first: events.from, last: Math.max(events.from, events.to) };
	if (facts.length === 0) return undefined;
	let [first, last] = [Number.POSITIVE_INFINITY, 0];
	for (const [, at] of facts) {
		first = Math.min(first, at);
		last = Math.max(last, at);
	}
	return { first, last };
}

/** @returns milliseconds to add to every time of the chunk, 0 where they can be true */
export function shiftOfChunk({ receivedAt, sentAt, first, last }: ChunkTimes): number {
	const isTrue = (shift: number) =>
		first + shift >= receivedAt - CLOCK_BEHIND_MS && last + shift <= receivedAt + CLOCK_AHEAD_MS;
	if (isTrue(0)) return 0;
	const byClock = toMinutes(receivedAt - sentAt);
	if (sentAt > 0 && isTrue(byClock)) return byClock;
	// Its own word is of no use: the chunk ended about when it came.
	return toMinutes(receivedAt - last);
}

/**
 * The time of one event or fact on the server's clock. Also holds what lies outside of the span that
 * the envelope named, or is longer than the window: nothing gets away from its receipt.
 */
export function settleTime(at: number, shift: number, receivedAt: number): number {
	const settled = at + shift;
	return Math.min(receivedAt + CLOCK_AHEAD_MS, Math.max(receivedAt - CLOCK_BEHIND_MS, settled));
}

function toMinutes(ms: number): number {
	return Math.round(ms / MINUTE_MS) * MINUTE_MS;
}
