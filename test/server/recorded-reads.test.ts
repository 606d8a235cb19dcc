// What is read of a session before and after it was finished: the same visit, from packs and from its
// recording. One server finishes at once, the other not while this runs; both get the same uploads.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backdrop, Manifest, ReplayEvent } from "../../protocol/api.ts";
import { erase } from "./lifecycle/delete-proof.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "./sample-chunk.ts";
import { startTestServer, type TestServer } from "./start-server.ts";

let live: TestServer;
let finishing: TestServer;
beforeAll(async () => {
	[live, finishing] = await Promise.all([
		startTestServer(),
		// Long enough for a slow machine to send a visit before it counts as over.
		startTestServer({ SNAG_IDLE_SECONDS: "4" }),
	]);
});
afterAll(() => Promise.all([live.close(), finishing.close()]));

const pathOf = ({ session }: { session: string }, of: TestServer) =>
	`/sites/${of.siteId}/sessions/${session}`;

async function read<T>(of: TestServer, path: string): Promise<T> {
	const answer = await of.get(path);
	expect([path, answer.status]).toEqual([path, 200]);
	return (await answer.json()) as T;
}

/** Sends the chunks to both and waits until one has them all and the other has finished them. */
async function record(session: SampleSession, chunks: readonly Uint8Array[]) {
	const send = async (server: TestServer) => {
		for (const chunk of chunks) expect((await server.post(chunk)).status).toBe(204);
	};
	await Promise.all([live, finishing].map(send));
	const before = await live.getUntil<Manifest>(
		pathOf(session, live),
		({ slices }) => slices.length === chunks.length,
	);
	const after = await finishing.getUntil<Manifest>(
		pathOf(session, finishing),
		({ recording }) => recording !== "",
	);
	return { before, after };
}

const note = ({ startedAt }: SampleSession, after: number, payload: string) => ({
	type: 5,
	timestamp: startedAt + after,
	data: { tag: "note", payload },
});

const move = ({ startedAt }: SampleSession, after: number) => ({
	type: 3,
	timestamp: startedAt + after,
	data: { source: 1, positions: [{ x: after, y: 2, id: 5, timeOffset: 0 }] },
});

/** Two tabs; in the first of them two pages, one after the other. */
function createVisit() {
	const one = createSampleSession();
	const next = { ...one, stream: "4".repeat(32) };
	const two = { ...one, tab: "2".repeat(32), stream: "3".repeat(32) };
	const at = (ms: number) => one.startedAt + ms;
	const style = {
		type: 3,
		timestamp: at(700),
		data: { source: 0, ...changeOf(5, "x".repeat(3000)) },
	};
	const chunks = [
		createSampleChunk(one, {
			facts: [createPageFact(one), [4, at(5000), 0], [4, at(9000), 1]],
			events: [...createSampleSnapshot(one), move(one, 300), note(one, 500, "one"), style],
		}),
		createSampleChunk(one, { sequence: 1, encoding: "raw", events: [note(one, 1500, "more")] }),
		createSampleChunk(next, {
			events: [...createSampleSnapshot(next, 3000), note(one, 3500, "next"), move(one, 9500)],
		}),
		createSampleChunk(two, {
			facts: [[1, at(5010), 0, "http://shop.example/p/1", "P", "load", 1280, 2000, 1280, 800]],
			events: [...createSampleSnapshot(two, 5000), note(one, 6000, "two"), note(one, 7000, "2b")],
		}),
	];
	return { one, next, two, chunks };
}

function changeOf(id: number, title: string) {
	return { texts: [], adds: [], removes: [], attributes: [{ id, attributes: { title } }] };
}

describe("a finished session", () => {
	const { one, next, two, chunks } = createVisit();
	let before: Manifest;
	let after: Manifest;
	beforeAll(async () => {
		({ before, after } = await record(one, chunks));
	});

	test("has the streams, tabs, markers and gaps it had while it was live", () => {
		expect(after.recording).toMatch(/^g1-[0-9a-f]{16}$/);
		for (const name of ["streams", "tabs", "markers"] as const) {
			expect(after[name]).toEqual(before[name]);
		}
		expect(after.keyframes.filter(({ recorded }) => recorded).map(({ stream }) => stream)).toEqual([
			...[one.stream, next.stream, two.stream],
		]);
	});

	test("gives every part it names, from which the same events come", async () => {
		const parts = [...after.slices, ...after.keyframes.filter(({ recorded }) => recorded)];
		expect(parts.every(({ part }) => part.startsWith(`r-${after.recording}-`))).toBe(true);
		const events: ReplayEvent[] = [];
		for (const { part, bytes } of parts) {
			const answer = await finishing.get(`${pathOf(one, finishing)}/parts/${part}`);
			expect(answer.headers.get("content-encoding")).toBe("gzip");
			expect(answer.headers.get("content-length")).toBe(String(bytes));
			expect(answer.headers.get("cache-control")).toContain("immutable");
			events.push(...((await answer.json()) as ReplayEvent[]));
		}
		const all: ReplayEvent[] = [];
		for (const { part } of before.slices) {
			all.push(...(await read<ReplayEvent[]>(live, `${pathOf(one, live)}/parts/${part}`)));
		}
		const inOrder = (list: ReplayEvent[]) => list.map((event) => JSON.stringify(event)).sort();
		expect(inOrder(events)).toEqual(inOrder(all));
	});

	test.each(["", `?tab=${one.tab}`, `?tab=${two.tab}`, "?to=4000", `?tab=${one.tab}&to=1000`])(
		"gives the same events as while it was live: %s",
		async (query) => {
			const want = await read<ReplayEvent[]>(live, `${pathOf(one, live)}/events${query}`);
			expect(want.length).toBeGreaterThan(2);
			expect(await read(finishing, `${pathOf(one, finishing)}/events${query}`)).toEqual(want);
		},
	);

	test.each([0, 1, 500, 2999, 3000, 3001, 5000, 6500, 8999, 9000, 20_000])(
		"gives what happens from an instant on, and a page to start with: %i",
		async (from) => {
			for (const query of [`?from=${from}`, `?from=${from}&tab=${one.tab}`]) {
				const [want, got] = await Promise.all([
					read<ReplayEvent[]>(live, `${pathOf(one, live)}/events${query}`),
					read<ReplayEvent[]>(finishing, `${pathOf(one, finishing)}/events${query}`),
				]);
				const later = (events: ReplayEvent[]) =>
					events.filter(({ timestamp }) => timestamp > one.startedAt + from);
				expect(got.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
				expect(later(got)).toEqual(later(want));
				expect(got.length).toBeLessThanOrEqual(want.length);
			}
		},
	);

	test("gives only what can be played: never its rows, nor anything else between", async () => {
		const ends = [...after.slices, ...after.keyframes, ...after.texts].map(({ part }) => part);
		const places = ends.map((part) => part.split("-").slice(-2).map(Number));
		const end = Math.max(...places.map(([offset = 0, length = 0]) => offset + length));
		const first = Math.min(...places.map(([offset = 0]) => offset));
		for (const [offset, length] of [
			[end, 200],
			[end, 1],
			[first, end - first + 100],
			[first, (places[0]?.[1] ?? 0) + 1],
			[0, 100],
		]) {
			const part = `r-${after.recording}-${offset}-${length}`;
			const answer = await finishing.get(`${pathOf(one, finishing)}/parts/${part}`);
			expect([part, answer.status]).toEqual([part, 404]);
			expect((await answer.json()).error.code).toBe("part_gone");
		}
	});

	test("gives its parts to nobody else", async () => {
		const part = after.slices[0]?.part ?? "";
		const other = await finishing.server.sites.create({ name: "Other", origins: [] });
		for (const path of [
			`/sites/${other.id}/sessions/${one.session}/parts/${part}`,
			`/sites/${finishing.siteId}/sessions/${createSampleSession().session}/parts/${part}`,
		]) {
			expect((await finishing.get(path)).status).toBe(404);
		}
	});

	test("lies under maps as it did", async () => {
		const path = (of: TestServer) =>
			`/sites/${of.siteId}/heatmap/backdrop?page=/products&width=1280`;
		const want = await read<Backdrop>(live, path(live));
		expect(want.events.length).toBeGreaterThan(2);
		const got = await read<Backdrop>(finishing, path(finishing));
		expect(got.at).toBe(want.at);
		expect(got.events.map(({ type }) => type).slice(0, 2)).toEqual([4, 2]);
	});
});

test("under a map lies a page that was told as a whole rather than a later one that was left before", async () => {
	const send = (path: string, session: SampleSession, events: object[]) =>
		record(session, [
			createSampleChunk(session, {
				facts: [createPageFact(session, path), [5, session.startedAt + 4000, 0, "unload"]],
				envelope: { url: `http://shop.example${path}` },
				events,
			}),
		]);
	const whole = createSampleSession(Date.now() - 60_000);
	const left = createSampleSession();
	const [meta, snapshot] = createSampleSnapshot(left) as [object, { data: object }];
	// So much that the recording has a keyframe of its own behind it.
	const adds = Array.from({ length: 20_000 }, (_, at) => ({
		...{ parentId: 4, nextId: null },
		node: { type: 3, id: 100 + at, textContent: "." },
	}));
	const data = { source: 0, ...changeOf(5, ""), adds };
	const more = { type: 3, timestamp: left.startedAt + 500, data };
	const half = { ...snapshot, data: { ...snapshot.data, isPartial: true } };
	const events = [meta, half, more, move(left, 1000), move(left, 4000)];
	const [{ after }] = await Promise.all([
		send("/large", left, events),
		send("/large", whole, createSampleSnapshot(whole)),
	]);
	expect(after.keyframes.map(({ recorded }) => recorded)).toEqual([true, false]);
	for (const of of [live, finishing]) {
		const path = `/sites/${of.siteId}/heatmap/backdrop?page=/large&width=1280`;
		expect((await read<Backdrop>(of, path)).session).toBe(whole.session);
	}
});

test("what is erased is on no route any more, finished or live, at once", async () => {
	const session = createSampleSession();
	const chunk = createSampleChunk(session, { events: createSampleSnapshot(session) });
	const { before, after } = await record(session, [chunk]);
	for (const [server, part] of [
		[live, before.slices[0]?.part],
		[finishing, after.keyframes[0]?.part],
	] as const) {
		const path = pathOf(session, server);
		const paths = [path, `${path}/events`, `${path}/parts/${part}`];
		const statuses = () => Promise.all(paths.map(async (each) => (await server.get(each)).status));
		expect(await statuses()).toEqual([200, 200, 200]);
		await erase(server, { session: session.session });
		expect(await statuses()).toEqual([404, 404, 404]);
	}
});

test("what comes late is played behind the recording, and what came between stays a gap until then", async () => {
	const session = createSampleSession();
	const chunkOf = (sequence: number) =>
		createSampleChunk(session, {
			sequence,
			events: [note(session, sequence * 1000, `chunk ${sequence}`)],
		});
	const { after } = await record(session, [
		createSampleChunk(session, { events: createSampleSnapshot(session) }),
		chunkOf(2),
	]);
	expect(after.streams[0]?.gaps).toHaveLength(1);
	for (const sequence of [1, 4]) {
		expect((await finishing.post(chunkOf(sequence))).status).toBe(204);
	}
	const path = pathOf(session, finishing);
	const manifest = await finishing.getUntil<Manifest>(path, ({ slices }) =>
		slices.some(({ part }) => part.startsWith("c-")),
	);
	expect(manifest.recording).toBe(after.recording);
	expect(manifest.streams[0]?.gaps.map(({ first, last }) => [first, last])).toEqual([
		[1, 1],
		[3, 3],
	]);
	const late = manifest.slices.filter(({ part }) => part.startsWith("c-"));
	expect(late.map(({ from }) => from)).toEqual([4000]);
	const events = await read<ReplayEvent[]>(finishing, `${path}/events`);
	const notes = events.map(({ type, data }) =>
		type === 5 ? (data as { payload: string }).payload : type,
	);
	expect(notes).toEqual([4, 2, "chunk 2", "chunk 4"]);
	const part = await read<ReplayEvent[]>(finishing, `${path}/parts/${late[0]?.part}`);
	expect(part.map(({ timestamp }) => timestamp)).toEqual([session.startedAt + 4000]);
});
