// What the hashes of a map stand for. Rows of `keys` are told by one session of a day for all; where that one
// was erased, the definitions themselves are looked through.
import type { ElementCandidate } from "../../protocol/element-key.ts";
import { parseCandidates } from "../../protocol/parse-element-key.ts";
import type { Index } from "../index/client.ts";
import { hashText } from "../index/heat-keys.ts";
import type { KeyRow } from "../index/heat-row.ts";
import { PLACES } from "./unions.ts";

const KEYS = `
	SELECT toString(hash) AS name, toString(version) AS told, key, candidates, tag, role, text
	FROM keys WHERE site = {site:UInt32} AND hash IN {hashes:Array(UInt64)}
	ORDER BY version DESC LIMIT 1 BY hash`;

/** As `parseCandidates` takes. */
const MOST_CANDIDATES = 8;
/** Of an element whose definition never arrived. */
const NO_KEY = hashText("");

/** As `hashElement` makes it. */
const HASH = `reinterpretAsUInt64(substring(SHA256(
	if(match(key, '^(path|item|class):'), concat(key, '\\0', toString(tag), '\\0', text), key)), 1, 8))`;

const DEFINITIONS = `
	SELECT toString(hash) AS name, '0' AS told, key, candidates, tag, role, text
	FROM (
		SELECT ${HASH} AS hash, key, candidates, toString(tag) AS tag, toString(role) AS role, text
		FROM elements WHERE site = {site:UInt32}
	) WHERE hash IN {hashes:Array(UInt64)}
	ORDER BY hash, candidates, tag, role, text LIMIT 1 BY hash`;

export interface KeyDefinition {
	key: string;
	/** Those that were united with it. */
	also: string[];
	candidates: ElementCandidate[];
	tag: string;
	role: string;
	text: string;
}

type Row = Pick<KeyRow, "hash" | "version" | "key" | "candidates" | "tag" | "role" | "text">;

type IndexRow = Omit<Row, "hash" | "version"> & { name: string; told: string };

/**
 * By hash; those whose definition never arrived are missing.
 * @param of.told rows that are not in the index yet
 */
export async function readKeys(
	index: Index,
	of: { site: number; hashes: readonly string[]; told: readonly Row[] },
): Promise<Map<string, KeyDefinition>> {
	const { site, hashes, told } = of;
	const wanted = new Set(hashes);
	const found = new Map<string, Row>();
	const add = (row: Row) => {
		const before = found.get(row.hash);
		const isHigher = before === undefined || BigInt(before.version) < BigInt(row.version);
		if (wanted.has(row.hash) && isHigher) found.set(row.hash, row);
	};
	const ask = async (sql: string, some: readonly string[]) => {
		if (some.length === 0) return;
		for (const row of await index.query<IndexRow>(sql, { site, hashes: some.map(BigInt) })) {
			add({ ...row, hash: row.name, version: row.told });
		}
	};
	await ask(KEYS, hashes);
	told.forEach(add);
	await ask(
		DEFINITIONS,
		hashes.filter((hash) => !found.has(hash) && hash !== NO_KEY),
	);
	return new Map([...found].map(([hash, row]) => [hash, toDefinition(row)]));
}

/**
 * The same with the keys that are united with others, of which an element can be found by any name: the names of
 * all come before positions, as many as a key may have.
 * @param united hash → that of the key it is counted under
 */
export function joinDefinitions(
	definitions: ReadonlyMap<string, KeyDefinition>,
	united: ReadonlyMap<string, string>,
): Map<string, KeyDefinition> {
	const joined = new Map(definitions);
	for (const [hash, under] of [...united].sort(([a], [b]) => (a < b ? -1 : 1))) {
		const [one, other] = [joined.get(under), definitions.get(hash)];
		joined.delete(hash);
		if (other !== undefined) joined.set(under, one === undefined ? other : join(one, other));
	}
	return joined;
}

function join(one: KeyDefinition, other: KeyDefinition): KeyDefinition {
	const known = new Map(
		[...one.candidates, ...other.candidates].map((candidate) => [candidate.join(":"), candidate]),
	);
	const candidates = [...known.values()]
		.sort(([a], [b]) => Number(PLACES.has(a)) - Number(PLACES.has(b)))
		.slice(0, MOST_CANDIDATES);
	return { ...one, candidates, also: [...one.also, other.key] };
}

function toDefinition({ key, candidates, tag, role, text }: Row): KeyDefinition {
	return { key, also: [], candidates: parseStored(candidates), tag, role, text };
}

function parseStored(candidates: string): ElementCandidate[] {
	return candidates === "" ? [] : (parseCandidates(JSON.parse(candidates)) ?? []);
}
