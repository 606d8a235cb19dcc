import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFold } from "../../../replay/fold.ts";
import type { RawEvent } from "../../../replay/scrub.ts";
import {
	createOpenRecordings,
	type OpenRecording,
} from "../../../server/recordings/open-recordings.ts";
import { listStreams, openSession } from "../../../server/recordings/open-session.ts";
import { playSession } from "../../../server/recordings/play-session.ts";
import { readRecordingPart } from "../../../server/recordings/read-part.ts";
import {
	listRecordedStreams,
	readStreams,
	type StreamEvents,
} from "../../../server/recordings/session-events.ts";
import { createReadBudget } from "../../../server/recordings/stored-json.ts";
import type { Store } from "../../../server/store/store.ts";
import { createSampleSession, createSampleSnapshot } from "../sample-chunk.ts";
import { createIndexOf, SITE, type WrittenStream, writeRecording } from "./write-recording.ts";

const SESSION = createSampleSession();
const WHERE = { site: SITE, session: SESSION.session };
const DAY = "2026-11-22";
const CSS = `body { color: red } ${"/* long */".repeat(400)}`;

/**
 * A page on which something is added, changed or taken away every 100 ms, and that is recorded anew at
 * the end; a second one after it, and one in another tab.
 */
const streams: WrittenStream[] = [
	{
		...{ id: "a".repeat(32), tab: "1".repeat(32) },
		events: [...createPage(0, 40), ...createPage(4400, 2)],
	},
	{ id: "b".repeat(32), tab: "1".repeat(32), events: createPage(5000, 15) },
	{ id: "c".repeat(32), tab: "2".repeat(32), events: createPage(2000, 12) },
];
const ofTab = (tab: string) => streams.filter((stream) => stream.tab === tab.repeat(32));

function createPage(after: number, changes: number): RawEvent[] {
	const [meta, snapshot] = createSampleSnapshot(SESSION, after) as RawEvent[];
	if (meta === undefined || snapshot === undefined) throw new Error("there is no sample snapshot");
	const at = (step: number) => SESSION.startedAt + after + 100 * step;
	const sheet = { type: 3, id: 900, textContent: CSS, isStyle: true };
	const style = { type: 2, id: 901, tagName: "style", attributes: {}, childNodes: [sheet] };
	return [
		meta,
		snapshot,
		mutation(at(1), { adds: [{ parentId: 3, nextId: null, node: { ...style, childNodes: [] } }] }),
		mutation(at(2), { adds: [{ parentId: 901, nextId: null, node: sheet }] }),
		...Array.from({ length: changes }, (_, step) => change(at(3 + step), step)),
	];
}

function change(at: number, step: number): RawEvent {
	const node = {
		...{ type: 2, id: 100 + step, tagName: "p", attributes: { title: `\u0000${step}` } },
		childNodes: [],
	};
	switch (step % 4) {
		case 0:
			return mutation(at, { adds: [{ parentId: 4, nextId: null, node }] });
		case 1:
			return mutation(at, { attributes: [{ id: 5, attributes: { class: `step-${step}` } }] });
		case 2:
			return mutation(at, { texts: [{ id: 6, value: `Buy ${step}` }] });
		default:
			return mutation(at, { removes: [{ parentId: 4, id: 100 + step - 3 }] });
	}
}

function mutation(timestamp: number, changes: object): RawEvent {
	const none = { adds: [], removes: [], texts: [], attributes: [] };
	return { type: 3, timestamp, data: { source: 0, ...none, ...changes } };
}

/** The page that events lead to, as text. */
function pageOf(events: readonly RawEvent[], at: number): string {
	const fold = createFold();
	for (const event of events) if (event.timestamp <= at) fold.apply(structuredClone(event));
	return JSON.stringify(fold.keyframe(at));
}

async function collect(pieces: AsyncIterable<RawEvent[]>): Promise<RawEvent[]> {
	const all: RawEvent[] = [];
	for await (const piece of pieces) all.push(...piece);
	return all;
}

describe.each([0, 5, 1])(
	"a recording with a folded keyframe every %i events (0: none)",
	(every) => {
		let store: Store;
		let recording: OpenRecording;
		let remove: () => Promise<void>;
		const log: string[] = [];
		const list = (): StreamEvents[] => {
			const budget = createReadBudget((line) => log.push(line));
			return listRecordedStreams({ ...WHERE, store, budget }, recording, []);
		};
		beforeAll(async () => {
			const written = await writeRecording(SESSION, streams, every);
			({ store, remove } = written);
			const recordings = createOpenRecordings({ store, index: createIndexOf(written.key) });
			const found = await recordings.findNewest({ ...WHERE, day: DAY });
			if (found === undefined) throw new Error("the recording is not found");
			recording = found.recording;
		});
		afterAll(() => remove());

		test("gives all events of a tab, each once and in order", async () => {
			const of = list().filter(({ tab }) => tab === "1".repeat(32));
			const window = { at: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
			const events = await collect(readStreams(of, window));
			expect(events).toEqual(ofTab("1").flatMap((stream) => stream.events));
			expect(log).toEqual([]);
		});

		test("gives from any instant on a page that is the one at that instant, and then the same events", async () => {
			const anyAfter = fc.integer({ min: 1, max: 7500 });
			await fc.assert(
				fc.asyncProperty(anyAfter, async (after) => {
					const at = SESSION.startedAt + after;
					const of = list().filter(({ tab }) => tab === "1".repeat(32));
					const window = { at, to: Number.POSITIVE_INFINITY };
					const events = await collect(readStreams(of, window));
					const stream = ofTab("1").findLast(({ events: [meta, snapshot] }) =>
						[meta, snapshot].every((event) => (event?.timestamp ?? 0) <= at),
					);
					expect(events.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
					expect(pageOf(events, at)).toBe(pageOf(stream?.events ?? [], at));
					const later = (list: readonly RawEvent[]) => list.filter((event) => event.timestamp > at);
					expect(later(events)).toEqual(later(ofTab("1").flatMap((each) => each.events)));
					const before = events.length - later(events).length;
					if (every > 0) expect(before).toBeLessThanOrEqual(every + 5);
				}),
				{ numRuns: 60 },
			);
		});

		test("follows the tabs, each switch from a whole page at that instant", async () => {
			const at = (ms: number) => SESSION.startedAt + ms;
			const [one, two] = ["1".repeat(32), "2".repeat(32)];
			const spans = [
				{ tab: one, from: at(0), to: at(2500) },
				{ tab: two, from: at(2500), to: at(3000) },
				{ tab: one, from: at(3000), to: at(7000) },
			];
			const to = at(7000);
			for (const from of [undefined, at(0), at(2400), at(2700), at(2999), at(3100), at(6000)]) {
				const events = await collect(playSession(list(), spans, { from, to }));
				for (const [index, event] of events.entries()) {
					expect(event.timestamp).toBeGreaterThanOrEqual(events[index - 1]?.timestamp ?? 0);
				}
				expect(events.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
				for (const [instant, tab] of [
					[at(2450), "1"],
					[at(2750), "2"],
					[at(3500), "1"],
					[at(6500), "1"],
				] as const) {
					if (instant < (from ?? 0)) continue;
					const stream = ofTab(tab).findLast(({ events: [, first] }) => {
						return (first?.timestamp ?? 0) <= instant;
					});
					expect(pageOf(events, instant)).toBe(pageOf(stream?.events ?? [], instant));
				}
			}
		});
	},
);

describe("a recording that is damaged", () => {
	let written: Awaited<ReturnType<typeof writeRecording>>;
	let whole: Uint8Array;
	const every = new Set(
		streams.flatMap(({ events }) => events).map((event) => JSON.stringify(event)),
	);
	beforeAll(async () => {
		written = await writeRecording(SESSION, streams, 0);
		whole = await written.store.get(written.key);
	});
	afterAll(() => written.remove());
	const open = (store: Store) => {
		const recordings = createOpenRecordings({ store, index: createIndexOf(written.key) });
		const log: string[] = [];
		const parts = { index: createIndexOf(written.key), recordings, log: log.push.bind(log) };
		const opened = openSession({ ...parts, log: (line) => log.push(line) }, { ...WHERE, day: DAY });
		return { opened, log };
	};
	/** The store, with other bytes under every key. */
	const storeOf = (bytes: Uint8Array): Store => ({
		...written.store,
		getRange: async (_, offset, length) => bytes.subarray(offset, offset + length),
	});

	test("by a flipped byte anywhere gives the other events, and never one that was not recorded", async () => {
		let lost = 0;
		for (let at = 0; at < whole.length; at += 11) {
			const bytes = new Uint8Array(whole);
			bytes[at] = (bytes[at] ?? 0) ^ 0x10;
			const { opened, log } = open(storeOf(bytes));
			const stored = await opened;
			if (stored.kind === "uploaded") {
				expect(stored.isLost).toBe(true);
				expect(log[0]).toContain(`recording of session ${SESSION.session} cannot be read`);
				lost++;
				continue;
			}
			const budget = createReadBudget((line) => log.push(line));
			const of = listStreams({ ...WHERE, store: storeOf(bytes), budget }, stored);
			const window = { at: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
			const events = await collect(readStreams(of, window));
			if (events.length < every.size) expect(log.join()).toContain("was left out of a replay");
			expect(events.every((event) => every.has(JSON.stringify(event)))).toBe(true);
		}
		expect(lost).toBeGreaterThan(10);
	});

	test("by a flipped byte is never sent as a part that is whole", async () => {
		const recording = await createOpenRecordings({
			store: written.store,
			index: createIndexOf(written.key),
		}).findNewest({ ...WHERE, day: DAY });
		if (recording === undefined) throw new Error("there is no recording");
		const { head, body } = recording.recording;
		for (const { place } of [...head.slices, ...head.keyframes]) {
			const part = { offset: body + place[0], length: place[1] };
			const read = (bytes: Uint8Array) =>
				readRecordingPart(storeOf(bytes), recording.recording, part);
			expect((await read(whole)).bytes).toHaveLength(part.length);
			for (let at = part.offset; at < part.offset + part.length; at += 7) {
				const bytes = new Uint8Array(whole);
				bytes[at] = (bytes[at] ?? 0) ^ 0x10;
				await expect(read(bytes)).rejects.toMatchObject({ code: "part_damaged" });
			}
		}
	});

	test("or cut, or gone, is as if there were none", async () => {
		const none = await createCut(0);
		for (const store of [await createCut(10), await createCut(400), none]) {
			expect(await open(store).opened).toMatchObject({ kind: "uploaded", isLost: true });
		}
	});

	test("is not taken for one while the store does not answer", async () => {
		const { StoreError } = await import("../../../server/errors.ts");
		const store: Store = {
			...written.store,
			getRange: async (key) => {
				throw new StoreError("unavailable", key);
			},
		};
		await expect(open(store).opened).rejects.toMatchObject({ kind: "unavailable" });
	});

	async function createCut(bytes: number): Promise<Store> {
		return storeOf(whole.subarray(0, bytes));
	}
});
