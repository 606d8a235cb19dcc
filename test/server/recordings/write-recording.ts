// A recording on a disk of its own, as finishing would write it, with folded keyframes as often as a test
// wants them.
import { join } from "node:path";
import type { SessionId } from "../../../protocol/ids.ts";
import type { RecordedKeyframe, RecordedSlice } from "../../../protocol/recording.ts";
import { createFold } from "../../../replay/fold.ts";
import type { RawEvent } from "../../../replay/scrub.ts";
import type { Index } from "../../../server/index/client.ts";
import {
	createRecordingWriter,
	type RecordingWriter,
} from "../../../server/recordings/recording-writer.ts";
import { createStore } from "../../../server/store/create-store.ts";
import { recordingKey } from "../../../server/store/layout.ts";
import { createTempFolder } from "../../support/temp-folder.ts";
import type { SampleSession } from "../sample-chunk.ts";

export const SITE = 7;

export interface WrittenStream {
	id: string;
	tab: string;
	events: readonly RawEvent[];
}

/** @param foldEvery events after which a folded keyframe stands, 0 for none */
export async function writeRecording(
	session: SampleSession,
	streams: readonly WrittenStream[],
	foldEvery: number,
) {
	const folder = await createTempFolder("recording");
	const store = createStore({ kind: "disk", folder: join(folder.path, "objects") });
	await store.probe();
	const writer = await createRecordingWriter(join(folder.path, "new"));
	const slices: RecordedSlice[] = [];
	const keyframes: RecordedKeyframe[] = [];
	for (const stream of streams) await writeStream(writer, stream, { slices, keyframes, foldEvery });
	const name = {
		...{ site: SITE, session: session.session as SessionId },
		...{ generation: 1, hash: "0123456789abcdef" },
	};
	await writer.writeRow('["a row"]');
	const times = streams.flatMap(({ events }) => events.map(({ timestamp }) => timestamp));
	const { path, bytes } = await writer.finish({
		...{ version: 1, site: SITE, session: name.session, visitor: session.visitor, generation: 1 },
		...{ startedAt: Math.min(...times), endedAt: Math.max(...times) },
		streams: streams.map(({ id, tab, events }) => ({
			...{ id, tab, url: "", viewport: [1280, 800], gaps: [] },
			...{ from: events[0]?.timestamp ?? 0, to: events.at(-1)?.timestamp ?? 0 },
		})),
		...{
			slices,
			keyframes,
			chunks: {},
			refused: {},
			damaged: {},
			quarantined: 0,
			dropped: 0,
			unfolded: {},
		},
	});
	const key = recordingKey(name);
	await store.putFile(key, path, bytes);
	await writer.close();
	return { store, key, remove: folder.remove };
}

/** An index that knows of one recording and of no chunks. */
export function createIndexOf(key: string): Index {
	const query = async (sql: string) =>
		sql.includes("FROM recordings") ? [{ key, stored: 0 }] : [];
	return {
		query: query as Index["query"],
		insert: async () => {},
		command: async () => {},
		truncate: async () => {},
		migrate: async () => {},
		isReady: async () => true,
		close: async () => {},
	};
}

async function writeStream(
	writer: RecordingWriter,
	{ id, events }: WrittenStream,
	to: { slices: RecordedSlice[]; keyframes: RecordedKeyframe[]; foldEvery: number },
): Promise<void> {
	const fold = createFold();
	let slice: RawEvent[] = [];
	let since = 0;
	const cut = async () => {
		const [first] = slice;
		const place = first === undefined ? undefined : await writer.writePart(JSON.stringify(slice));
		if (first === undefined || place === undefined) return;
		const [from, end] = [first.timestamp, slice.at(-1)?.timestamp ?? 0];
		to.slices.push({ stream: id, from, to: end, events: slice.length, place });
		slice = [];
	};
	const addKeyframe = async (keyframe: readonly RawEvent[], recorded: boolean) => {
		await cut();
		const part = await writer.writeKeyframe(keyframe);
		if (part === undefined) throw new Error("a keyframe of a test is too large");
		const at = keyframe[0]?.timestamp ?? 0;
		const behind = { slice: to.slices.length, nodes: fold.nodes };
		to.keyframes.push({ stream: id, at, recorded, ...behind, ...part });
	};
	for (const [index, event] of events.entries()) {
		fold.apply(structuredClone(event));
		if (event.type === 4) continue;
		if (event.type === 2) {
			const meta = events[index - 1];
			await addKeyframe(meta?.type === 4 ? [meta, event] : [event], true);
			since = 0;
			continue;
		}
		slice.push(event);
		if (++since !== to.foldEvery) continue;
		const keyframe = fold.keyframe(event.timestamp);
		if (keyframe === undefined) throw new Error("a page of a test cannot be folded");
		await addKeyframe(keyframe, false);
		since = 0;
	}
	await cut();
}
