// Which keys of a page stand for one element, as hashes, for whoever counts by them. Asked in steps, each of few
// rows, because most pages have nothing to unite: which keys were pressed or seen there, by a sample of sessions; which of them share a
// name by the one definition a day that `keys` has; and only of these what a sample of sessions defined, which
// `uniteKeys` decides by. For whole days, whatever is filtered, so that parts of a page are counted under one
// key; kept for a minute, and never stored.
import { parseCandidates } from "../../protocol/parse-element-key.ts";
import type { Index } from "../index/client.ts";
import { hashText } from "../index/heat-keys.ts";
import { type HeatWhere, heatParameters, NO_END, shownConditions } from "./heat-where.ts";
import { dayOf } from "./sessions.ts";
import { PLACES, uniteKeys } from "./unions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const KEPT_MS = 60_000;
const MOST_KEPT = 500;
/** The most pressed, and what was only seen, as a sample of sessions has them. */
const MOST_KEYS = 2000;
const SAMPLE_VIEWS = 20_000;
/** Names that several keys have, of which all are read. */
const MOST_BONDS = 300;
const MOST_SESSIONS = 1000;
const MOST_DEFINITIONS = 20_000;
/** Of one stream each two are compared. */
const MOST_OF_STREAM = 200;
const DRAWS = 65_536;
const DRAWN = "draw < {draws:UInt32}";

const PLACE_NAMES = [...PLACES].map((kind) => `'${kind}'`).join(", ");

const BONDED = `
	SELECT groupUniqArray(${MOST_BONDS})(key) AS names FROM (
		SELECT key, arrayJoin(arrayFilter(
			one -> one.1 NOT IN (${PLACE_NAMES}), JSONExtract(candidates, 'Array(Tuple(String, String))')
		)) AS name
		FROM keys WHERE site = {site:UInt32} AND hash IN {hashes:Array(UInt64)}
			AND day >= {firstDay:Date} AND day <= {lastDay:Date}
	) GROUP BY name HAVING uniqExact(key) > 1 ORDER BY uniqExact(key) DESC, name LIMIT ${MOST_BONDS}`;

const DEFINED = `
	SELECT toString(session) AS id, toString(stream) AS part, element, key, candidates
	FROM elements WHERE site = {site:UInt32} AND day IN {days:Array(Date)}
		AND session IN {sessions:Array(UUID)} AND key IN {names:Array(String)}
	ORDER BY session, stream, element LIMIT ${MOST_OF_STREAM} BY session, stream LIMIT ${MOST_DEFINITIONS}`;

export interface PageUnions {
	/** Hash of a key → that of the key it is counted under; those that stand for themselves are missing. */
	unitedOf(where: HeatWhere): Promise<ReadonlyMap<string, string>>;
}

type Asked = Pick<HeatWhere, "site" | "pages" | "from" | "to">;

export function createPageUnions(parts: { index: Index; now: () => number }): PageUnions {
	const { index, now } = parts;
	const known = new Map<string, { united: ReturnType<typeof findUnited>; until: number }>();
	return {
		unitedOf({ site, pages, ...period }) {
			const from = Math.floor(period.from / DAY_MS) * DAY_MS;
			const to = Math.ceil(period.to / DAY_MS) * DAY_MS;
			const name = JSON.stringify([site, from, to, pages]);
			for (const [old, { until }] of known) {
				if (until <= now() || known.size > MOST_KEPT) known.delete(old);
			}
			const united = known.get(name)?.united ?? findUnited(index, { site, pages, from, to });
			if (!known.has(name)) known.set(name, { united, until: now() + KEPT_MS });
			united.catch(() => known.delete(name));
			return united;
		},
	};
}

type Ask = <Row>(sql: string, more?: Record<string, unknown>) => Promise<Row[]>;

async function findUnited(index: Index, asked: Asked): Promise<ReadonlyMap<string, string>> {
	const where = toWhere(asked);
	const of = shownConditions(where, []);
	const ask: Ask = (sql, more = {}) => index.query(sql, { ...heatParameters(where), ...more });
	const [counted] = await ask<{ views: string }>(`SELECT count() AS views FROM shown WHERE ${of}`);
	const draws = Math.ceil((DRAWS * SAMPLE_VIEWS) / Math.max(SAMPLE_VIEWS, Number(counted?.views)));
	const drawn: Ask = (sql, more) => ask(sql, { ...more, draws });
	const names = await listBonded(drawn, of);
	if (names.length === 0) return new Map();
	const sessions = await drawn<{ id: string }>(
		`SELECT toString(session) AS id FROM shown
		WHERE ${of} AND ${DRAWN} AND hasAny(exposed, {bonded:Array(UInt64)})
		ORDER BY draw, session LIMIT 1 BY session LIMIT ${MOST_SESSIONS}`,
		{ bonded: names.map((name) => BigInt(hashText(name))) },
	);
	const ids = sessions.map(({ id }) => id);
	const days = [...new Set(ids.map(dayOf))];
	return unite(await ask<Defined>(DEFINED, { sessions: ids, days, names }));
}

/** Keys of the page that share a name with another. */
async function listBonded(ask: Ask, of: string): Promise<string[]> {
	const keys = await ask<{ hash: string }>(
		`SELECT toString(key) AS hash FROM (
			SELECT key, count() AS n FROM presses WHERE ${of} AND ${DRAWN} GROUP BY key
			UNION ALL
			SELECT arrayJoin(exposed) AS key, 0 FROM shown WHERE ${of} AND ${DRAWN} GROUP BY key
		) GROUP BY key ORDER BY sum(n) DESC, key LIMIT ${MOST_KEYS}`,
	);
	if (keys.length < 2) return [];
	const bonds = await ask<{ names: string[] }>(BONDED, {
		hashes: keys.map(({ hash }) => BigInt(hash)),
	});
	return [...new Set(bonds.flatMap((bond) => bond.names))].sort().slice(0, MOST_BONDS);
}

interface Defined {
	/** Of the session. */
	id: string;
	/** The stream. */
	part: string;
	element: number;
	key: string;
	candidates: string;
}

function unite(rows: readonly Defined[]): Map<string, string> {
	const unions = uniteKeys(
		rows.map(({ id, part, element, key, candidates }) => ({
			...{ session: id, stream: part, element, key },
			candidates: candidates === "" ? [] : (parseCandidates(JSON.parse(candidates)) ?? []),
		})),
	);
	const united = [...unions].filter(([key, under]) => key !== under);
	return new Map(united.map(([key, under]) => [hashText(key), hashText(under)]));
}

function toWhere(asked: Asked): HeatWhere {
	return {
		...asked,
		...({ kind: "press", unit: "unique", pointer: "", state: "", filter: {} } as const),
		...{ minWidth: 0, maxWidth: NO_END, ends: [], stale: [], united: new Map(), width: 0 },
	};
}
