// What visitors did on a page, as bins per element. Nothing is projected here: where an element is depends on
// the width the map is drawn at, which only the viewer knows. Finished sessions are counted by the index,
// the others from their facts; both tallies are one answer.
import type { Heatmap, HeatmapElement, ViewportGroup } from "../../protocol/api.ts";
import { BINS } from "../../protocol/limits.ts";
import { parseSessionFilter } from "../../protocol/session-filter.ts";
import type { BaselineShelf, FrozenSite } from "../baselines/shelf.ts";
import { listTimes } from "../index/baseline-rows.ts";
import type { Index } from "../index/client.ts";
import { detectIn } from "../index/episode-rows.ts";
import { HEAT_FLAGS, type HeatRows, type KeyRow } from "../index/heat-row.ts";
import { createHeatRows } from "../index/heat-rows.ts";
import { ALL_FACTS, HEAT_FACTS, type ReadSession } from "../index/session-facts.ts";
import { capBins, findShare } from "./cap-bins.ts";
import { tallyIndex } from "./heat-index.ts";
import { joinDefinitions, type KeyDefinition, readKeys } from "./heat-keys.ts";
import type { Pending, PendingSession } from "./heat-pending.ts";
import { listStates } from "./heat-states.ts";
import {
	type ElementTally,
	elementOf,
	type HeatTally,
	listCells,
	quantileOf,
	tallyRows,
} from "./heat-tally.ts";
import { findHesitation, type Hesitation, readUsual, tallyTimes } from "./heat-times.ts";
import { fitsShown, type HeatWhere, isFriction, NO_END } from "./heat-where.ts";
import { openUsual } from "./open-usual.ts";
import type { PageSets } from "./page-set.ts";
import type { PageUnions } from "./page-unions.ts";
import type { GroupEnds, ViewportGroups } from "./viewport-groups.ts";

const CELL_PX = 50;
const NEXT_PAGES = 3;
/** Heat rows that are written meanwhile make what was read useless; they are not written all the time. */
const TRIES = 4;

export interface HeatmapQuery extends Pick<HeatWhere, "site" | "kind" | "unit" | "pointer"> {
	page: string;
	/** As in `0-479` or `1440-`, "" for all widths. */
	group: string;
	state: string;
	/** As `formatSessionFilter` writes it. */
	filter: string;
	from: number;
	to: number;
	width: number;
}

export interface HeatmapParts {
	index: Index;
	baselineShelf: Pick<BaselineShelf, "open">;
	pending: Pending;
	pageSets: Pick<PageSets, "membersOf"> & Partial<Pick<PageSets, "namesOf">>;
	viewportGroups: Pick<ViewportGroups, "groupsOf">;
	/** Left out where no keys are to be united. */
	pageUnions?: PageUnions;
	/** After so long without a sign of it a session is over. */
	idleMs: number;
	now: () => number;
}

type Answer = Omit<Heatmap, "freshness">;

/** @returns the map, and how many chunks are stored that it does not count yet. @throws IndexUnavailable */
export async function queryHeatmap(
	parts: HeatmapParts,
	query: HeatmapQuery,
): Promise<{ map: Answer; waitingChunks: number }> {
	const groups = await parts.viewportGroups.groupsOf(query.site);
	const where = await createWhere(parts, query, groups);
	const counted = await count(parts, where);
	renameNext(counted.tally, await parts.pageSets.namesOf?.(query.site));
	const keys = await nameElements(parts.index, where, counted);
	const map = createAnswer(query, { ...counted, where, groups, keys });
	return { map, waitingChunks: counted.waitingChunks };
}

/** @param query `site` `page` `group` `filter` and what the index asks of it */
export async function createWhere(
	{ pageSets, pageUnions }: Pick<HeatmapParts, "pageSets" | "pageUnions">,
	query: HeatmapQuery,
	{ ends }: Pick<GroupEnds, "ends">,
): Promise<HeatWhere> {
	const { site, page, kind, unit, pointer, state, from, to, width } = query;
	const where: HeatWhere = {
		...{ site, kind, unit, pointer, state, from, to, width, ends },
		...(parseGroup(query.group) ?? { minWidth: 0, maxWidth: NO_END }),
		pages: await pageSets.membersOf(site, page),
		filter: parseSessionFilter(query.filter),
		...{ stale: [], united: new Map() },
	};
	return pageUnions ? { ...where, united: await pageUnions.unitedOf(where) } : where;
}

/** Where visitors went are pages as they are shown, too; before only the most frequent are kept. */
function renameNext(tally: HeatTally, nameOf = (page: string) => page): void {
	for (const element of tally.elements.values()) {
		const next = new Map<string, number>();
		for (const [page, views] of element.next) {
			next.set(nameOf(page), (next.get(nameOf(page)) ?? 0) + views);
		}
		element.next = next;
	}
}

interface Counted {
	tally: HeatTally;
	/** Of sessions that were counted from their facts. */
	keys: KeyRow[];
	openExits: number;
	waitingChunks: number;
	frozen: FrozenSite | undefined;
}

async function count(parts: HeatmapParts, where: HeatWhere): Promise<Counted> {
	for (let left = TRIES; ; left--) {
		const sessions = await parts.pending.list(where);
		const counted = await countWith(parts, where, sessions);
		if (left <= 1 || !(await parts.pending.haveChanged(where.site, sessions))) return counted;
	}
}

async function countWith(
	{ index, baselineShelf, pending, idleMs, now }: HeatmapParts,
	where: HeatWhere,
	sessions: readonly PendingSession[],
): Promise<Counted> {
	const stale = sessions.filter(({ version }) => version > 0).map(({ session }) => session);
	// To know how long sessions that go on take, all their facts have to be read: only where it is asked for.
	const isOfTimes = where.kind === "hesitation";
	const frozen = isOfTimes ? await readUsual(baselineShelf, where.site) : undefined;
	const isTimed = frozen !== undefined;
	const tally = await tallyIndex(index, { ...where, stale }, { isTimed });
	const keys: KeyRow[] = [];
	const openSince = now() - idleMs;
	let openExits = 0;
	const isJudged = isFriction(where.kind);
	const usual = isJudged ? await openUsual(baselineShelf, where.site) : undefined;
	const take = async (session: ReadSession) => {
		const signals = usual && detectIn(session, await usual(session)).signals;
		const rows = createHeatRows(session, signals);
		tallyRows(tally, rows, where);
		if (isTimed) tallyTimes(tally.times, listTimes(session, rows.shown), where);
		keys.push(...rows.keys);
		if (session.facts.some(({ at }) => at > openSince)) openExits += countExits(rows, where);
	};
	const facts = isJudged || isTimed ? ALL_FACTS : HEAT_FACTS;
	const waitingChunks = await pending.read(where.site, sessions, take, facts);
	return { tally, keys, openExits, waitingChunks, frozen };
}

function countExits({ shown }: HeatRows, where: HeatWhere): number {
	const exits = shown.filter(({ flags }) => flags & HEAT_FLAGS.exit);
	return exits.filter((row) => fitsShown(row, where, ["group", "pointer"])).length;
}

async function nameElements(
	index: Index,
	{ site, kind, united }: HeatWhere,
	{ tally, keys }: Counted,
): Promise<Map<string, KeyDefinition>> {
	// A field can be written in without a press.
	if (kind === "hesitation") for (const hash of tally.times.keys()) elementOf(tally, hash);
	// What was only seen is not on a map of presses.
	for (const [hash, { presses }] of tally.elements) {
		const isTimed = kind === "hesitation" && tally.times.has(hash);
		if (presses === 0 && kind !== "exposure" && !isTimed) tally.elements.delete(hash);
	}
	const counted = [...united].filter(([, under]) => tally.elements.has(under));
	const hashes = new Set([...tally.elements.keys(), ...counted.map(([hash]) => hash)]);
	return joinDefinitions(await readKeys(index, { site, hashes: [...hashes], told: keys }), united);
}

interface Found {
	where: HeatWhere;
	groups: GroupEnds;
	tally: HeatTally;
	openExits: number;
	frozen: FrozenSite | undefined;
	keys: ReadonlyMap<string, KeyDefinition>;
}

function createAnswer(query: HeatmapQuery, found: Found): Answer {
	const { where, groups, tally, openExits, frozen, keys } = found;
	const { page, kind, group, unit, pointer, state, filter, from, to } = query;
	const elements = createElements(where, { tally, frozen }, keys);
	const sum = (name: "presses" | "count") =>
		elements.reduce((total, element) => total + element[name], 0);
	const { sessions, views, exits, sampledViews, sampledPresses } = tally;
	return {
		...{ page, kind, group, unit, pointer, state, filter, from, to },
		groups: createGroups(groups.ends, tally),
		groupsFrom: groups.source,
		states: listStates(tally.states, keys),
		pointers: (["mouse", "touch"] as const).map((id) => ({
			...{ id, presses: tally.pointers.get(id) ?? 0 },
		})),
		...{ presses: sum("presses"), sessions, views, exits, openExits, counted: sum("count") },
		...{ sampledViews, sampledPresses },
		elements,
		...createMeasures(query, tally),
		...(kind === "hesitation" && { usual: frozen?.all.name ?? "" }),
	};
}

function createMeasures(
	{ kind, width }: HeatmapQuery,
	{ reach, attention, dwell, views, sampledViews }: HeatTally,
): Pick<Answer, "scroll" | "attention" | "dwell"> {
	const [first = new Map<number, number>()] = attention;
	const seconds = (share: number) =>
		attention.map((steps) => Math.round(quantileOf(steps, share) / 100) / 10);
	switch (kind) {
		case "scroll":
			return { scroll: { views, reach: reach.map((_, at) => sumOf(reach.slice(at))) } };
		case "attention":
			return {
				attention: {
					...{ views: sumOf([...first.values()]), median: seconds(0.5), p75: seconds(0.75) },
				},
			};
		case "move":
			return {
				dwell: {
					...{ views: dwell.views, ofViews: sampledViews, cellPx: CELL_PX, width },
					cells: listCells(dwell.cells),
				},
			};
		default:
			return {};
	}
}

function sumOf(numbers: readonly number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0);
}

function createElements(
	where: HeatWhere,
	{ tally, frozen }: Pick<Found, "tally" | "frozen">,
	keys: ReadonlyMap<string, KeyDefinition>,
): HeatmapElement[] {
	const share = findShare([...tally.elements.values()].map(({ bins }) => bins.size));
	const elements = [...tally.elements].map(([hash, element]) => {
		const bins = [...capBins(element.bins, share)].sort(([a], [b]) => a - b);
		const hesitation = frozen && findHesitation(tally.times.get(hash), frozen);
		return createElement(where, element, { hash, definition: keys.get(hash), bins, hesitation });
	});
	const thing = ({ key, tag, text }: HeatmapElement) => `${key}\0${tag}\0${text}`;
	return elements.sort((a, b) => b.presses - a.presses || (thing(a) < thing(b) ? -1 : 1));
}

function createElement(
	{ kind, unit }: HeatWhere,
	element: ElementTally,
	of: {
		hash: string;
		definition?: KeyDefinition | undefined;
		bins: [bin: number, count: number][];
		hesitation: Hesitation | undefined;
	},
): HeatmapElement {
	const { presses, sessions, views, first, last, exits, layer } = element;
	// Only part of the views may have been read for what was seen, and who presses has seen.
	const exposedSessions = Math.max(sessions, element.exposedSessions);
	const exposedViews = Math.max(views, element.exposedViews);
	const counts: Partial<Record<HeatWhere["kind"], number>> = {
		exposure: unit === "unique" ? exposedSessions : exposedViews,
		hesitation: of.hesitation?.sessions ?? 0,
	};
	const next = [...element.next].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	const {
		key = "",
		also = [],
		candidates = [],
		tag = "",
		role = "",
		text = "",
	} = of.definition ?? {};
	return {
		id: BigInt(of.hash).toString(16),
		...{ key, also, candidates, tag, role, text, layer },
		...{ presses, sessions, views, exposedSessions, exposedViews, first, last, exits },
		next: next.slice(0, NEXT_PAGES).map(([page, count]) => ({ page, views: count })),
		count: counts[kind] ?? sumOf(of.bins.map(([, count]) => count)),
		bins: of.bins.map(([bin, count]) => [Math.floor(bin / BINS), bin % BINS, count]),
		...(of.hesitation && { hesitation: of.hesitation }),
	};
}

/** `0-479` → from 0 to below 480; undefined where the text is no group. */
export function parseGroup(group: string): { minWidth: number; maxWidth: number } | undefined {
	const [, min, max] = /^(\d{1,5})-(\d{0,5})$/.exec(group) ?? [];
	if (min === undefined) return undefined;
	return { minWidth: Number(min), maxWidth: max ? Number(max) + 1 : NO_END };
}

function createGroups(ends: readonly number[], { groups }: HeatTally): ViewportGroup[] {
	return groups.map(({ presses, views }, position) => {
		const minWidth = ends[position - 1] ?? 0;
		const maxWidth = (ends[position] ?? 1) - 1;
		return { id: `${minWidth}-${maxWidth || ""}`, minWidth, maxWidth, presses, views };
	});
}
