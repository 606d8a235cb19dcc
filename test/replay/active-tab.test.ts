import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	findLastStart,
	fitToSpan,
	followTabs,
	type TabMoment,
	type TabSpan,
} from "../../replay/active-tab.ts";
import type { RawEvent } from "../../replay/scrub.ts";

const shown = (at: number, tab: string): TabMoment => ({ at, tab, visible: true });
const hidden = (at: number, tab: string): TabMoment => ({ at, tab, visible: false });
const span = (tab: string, from: number, to: number): TabSpan => ({ tab, from, to });

const meta = (timestamp: number, width = 800): RawEvent => ({
	type: 4,
	timestamp,
	data: { width },
});
const snapshot = (timestamp: number, page = ""): RawEvent => ({
	type: 2,
	timestamp,
	data: { page },
});
const change = (timestamp: number, text = ""): RawEvent => ({
	type: 3,
	timestamp,
	data: { source: 0, text },
});
const move = (timestamp: number, source = 1): RawEvent => ({
	type: 3,
	timestamp,
	data: { source },
});

/** The spans' tabs in one sequence, as whoever reads them puts them together. */
function joinTabs(
	spans: readonly TabSpan[],
	eventsOf: (tab: string) => readonly RawEvent[],
): RawEvent[] {
	return spans.flatMap((each, index) => {
		const events = eventsOf(each.tab);
		const start = index === 0 ? 0 : Math.max(0, findLastStart(events, each.from));
		const place = { isFirst: index === 0, isLast: index === spans.length - 1 };
		return fitToSpan(events.slice(start), each, place);
	});
}

const anyMoments = fc.array(
	fc.record({
		at: fc.integer({ min: -50, max: 150 }),
		tab: fc.constantFrom("a", "b", "c"),
		visible: fc.boolean(),
	}),
	{ maxLength: 12 },
);

/** Events of one tab in order: streams, each with its Meta and snapshot first. */
const anyTab = fc
	.array(
		fc.record({
			start: fc.nat({ max: 100 }),
			changes: fc.array(
				fc.tuple(
					fc.nat({ max: 30 }),
					fc.constantFrom(0, 1, 2, 3, 4, 5, 6),
					fc.string({ maxLength: 2 }),
				),
				{
					maxLength: 5,
				},
			),
		}),
		{ maxLength: 3 },
	)
	.map((streams) => {
		const events: RawEvent[] = [];
		let at = 0;
		for (const [index, { start, changes }] of streams.entries()) {
			at += start;
			events.push(meta(at, 100 + index), snapshot(at, `page ${index}`));
			for (const [after, source, text] of changes) {
				at += after;
				events.push({ type: 3, timestamp: at, data: { source, text } });
			}
		}
		return events;
	});

/** What a viewer would have on the screen behind these events. */
function lastState(events: readonly RawEvent[]): unknown {
	let state: { size: unknown; page: unknown; changes: unknown[] } | undefined;
	let size: unknown;
	for (const { type, data } of events) {
		if (type === 4) size = data;
		else if (type === 2) state = { size, page: data, changes: [] };
		else if (![1, 2, 6].includes((data as { source: number }).source)) state?.changes.push(data);
	}
	return state;
}

describe("following the active tab", () => {
	test.each<[string, TabMoment[], TabSpan[]]>([
		["nothing where no tab was ever seen", [], []],
		["nothing where tabs only went away", [hidden(10, "a")], []],
		["one tab from start to end", [shown(5, "a")], [span("a", 0, 100)]],
		["one tab that was first seen after the end", [shown(500, "a")], [span("a", 0, 100)]],
		[
			"a tab that was seen before the start",
			[shown(-5, "a"), shown(50, "b")],
			[span("a", 0, 50), span("b", 50, 100)],
		],
		[
			"the tab that came last",
			[shown(0, "a"), shown(30, "b"), shown(60, "a")],
			[span("a", 0, 30), span("b", 30, 60), span("a", 60, 100)],
		],
		[
			"the one before where the front one hides",
			[shown(0, "a"), shown(30, "b"), hidden(60, "b")],
			[span("a", 0, 30), span("b", 30, 60), span("a", 60, 100)],
		],
		["the same where all hide", [shown(0, "a"), hidden(40, "a")], [span("a", 0, 100)]],
		[
			"moments in any order",
			[shown(60, "a"), shown(0, "a"), shown(30, "b")],
			[span("a", 0, 30), span("b", 30, 60), span("a", 60, 100)],
		],
		[
			"no tab that was in front for no time",
			[shown(0, "a"), shown(30, "b"), hidden(30, "b")],
			[span("a", 0, 100)],
		],
		["the last of those that came together", [shown(0, "a"), shown(0, "b")], [span("b", 0, 100)]],
		[
			"nothing behind the end",
			[shown(0, "a"), shown(100, "b"), shown(150, "c")],
			[span("a", 0, 100)],
		],
	])("gives %s", (_, moments, want) => {
		expect(followTabs(moments, 0, 100)).toEqual(want);
	});

	test("gives spans in order, without holes, from start to end, each of another tab than the one before", () => {
		fc.assert(
			fc.property(anyMoments, (moments) => {
				const spans = followTabs(moments, 0, 100);
				if (!moments.some(({ visible }) => visible)) {
					expect(spans).toEqual([]);
					return;
				}
				expect(spans[0]?.from).toBe(0);
				expect(spans.at(-1)?.to).toBe(100);
				for (const [index, { tab, from, to }] of spans.entries()) {
					expect(to).toBeGreaterThan(from);
					if (index === 0) continue;
					expect(from).toBe(spans[index - 1]?.to);
					expect(tab).not.toBe(spans[index - 1]?.tab);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test("gives at every instant the tab that came to the front last and is still visible", () => {
		fc.assert(
			fc.property(anyMoments, fc.integer({ min: 0, max: 99 }), (moments, instant) => {
				const past = moments.filter(({ at }) => at <= instant).sort((a, b) => a.at - b.at);
				let visible: string[] = [];
				for (const moment of past) {
					visible = visible.filter((tab) => tab !== moment.tab);
					if (moment.visible) visible.push(moment.tab);
				}
				const front = visible.at(-1);
				const spans = followTabs(moments, 0, 100);
				const found = spans.find(({ from, to }) => from <= instant && instant < to);
				if (front !== undefined) expect(found?.tab).toBe(front);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("joining tabs", () => {
	test("plays one tab as it is, and another from its last snapshot at the instant of the switch", () => {
		const tabs: Record<string, RawEvent[]> = {
			a: [meta(0), snapshot(0, "a"), change(10, "a1"), change(60, "a2"), change(90, "a3")],
			b: [
				meta(5),
				snapshot(5, "b"),
				change(20, "b1"),
				move(25),
				change(50, "b2"),
				change(70, "b3"),
			],
		};
		const spans = [span("a", 0, 40), span("b", 40, 80), span("a", 80, 100)];
		expect(joinTabs(spans, (tab) => tabs[tab] ?? [])).toEqual([
			...[meta(0), snapshot(0, "a"), change(10, "a1")],
			...[meta(40), snapshot(40, "b"), change(40, "b1"), change(50, "b2"), change(70, "b3")],
			...[meta(80), snapshot(80, "a"), change(80, "a1"), change(80, "a2"), change(90, "a3")],
		]);
	});

	test("keeps what the last tab did after the end", () => {
		const events = [meta(0), snapshot(0), change(120)];
		expect(joinTabs([span("a", 0, 100)], () => events)).toEqual(events);
	});

	test("gives events in order of time, every change of tab beginning with Meta and a snapshot", () => {
		fc.assert(
			fc.property(anyMoments, anyTab, anyTab, anyTab, (moments, a, b, c) => {
				const mark = (events: RawEvent[], tab: string) =>
					events.map((event) => ({ ...event, tab }));
				const tabs: Record<string, RawEvent[]> = {
					a: mark(a, "a"),
					b: mark(b, "b"),
					c: mark(c, "c"),
				};
				const joined = joinTabs(followTabs(moments, 0, 100), (tab) => tabs[tab] ?? []);
				for (const [index, event] of joined.entries()) {
					const before = joined[index - 1];
					if (before !== undefined)
						expect(event.timestamp).toBeGreaterThanOrEqual(before.timestamp);
					if (before?.tab === event.tab) continue;
					expect([event.type, joined[index + 1]?.type]).toEqual([4, 2]);
				}
			}),
			{ numRuns: 500 },
		);
	});

	test("shows at the end what the last tab shows", () => {
		fc.assert(
			fc.property(anyTab, anyTab, fc.integer({ min: 1, max: 99 }), (a, b, at) => {
				const tabs: Record<string, RawEvent[]> = { a, b };
				const spans = [span("a", 0, at), span("b", at, 100)];
				const joined = joinTabs(spans, (tab) => tabs[tab] ?? []);
				if (b.length > 0) expect(lastState(joined)).toEqual(lastState(b));
			}),
			{ numRuns: 500 },
		);
	});

	test("changes nothing in the events it is given", () => {
		const events = Object.freeze(
			[meta(0), snapshot(0), change(10)].map((event) => Object.freeze(event)),
		);
		const joined = joinTabs([span("x", 0, 50), span("a", 50, 100)], () => events);
		expect(joined.at(-1)?.timestamp).toBe(50);
	});
});

describe("a span that begins in the middle of a tab", () => {
	const second = { isFirst: false, isLast: false };
	test.each<[string, RawEvent[], RawEvent[]]>([
		["a page that begins later as it is", [meta(60), snapshot(60)], [meta(60), snapshot(60)]],
		[
			"Meta, snapshot and changes at the instant",
			[meta(0), snapshot(1), change(2, "x")],
			[meta(50), snapshot(50), change(50, "x")],
		],
		[
			"a snapshot without Meta from the snapshot",
			[snapshot(0, "1"), change(1)],
			[snapshot(50, "1"), change(50)],
		],
		[
			"no movement",
			[meta(0), snapshot(0), move(1, 1), move(2, 2), move(3, 6), move(4, 3)],
			[meta(50), snapshot(50), move(50, 3)],
		],
		[
			"nothing that came after its end",
			[meta(0), snapshot(0), change(99, "x"), change(100, "y")],
			[meta(50), snapshot(50), change(99, "x")],
		],
	])("gives %s", (_, events, want) => {
		expect(fitToSpan(events, span("a", 50, 100), second)).toEqual(want);
	});

	test("starts at the last Meta whose snapshot is not later than the instant", () => {
		const events = [meta(0), snapshot(1), change(2), meta(9), snapshot(11), change(12)];
		const starts = [0, 1, 10, 11, 99].map((at) => findLastStart(events, at));
		expect(starts).toEqual([-1, 0, 0, 3, 3]);
	});
});
