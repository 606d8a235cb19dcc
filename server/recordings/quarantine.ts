// What cannot be read is put aside with the reason, so that nothing stops for it and nothing of it is
// lost: somebody may find out what it was.
import type { QuarantineName } from "../store/layout.ts";
import { quarantineKeys } from "../store/layout.ts";
import type { Store } from "../store/store.ts";

/**
 * The reason comes first: bytes that nobody could explain would be worse than a reason without bytes.
 * @param bytes the chunk, or what stands in its place
 * @throws StoreError unavailable
 */
export async function putAside(
	store: Store,
	name: QuarantineName & { stream: string; sequence: number; part: number },
	bytes: Uint8Array,
	reason: string,
): Promise<void> {
	const keys = quarantineKeys(name);
	const { site, session, stream, sequence, part, crc } = name;
	const why = { version: 1, reason, site, session, stream, sequence, part, crc };
	await store.put(keys.reason, Buffer.from(JSON.stringify(why)));
	await store.put(keys.bytes, bytes);
}
