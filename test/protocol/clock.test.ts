import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSpan, settleTime, shiftOfChunk } from "../../protocol/clock.ts";
import type { Envelope } from "../../protocol/envelope.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 12);

/** A page whose clock is off by `skew` sends what it saw in the last five seconds. */
const fresh = (skew: number, late = 0) => ({
	receivedAt: NOW,
	sentAt: NOW + skew,
	first: NOW + skew - late - 5 * SECOND,
	last: NOW + skew - late,
});

describe("a chunk is shifted", () => {
	const cases: [name: string, times: Parameters<typeof shiftOfChunk>[0], shift: number][] = [
		["not at all where its clock is right", fresh(0), 0],
		["not at all where its clock is off by less than a minute", fresh(40 * SECOND), 0],
		["not at all where it comes 23 hours late", fresh(0, 23 * HOUR), 0],
		["back where its clock is an hour ahead", fresh(HOUR), -HOUR],
		["forth where its clock is three days behind", fresh(-3 * DAY), 3 * DAY],
		["where its clock began in 1970", fresh(10 * SECOND - NOW), NOW],
		[
			"by whole minutes, whatever the upload took",
			{ ...fresh(2 * DAY), sentAt: NOW + 2 * DAY - 3 * SECOND },
			-2 * DAY,
		],
		[
			"to its receipt where the page did not say when it sent",
			{ ...fresh(9 * DAY), sentAt: 0 },
			-9 * DAY,
		],
		[
			"to its receipt where the page says nonsense",
			{ ...fresh(9 * DAY), sentAt: NOW - 400 * DAY },
			-9 * DAY,
		],
	];
	test.each(cases)("%s", (_, times, shift) => {
		expect(shiftOfChunk(times)).toBe(shift);
	});

	test("so that chunks of one session keep their distances, however long each was on its way", () => {
		const chunks = [0, 5, 10].map((after, n) => {
			const at = NOW + after * SECOND;
			const page = at - 5 * DAY;
			return { receivedAt: at + n * 300, sentAt: page, first: page - 4000, last: page };
		});
		expect(new Set(chunks.map(shiftOfChunk)).size).toBe(1);
	});
});

test("whatever a page says, what is counted lies within a day before and a minute after its receipt", () => {
	const time = fc.integer({ min: 0, max: 1e13 });
	fc.assert(
		fc.property(time, time, time, time, (sentAt, a, b, other) => {
			const [first, last] = [Math.min(a, b), Math.max(a, b)];
			const shift = shiftOfChunk({ receivedAt: NOW, sentAt, first, last });
			for (const at of [first, last, other]) {
				const settled = settleTime(at, shift, NOW);
				expect(settled).toBeGreaterThanOrEqual(NOW - DAY);
				expect(settled).toBeLessThanOrEqual(NOW + MINUTE);
				if (last - first < DAY && at !== other) expect(settled).toBe(at + shift);
			}
		}),
	);
});

test("the span of a chunk is that of its events, else of its facts", () => {
	const events = { encoding: "gzip", count: 2, from: 50, to: 70, snapshots: [] };
	const facts: [4, number, 1][] = [
		[4, 30, 1],
		[4, 90, 1],
	];
	expect(findSpan({ events } as unknown as Envelope, facts)).toEqual({ first: 50, last: 70 });
	const none = { events: { ...events, count: 0, from: 0, to: 0 } } as unknown as Envelope;
	expect(findSpan(none, facts)).toEqual({ first: 30, last: 90 });
	expect(findSpan(none, [])).toBeUndefined();
});
