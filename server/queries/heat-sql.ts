// What the index is asked of a heatmap. Presses that a sum of marks can count are summed up; the others
// (`isMixed`) are counted by session, which is why most queries have two halves.
import { HEAT_SLICES } from "../../protocol/api.ts";
import { HEAT_FLAGS } from "../index/heat-row.ts";
import { DWELL_WIDTH_SHARE } from "./heat-tally.ts";
import { timesSql } from "./heat-times.ts";
import {
	type HeatWhere,
	halveDays,
	isAnyWidth,
	isFriction,
	isMixed,
	isMixedPress,
	isWholePage,
	OF_DAYS,
	pressConditions,
	shownConditions,
} from "./heat-where.ts";

const ALL = ["group", "pointer", "state"] as const;
const KEY = "transform(key, {unitedFrom:Array(UInt64)}, {unitedTo:Array(UInt64)}, key)";
const has = (flag: number, and = flag) => `bitAnd(flags, ${flag}) = ${and}`;
const { first, last, exit, newInView } = HEAT_FLAGS;

/** Of page views, which are sorted by it. */
const DRAWN = "draw < {draws:UInt32}";
/** Presses are sorted by the sixteenth of a session's draw. */
const IN_SAMPLE = "bitShiftRight(draw, 12) <= {sixteenth:UInt8} AND draw < {pressDraws:UInt32}";

/** Presses of some sessions, or all presses on some keys. */
export type PressShare = "sample" | "few";
const SHARES: Record<PressShare, string> = {
	sample: IN_SAMPLE,
	few: "key IN {few:Array(UInt64)}",
};

/** Hash → bins and their counts, for kinds that count presses. */
export function binsSql(where: HeatWhere, share: PressShare): string | undefined {
	const marks = {
		press: { all: 0, unique: HEAT_FLAGS.new },
		first: { all: first, unique: HEAT_FLAGS.firstNew },
		last: { all: last, unique: last },
	};
	const { kind, unit } = where;
	if (isFriction(kind)) return frictionSql(where, HEAT_FLAGS[kind]);
	if (kind !== "press" && kind !== "first" && kind !== "last") return undefined;
	const of = `${pressConditions(where, ALL)} AND ${SHARES[share]}`;
	const marked = (flag: number) => (flag === 0 ? "" : `AND ${has(flag)}`);
	const summed = `
		SELECT key, bin, toUInt32(count()) AS n FROM presses
		WHERE ${of} ${marked(marks[kind][unit])} AND NOT ${isMixedPress(where)} GROUP BY key, bin`;
	const byOne = unit === "unique" ? "[argMin(bin, (at, bin))]" : "groupArray(bin)";
	const mixed = `
		SELECT name AS key, arrayJoin(bins) AS bin, toUInt32(count()) AS n FROM (
			SELECT ${KEY} AS name, session, ${byOne} AS bins FROM presses
			WHERE ${of} ${marked(marks[kind].all)} AND ${isMixedPress(where)} GROUP BY name, session
		) GROUP BY name, bin`;
	const counts = isMixedPress(where) === "false" ? summed : `${summed} UNION ALL ${mixed}`;
	return `
	SELECT toString(key) AS hash, groupArray(bin) AS bins, groupArray(n) AS counts
	FROM (${counts}) GROUP BY key`;
}

/** There is no mark for the first of a session: those that are marked are few enough to be counted. */
function frictionSql(where: HeatWhere, flag: number): string {
	return `
	SELECT toString(name) AS hash, groupArray(bin) AS bins, groupArray(n) AS counts FROM (
		SELECT name, bin, toUInt32(count()) AS n FROM (
			SELECT ${KEY} AS name, session, argMin(bin, (at, bin)) AS bin FROM presses
			WHERE ${pressConditions(where, ALL)} AND ${has(flag)} GROUP BY name, session
		) GROUP BY name, bin
	) GROUP BY name`;
}

/** About how much there is of a page, in whole days. */
export const SIZES = `
	SELECT (SELECT count() FROM presses WHERE ${OF_DAYS}) AS presses,
		(SELECT count() FROM shown WHERE ${OF_DAYS}) AS views`;

/** Hash → counts of presses, sessions and page views. Answers to the questions add up. */
export function listElementsSql(where: HeatWhere): string[] {
	const mixed = isMixedPress(where);
	const draws = halveDraws(pressConditions(where, ALL));
	const summed = isWholePage(where) ? halveDays(where) : draws;
	const bySession = mixed === "false" ? [] : draws;
	return [
		...summed.map((of) => summedElements(`${of} AND NOT ${mixed}`)),
		...bySession.map((of) => mixedElements(`${of} AND ${mixed}`)),
	];
}

/** The embedded engine gives a question one thread: halves, so that two cores work at it. */
function halveDraws(conditions: string): string[] {
	return ["<", ">="].map((half) => `${conditions} AND bitShiftRight(draw, 12) ${half} 8`);
}

/** By marks. */
const summedElements = (of: string) => `
	SELECT toString(key) AS hash, sum(n) AS presses, sumIf(n, ${has(HEAT_FLAGS.new)}) AS sessions,
		sumIf(n, ${has(newInView)}) AS views, sumIf(n, ${has(first)}) AS first,
		sumIf(n, ${has(HEAT_FLAGS.firstNew)}) AS firstSessions, sumIf(n, ${has(last)}) AS last,
		sumIf(n, ${has(newInView | exit)}) AS exits
	FROM (SELECT key, flags, count() AS n FROM presses WHERE ${of} GROUP BY key, flags) GROUP BY key`;

/** By session and page view. */
const mixedElements = (of: string) => `
	SELECT toString(name) AS hash, count() AS presses, uniqExact(session) AS sessions,
		uniqExact(view) AS views, countIf(${has(first)}) AS first,
		uniqExactIf(session, ${has(first)}) AS firstSessions, countIf(${has(last)}) AS last,
		uniqExactIf(view, ${has(exit)}) AS exits
	FROM presses WHERE ${of} GROUP BY ${KEY} AS name`;

/** Hash → layer and where page views led: of some sessions, since texts are slow to group by. */
export function leadsSql(where: HeatWhere, ofKeys: "all" | "bare"): string {
	const of = ofKeys === "bare" ? "key IN {bare:Array(UInt64)}" : IN_SAMPLE;
	const views = isMixedPress(where) === "false" ? `countIf(${has(newInView)})` : "uniqExact(view)";
	return `
	SELECT toString(name) AS hash, min(toString(low)) AS lowest, groupArray((next, n)) AS leads FROM (
		SELECT ${KEY} AS name, next, min(layer) AS low, toUInt32(${views}) AS n
		FROM presses WHERE ${pressConditions(where, ALL)} AND ${of}
		GROUP BY name, next
	) GROUP BY name`;
}

/** Hash → times at it, of some sessions. */
export function timesOfMapSql(where: HeatWhere): string {
	return timesSql(`${pressConditions(where, ALL)} AND ${IN_SAMPLE}`, KEY);
}

const POSITION = "arrayFirstIndex(end -> viewport_width < end, {ends:Array(UInt32)})";

/** Presses by group, pointer and state, each of them whatever was asked of it. */
export function pressFacetsSql(where: HeatWhere): string {
	return `
	SELECT ${POSITION} AS position, viewport_width >= {minWidth:UInt32} AND viewport_width < {maxWidth:UInt32} AS isWide,
		toString(pointer) AS ofPointer, toString(state) AS ofState, sum(n) AS presses
	FROM (
		SELECT viewport_width, pointer, state, count() AS n FROM presses
		WHERE ${pressConditions(where, [])} AND ${IN_SAMPLE} GROUP BY viewport_width, pointer, state
	) GROUP BY position, isWide, ofPointer, ofState`;
}

/** Page views by group, whatever group was asked for. */
export function groupsSql(where: HeatWhere): string {
	return `
	SELECT position, sum(n) AS views FROM (
		SELECT ${POSITION} AS position, sum(views) AS n FROM (
			SELECT viewport_width, count() AS views FROM shown
			WHERE ${shownConditions(where, ["pointer"])} AND ${DRAWN} AND empty(other_widths) GROUP BY viewport_width
		) GROUP BY position
		UNION ALL
		SELECT arrayJoin(arrayDistinct(arrayMap(
			wide -> arrayFirstIndex(end -> wide < end, {ends:Array(UInt32)}),
			arrayConcat([viewport_width], other_widths)
		))) AS position, count() AS n FROM shown
		WHERE ${shownConditions(where, ["pointer"])} AND ${DRAWN} AND notEmpty(other_widths) GROUP BY position
	) GROUP BY position`;
}

export function totalsSql(where: HeatWhere): string {
	const all = shownConditions(where, ["group", "pointer"]);
	const mixed = isMixed(where);
	// Sessions are not even read where marks can be counted.
	const bySession =
		mixed === "false" ? "0" : `(SELECT uniqExact(session) FROM shown WHERE ${all} AND ${mixed})`;
	const parts = isWholePage(where) ? halveDays(where) : [all];
	const byFlags = parts.map(
		(of) => `SELECT flags, count() AS n FROM shown WHERE ${of} GROUP BY flags`,
	);
	return `
	SELECT sum(n) AS views, sumIf(n, ${has(exit)}) AS exits,
		sumIf(n, ${has(HEAT_FLAGS.new)} AND NOT ${mixed}) AS sessions, ${bySession} AS mixed
	FROM (${byFlags.join(" UNION ALL ")})`;
}

export function drawnSql(where: HeatWhere): string {
	return `SELECT count() AS views FROM shown
	WHERE ${shownConditions(where, ["group", "pointer"])} AND ${DRAWN}`;
}

/** Hash → page views and sessions that saw it, of the views that are drawn. */
export function exposuresSql(where: HeatWhere): string {
	const of = `${shownConditions(where, ["group", "pointer"])} AND ${DRAWN}`;
	if (!isSummed(where)) return exposuresByOne("exposed", of);
	const summed = `
		SELECT arrayJoin(exposed) AS key, count() AS v, 0 AS s FROM shown WHERE ${of} GROUP BY key
		UNION ALL
		SELECT arrayJoin(new_exposed) AS key, 0, count() FROM shown
		WHERE ${of} AND NOT ${isMixed(where)} GROUP BY key
		UNION ALL
		SELECT arrayJoin(exposed) AS key, 0, uniqExact(session) FROM shown
		WHERE ${of} AND ${isMixed(where)} GROUP BY key`;
	const all = "SELECT toString(key) AS hash, sum(v) AS views, sum(s) AS sessions";
	if (where.united.size === 0) return `${all} FROM (${summed}) GROUP BY key`;
	const joined = exposuresByOne(
		"arrayIntersect(exposed, {unitedAll:Array(UInt64)})",
		`${of} AND hasAny(exposed, {unitedAll:Array(UInt64)})`,
	);
	return `${all} FROM (${summed}) WHERE key NOT IN {unitedAll:Array(UInt64)} GROUP BY key
	UNION ALL ${joined}`;
}

/** Of keys some of which are united: one view may have seen several of one element. */
function exposuresByOne(keys: string, of: string): string {
	return `
	SELECT toString(key) AS hash, uniqExact(view) AS views, uniqExact(session) AS sessions FROM (
		SELECT transform(arrayJoin(${keys}) AS one, {unitedFrom:Array(UInt64)}, {unitedTo:Array(UInt64)}, one) AS key,
			view, session
		FROM shown WHERE ${of}
	) GROUP BY key`;
}

function isSummed(where: HeatWhere): boolean {
	return where.pages.length === 1 && where.pointer === "" && isAnyWidth(where);
}

export function reachSql(where: HeatWhere): string {
	return `SELECT reach, count() AS views FROM shown
	WHERE ${shownConditions(where, ["group", "pointer"])} GROUP BY reach`;
}

export function attentionSql(where: HeatWhere): string {
	return `
	SELECT slice, step, count() AS views FROM (
		SELECT arrayJoin(arrayEnumerate(attention)) AS slice,
			toUInt32(round(20 * log2(1 + attention[slice] / 100))) AS step
		FROM shown
		WHERE ${shownConditions(where, ["group", "pointer"])} AND ${DRAWN} AND length(attention) = ${HEAT_SLICES}
	) GROUP BY slice, step`;
}

export function dwellSql(where: HeatWhere): string {
	return `
	SELECT count() AS views, sumMap(dwell_cells, arrayMap(ms -> toUInt64(ms), dwell_ms)) AS cells FROM shown
	WHERE ${shownConditions(where, ["group", "pointer"])} AND ${DRAWN} AND notEmpty(dwell_cells)
		AND ({width:UInt32} = 0
			OR abs(toInt64(viewport_width) - {width:UInt32}) <= {width:UInt32} * ${DWELL_WIDTH_SHARE})`;
}
