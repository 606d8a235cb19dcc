// The tally of what the index has of a map. Questions that do not wait for each other are asked at once.
import type { Index } from "../index/client.ts";
import {
	attentionSql,
	binsSql,
	drawnSql,
	dwellSql,
	exposuresSql,
	groupsSql,
	leadsSql,
	listElementsSql,
	type PressShare,
	pressFacetsSql,
	reachSql,
	SIZES,
	timesOfMapSql,
	totalsSql,
} from "./heat-sql.ts";
import { addTo, createTally, type ElementTally, elementOf, type HeatTally } from "./heat-tally.ts";
import { addTimes, type TimesRow } from "./heat-times.ts";
import { type HeatWhere, heatParameters, isFriction, isWholePage } from "./heat-where.ts";
import { scaleCounts } from "./scale-counts.ts";

/**
 * Of more page views than these, so many are read for exposures, attention, dwell and groups; of more presses
 * so many for where on their elements they are and for groups and states. Elements of which there are few
 * presses among those are read whole.
 */
const LIMITS: SampleLimits = { views: 100_000, presses: 250_000, pressesOfOne: 100 };
const DRAWS = 65_536;
/** The index skips what is beyond the sixteenth that a draw is in. */
const SIXTEENTH = DRAWS / 16;

/** What part is read of what is too much: the same sessions whatever is asked of them. */
interface Sample {
	/** Of page views: draws below this, of 65,536. */
	draws: number;
	/** The same of presses. */
	pressDraws: number;
	sixteenth: number;
}

/** From which on only a part is read; how much of it, and what an element needs in a part of presses. */
export interface SampleLimits {
	views: number;
	presses: number;
	pressesOfOne: number;
}

interface ElementRow {
	hash: string;
	presses: string;
	sessions: string;
	views: string;
	first: string;
	firstSessions: string;
	last: string;
	exits: string;
}

interface BinsRow {
	hash: string;
	bins: number[];
	counts: number[];
}

interface LeadsRow {
	hash: string;
	lowest: string;
	leads: [string, number][];
}

interface FacetRow {
	position: number;
	isWide: number;
	ofPointer: string;
	ofState: string;
	presses: string;
}

type Ask = <Row>(sql: string, more?: Record<string, unknown>) => Promise<Row[]>;

/** @throws IndexUnavailable */
export async function tallyIndex(
	index: Index,
	where: HeatWhere,
	{ limits = LIMITS, isTimed = true }: { limits?: SampleLimits; isTimed?: boolean } = {},
): Promise<HeatTally> {
	const parameters = heatParameters(where);
	const ask: Ask = (sql, more = {}) => index.query(sql, { ...parameters, ...more });
	const tally = createTally(where.ends);
	const counted = Promise.all([addElements(tally, where, ask), addTotals(tally, where, ask)]);
	// Of a part of a page it has to be known how large the part is; of a whole one its size does, and is told at once.
	const sample = isWholePage(where)
		? chooseSample(await findSizes(ask), limits)
		: await counted.then(() => chooseSample(sizesOf(tally), limits));
	const askSample: Ask = (sql, more) => ask(sql, { ...sample, ...more });
	const known = countDrawn(tally, where, { sample, ask: askSample, known: counted });
	const sampled: Sampled = { sample, ask: askSample, known };
	await Promise.all([
		known,
		addBins(tally, where, { ...sampled, least: limits.pressesOfOne }),
		addFacets(tally, where, sampled),
		addLeads(tally, where, sampled),
		addExposures(tally, where, sampled),
		addMeasures(tally, where, sampled.ask),
		...(isTimed ? [addAllTimes(tally, where, sampled.ask)] : []),
	]);
	await addBareLayers(tally, where, ask);
	return tally;
}

interface Sampled {
	ask: Ask;
	sample: Sample;
	/** Ends when what is counted in full is there, and how many page views were read. */
	known: Promise<unknown>;
}

interface Sizes {
	presses: number;
	views: number;
}

async function findSizes(ask: Ask): Promise<Sizes> {
	const [row] = await ask<Record<keyof Sizes, string>>(SIZES);
	return { presses: Number(row?.presses ?? 0), views: Number(row?.views ?? 0) };
}

function sizesOf({ views, elements }: HeatTally): Sizes {
	const presses = [...elements.values()].reduce((sum, element) => sum + element.presses, 0);
	return { presses, views };
}

function chooseSample({ presses, views }: Sizes, limits: SampleLimits): Sample {
	const part = (count: number, limit: number) =>
		count <= limit ? DRAWS : Math.max(1, Math.round((DRAWS * limit) / count));
	const pressDraws = part(presses, limits.presses);
	const sixteenth = Math.floor((pressDraws - 1) / SIXTEENTH);
	return { draws: part(views, limits.views), pressDraws, sixteenth };
}

async function addElements(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const asked = listElementsSql(where).map((sql) => ask<ElementRow>(sql));
	for (const { hash, ...numbers } of (await Promise.all(asked)).flat()) {
		const element = elementOf(tally, hash);
		for (const [name, number] of Object.entries(numbers)) {
			element[name as keyof typeof numbers] += Number(number);
		}
	}
}

/** Of elements that no view that was read pressed: there are few presses of them. */
async function addBareLayers(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const names = [...tally.elements]
		.filter(([, { presses, layer }]) => presses > 0 && layer === "")
		.map(([hash]) => hash);
	if (names.length === 0) return;
	const bare = listMembers(new Set(names), where);
	const rows = await ask<LeadsRow>(leadsSql(where, "bare"), { bare });
	for (const { hash, lowest } of rows) elementOf(tally, hash).layer = lowest;
}

async function addLeads(
	tally: HeatTally,
	where: HeatWhere,
	{ ask, sample }: Sampled,
): Promise<void> {
	const scale = DRAWS / sample.pressDraws;
	for (const { hash, lowest, leads } of await ask<LeadsRow>(leadsSql(where, "all"))) {
		const element = elementOf(tally, hash);
		element.layer = lowest;
		for (const [page, views] of leads) {
			if (page !== "") addTo(element.next, page, Math.round(views * scale));
		}
	}
}

async function addBins(
	tally: HeatTally,
	where: HeatWhere,
	{ ask, sample, known, least }: Sampled & { least: number },
): Promise<void> {
	const read = async (share: PressShare, few: bigint[] = []) => {
		const sql = binsSql(where, share);
		return sql === undefined ? [] : ask<BinsRow>(sql, { few });
	};
	const rows = await read("sample");
	if (sample.pressDraws === DRAWS || isFriction(where.kind)) {
		for (const row of rows) fillBins(tally, row, row.counts);
		return;
	}
	await known;
	const few = new Set(tally.elements.keys());
	for (const row of rows) {
		const counted = countedOf(elementOf(tally, row.hash), where);
		const sum = row.counts.reduce((all, count) => all + count, 0);
		if (sum < Math.min(least, counted)) continue;
		few.delete(row.hash);
		fillBins(tally, row, scaleCounts(row.counts, counted));
	}
	for (const hash of few) if (countedOf(elementOf(tally, hash), where) === 0) few.delete(hash);
	if (few.size === 0) return;
	for (const row of await read("few", listMembers(few, where))) fillBins(tally, row, row.counts);
}

function fillBins(tally: HeatTally, { hash, bins }: BinsRow, counts: readonly number[]): void {
	const element = elementOf(tally, hash);
	for (const [at, bin] of bins.entries()) {
		const count = counts[at] ?? 0;
		// A bin comes twice where one half of the query counted it by marks and the other by session.
		if (count > 0) addTo(element.bins, bin, count);
	}
}

/** Hashes of all keys that are counted under some names. */
function listMembers(names: ReadonlySet<string>, { united }: HeatWhere): bigint[] {
	const members = [...united].filter(([, name]) => names.has(name)).map(([hash]) => hash);
	return [...new Set([...names, ...members])].map(BigInt);
}

/** How many presses of an element a map counts. */
function countedOf(element: ElementTally, { kind, unit }: HeatWhere): number {
	if (kind === "last") return element.last;
	if (kind === "first") return unit === "unique" ? element.firstSessions : element.first;
	return unit === "unique" ? element.sessions : element.presses;
}

async function addFacets(
	tally: HeatTally,
	where: HeatWhere,
	{ ask, sample, known }: Sampled,
): Promise<void> {
	const [presses, views] = await Promise.all([
		ask<FacetRow>(pressFacetsSql(where)),
		ask<{ position: number; views: string }>(groupsSql(where)),
	]);
	await known;
	const pressScale = DRAWS / sample.pressDraws;
	const viewScale = tally.sampledViews > 0 ? tally.views / tally.sampledViews : 1;
	const state = where.state === "base" ? "" : where.state;
	for (const row of presses) {
		const isPointer = where.pointer === "" || row.ofPointer === where.pointer;
		const isState = where.state === "" || row.ofState === state;
		const count = Math.round(Number(row.presses) * pressScale);
		if (row.isWide === 1 && isPointer && isState) tally.sampledPresses += Number(row.presses);
		const group = tally.groups[toPosition(row.position, where)];
		if (isPointer && isState && group) group.presses += count;
		if (row.isWide === 1 && isPointer) addTo(tally.states, row.ofState, count);
		if (row.isWide === 1 && isState) addTo(tally.pointers, row.ofPointer, count);
	}
	for (const row of views) {
		const group = tally.groups[toPosition(row.position, where)];
		if (group) group.views += Math.round(Number(row.views) * viewScale);
	}
}

/** The index counts from 1, with 0 for wider than all ends. */
function toPosition(position: number, { ends }: HeatWhere): number {
	return position === 0 ? ends.length : position - 1;
}

async function addTotals(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const [row] = await ask<Record<"views" | "exits" | "sessions" | "mixed", string>>(
		totalsSql(where),
	);
	tally.views = Number(row?.views ?? 0);
	tally.exits = Number(row?.exits ?? 0);
	tally.sessions = Number(row?.sessions ?? 0) + Number(row?.mixed ?? 0);
	tally.sampledViews = tally.views;
}

async function countDrawn(
	tally: HeatTally,
	where: HeatWhere,
	{ ask, sample, known }: Sampled,
): Promise<void> {
	const [drawn] = sample.draws === DRAWS ? [] : await ask<{ views: string }>(drawnSql(where));
	await known;
	tally.sampledViews = drawn === undefined ? tally.views : Number(drawn.views);
}

async function addMeasures(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const { kind, width } = where;
	if (kind === "scroll") {
		const rows = await ask<{ reach: number; views: string }>(reachSql(where));
		for (const { reach, views } of rows) tally.reach[reach] = Number(views);
	}
	if (kind === "attention") {
		const rows = await ask<{ slice: number; step: number; views: string }>(attentionSql(where));
		for (const { slice, step, views } of rows) {
			const steps = tally.attention[slice - 1];
			if (steps) addTo(steps, step, Number(views));
		}
	}
	if (kind === "move") {
		const [row] = await ask<{ views: string; cells: [number[], string[]] }>(dwellSql(where), {
			width,
		});
		tally.dwell.views = Number(row?.views ?? 0);
		const [cells, ms] = row?.cells ?? [[], []];
		for (const [at, cell] of cells.entries()) addTo(tally.dwell.cells, cell, Number(ms[at] ?? 0));
	}
}

async function addAllTimes(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	for (const row of await ask<TimesRow>(timesOfMapSql(where))) addTimes(tally.times, row);
}

async function addExposures(
	tally: HeatTally,
	where: HeatWhere,
	{ ask, known }: Sampled,
): Promise<void> {
	const rows = await ask<{ hash: string; views: string; sessions: string }>(exposuresSql(where));
	await known;
	const scale = tally.sampledViews > 0 ? tally.views / tally.sampledViews : 1;
	for (const { hash, views, sessions } of rows) {
		const element = elementOf(tally, hash);
		element.exposedViews = Math.round(Number(views) * scale);
		element.exposedSessions = Math.round(Number(sessions) * scale);
	}
}
