// One session from its chunks in packs to its recording, whatever the chunks are.
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeChunk, encodeChunk } from "../../../protocol/chunk.ts";
import { EVENTS_BYTES, SLICE_BYTES } from "../../../protocol/limits.ts";
import type { RawEvent } from "../../../replay/scrub.ts";
import { createPackRows } from "../../../server/index/rows.ts";
import type { StoredChunk } from "../../../server/recordings/finish-message.ts";
import { GoneError } from "../../../server/recordings/finish-session.ts";
import { createDiskStore } from "../../../server/store/disk-store.ts";
import { quarantineKeys } from "../../../server/store/layout.ts";
import type { Store } from "../../../server/store/store.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";
import {
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleOptions,
	type SampleSession,
} from "../sample-chunk.ts";
import { createJob, finish, type Received, SITE, storePack } from "./sample-store.ts";

let folder: TempFolder;
let store: Store;
beforeAll(async () => {
	folder = await createTempFolder("finish");
	store = createDiskStore(`${folder.path}/objects`);
	await store.probe();
});
afterAll(() => folder.remove());

const START = Date.UTC(2026, 10, 22, 10);
const move = (session: SampleSession, after: number, x = 1) => ({
	type: 3,
	timestamp: session.startedAt + after,
	data: { source: 1, positions: [{ x, y: 2, id: 5, timeOffset: 0 }] },
});

function received(session: SampleSession, all: readonly SampleOptions[]): Received[] {
	return all.map((options, index) => ({
		chunk: createSampleChunk(session, { sequence: index, ...options }),
		receivedAt: session.startedAt + 5000 * (index + 1),
	}));
}

async function finishAll(session: SampleSession, all: readonly SampleOptions[]) {
	const { chunks } = await storePack(store, received(session, all));
	return finish(store, folder.path, createJob(session.session, chunks));
}

/** Chunks of a session with a snapshot first, whose second chunk has these bytes for its events. */
async function finishWith(events: Uint8Array, encoding: "gzip" | "raw" = "raw") {
	const session = createSampleSession(START);
	const chunks = [
		createSampleChunk(session, { events: createSampleSnapshot(session) }),
		encodeChunk({ ...decoded(session, 1, encoding), events }),
		createSampleChunk(session, { sequence: 2, events: [move(session, 900)] }),
	].map((chunk, index) => ({ chunk, receivedAt: START + 1000 * (index + 1) }));
	const stored = await storePack(store, chunks);
	const recording = await finish(store, folder.path, createJob(session.session, stored.chunks));
	return { session, recording, poison: stored.chunks[1] as StoredChunk, chunk: chunks[1]?.chunk };
}

function decoded(session: SampleSession, sequence: number, encoding: "gzip" | "raw") {
	const events = [move(session, 500)];
	const chunk = createSampleChunk(session, { sequence, events, encoding });
	const { envelope, facts } = decodeChunk(chunk);
	return { envelope, facts };
}

describe("a finished session", () => {
	test("plays all that was sent, in order, scrubbed", async () => {
		const session = createSampleSession(START);
		const script = {
			type: 2,
			id: 9,
			tagName: "script",
			attributes: { src: "//x" },
			childNodes: [],
		};
		const adds = [{ parentId: 4, nextId: null, node: script }];
		const mutation = {
			type: 3,
			timestamp: START + 300,
			data: { source: 0, adds, removes: [], texts: [], attributes: [] },
		};
		const { head, play } = await finishAll(session, [
			{ events: [...createSampleSnapshot(session), mutation] },
			{ events: [move(session, 400), { type: 3, timestamp: START, data: { source: 99 } }] },
			{ events: [...createSampleSnapshot(session, 800), move(session, 900)] },
		]);
		const types = play(session.stream).map(({ type, timestamp }) => [type, timestamp - START]);
		expect(types).toEqual([
			[4, 0],
			[2, 1],
			[3, 300],
			[3, 400],
			[4, 800],
			[2, 801],
			[3, 900],
		]);
		expect(JSON.stringify(play(session.stream))).not.toContain("//x");
		expect(head).toMatchObject({
			dropped: 1,
			quarantined: 0,
			startedAt: START,
			endedAt: START + 900,
		});
	});

	test("says at which widths its style sheets change, by the document that says most", async () => {
		const session = createSampleSession(START);
		const other = { ...session, stream: randomBytes(16).toString("hex") };
		const sheet = (id: number, css: string) => ({
			...{ type: 2, id, tagName: "style", attributes: {} },
			childNodes: [{ type: 3, id: id + 1, textContent: css }],
		});
		const page = (css: string) => {
			const [meta, snapshot] = createSampleSnapshot(session) as [object, { data: object }];
			const html = { type: 2, id: 4, tagName: "html", attributes: {}, childNodes: [sheet(2, css)] };
			const node = { type: 0, id: 1, childNodes: [html] };
			return [meta, { ...snapshot, data: { ...snapshot.data, node } }];
		};
		const css = "@media (width < 700px) { a { b: c } b { b: c } }";
		const more = {
			parentId: 4,
			nextId: null,
			node: sheet(8, "@media (min-width: 900px) { a { b: c } }"),
		};
		const mutation = {
			type: 3,
			timestamp: START + 300,
			data: { source: 0, adds: [more], removes: [], texts: [], attributes: [] },
		};
		const all = [
			...received(session, [{ events: [...page(css), mutation] }]),
			...received(other, [{ events: page("@media (width < 700px) { a { b: c } }") }]),
		];
		const { chunks } = await storePack(store, all);
		const { head } = await finish(store, folder.path, createJob(session.session, chunks));
		expect(head.mediaWidths).toEqual([
			[700, 2],
			[900, 1],
		]);
		const none = await finishAll(createSampleSession(START), [{ facts: [] }]);
		expect(none.head.mediaWidths).toEqual([]);
	});

	test("has the same bytes however its chunks lay in packs", async () => {
		const session = createSampleSession(START);
		const other = { ...session, stream: randomBytes(16).toString("hex") };
		const long = "x".repeat(5000);
		const all = [
			...received(session, [
				{ events: createSampleSnapshot(session), facts: [createPageFact(session)] },
				{ events: [move(session, 100), move(session, 200)] },
				{ facts: [createPressFact(session)] },
			]),
			...received(other, [
				{
					events: [
						...createSampleSnapshot(other),
						{ type: 5, timestamp: START + 9, data: { tag: "t", payload: long } },
					],
				},
			]),
		];
		const alone = await Promise.all(all.map((one) => storePack(store, [one])));
		const apart = createJob(
			session.session,
			alone.flatMap(({ chunks }) => chunks),
		);
		const first = await finish(store, folder.path, apart);
		const filler = received(createSampleSession(START), [{ events: [move(session, 1)] }]);
		const together = await storePack(store, [...filler, ...all].reverse());
		const own = together.chunks.filter(
			({ stream }) => stream === session.stream || stream === other.stream,
		);
		const again = createJob(session.session, own);
		await store.delete(apart.key);
		const second = await finish(store, folder.path, again);
		expect(again.key).toBe(apart.key);
		expect(Buffer.from(second.bytes).equals(first.bytes)).toBe(true);
	});

	test("has folded keyframes where a replay would take long, each before a slice of what follows", async () => {
		const session = createSampleSession(START);
		const row = (id: number) => ({
			...{ type: 3, timestamp: START + id },
			data: {
				...{ source: 0, removes: [], texts: [], attributes: [] },
				adds: Array.from({ length: 10 }, (_, n) => ({
					parentId: 4,
					nextId: null,
					node: { type: 2, id: id * 10 + n, tagName: "li", attributes: {}, childNodes: [] },
				})),
			},
		});
		const rows = Array.from({ length: 4000 }, (_, n) => row(100 + n));
		const { head, textOf, play } = await finishAll(session, [
			{ events: [...createSampleSnapshot(session), ...rows.slice(0, 2000)] },
			{ events: rows.slice(2000) },
		]);
		const folded = head.keyframes.filter(({ recorded }) => !recorded);
		expect(folded.length).toBeGreaterThan(0);
		expect(head.unfolded).toEqual({});
		for (const { at, slice, place, nodes } of folded) {
			expect(head.slices[slice - 1]?.to).toBeLessThan(at);
			expect(head.slices[slice]?.from).toBeGreaterThanOrEqual(at);
			const events = JSON.parse(textOf(place)) as RawEvent[];
			expect(events.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
			for (const event of events) expect(event.timestamp).toBe(at);
			const before = rows.filter(({ timestamp }) => timestamp < at).length;
			expect(nodes).toBe(6 + before * 10);
			expect(textOf(place).split('"li"')).toHaveLength(before * 10 + 1);
		}
		expect(play(session.stream)).toHaveLength(4002);
	});

	test("says what could not be folded, also where a snapshot follows", async () => {
		const session = createSampleSession(START);
		const node = { type: 0, id: 50, childNodes: [] };
		const data = { source: 0, removes: [], texts: [], attributes: [] };
		const adds = [{ parentId: 4, nextId: null, node }];
		const { head } = await finishAll(session, [
			{
				events: [
					...createSampleSnapshot(session),
					{ type: 3, timestamp: START + 9, data: { ...data, adds } },
					...createSampleSnapshot(session, 100),
				],
			},
		]);
		expect(head.unfolded).toEqual({ "document-add": 1 });
	});

	test("is cut into slices of about the size they should have", async () => {
		const session = createSampleSession(START);
		const events = (from: number) =>
			Array.from({ length: 1000 }, (_, n) => ({
				type: 5,
				timestamp: START + from + n,
				data: { tag: "t", payload: "abcdefghij".repeat(40) },
			}));
		const { head, play } = await finishAll(session, [
			{ events: [...createSampleSnapshot(session), ...events(10)] },
			{ events: events(2000) },
			{ events: events(4000) },
		]);
		expect(head.slices.length).toBe(3);
		for (const { from, to } of head.slices) expect(from).toBeLessThanOrEqual(to);
		const sizes = head.slices.map(({ events: count }) => count * 460);
		expect(Math.max(...sizes)).toBeLessThan(SLICE_BYTES * 1.1);
		expect(play(session.stream)).toHaveLength(3002);
	});

	test("names its gaps as the manifest of a live session does", async () => {
		const session = createSampleSession(START);
		const { chunks } = await storePack(
			store,
			received(session, [
				{ events: createSampleSnapshot(session) },
				{ sequence: 4, events: [move(session, 4000)] },
			]),
		);
		const { head } = await finish(store, folder.path, createJob(session.session, chunks));
		const gap = { first: 1, last: 3, from: START + 1, to: START + 4000 };
		expect(head.streams[0]?.gaps).toEqual([gap]);
	});

	test("leaves out chunks of another write key, and names them", async () => {
		const session = createSampleSession(START);
		const forger = { ...session, writeKey: "f".repeat(32), stream: "e".repeat(32) };
		const { chunks } = await storePack(store, [
			...received(session, [{ events: createSampleSnapshot(session) }]),
			{
				chunk: createSampleChunk(forger, { events: [move(session, 7)] }),
				receivedAt: START + 9000,
			},
		]);
		const { head } = await finish(store, folder.path, createJob(session.session, chunks));
		expect(Object.keys(head.chunks)).toEqual([session.stream]);
		expect(head.refused[forger.stream]).toEqual([[0, 0, chunks[1]?.crc]]);
		expect(head.streams.map(({ id }) => id)).toEqual([session.stream]);
	});

	test("shares long texts between keyframes and gives them back", async () => {
		const session = createSampleSession(START);
		const css = `/*${"y".repeat(4000)}*/`;
		const styled = (after: number) => {
			const events = createSampleSnapshot(session, after);
			const text = JSON.stringify(events).replace(
				'"textContent":"Buy"',
				`"textContent":${JSON.stringify(css)}`,
			);
			return JSON.parse(text) as object[];
		};
		const { head, play } = await finishAll(session, [
			{ events: styled(0) },
			{ events: styled(5000) },
		]);
		expect(head.texts).toHaveLength(1);
		expect(head.keyframes.map(({ texts }) => texts)).toEqual([[0], [0]]);
		expect(JSON.stringify(play(session.stream)).split(css)).toHaveLength(3);
	});

	test("keeps rows from which the index is made as from the packs", async () => {
		const session = createSampleSession(START);
		const all = received(session, [
			{
				events: createSampleSnapshot(session),
				facts: [createPageFact(session), createPressFact(session)],
			},
			{ facts: [createPressFact(session, { after: 900 })] },
		]);
		const { rows, chunks } = await storePack(store, all);
		const { head, textOf } = await finish(store, folder.path, createJob(session.session, chunks));
		const lines = textOf(head.rows)
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line));
		const entries = lines.map(([entry, envelope, facts, length]) => ({
			...{ head: entry, envelope, facts },
			place: { offset: 0, length },
		}));
		const again = createPackRows({ key: "r/x", bytes: 0 }, entries);
		const unplaced = (each: object[]) => each.map((row) => ({ ...row, pack: "", offset: 0 }));
		expect(unplaced(again.chunks)).toEqual(unplaced(rows.chunks));
		expect([again.facts, again.elements]).toEqual([rows.facts, rows.elements]);
	});

	test("is not made where a chunk is gone, and nothing is stored", async () => {
		const session = createSampleSession(START);
		const all = received(session, [{ events: createSampleSnapshot(session) }, { facts: [] }]);
		const first = await storePack(store, all.slice(0, 1));
		const second = await storePack(store, all.slice(1));
		const job = createJob(session.session, [...first.chunks, ...second.chunks]);
		await store.delete(second.key);
		await expect(finish(store, folder.path, job)).rejects.toBeInstanceOf(GoneError);
		// As long as the one before: of a longer one only a part would be read, which is damage.
		const storeStranger = () =>
			storePack(store, received(createSampleSession(START), [{}, { facts: [] }]).slice(1));
		let stranger = await storeStranger();
		while (stranger.chunks[0]?.length !== second.chunks[0]?.length)
			stranger = await storeStranger();
		await store.put(second.key, await store.get(stranger.key));
		await expect(finish(store, folder.path, job)).rejects.toBeInstanceOf(GoneError);
		await expect(store.get(job.key)).rejects.toMatchObject({ kind: "missing" });
	});

	test("whose clock was set back by an hour goes on, and none of its events change places", async () => {
		const session = createSampleSession(START);
		const hour = 3_600_000;
		const { play } = await finishAll(session, [
			{ events: createSampleSnapshot(session) },
			{
				events: [move(session, 1000), move(session, 1000 - hour, 2), move(session, 1500 - hour, 3)],
			},
			{ events: [move(session, 2000 - hour, 4)] },
		]);
		const moves = play(session.stream).slice(2);
		expect(moves.map(({ timestamp }) => timestamp - START)).toEqual([1000, 1000, 1500, 2000]);
	});
});

describe("a chunk that cannot be read", () => {
	const bomb = gzipSync(Buffer.alloc(EVENTS_BYTES + 1, " "));
	test.each<[string, Uint8Array, "gzip" | "raw", string]>([
		["no gzip", Buffer.from("x"), "gzip", "no gzip"],
		["a gzip that is cut off", gzipSync("[1,2,3]").subarray(0, -9), "gzip", "no gzip"],
		["a bomb", bomb, "gzip", "inflates to too much"],
		["no JSON", Buffer.from("[{]"), "raw", "no JSON"],
		["cut off", Buffer.from('[{"a":"b'), "raw", "no JSON"],
		["an object", Buffer.from("{}"), "raw", "no list"],
		["nothing", gzipSync(""), "gzip", "no list"],
		["20,000 deep", Buffer.from("[".repeat(20_000)), "raw", "too deep"],
		["20,000 objects deep", Buffer.from(`[${'{"a":'.repeat(20_000)}`), "raw", "too deep"],
		["all brackets", gzipSync(`[[${"[],".repeat(5_000_000)}0]]`), "gzip", "too heavy"],
	])("as it is %s, is put aside, and the others play", async (_, events, encoding, reason) => {
		const { session, recording, poison, chunk } = await finishWith(events, encoding);
		expect(recording.head.quarantined).toBe(1);
		expect(recording.play(session.stream).map(({ type }) => type)).toEqual([4, 2, 3]);
		expect(recording.head.chunks[session.stream]).toHaveLength(3);
		const keys = quarantineKeys({
			site: SITE,
			session: createJob(session.session, []).session,
			crc: poison.crc,
		});
		expect(Buffer.from(await store.get(keys.bytes)).equals(chunk ?? new Uint8Array())).toBe(true);
		expect(JSON.parse(Buffer.from(await store.get(keys.reason)).toString())).toMatchObject({
			...{ reason, stream: session.stream, sequence: 1 },
		});
	});

	test.each([
		["no times", [{ type: 3, data: {} }]],
		["times that are no numbers", [{ type: 3, timestamp: "x", data: {} }]],
		["null for times", [{ type: 3, timestamp: null, data: { source: 3 } }]],
		["times before all times", [{ type: 3, timestamp: -5, data: { source: 3 } }]],
	])("by halves, as its events have %s, loses those only", async (_, events) => {
		const { session, recording } = await finishWith(Buffer.from(JSON.stringify(events)));
		expect(recording.head).toMatchObject({ quarantined: 0, dropped: 1 });
		expect(recording.play(session.stream)).toHaveLength(3);
	});

	test("with times without end has them near its receipt", async () => {
		const events = '[{"type":3,"timestamp":8e15,"data":{"source":3,"id":1,"x":0,"y":0}}]';
		const { session, recording } = await finishWith(Buffer.from(events));
		const times = recording.play(session.stream).map(({ timestamp }) => timestamp - START);
		expect(times.length).toBe(4);
		expect(Math.max(...times)).toBeLessThan(10 * 60_000);
	});

	test("because its bytes changed on the disk is put aside and named, and a gap is shown", async () => {
		const session = createSampleSession(START);
		const all = received(session, [
			{ events: createSampleSnapshot(session) },
			{ events: [move(session, 300)] },
			{ events: [move(session, 600)] },
		]);
		const { key, chunks } = await storePack(store, all);
		const bytes = Uint8Array.from(await store.get(key));
		const at = (chunks[1]?.offset ?? 0) + (chunks[1]?.length ?? 0) - 3;
		bytes[at] = (bytes[at] ?? 0) ^ 1;
		await store.put(key, bytes);
		const { head, play } = await finish(store, folder.path, createJob(session.session, chunks));
		expect(head.quarantined).toBe(1);
		expect(head.damaged[session.stream]).toEqual([[1, 0, chunks[1]?.crc]]);
		expect(head.streams[0]?.gaps).toMatchObject([{ first: 1, last: 1 }]);
		expect(play(session.stream)).toHaveLength(3);
	});

	test("never keeps a session from being finished, whatever bytes its events are", async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.json(), async (bytes, json) => {
				for (const events of [bytes, gzipSync(bytes), Buffer.from(`[${json}]`)]) {
					const { session, recording } = await finishWith(events);
					expect(recording.play(session.stream).length).toBeGreaterThanOrEqual(3);
				}
			}),
			{ numRuns: 25 },
		);
	});
});

test("a snapshot of 200,000 nodes is a keyframe like any other", async () => {
	const session = createSampleSession(START);
	const [meta, full] = createSampleSnapshot(session) as [
		object,
		{ data: { node: { childNodes: { childNodes: { childNodes: object[] }[] }[] } } },
	];
	const body = full.data.node.childNodes[0]?.childNodes[1]?.childNodes ?? [];
	for (let id = 10; id < 200_000; id++) {
		body.push({ type: 2, id, tagName: "i", attributes: {}, childNodes: [] });
	}
	const { head, textOf } = await finishAll(session, [{ events: [meta, full, move(session, 500)] }]);
	expect(head).toMatchObject({ quarantined: 0, dropped: 0 });
	expect(head.keyframes[0]?.nodes).toBeGreaterThan(199_990);
	expect(textOf(head.keyframes[0]?.place ?? [0, 0])).toContain('"id":199999');
});
