// What it takes to finish the largest sessions that there can be: as many chunks, as many bytes sent and
// as many bytes of events as a session may have; few chunks that inflate to as much as they may; and the
// largest single event.
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DENSE, streamSession } from "../../bench/sessions/create-session.ts";
import { recordSession } from "../../bench/sessions/upload-session.ts";
import { decodeChunk, encodeChunk } from "../../protocol/chunk.ts";
import type { StoredChunk } from "../../server/recordings/finish-message.ts";
import { createDiskStore } from "../../server/store/disk-store.ts";
import type { Store } from "../../server/store/store.ts";
import { runChild } from "../server/recordings/run-child.ts";
import { createJob, decodeRecording, storePack } from "../server/recordings/sample-store.ts";
import {
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../server/sample-chunk.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";

const MEGABYTE = 1024 * 1024;
const BUDGET_BYTES = 128 * MEGABYTE;
const START = Date.UTC(2026, 10, 22, 10);

let folder: TempFolder;
let store: Store;
beforeAll(async () => {
	folder = await createTempFolder("caps");
	store = createDiskStore(`${folder.path}/objects`);
	await store.probe();
});
afterAll(() => folder.remove());

async function storeAll(chunks: readonly Uint8Array[]): Promise<StoredChunk[]> {
	const stored: StoredChunk[] = [];
	for (let at = 0; at < chunks.length; at += 50) {
		const some = chunks
			.slice(at, at + 50)
			.map((chunk) => ({ chunk, receivedAt: START + at * 1000 }));
		stored.push(...(await storePack(store, some)).chunks);
	}
	return stored;
}

async function finish(session: string, chunks: readonly Uint8Array[], jsonBytes: number) {
	const job = createJob(session, await storeAll(chunks));
	const ran = await runChild(folder.path, [job]);
	const finished = ran.messages.find(({ kind }) => kind !== "begun");
	const over = ran.peakBytes - ran.startBytes;
	const seconds = ran.ms / 1000;
	console.log(
		`${chunks.length} chunks, ${(jsonBytes / 1e6).toFixed(0)} MB of events: ${seconds.toFixed(1)} s, ` +
			`${(jsonBytes / 1e6 / seconds).toFixed(1)} MB/s, ${(ran.startBytes / MEGABYTE).toFixed(0)} MB ` +
			`+ ${(over / MEGABYTE).toFixed(0)} MB, ${JSON.stringify(finished)}`,
	);
	return { job, over, finished };
}

test("a session at its caps is finished within 128 MB", async () => {
	const shape = { ...DENSE, durationMs: 3.2 * 3_600_000, mutations: 189_000, moves: 30_000 };
	const recorded = recordSession(streamSession(shape, { seed: 99, startedAt: START }), 99);
	const { job, over, finished } = await finish(recorded.id, recorded.chunks, recorded.jsonBytes);
	expect(finished).toMatchObject({ kind: "finished", quarantined: 0 });
	const { head, bytes } = decodeRecording(await store.get(job.key));
	const folded = head.keyframes.filter((each) => !each.recorded).length;
	console.log(
		`${bytes.length} bytes stored, ${folded} folded keyframes, ${head.slices.length} slices`,
	);
	expect(over).toBeLessThan(BUDGET_BYTES);
});

test("a session of few chunks that inflate to 15 MiB each is finished within 128 MB", async () => {
	const session = createSampleSession(START);
	const chunks = [createSampleChunk(session, { events: createSampleSnapshot(session) })];
	let jsonBytes = 0;
	for (let sequence = 1; sequence <= 17; sequence++) {
		const events = Array.from({ length: 30_000 }, (_, n) => ({
			type: 3,
			timestamp: START + sequence * 40_000 + n,
			data: {
				source: 0,
				adds: [],
				removes: [],
				attributes: [],
				texts: [{ id: 6, value: "x".repeat(380) + n * sequence }],
			},
		}));
		const json = JSON.stringify(events);
		jsonBytes += json.length;
		const { envelope, facts } = decodeChunk(
			createSampleChunk(session, { sequence, events: events.slice(0, 2) }),
		);
		chunks.push(encodeChunk({ envelope, facts, events: gzipSync(json) }));
	}
	const { over, finished } = await finish(session.session, chunks, jsonBytes);
	expect(finished).toMatchObject({ kind: "finished", quarantined: 0 });
	expect(over).toBeLessThan(BUDGET_BYTES);
});

test("a snapshot of 200,000 nodes and what changes in it is finished within the heap there is", async () => {
	const session = createSampleSession(START);
	const text = JSON.stringify(createSampleSnapshot(session));
	const items = Array.from(
		{ length: 200_000 },
		(_, n) => `{"type":2,"id":${n + 10},"tagName":"i","attributes":{},"childNodes":[]}`,
	);
	const events = JSON.parse(
		text.replace(
			'"childNodes":[]},{"type":2,"id":4',
			`"childNodes":[${items.join(",")}]},{"type":2,"id":4`,
		),
	);
	const changes = Array.from({ length: 2000 }, (_, n) => ({
		...{ type: 3, timestamp: START + 100 + n },
		data: {
			...{ source: 0, adds: [], removes: [], texts: [] },
			attributes: Array.from({ length: 20 }, (_, m) => ({
				id: n * 20 + m + 10,
				attributes: { class: "a" },
			})),
		},
	}));
	const chunks = [
		createSampleChunk(session, { events }),
		createSampleChunk(session, { sequence: 1, events: changes }),
	];
	const { job, finished } = await finish(session.session, chunks, JSON.stringify(events).length);
	expect(finished).toMatchObject({ kind: "finished", quarantined: 0 });
	const { head } = decodeRecording(await store.get(job.key));
	console.log(
		head.keyframes
			.map(({ nodes, recorded, place }) => `${recorded} ${nodes} ${place[1]}`)
			.join("; "),
	);
	expect(head.keyframes[0]?.nodes).toBeGreaterThan(200_000);
});
