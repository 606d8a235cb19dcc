// What a heatmap is asked of: parameters, and conditions made of fixed pieces of SQL. The same conditions
// stand here as functions, for rows that are not in the index yet.
import type { HEAT_KINDS, HEAT_POINTERS, HEAT_UNITS } from "../../protocol/api.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import type { FilterKey, SessionFilter } from "../../protocol/session-filter.ts";
import type { TimeOfRow } from "../index/baseline-rows.ts";
import {
	HEAT_FLAGS,
	orientationOf,
	POINTER_BITS,
	type PressRow,
	type ShownRow,
} from "../index/heat-row.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Later than any session. */
const NO_TIME = 2 ** 48;

export interface HeatWhere {
	site: number;
	/** As they are stored. */
	pages: readonly string[];
	kind: (typeof HEAT_KINDS)[number];
	unit: (typeof HEAT_UNITS)[number];
	pointer: (typeof HEAT_POINTERS)[number];
	/** "" for all, `base` for nothing open. */
	state: string;
	filter: SessionFilter;
	/** From here to below there. */
	minWidth: number;
	maxWidth: number;
	/** Epoch ms: sessions that began from here to before there. */
	from: number;
	to: number;
	/** Of the viewport groups, rising. */
	ends: readonly number[];
	/** Sessions whose rows in the index do not count. */
	stale: readonly string[];
	/** Hash of a key → that of the key it is united with. */
	united: ReadonlyMap<string, string>;
	/** Of the backdrop, for dwell; 0 for any. */
	width: number;
}

/** Maps of what went wrong: few presses, each session counted once, and none of them left out by a sample. */
export const FRICTION_KINDS = ["rage", "dead", "error"] as const;

export type FrictionKind = (typeof FRICTION_KINDS)[number];

export function isFriction(kind: HeatWhere["kind"]): kind is FrictionKind {
	return FRICTION_KINDS.some((name) => name === kind);
}

export const NO_END = 2 ** 31 - 1;
export const BASE_STATE = "base";

/** A browser is `Firefox 128`, a language `de-CH`: the first word is enough. */
const WORDS: Record<FilterKey, string> = {
	browser: startsWithAny("browser", " "),
	os: startsWithAny("os", " "),
	device: startsWithAny("device", " "),
	language: startsWithAny("language", "-"),
	orientation: `has({orientation:Array(String)}, multiIf(
		viewport_height = 0, '', viewport_height >= viewport_width, 'portrait', 'landscape'))`,
	path: "has({path:Array(String)}, path)",
	variant: "hasAny(variants, {variant:Array(String)})",
	automated: "has({automated:Array(String)}, if(automated = 1, 'yes', 'no'))",
};

function startsWithAny(column: FilterKey, end: " " | "-"): string {
	return `arrayExists(word -> startsWith(concat(lower(${column}), '${end}'), concat(lower(word), '${end}')),
		{${column}:Array(String)})`;
}

export const OF_DAYS = `site = {site:UInt32} AND page IN {pages:Array(String)}
	AND day >= {firstDay:Date} AND day <= {lastDay:Date}`;
/** What is counted beside the rows, by day, and rows of the other days. */
const OF_WHOLE_DAYS = `${OF_DAYS}
	AND toDate(began) >= {firstWhole:Date} AND toDate(began) <= {lastWhole:Date}`;
const OF_OTHER_DAYS = `(day <= {firstWhole:Date} OR day >= {lastWhole:Date})
	AND (toDate(began) < {firstWhole:Date} OR toDate(began) > {lastWhole:Date})`;
const OF_PAGE = `${OF_DAYS}
	AND began >= fromUnixTimestamp64Milli({from:Int64}) AND began < fromUnixTimestamp64Milli({to:Int64})`;

/**
 * Rows of a session of which what is asked may leave out the one that is marked. None are where nothing is
 * asked that differs within a session.
 */
export function isMixed(where: HeatWhere): string {
	return maskOf(where) === 0 ? "false" : "bitAnd(flags, {mask:UInt16}) != 0";
}

/** The same of presses, whose keys may be united. */
export function isMixedPress(where: HeatWhere): string {
	return where.united.size === 0
		? isMixed(where)
		: `(${isMixed(where)} OR key IN {unitedAll:Array(UInt64)})`;
}

/** Conditions of two halves of a whole page's rows: those that are counted by day already, and the others. */
export function halveDays({ stale }: HeatWhere): string[] {
	return [OF_WHOLE_DAYS, join([OF_PAGE, OF_OTHER_DAYS, ...staleConditions(stale)])];
}

/** Facets are counted without the condition of their own. */
export type Facet = "group" | "pointer" | "state";

export function pressConditions(where: HeatWhere, facets: readonly Facet[]): string {
	const asked: Record<Facet, string> = {
		group: isAnyWidth(where) ? "" : IN_GROUP,
		pointer: where.pointer === "" ? "" : "pointer = {pointer:String}",
		state: where.state === "" ? "" : "state = {state:String}",
	};
	return join([...sharedConditions(where), ...facets.map((facet) => asked[facet])]);
}

export function shownConditions(where: HeatWhere, facets: readonly Facet[]): string {
	const asked: Record<Facet, string> = {
		group: isAnyWidth(where) ? "" : SHOWN_IN_GROUP,
		pointer: where.pointer === "" ? "" : "bitAnd(pointers, {pointerBit:UInt8}) != 0",
		// What was open is known of presses only.
		state: "",
	};
	return join([...sharedConditions(where), ...facets.map((facet) => asked[facet])]);
}

const IN_GROUP = "viewport_width >= {minWidth:UInt32} AND viewport_width < {maxWidth:UInt32}";
const SHOWN_IN_GROUP = `((${IN_GROUP}) OR arrayExists(
	wide -> wide >= {minWidth:UInt32} AND wide < {maxWidth:UInt32}, other_widths))`;

function sharedConditions({ filter, stale }: Pick<HeatWhere, "filter" | "stale">): string[] {
	return [OF_PAGE, ...filterConditions(filter), ...staleConditions(stale)];
}

/** For tables that say who visited, `shown` and `presses`; parameters are the filter itself. */
export function filterConditions(filter: SessionFilter): string[] {
	return Object.entries(WORDS).flatMap(([key, sql]) => (key in filter ? [sql] : []));
}

export function staleConditions(stale: readonly string[]): string[] {
	return stale.length > 0 ? ["session NOT IN {stale:Array(UUID)}"] : [];
}

function join(conditions: readonly string[]): string {
	return conditions.filter((condition) => condition !== "").join(" AND ");
}

export function heatParameters(where: HeatWhere): Record<string, unknown> {
	const { site, pages, from, to, minWidth, maxWidth, ends, stale, filter, united, pointer } = where;
	return {
		...{ site, pages, from, to, minWidth, maxWidth, ends, stale, pointer, mask: maskOf(where) },
		...{
			unitedFrom: [...united.keys()].map(BigInt),
			unitedTo: [...united.values()].map(BigInt),
			unitedAll: [...new Set([...united].flat())].map(BigInt),
		},
		state: where.state === BASE_STATE ? "" : where.state,
		pointerBit: pointer === "" ? 0 : POINTER_BITS[pointer],
		// A session's day is that of its id, which a clock may have made a day off.
		firstDay: toDay(from - DAY_MS),
		lastDay: toDay(to + DAY_MS),
		...findWholeDays(where),
		...filter,
	};
}

/** Days that lie wholly in a period, and on which no session began whose rows do not count. */
function findWholeDays({ from, to, stale }: Pick<HeatWhere, "from" | "to" | "stale">) {
	const staleFrom = stale.reduce((least, id) => Math.min(least, timeOfUuidV7(id)), NO_TIME);
	const first = Math.ceil(from / DAY_MS);
	const last = Math.min(Math.floor(to / DAY_MS) - 1, Math.floor(staleFrom / DAY_MS) - 2);
	return last < first
		? { firstWhole: toDay(DAY_MS), lastWhole: toDay(0) }
		: { firstWhole: toDay(first * DAY_MS), lastWhole: toDay(last * DAY_MS) };
}

/** Is nothing asked for but a page and a period? */
export function isWholePage(where: HeatWhere): boolean {
	const { pointer, state, filter } = where;
	return isAnyWidth(where) && pointer === "" && state === "" && Object.keys(filter).length === 0;
}

/** Which differences between the presses of a session matter. */
function maskOf(where: HeatWhere): number {
	const { mixedPage, mixedPath, mixedPointer, mixedState, mixedWidth } = HEAT_FLAGS;
	return (
		(isAnyWidth(where) && where.filter.orientation === undefined ? 0 : mixedWidth) |
		(where.pointer === "" ? 0 : mixedPointer) |
		(where.state === "" ? 0 : mixedState) |
		(where.filter.path === undefined ? 0 : mixedPath) |
		(where.pages.length === 1 ? 0 : mixedPage)
	);
}

export function isAnyWidth({ minWidth, maxWidth }: HeatWhere): boolean {
	return minWidth === 0 && maxWidth === NO_END;
}

/** Position of a width among the groups, from 0. */
export function positionOf(width: number, ends: readonly number[]): number {
	const position = ends.findIndex((end) => width < end);
	return position < 0 ? ends.length : position;
}

export function fitsPress(
	row: PressRow | TimeOfRow,
	where: HeatWhere,
	facets: readonly Facet[],
): boolean {
	const { pointer, state } = where;
	const asked: Record<Facet, () => boolean> = {
		group: () => isInGroup(row.viewport_width, where),
		pointer: () => pointer === "" || row.pointer === pointer,
		state: () => state === "" || row.state === (state === BASE_STATE ? "" : state),
	};
	return isOfPage(row, where) && facets.every((facet) => asked[facet]());
}

export function fitsShown(row: ShownRow, where: HeatWhere, facets: readonly Facet[]): boolean {
	const { pointer } = where;
	const asked: Record<Facet, () => boolean> = {
		group: () => [row.viewport_width, ...row.other_widths].some((wide) => isInGroup(wide, where)),
		pointer: () => pointer === "" || (row.pointers & POINTER_BITS[pointer]) !== 0,
		state: () => true,
	};
	return isOfPage(row, where) && facets.every((facet) => asked[facet]());
}

function isInGroup(width: number, { minWidth, maxWidth }: HeatWhere): boolean {
	return width >= minWidth && width < maxWidth;
}

function isOfPage(
	row: PressRow | TimeOfRow | ShownRow,
	{ pages, from, to, filter }: HeatWhere,
): boolean {
	return pages.includes(row.page) && row.began >= from && row.began < to && fitsFilter(row, filter);
}

/** What a filter looks at. */
export type FilteredRow = Pick<
	ShownRow,
	| ("browser" | "os" | "device" | "language" | "automated" | "variants" | "path")
	| ("viewport_width" | "viewport_height")
>;

export function fitsFilter(row: FilteredRow, filter: SessionFilter): boolean {
	const begins = (text: string, end: string) => (word: string) =>
		`${text}${end}`.toLowerCase().startsWith(`${word}${end}`.toLowerCase());
	const words: Record<FilterKey, (word: string) => boolean> = {
		browser: begins(row.browser, " "),
		os: begins(row.os, " "),
		device: begins(row.device, " "),
		language: begins(row.language, "-"),
		orientation: (word) => word === orientationOf(row),
		path: (word) => word === row.path,
		variant: (word) => row.variants.includes(word),
		automated: (word) => (word === "yes") === (row.automated === 1),
	};
	return (Object.entries(filter) as [FilterKey, readonly string[]][]).every(([key, some]) =>
		some.some(words[key]),
	);
}

/** As the index takes days. */
export function toDay(at: number): string {
	return new Date(Math.min(Math.max(at, 0), LAST_DATE)).toISOString().slice(0, 10);
}

/** A `Date` of the index ends in 2149. */
const LAST_DATE = Date.UTC(2149, 0, 1);
