// All objects that belong to one session alone.
import type { SessionId } from "../../protocol/ids.ts";
import { sessionQuarantine, sessionRecordings } from "../store/layout.ts";
import type { Store } from "../store/store.ts";

export interface DeletedObjects {
	counts: { recordings: number; quarantined: number };
	keys: string[];
}

/** Recordings of every generation, and what was put aside. @throws StoreError unavailable */
export async function deleteSessionObjects(
	store: Store,
	{ site, session }: { site: number; session: SessionId },
): Promise<DeletedObjects> {
	const recordings = await deleteAll(store, sessionRecordings(site, session));
	const quarantined = await deleteAll(store, sessionQuarantine(site, session));
	return {
		counts: { recordings: recordings.length, quarantined: quarantined.length },
		keys: [...recordings, ...quarantined],
	};
}

async function deleteAll(store: Store, prefix: string): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of store.list(prefix)) keys.push(key);
	for (const key of keys) await store.delete(key);
	return keys;
}
