// Which keys stand for one element: after a deploy, in another language or with a menu open, its best
// name is another, while others of its candidates stay. Keys are united where their definitions share a
// candidate that names it in at least three sessions, and never where any stream has seen both as two nodes:
// that they differ is then known. Nothing is stored: without a definition that united them they are apart.
import type { ElementCandidate } from "../../protocol/element-key.ts";

/** One element as one stream defined it; `element` is its number there. */
export interface KeyDefinition {
	session: string;
	stream: string;
	element: number;
	key: string;
	candidates: readonly ElementCandidate[];
}

/** What is shared by chance by fewer visitors is no name. */
const SESSIONS = 3;
/** Positions are taken by one thing today and another tomorrow. */
export const PLACES: ReadonlySet<string> = new Set(["path", "item", "class"]);

interface Bond {
	name: string;
	keys: string[];
	sessions: number;
}

/** @returns every key → the one it is counted under: of the united the least as text */
export function uniteKeys(definitions: Iterable<KeyDefinition>): Map<string, string> {
	const all = [...definitions];
	const bonds = listBonds(all);
	const bonded = new Set(bonds.flatMap(({ keys }) => keys));
	// Every two of a stream are compared, so only those that may be joined.
	const rivals = findRivals(all.filter(({ key }) => bonded.has(key)));
	const groups = new Map(all.map(({ key }) => [key, new Set([key])]));
	for (const { keys } of bonds) {
		for (const key of keys) {
			const [one, other] = [groups.get(keys[0] ?? key), groups.get(key)];
			if (!one || !other || one === other || areRivals(one, other, rivals)) continue;
			for (const moved of other) groups.set(moved, one.add(moved));
		}
	}
	return new Map([...groups].map(([key, group]) => [key, [...group].sort()[0] ?? key]));
}

/** Names that several keys have, the best known first: which comes first decides what may still be joined. */
function listBonds(definitions: readonly KeyDefinition[]): Bond[] {
	const keysOf = new Map<string, Set<string>>();
	const sessionsOf = new Map<string, Set<string>>();
	for (const { session, key, candidates } of definitions) {
		for (const [kind, value] of candidates) {
			if (PLACES.has(kind)) continue;
			addTo(keysOf, `${kind}:${value}`, key);
			addTo(sessionsOf, `${kind}:${value}`, session);
		}
	}
	return [...keysOf]
		.map(([name, keys]) => ({
			...{ name, keys: [...keys].sort(), sessions: sessionsOf.get(name)?.size ?? 0 },
		}))
		.filter(({ keys, sessions }) => keys.length > 1 && sessions >= SESSIONS)
		.sort((a, b) => b.sessions - a.sessions || (a.name < b.name ? -1 : 1));
}

/** Key → keys that some stream gave to another node. */
function findRivals(definitions: readonly KeyDefinition[]): Map<string, Set<string>> {
	const streams = new Map<string, Set<KeyDefinition>>();
	for (const definition of definitions) {
		addTo(streams, `${definition.session} ${definition.stream}`, definition);
	}
	const rivals = new Map<string, Set<string>>();
	for (const seen of streams.values()) {
		for (const one of seen) {
			for (const other of seen) {
				if (one.element !== other.element && one.key !== other.key)
					addTo(rivals, one.key, other.key);
			}
		}
	}
	return rivals;
}

function areRivals(
	one: ReadonlySet<string>,
	other: ReadonlySet<string>,
	rivals: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
	return [...one].some((key) => [...other].some((than) => rivals.get(key)?.has(than)));
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
	map.set(key, (map.get(key) ?? new Set()).add(value));
}
