// What the index is asked of a report of signals.
import type { Index } from "../index/client.ts";
import { SHOWN_PAGE } from "./pages.ts";
import {
	addCount,
	type Example,
	groupName,
	pressName,
	type SignalGroup,
	type SignalTally,
	type ToldElement,
} from "./signal-tally.ts";
import {
	episodeConditions,
	type SignalWhere,
	signalParameters,
	visitConditions,
} from "./signal-where.ts";

/** Beyond it are places of which each had next to nothing. */
const MOST_GROUPS = 10_000;
/** Of different sessions, of which some cannot be played. */
const EXAMPLES_READ = 8;

/** Under names that columns do not have: the index would take the one for the other. */
interface GroupRow {
	name: string;
	ofClass: string;
	hash: string;
	n: string;
	visits: string;
	seen: string;
	total: number;
	newest: number;
	told: [key: string, text: string, role: string, tag: string, candidates: string];
}

/** Of all kinds, pages and elements: what is offered to be chosen is taken from it, too. */
export async function readGroups(index: Index, where: SignalWhere): Promise<SignalGroup[]> {
	const rows = await index.query<GroupRow>(
		`SELECT ${SHOWN_PAGE} AS name, toString(class) AS ofClass, toString(key) AS hash,
			count() AS n, uniqExact(session) AS visits, uniqExact(view) AS seen,
			toFloat64(sum(severity)) AS total, toFloat64(toUnixTimestamp64Milli(max(at))) AS newest,
			argMax((element_key, text, toString(role), toString(tag), candidates), at) AS told
		FROM episodes WHERE ${episodeConditions(where, [])}
		GROUP BY name, ofClass, hash ORDER BY total DESC LIMIT {most:UInt32}`,
		{ ...signalParameters(where), most: MOST_GROUPS },
	);
	return rows.map(({ name, ofClass, hash, told, ...figures }) => {
		const element = tellElement(told);
		return {
			...{ page: name, kind: ofClass, key: element.key, hash, element },
			...{ episodes: Number(figures.n), sessions: Number(figures.visits) },
			...{ views: Number(figures.seen), severity: figures.total, latest: figures.newest },
		};
	});
}

function tellElement([key, text, role, tag, candidates]: GroupRow["told"]): ToldElement {
	return { key, text, role, tag, candidates };
}

/** How many sessions have any of what is asked for. */
export async function readSessions(index: Index, where: SignalWhere): Promise<number> {
	const [row] = await index.query<{ n: string }>(
		`SELECT uniqExact(session) AS n FROM episodes WHERE ${episodeConditions(where)}`,
		signalParameters(where),
	);
	return Number(row?.n ?? 0);
}

interface Wanted {
	tally: SignalTally;
	shown: readonly SignalGroup[];
}

interface ExampleRow extends Pick<Example, "tab"> {
	name: string;
	ofClass: string;
	hash: string;
	id: string;
	ms: number;
	bad: number;
	led: string;
}

export async function readExamples(
	index: Index,
	where: SignalWhere,
	{ tally, shown }: Wanted,
): Promise<void> {
	if (shown.length === 0) return;
	const rows = await index.query<ExampleRow>(
		`SELECT * FROM (
			SELECT ${SHOWN_PAGE} AS name, toString(class) AS ofClass, toString(key) AS hash,
				toString(session) AS id, toFloat64(toUnixTimestamp64Milli(at)) AS ms, tab,
				severity AS bad, signals AS led
			FROM episodes WHERE ${episodeConditions(where)}
				AND key IN {hashes:Array(UInt64)} AND class IN {classes:Array(String)}
				AND has({groups:Array(String)}, concat(name, '\\n', ofClass, '\\n', hash))
			ORDER BY bad DESC, ms DESC LIMIT 1 BY name, ofClass, hash, id
		) ORDER BY bad DESC, ms DESC LIMIT {each:UInt32} BY name, ofClass, hash`,
		{
			...{ ...signalParameters(where), groups: shown.map(groupName), each: EXAMPLES_READ },
			// Numbers are compared sooner than texts.
			hashes: [...new Set(shown.map(({ hash }) => hash))].map(BigInt),
			classes: [...new Set(shown.map(({ kind }) => kind))],
		},
	);
	for (const { name, ofClass, hash, id, ms, tab, bad, led } of rows) {
		const group = groupName({ page: name, kind: ofClass, hash });
		const examples = tally.examples.get(group) ?? [];
		const example = { session: id, at: ms, tab, severity: bad, signals: led };
		tally.examples.set(group, [...examples, example]);
	}
}

export async function readPresses(
	index: Index,
	where: SignalWhere,
	{ tally, shown }: Wanted,
): Promise<void> {
	const hashes = [...new Set(shown.map(({ hash }) => hash))].filter((hash) => hash !== "0");
	if (hashes.length === 0) return;
	const rows = await index.query<{ name: string; hash: string; n: string }>(
		`SELECT ${SHOWN_PAGE} AS name, toString(key) AS hash, count() AS n FROM presses
		WHERE ${visitConditions(where)} AND key IN {hashes:Array(UInt64)} GROUP BY name, hash`,
		{ ...signalParameters(where), hashes: hashes.map(BigInt) },
	);
	for (const { name, hash, n } of rows) addCount(tally.presses, pressName(name, hash), Number(n));
}

export async function readViews(
	index: Index,
	where: SignalWhere,
	{ tally, shown }: Wanted,
): Promise<void> {
	if (shown.length === 0) return;
	const rows = await index.query<{ name: string; n: string }>(
		`SELECT ${SHOWN_PAGE} AS name, count() AS n FROM shown
		WHERE ${visitConditions(where)} AND has({wanted:Array(String)}, name) GROUP BY name`,
		{ ...signalParameters(where), wanted: [...new Set(shown.map(({ page }) => page))] },
	);
	for (const { name, n } of rows) addCount(tally.views, name, Number(n));
}
