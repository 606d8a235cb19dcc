// All objects that belong to one session alone.
import type { SessionId } from "../../protocol/ids.ts";
import { sessionQuarantine, sessionRecordings } from "../store/layout.ts";
import type { Store } from "../store/store.ts";

export type ObjectKind = "recordings" | "quarantined";

/**
 * Recordings of every generation, and what was put aside.
 * @param note told of each just before it goes
 * @throws StoreError unavailable
 */
export async function deleteSessionObjects(
	store: Store,
	{ site, session }: { site: number; session: SessionId },
	note: (kind: ObjectKind, key: string) => void,
): Promise<void> {
	const prefixes = {
		recordings: sessionRecordings(site, session),
		quarantined: sessionQuarantine(site, session),
	};
	for (const kind of ["recordings", "quarantined"] as const) {
		const keys: string[] = [];
		for await (const { key } of store.list(prefixes[kind])) keys.push(key);
		for (const key of keys) {
			note(kind, key);
			await store.delete(key);
		}
	}
}
