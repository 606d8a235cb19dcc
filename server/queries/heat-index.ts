// The tally of what the index has of a map. Questions that do not wait for each other are asked at once.
import type { Index } from "../index/client.ts";
import {
	attentionSql,
	binsSql,
	drawnSql,
	dwellSql,
	elementsSql,
	exposuresSql,
	groupsSql,
	leadsSql,
	type PressShare,
	pressFacetsSql,
	reachSql,
	totalsSql,
} from "./heat-sql.ts";
import { addTo, createTally, type ElementTally, elementOf, type HeatTally } from "./heat-tally.ts";
import { type HeatWhere, heatParameters, isFriction } from "./heat-where.ts";
import { scaleCounts } from "./scale-counts.ts";

/**
 * Of more page views than these, so many are read for exposures, attention, dwell and groups; of more presses
 * so many for where on their elements they are and for groups and states. Elements of which there are few
 * presses among those are read whole.
 */
const LIMITS: SampleLimits = { views: 200_000, presses: 500_000, pressesOfOne: 100 };
const DRAWS = 65_536;
const SIXTEENTHS = 16;

/** What part is read of what is too much: the same sessions whatever is asked of them. */
interface Sample {
	/** Of page views: draws below this, of 65,536. */
	draws: number;
	/** Of presses. */
	sixteenths: number;
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
	counts: (string | number)[];
}

interface LeadsRow {
	hash: string;
	lowest: string;
	leads: [string, string | number][];
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
	limits = LIMITS,
): Promise<HeatTally> {
	const parameters = heatParameters(where);
	const ask: Ask = (sql, more = {}) => index.query(sql, { ...parameters, ...more });
	const tally = createTally(where.ends);
	await Promise.all([addElements(tally, where, ask), addTotals(tally, where, ask)]);
	const sample = chooseSample(tally, limits);
	const sampled: Sampled = { sample, ask: (sql, more) => ask(sql, { ...sample, ...more }) };
	await countDrawn(tally, where, sampled);
	await Promise.all([
		addBins(tally, where, { ...sampled, least: limits.pressesOfOne }),
		addFacets(tally, where, sampled),
		addLeads(tally, where, sampled),
		addExposures(tally, where, sampled.ask),
		addMeasures(tally, where, sampled.ask),
	]);
	await addBareLayers(tally, where, ask);
	return tally;
}

interface Sampled {
	ask: Ask;
	sample: Sample;
}

function chooseSample({ views, elements }: HeatTally, limits: SampleLimits): Sample {
	const presses = [...elements.values()].reduce((sum, element) => sum + element.presses, 0);
	const part = (count: number, limit: number, whole: number) =>
		count <= limit ? whole : Math.max(1, Math.round((whole * limit) / count));
	return {
		draws: part(views, limits.views, DRAWS),
		sixteenths: part(presses, limits.presses, SIXTEENTHS),
	};
}

async function addElements(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	for (const row of await ask<ElementRow>(elementsSql(where))) {
		const { hash, ...numbers } = row;
		const element = elementOf(tally, hash);
		for (const [name, number] of Object.entries(numbers)) {
			element[name as keyof typeof numbers] = Number(number);
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
	const scale = SIXTEENTHS / sample.sixteenths;
	for (const { hash, lowest, leads } of await ask<LeadsRow>(leadsSql(where, "all"))) {
		const element = elementOf(tally, hash);
		element.layer = lowest;
		for (const [page, views] of leads) {
			if (page !== "") addTo(element.next, page, Math.round(Number(views) * scale));
		}
	}
}

async function addBins(
	tally: HeatTally,
	where: HeatWhere,
	{ ask, sample, least }: Sampled & { least: number },
): Promise<void> {
	const add = async (share: PressShare, few: bigint[] = []) => {
		const sql = binsSql(where, share);
		for (const { hash, bins, counts } of sql === undefined
			? []
			: await ask<BinsRow>(sql, { few })) {
			const element = elementOf(tally, hash);
			for (const [at, bin] of bins.entries()) addTo(element.bins, bin, Number(counts[at] ?? 0));
		}
	};
	await add("sample");
	if (sample.sixteenths === SIXTEENTHS || isFriction(where.kind)) return;
	const few = new Set<string>();
	for (const [hash, element] of tally.elements) {
		const counted = countedOf(element, where);
		const read = [...element.bins.values()].reduce((sum, count) => sum + count, 0);
		if (read < Math.min(least, counted)) {
			few.add(hash);
			element.bins.clear();
		} else element.bins = scaleCounts(element.bins, counted);
	}
	if (few.size > 0) await add("few", listMembers(few, where));
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
	{ ask, sample }: Sampled,
): Promise<void> {
	const [presses, views] = await Promise.all([
		ask<FacetRow>(pressFacetsSql(where)),
		ask<{ position: number; views: string }>(groupsSql(where)),
	]);
	const pressScale = SIXTEENTHS / sample.sixteenths;
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
	{ ask, sample }: Sampled,
): Promise<void> {
	if (sample.draws === DRAWS) return;
	const [drawn] = await ask<{ views: string }>(drawnSql(where));
	tally.sampledViews = Number(drawn?.views ?? 0);
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

async function addExposures(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const rows = await ask<{ hash: string; views: string; sessions: string }>(exposuresSql(where));
	const scale = tally.sampledViews > 0 ? tally.views / tally.sampledViews : 1;
	for (const { hash, views, sessions } of rows) {
		const element = elementOf(tally, hash);
		element.exposedViews = Math.round(Number(views) * scale);
		element.exposedSessions = Math.round(Number(sessions) * scale);
	}
}
