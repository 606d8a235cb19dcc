// What went against visitors, over sessions: by kind, page and element, the gravest sum first. A rate is never told
// without what it was taken over: presses of the element, where each such episode has one at least, else page views. Finished sessions are
// counted by the index, the others from their facts.
import type { SignalReport } from "../../protocol/api.ts";
import { parseSessionFilter } from "../../protocol/session-filter.ts";
import { wilson } from "../../signals/statistics/interval.ts";
import { PREROLL_MS } from "../../signals/thresholds.ts";
import type { BaselineShelf } from "../baselines/shelf.ts";
import type { Index } from "../index/client.ts";
import { createEpisodeRows, detectIn } from "../index/episode-rows.ts";
import { createHeatRows } from "../index/heat-rows.ts";
import type { ReadSession } from "../index/session-facts.ts";
import { ALL_FACTS } from "../index/session-facts.ts";
import { listCandidates, tellSignals } from "./describe-episodes.ts";
import type { FrictionFilter } from "./friction-query.ts";
import type { Pending, PendingSession } from "./heat-pending.ts";
import { openUsual } from "./open-usual.ts";
import type { PageSets } from "./page-set.ts";
import { renamedPages } from "./pages.ts";
import { readStarts, type SessionStart } from "./session-starts.ts";
import { readExamples, readGroups, readPresses, readSessions, readViews } from "./signal-index.ts";
import {
	addGroup,
	addSession,
	chooseExamples,
	createSignalTally,
	groupName,
	pressName,
	type SignalGroup,
	type SignalTally,
} from "./signal-tally.ts";
import { fitsPlace, type NameOf, type SignalWhere } from "./signal-where.ts";

/** Of those that go on, the newest: judging them takes time. */
const MOST_OPEN = 300;
/** Rows that are written meanwhile make what was read useless; they are not written all the time. */
const TRIES = 4;
const EXAMPLES = 3;
/** What is chosen from. */
const MOST_CHOICES = 100;

export interface SignalsQuery extends FrictionFilter {
	site: number;
	from: number;
	to: number;
	/** As `formatSessionFilter` writes it. */
	filter: string;
	limit: number;
	skip: number;
}

export interface SignalsParts {
	index: Index;
	baselineShelf: Pick<BaselineShelf, "open">;
	pending: Pending;
	pageSets: Pick<PageSets, "arrangementOf">;
}

type Answer = Omit<SignalReport, "freshness">;

/** @returns the report, and how many chunks are stored that it does not count yet. @throws IndexUnavailable */
export async function querySignals(
	parts: SignalsParts,
	query: SignalsQuery,
): Promise<{ report: Answer; waitingChunks: number }> {
	const { limit, skip, filter, ...asked } = query;
	const { sets, shownAs } = await parts.pageSets.arrangementOf(query.site);
	const nameOf: NameOf = (page) => shownAs.get(page)?.page ?? page;
	const of = { ...asked, filter: parseSessionFilter(filter), ...renamedPages(sets) };
	for (let left = TRIES; ; left--) {
		const sessions = await parts.pending.list(of);
		const stale = sessions.filter(({ version }) => version > 0).map(({ session }) => session);
		const where = { ...of, stale };
		const counted = await count(parts, { where, nameOf, sessions });
		const report = await describe(parts, { where, query, ...counted });
		const isLast = left <= 1 || !(await parts.pending.haveChanged(query.site, sessions));
		if (isLast) return { report, waitingChunks: counted.waitingChunks };
	}
}

interface Counted {
	tally: SignalTally;
	/** Finished sessions with any of what is asked for. */
	finished: number;
	waitingChunks: number;
}

async function count(
	{ index, baselineShelf, pending }: SignalsParts,
	of: { where: SignalWhere; nameOf: NameOf; sessions: readonly PendingSession[] },
): Promise<Counted> {
	const { where, sessions } = of;
	const tally = createSignalTally();
	const usual = await openUsual(baselineShelf, where.site);
	const take = async (session: ReadSession) => {
		const detected = detectIn(session, await usual(session));
		const { presses, shown } = createHeatRows(session, detected.signals);
		addSession(tally, { presses, shown, episodes: createEpisodeRows(session, detected) }, of);
	};
	const [groups, finished] = await Promise.all([
		readGroups(index, where),
		readSessions(index, where),
		pending.read(where.site, sessions.slice(0, MOST_OPEN), take, ALL_FACTS),
	]);
	for (const group of groups) addGroup(tally, group);
	const left = sessions.slice(MOST_OPEN);
	return { tally, finished, waitingChunks: left.reduce((sum, { chunks }) => sum + chunks, 0) };
}

async function describe(
	{ index }: SignalsParts,
	of: { where: SignalWhere; query: SignalsQuery } & Counted,
): Promise<Answer> {
	const { where, query, tally, finished } = of;
	const { from, to, kind, page, key, filter, limit, skip } = query;
	const all = [...tally.groups.values()];
	const fitting = all.filter((group) => fitsPlace(group, where));
	const open = tally.open.filter(({ place }) => fitsPlace(place, where));
	const ranked = fitting.sort(
		(a, b) => b.severity - a.severity || (groupName(a) < groupName(b) ? -1 : 1),
	);
	const shown = ranked.slice(skip, skip + limit);
	const starts = await addDetails(index, where, { tally, shown });
	const sum = fitting.reduce((total, group) => total + group.episodes, 0);
	return {
		...{ from, to, kind, page, key, filter, episodes: sum },
		sessions: finished + new Set(open.map(({ session }) => session)).size,
		signals: shown.map((group) => describeGroup(group, tally, starts)),
		kinds: listChoices(all, where, "kind").map(([name, episodes]) => ({ kind: name, episodes })),
		pages: listChoices(all, where, "page").map(([name, episodes]) => ({ page: name, episodes })),
		elements: listElements(all, where),
		next: ranked.length > skip + limit ? String(skip + limit) : "",
	};
}

/** @returns when the sessions of the examples began */
async function addDetails(
	index: Index,
	where: SignalWhere,
	{ tally, shown }: { tally: SignalTally; shown: readonly SignalGroup[] },
): Promise<Map<string, SessionStart>> {
	await Promise.all([
		readExamples(index, where, { tally, shown }),
		readPresses(index, where, { tally, shown }),
		readViews(index, where, { tally, shown }),
	]);
	const names = shown.map(groupName);
	const sessions = names.flatMap((name) =>
		(tally.examples.get(name) ?? []).map((one) => one.session),
	);
	return readStarts(index, where.site, [...new Set(sessions)]);
}

function describeGroup(
	group: SignalGroup,
	tally: SignalTally,
	starts: ReadonlyMap<string, SessionStart>,
): Answer["signals"][number] {
	const { kind, page, hash, element, episodes, sessions, severity, latest } = group;
	const { key, text, role, tag, candidates } = element;
	const examples = tally.examples.get(groupName(group)) ?? [];
	const [worst] = chooseExamples(examples, 1);
	const [signal] = worst === undefined ? [] : tellSignals(worst);
	const playable = examples.filter(({ session }) => starts.get(session)?.isPlayable);
	return {
		...{ kind, page, episodes, sessions, latest },
		severity: Math.round(severity * 1000) / 1000,
		element: {
			...{ id: hash === "0" ? "" : BigInt(hash).toString(16), key, text, role, tag },
			candidates: listCandidates({ candidates }),
		},
		sentence: signal?.sentence ?? "",
		rate: rateOf(group, tally),
		replays: chooseExamples(playable, EXAMPLES).map(({ session, at, tab }) => {
			const startedAt = starts.get(session)?.startedAt ?? at;
			return {
				...{ session, tab, at: Math.max(0, at - startedAt) },
				replayAt: Math.max(0, at - PREROLL_MS - startedAt),
			};
		}),
	};
}

/** What is done in fields, or without pressing, is no share of presses. */
const OF_VIEWS: readonly string[] = [
	...["validation_loop", "blank_submit", "correction", "field_slow", "form_abandon", "dither"],
];

function rateOf(
	group: SignalGroup,
	{ presses, views }: SignalTally,
): Answer["signals"][number]["rate"] {
	const pressed = presses.get(pressName(group.page, group.hash)) ?? 0;
	const isOfPresses = group.hash !== "0" && pressed > 0 && !OF_VIEWS.includes(group.kind);
	const part = isOfPresses ? group.episodes : group.views;
	// Both are counted at the same moment, but a view may have lost the fact that tells its page.
	const whole = Math.max(part, isOfPresses ? pressed : (views.get(group.page) ?? 0));
	const round = (value: number) => Math.round(value * 1e5) / 1e5;
	const { share, lower, upper } = wilson(part, whole);
	return {
		...{ part, whole, of: isOfPresses ? "presses" : "views" },
		...{ share: round(share), lower: round(lower), upper: round(upper) },
	};
}

/** Each with its episodes, whatever of its own sort is asked for; the most first. */
function listChoices(
	groups: readonly SignalGroup[],
	where: SignalWhere,
	name: "kind" | "page",
): [string, number][] {
	const counts = new Map<string, number>();
	for (const group of groups) {
		if (!fitsPlace(group, where, name)) continue;
		counts.set(group[name], (counts.get(group[name]) ?? 0) + group.episodes);
	}
	return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, MOST_CHOICES);
}

function listElements(groups: readonly SignalGroup[], where: SignalWhere): Answer["elements"] {
	const elements = new Map<string, Answer["elements"][number]>();
	for (const group of groups) {
		const { key, text, role, tag } = group.element;
		if (key === "" || !fitsPlace(group, where, "key")) continue;
		const known = elements.get(key) ?? { key, text, role, tag, episodes: 0 };
		elements.set(key, { ...known, episodes: known.episodes + group.episodes });
	}
	return [...elements.values()]
		.sort((a, b) => b.episodes - a.episodes || (a.key < b.key ? -1 : 1))
		.slice(0, MOST_CHOICES);
}
