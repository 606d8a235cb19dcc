// What the live check of an installation tells: the last time each stage was seen for a site, and why
// the last upload was refused. Kept in memory; a restart only makes the check wait for the next visit.
import type { RefusalCode } from "../../protocol/protocol-error.ts";

export interface Arrivals {
	/** Origin of the page that asked for the script → when. */
	scriptAskedBy: Map<string, number>;
	/** Site id → when its last chunk was accepted. */
	accepted: Map<number, number>;
	/** Site key → the last refusal. */
	refused: Map<string, { at: number; code: RefusalCode; message: string }>;
}

const MAX_ENTRIES = 1000;

export function createArrivals(): Arrivals {
	return { scriptAskedBy: new Map(), accepted: new Map(), refused: new Map() };
}

/** Sets an entry of a map that strangers can fill, so that it stays small. */
export function setBounded<K, V>(map: Map<K, V>, key: K, value: V): void {
	map.delete(key);
	map.set(key, value);
	const [oldest] = map.keys();
	if (map.size > MAX_ENTRIES && oldest !== undefined) map.delete(oldest);
}
