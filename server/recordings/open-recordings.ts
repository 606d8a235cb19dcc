// Recordings that somebody watches now: their heads, decoded once. Which recording a session has comes
// from the index; a head never changes, so what is kept is never wrong.
import type { SessionId } from "../../protocol/ids.ts";
import { RecordingError, type RecordingHead } from "../../protocol/recording.ts";
import { StoreError } from "../errors.ts";
import type { Index } from "../index/client.ts";
import { parseRecordingKey, recordingKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import { listNamedChunks } from "./chunk-set.ts";
import { readRecordingHead } from "./read-recording.ts";

/** What the decoded heads may take, about. */
const HELD_BYTES = 64 * 1024 * 1024;
/** One slice, keyframe, text or chunk name of a decoded head. */
const ITEM_BYTES = 200;

/** The recording, and how many chunks there are: those that it does not name came late. */
const NEWEST = `
	SELECT key, (
		SELECT toUInt32(count()) FROM chunks FINAL
		WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}
	) AS stored
	FROM recordings FINAL
	WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}`;

export interface OpenRecording {
	key: string;
	/** As the manifest names it: `g{n}-{hash}`. */
	name: string;
	head: RecordingHead;
	/** Where in the object places count from. */
	body: number;
	/** How many chunks it names, each identity once. */
	identities: number;
}

export interface OpenRecordings {
	/**
	 * The recording of a session, undefined where it has none. `stored` is the number of its chunks.
	 * @throws StoreError missing | unavailable, RecordingError where it is damaged
	 */
	findNewest(where: {
		site: number;
		session: string;
		day: string;
	}): Promise<{ recording: OpenRecording; stored: number } | undefined>;
	/** One that is named `g{n}-{hash}`; that of another session is never found. @throws as findNewest */
	open(where: { site: number; session: SessionId }, name: string): Promise<OpenRecording>;
}

export function createOpenRecordings({
	store,
	index,
}: {
	store: Store;
	index: Index;
}): OpenRecordings {
	/** In order of use, the oldest first. */
	const held = new Map<string, { opened: Promise<OpenRecording>; bytes: number }>();

	const trim = (): void => {
		let bytes = [...held.values()].reduce((sum, each) => sum + each.bytes, 0);
		for (const [key, each] of held) {
			if (bytes <= HELD_BYTES) break;
			held.delete(key);
			bytes -= each.bytes;
		}
	};

	const open = (key: string): Promise<OpenRecording> => {
		const known = held.get(key);
		const entry = known ?? { opened: read(store, key), bytes: 0 };
		held.delete(key);
		held.set(key, entry);
		if (known === undefined) {
			entry.opened.then(
				({ head }) => {
					entry.bytes = weigh(head);
					trim();
				},
				() => held.delete(key),
			);
		}
		return entry.opened;
	};

	return {
		async findNewest(where) {
			const [row] = await index.query<{ key: string; stored: number }>(NEWEST, where);
			return row && { recording: await open(row.key), stored: row.stored };
		},
		open: (where, name) => {
			const [, generation, hash = ""] = /^g(\d+)-([0-9a-f]+)$/.exec(name) ?? [];
			return open(recordingKey({ ...where, generation: Number(generation), hash }));
		},
	};
}

/** Is it gone or damaged for good, so that there is only what was uploaded to fall back on? */
export function isLost(error: unknown): boolean {
	return (
		error instanceof RecordingError || (error instanceof StoreError && error.kind === "missing")
	);
}

async function read(store: Store, key: string): Promise<OpenRecording> {
	const named = parseRecordingKey(key);
	if (named === undefined) throw new RecordingError(`${key} is no key of a recording`);
	const { head, body } = await readRecordingHead(store, key);
	if (head.site !== named.site || head.session !== named.session) {
		throw new RecordingError(`${key} is the recording of another session`);
	}
	const name = `g${named.generation}-${named.hash}`;
	return { key, name, head, body, identities: countIdentities(head) };
}

function countIdentities(head: RecordingHead): number {
	const names = listNamedChunks(head).map(
		({ stream, sequence, part }) => `${stream}.${sequence}.${part}`,
	);
	return new Set(names).size;
}

function weigh({ slices, keyframes, texts, chunks, refused }: RecordingHead): number {
	const names = [...Object.values(chunks), ...Object.values(refused)];
	const items = slices.length + keyframes.length + texts.length;
	return ITEM_BYTES * names.reduce((sum, list) => sum + list.length, items + 10);
}
