// The recorded instants of a page that a map may be drawn on, the best first.
//
// Of the page views of a page, those that a document was loaded for come before those that a script switched
// to, since an address can change for what is only laid over another page (a quick look in a list). Then the
// viewport group that was asked for, else the nearest there is; in it, what shows most of what is pressed on
// the page, and among those that show nearly as much the newest. Where a state is asked for, the instants
// are presses that were made while it was open: that is when it surely was.
//
// What is pressed is counted over the sessions of the newest views only: enough to tell what matters, and as
// quick on a page with ten million presses as on others.
import type { Index } from "../index/client.ts";

/** A page stands still that long after it began, or nearly. */
export const SETTLE_MS = 2000;
const RECENT_VIEWS = 2000;
const CANDIDATES = 60;
/** Of the best score: what shows as much is as good, and newer is better. */
const NEARLY = 0.95;

/** What is open on the page: nothing. */
const BASE = "base";

// Names of their own for what is selected: an alias would take the place of the column in conditions.
const IN_GROUP = "v.viewport_width >= {minWidth:Int32} AND v.viewport_width < {maxWidth:Int32}";
const NEARNESS = `if(${IN_GROUP}, 0, abs(toInt32(v.viewport_width) - {width:Int32}))`;
const WANTED = `
	v.viewport_width > 0 AND v.page IN {pages:Array(String)}
	AND ({before:Int64} = 0 OR v.at < fromUnixTimestamp64Milli({before:Int64}))
	AND v.stream IN (SELECT stream FROM chunks WHERE site = {site:UInt32} AND notEmpty(snapshots))`;
const RECENT = `
	SELECT session FROM facts
	WHERE site = {site:UInt32} AND kind = 1 AND page IN {pages:Array(String)}
		AND ({session:String} = '' OR session = toUUIDOrZero({session:String}))
		AND ({before:Int64} = 0 OR at < fromUnixTimestamp64Milli({before:Int64}))
	ORDER BY at DESC LIMIT ${RECENT_VIEWS}`;
const COLUMNS = `
	toString(v.session) AS session, v.stream AS stream, v.tab AS tab, v.view AS view,
	v.viewport_width AS width, v.viewport_height AS height,
	toFloat64(toUnixTimestamp64Milli(v.at)) AS at, v.view > 0 AS isSwitched`;

const VIEWS = `
	SELECT ${COLUMNS}, toFloat64(toUnixTimestamp64Milli(v.until)) AS until
	FROM (
		SELECT *, leadInFrame(at, 1, at + INTERVAL 1 DAY) OVER (
			PARTITION BY stream ORDER BY view ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
		) AS until
		FROM (
			SELECT site, session, stream, tab, view, page, viewport_width, viewport_height, at
			FROM facts FINAL WHERE site = {site:UInt32} AND kind = 1 AND session IN (${RECENT})
		)
	) AS v
	WHERE ${WANTED}
	ORDER BY isSwitched, ${NEARNESS}, v.at DESC, v.session, v.stream LIMIT ${CANDIDATES}`;

const STATES = `
	SELECT ${COLUMNS}
	FROM facts AS v FINAL
	WHERE v.site = {site:UInt32} AND v.kind = 2 AND v.state = {state:String} AND ${WANTED}
		AND ({session:String} = '' OR v.session = toUUIDOrZero({session:String}))
	ORDER BY isSwitched, ${NEARNESS}, v.at DESC, v.session, v.stream
	LIMIT 1 BY v.stream, v.view LIMIT ${CANDIDATES}`;

const PRESSES = `
	WITH recent AS (${RECENT})
	SELECT e.key AS key, count() AS presses
	FROM (
		SELECT stream, element FROM facts FINAL
		WHERE site = {site:UInt32} AND kind = 2 AND page IN {pages:Array(String)}
			AND session IN (SELECT session FROM recent)
	) AS p
	INNER JOIN (
		SELECT stream, element, key FROM elements FINAL
		WHERE site = {site:UInt32} AND session IN (SELECT session FROM recent)
	) AS e ON p.stream = e.stream AND p.element = e.element
	GROUP BY key ORDER BY presses DESC, key LIMIT 5000`;

/** Elements that were seen or pressed in page views, by their number and as JSON of lists of numbers. */
const SHOWN = `
	SELECT stream, view, kind, element, data FROM facts FINAL
	WHERE site = {site:UInt32} AND kind IN (2, 11) AND page IN {pages:Array(String)}
		AND session IN {sessions:Array(UUID)}`;
const KEYS = `
	SELECT stream, element, key FROM elements FINAL
	WHERE site = {site:UInt32} AND session IN {sessions:Array(UUID)}`;

export interface BackdropQuery {
	site: number;
	/** Stored pages that are shown as the one asked for. */
	pages: readonly string[];
	/** The map is drawn at. */
	width: number;
	/** Of the viewport group. */
	minWidth: number;
	maxWidth: number;
	/** Signature of what is open, `base` for nothing, "" for whatever. */
	state: string;
	/** Only of this session, "" for any. */
	session: string;
	/** Only views that began before, the newest of them first; epoch ms, 0 for any. */
	before: number;
}

export interface Candidate {
	session: string;
	stream: string;
	tab: string;
	view: number;
	width: number;
	height: number;
	/** When to look, epoch ms: never before the page has settled, nor when it is another. */
	at: number;
	until: number;
	/** A script made the page of another one. */
	isSwitched: boolean;
	/** Presses, of all, on what was seen in this view. */
	score: number;
	/** What was open, "" where that is not known. */
	state: string;
}

type Row = Omit<Candidate, "score" | "state" | "isSwitched"> & { isSwitched: number };

/** @param groupOf names the viewport group of a width @throws IndexUnavailable */
export async function listCandidates(
	index: Index,
	query: BackdropQuery,
	groupOf: (width: number) => number,
): Promise<Candidate[]> {
	const found = await findInstants(index, query);
	const scores = await readScores(index, query, found);
	const scored = found.map((one, at) => ({ ...one, score: scores[at] ?? 0 }));
	return rankCandidates(scored, { groupOf, isNewestFirst: query.before > 0 });
}

async function findInstants(
	index: Index,
	query: BackdropQuery,
): Promise<Omit<Candidate, "score">[]> {
	if (query.state !== "") {
		const state = query.state === BASE ? "" : query.state;
		const rows = await index.query<Omit<Row, "until">>(STATES, { ...query, state });
		if (rows.length > 0) {
			return rows.map((row) => ({
				...{ ...row, until: row.at + 1, state: query.state, isSwitched: row.isSwitched === 1 },
			}));
		}
	}
	const rows = await index.query<Row>(VIEWS, { ...query });
	return rows.map((row) => ({
		...{ ...row, state: "", isSwitched: row.isSwitched === 1 },
		at: Math.min(row.at + SETTLE_MS, row.until - 1),
	}));
}

/** Of each view, how many presses were made on what it showed. */
async function readScores(
	index: Index,
	query: BackdropQuery,
	views: readonly Pick<Candidate, "session" | "stream" | "view">[],
): Promise<number[]> {
	if (views.length === 0) return [];
	const where = { ...query, sessions: [...new Set(views.map(({ session }) => session))] };
	const [pressed, shown, keys] = await Promise.all([
		// Of all sessions: what one of them shows is judged by what the others press.
		index.query<{ key: string; presses: string }>(PRESSES, { ...where, session: "", before: 0 }),
		index.query<ShownRow>(SHOWN, where),
		index.query<{ stream: string; element: number; key: string }>(KEYS, where),
	]);
	const presses = new Map(pressed.map((row) => [row.key, Number(row.presses)]));
	const keyOf = new Map(keys.map(({ stream, element, key }) => [`${stream} ${element}`, key]));
	const seen = new Map<string, Set<string>>();
	for (const row of shown) {
		const view = `${row.stream} ${row.view}`;
		const own = seen.get(view) ?? new Set();
		seen.set(view, own);
		for (const element of elementsOf(row)) {
			const key = keyOf.get(`${row.stream} ${element}`);
			if (key !== undefined) own.add(key);
		}
	}
	return views.map(({ stream, view }) => {
		const own = [...(seen.get(`${stream} ${view}`) ?? [])];
		return own.reduce((sum, key) => sum + (presses.get(key) ?? 0), 0);
	});
}

interface ShownRow {
	stream: string;
	view: number;
	kind: number;
	element: number;
	data: string;
}

function elementsOf({ kind, element, data }: ShownRow): number[] {
	if (kind === 2) return [element];
	const [elements = []] = JSON.parse(data) as number[][];
	return elements;
}

/** @param found the nearest to the width asked for first */
export function rankCandidates<C extends Pick<Candidate, "isSwitched" | "width" | "score" | "at">>(
	found: readonly C[],
	{ groupOf, isNewestFirst }: { groupOf: (width: number) => number; isNewestFirst: boolean },
): C[] {
	const ranks = new Map<string, number>();
	const rankOf = ({ isSwitched, width }: C): number => {
		const name = `${isSwitched} ${groupOf(width)}`;
		const rank = ranks.get(name) ?? ranks.size;
		ranks.set(name, rank);
		return rank;
	};
	const ranked = found.map((one) => ({ one, rank: rankOf(one) }));
	const best = new Map<number, number>();
	for (const { one, rank } of ranked) best.set(rank, Math.max(best.get(rank) ?? 0, one.score));
	const isNearlyBest = ({ one, rank }: (typeof ranked)[number]) =>
		one.score >= NEARLY * (best.get(rank) ?? 0);
	const byScore = (a: (typeof ranked)[number], b: (typeof ranked)[number]): number =>
		isNearlyBest(a) && isNearlyBest(b) ? 0 : b.one.score - a.one.score;
	ranked.sort(
		(a, b) => a.rank - b.rank || (isNewestFirst ? 0 : byScore(a, b)) || b.one.at - a.one.at,
	);
	return ranked.map(({ one }) => one);
}
