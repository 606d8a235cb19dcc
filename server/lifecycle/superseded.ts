// Which generations of a recording another one replaces. Decided by what they hold, not by their numbers:
// a slow finisher without its lease may write an older set of chunks under a newer number.
import type { Index } from "../index/client.ts";
import { listNamedChunks } from "../recordings/chunk-set.ts";
import { readRecordingHead } from "../recordings/read-recording.ts";
import { parseRecordingKey } from "../store/layout.ts";
import type { Store, StoredObject } from "../store/store.ts";

/** Whoever began to read the old one has read it by then. */
const GRACE_MS = 60 * 60 * 1000;

export interface SupersededParts {
	store: Store;
	index: Index;
	now: () => number;
}

/**
 * @param generations objects of one session
 * @returns those whose every chunk is in the one that is read, for an hour at least
 */
export async function findSuperseded(
	{ store, index, now }: SupersededParts,
	generations: readonly StoredObject[],
): Promise<StoredObject[]> {
	const name = parseRecordingKey(generations[0]?.key ?? "");
	if (name === undefined) return [];
	const rows = await index.query<{ key: string; finishedAt: number }>(
		`SELECT key, toFloat64(toUnixTimestamp64Milli(finished_at)) AS finishedAt
		FROM recordings FINAL WHERE site = {site:UInt32} AND session = {session:UUID}`,
		{ site: name.site, session: name.session },
	);
	const [current] = rows;
	if (current === undefined || current.finishedAt > now() - GRACE_MS) return [];
	if (!generations.some(({ key }) => key === current.key)) return [];
	const held = new Set(await listChunks(store, current.key));
	const superseded: StoredObject[] = [];
	for (const object of generations) {
		if (object.key === current.key) continue;
		const chunks = await listChunks(store, object.key);
		if (chunks.every((chunk) => held.has(chunk))) superseded.push(object);
	}
	return superseded;
}

async function listChunks(store: Store, key: string): Promise<string[]> {
	const { head } = await readRecordingHead(store, key);
	return listNamedChunks(head).map(
		({ stream, sequence, part, crc }) => `${stream}.${sequence}.${part}.${crc}`,
	);
}
