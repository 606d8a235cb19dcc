// Episodes by kind, page and element, and what they are a share of: presses by element, page views by page. What the
// index counted and what sessions that go on add is one tally, since no session is in both.
import type { EpisodeRow } from "../index/episode-rows.ts";
import type { HeatRows } from "../index/heat-row.ts";
import { fitsFilter } from "./heat-where.ts";
import { type NameOf, type Place, placeOf, type SignalWhere } from "./signal-where.ts";

export interface ToldElement {
	key: string;
	text: string;
	role: string;
	tag: string;
	/** JSON, "" where its definition is lost. */
	candidates: string;
}

export interface SignalGroup extends Place {
	/** Of the element's key, "0" for none. */
	hash: string;
	element: ToldElement;
	episodes: number;
	sessions: number;
	/** In which there was one. */
	views: number;
	/** The sum of theirs. */
	severity: number;
	/** Epoch ms of the newest. */
	latest: number;
}

/** One episode, to be watched. */
export interface Example {
	session: string;
	/** Epoch ms. */
	at: number;
	tab: string;
	severity: number;
	/** JSON of `ToldSignal[]`. */
	signals: string;
}

export interface SignalTally {
	groups: Map<string, SignalGroup>;
	examples: Map<string, Example[]>;
	/** By `nameOf` of page and hash. */
	presses: Map<string, number>;
	/** By page. */
	views: Map<string, number>;
	/** Of sessions that go on. */
	open: { place: Place; session: string }[];
}

export function createSignalTally(): SignalTally {
	return {
		...{ groups: new Map(), examples: new Map(), open: [] },
		...{ presses: new Map(), views: new Map() },
	};
}

export function groupName({
	page,
	kind,
	hash,
}: Pick<SignalGroup, "page" | "kind" | "hash">): string {
	return [page, kind, hash].join("\n");
}

export function pressName(page: string, hash: string): string {
	return `${page}\n${hash}`;
}

export function addGroup(tally: SignalTally, group: SignalGroup): void {
	const name = groupName(group);
	const known = tally.groups.get(name);
	if (known === undefined) {
		tally.groups.set(name, { ...group });
		return;
	}
	for (const figure of ["episodes", "sessions", "views", "severity"] as const) {
		known[figure] += group[figure];
	}
	known.latest = Math.max(known.latest, group.latest);
}

export function addCount(counts: Map<string, number>, name: string, count: number): void {
	counts.set(name, (counts.get(name) ?? 0) + count);
}

/** A session that is not written down. */
export function addSession(
	tally: SignalTally,
	{ presses, shown, episodes }: Pick<HeatRows, "presses" | "shown"> & { episodes: EpisodeRow[] },
	{ where, nameOf }: { where: SignalWhere; nameOf: NameOf },
): void {
	const { from, to, filter } = where;
	const isAsked = ({ began }: { began: number }) => began >= from && began < to;
	const fitting = shown.filter((row) => isAsked(row) && fitsFilter(row, filter));
	for (const { page } of fitting) addCount(tally.views, nameOf(page), 1);
	for (const row of presses) {
		if (!isAsked(row) || !fitsFilter(row, filter)) continue;
		addCount(tally.presses, pressName(nameOf(row.page), row.key), 1);
	}
	const views = new Set(fitting.map(({ view }) => view));
	const isAny = Object.keys(filter).length === 0;
	const some = episodes.filter((row) => isAsked(row) && (isAny || views.has(row.view)));
	const seen = new Set<string>();
	const isFirst = (name: string) => !seen.has(name) && seen.add(name).size > 0;
	for (const row of some) {
		const place = placeOf(row, nameOf);
		const group = { ...place, hash: row.key, ...describe(row) };
		const name = groupName(group);
		const sessions = isFirst(name) ? 1 : 0;
		addGroup(tally, { ...group, sessions, views: isFirst(`${name}\n${row.view}`) ? 1 : 0 });
		const { session, at, tab, severity, signals } = row;
		const examples = tally.examples.get(name) ?? [];
		tally.examples.set(name, [...examples, { session, at, tab, severity, signals }]);
		tally.open.push({ place, session });
	}
}

function describe(
	row: EpisodeRow,
): Pick<SignalGroup, "element" | "episodes" | "severity" | "latest"> {
	const { element_key: key, text, role, tag, candidates, severity, at } = row;
	return { element: { key, text, role, tag, candidates }, episodes: 1, severity, latest: at };
}

/** The gravest of different sessions, of those the newest. */
export function chooseExamples(examples: readonly Example[], limit: number): Example[] {
	const ranked = examples.toSorted((a, b) => b.severity - a.severity || b.at - a.at);
	const sessions = new Set<string>();
	return ranked
		.filter(({ session }) => !sessions.has(session) && sessions.add(session))
		.slice(0, limit);
}
