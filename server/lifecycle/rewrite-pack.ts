// A pack holds chunks of many visitors and never changes, so erasing some of them means a new pack of the
// others in its place: written, counted, and only then is the old one deleted. The new one is named by what
// it holds, within the same hour, so that a run that was cut short comes to the same name.
import { createHash } from "node:crypto";
import { decodeChunk } from "../../protocol/chunk.ts";
import { createUuidV7 } from "../../protocol/ids.ts";
import { decodePack, type Entry, encodePack } from "../../protocol/pack.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { IndexUnavailable } from "../errors.ts";
import type { Feeder } from "../index/feeder.ts";
import { readPack } from "../index/repair.ts";
import { packKey, parsePackKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import type { Tombstones } from "./tombstones.ts";

const FEED_MS = 30_000;

export interface ErasedEntry {
	site: number;
	session: string;
	visitor: string;
}

export interface RewriteParts {
	store: Store;
	feeder: Feeder;
	isErased: Tombstones["isErased"];
	now: () => number;
	log: (line: string) => void;
}

/**
 * @param note told what a pack holds of the erased just before the pack goes, since afterwards nobody
 * can tell any more, also where the answer of the store is lost
 * @returns whether it held any; then the pack is gone from the store
 * @throws StoreError, IndexUnavailable
 */
export async function rewritePack(
	parts: RewriteParts,
	key: string,
	note: (erased: readonly ErasedEntry[]) => void,
): Promise<boolean> {
	const { kept, erased } = sortEntries(await parts.store.get(key), parts.isErased);
	if (erased.length === 0) return false;
	if (kept.length > 0) {
		const rewritten = renamePack(key, kept);
		await parts.store.put(rewritten, encodePack(kept).bytes);
		await countPack(parts, rewritten);
	}
	note(erased);
	await parts.store.delete(key);
	return true;
}

function sortEntries(
	bytes: Uint8Array,
	isErased: Tombstones["isErased"],
): { kept: Entry[]; erased: ErasedEntry[] } {
	const kept: Entry[] = [];
	const erased: ErasedEntry[] = [];
	for (const entry of decodePack(bytes).entries) {
		const names = readNames(entry);
		if (names !== undefined && isErased(names.site, names.session, names.visitor)) {
			erased.push(names);
		} else kept.push(entry);
	}
	return { kept, erased };
}

/** @returns undefined where the chunk cannot be read, so that nobody can be found in it */
function readNames({ head, chunk }: Entry): ErasedEntry | undefined {
	try {
		const { session, visitor } = decodeChunk(chunk).envelope;
		return { site: head.site, session, visitor };
	} catch (error) {
		if (error instanceof ProtocolError) return undefined;
		throw error;
	}
}

function renamePack(key: string, kept: readonly Entry[]): string {
	const { node = "", writtenAt = 0 } = parsePackKey(key) ?? {};
	const hash = createHash("sha256").update(key);
	for (const { head } of kept) hash.update(`${head.crc} ${head.receivedAt}\n`);
	return packKey(createUuidV7(writtenAt, hash.digest()), node, writtenAt);
}

/** Rows of the same identity and age that come later replace those that point to the old pack. */
async function countPack(parts: RewriteParts, key: string): Promise<void> {
	const pack = await readPack(parts, key);
	while (!parts.feeder.add(pack)) {
		if (!(await parts.feeder.drain(FEED_MS))) throw new IndexUnavailable();
	}
	const until = performance.now() + FEED_MS;
	while (parts.feeder.holds(key)) {
		if (performance.now() > until) throw new IndexUnavailable();
		await parts.feeder.drain(FEED_MS);
	}
}
