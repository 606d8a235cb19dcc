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
	pressFacetsSql,
	reachSql,
	totalsSql,
} from "./heat-sql.ts";
import { addTo, createTally, elementOf, type HeatTally } from "./heat-tally.ts";
import { type HeatWhere, heatParameters } from "./heat-where.ts";

/** Of more page views than these, so many are read for exposures, attention and dwell. */
const SAMPLE_VIEWS = 200_000;
const DRAWS = 65_536;

interface ElementRow {
	hash: string;
	presses: string;
	sessions: string;
	views: string;
	first: string;
	last: string;
	exits: string;
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
export async function tallyIndex(index: Index, where: HeatWhere): Promise<HeatTally> {
	const parameters = heatParameters(where);
	const ask: Ask = (sql, more = {}) => index.query(sql, { ...parameters, ...more });
	const tally = createTally(where.ends);
	await Promise.all([
		addElements(tally, where, ask),
		addBins(tally, where, ask),
		addFacets(tally, where, ask),
		addTotals(tally, where, ask).then((draws) => addSampled(tally, where, ask, draws)),
	]);
	await addBareLayers(tally, where, ask);
	return tally;
}

async function addElements(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	for (const row of await ask<ElementRow>(elementsSql(where))) {
		const { presses, sessions, views, first, last, exits } = row;
		const element = elementOf(tally, row.hash);
		const numbers = { presses, sessions, views, first, last, exits };
		for (const [name, number] of Object.entries(numbers)) {
			element[name as keyof typeof numbers] = Number(number);
		}
	}
}

/** Of elements that no view that was read pressed: there are few presses of them. */
async function addBareLayers(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const bare = [...tally.elements]
		.filter(([, { presses, layer }]) => presses > 0 && layer === "")
		.map(([hash]) => BigInt(hash));
	if (bare.length === 0) return;
	const rows = await ask<LeadsRow>(leadsSql(where, "bare"), { bare, every: 1 });
	for (const { hash, lowest } of rows) elementOf(tally, hash).layer = lowest;
}

async function addLeads(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const every = Math.max(1, Math.floor(tally.views / SAMPLE_VIEWS));
	for (const { hash, lowest, leads } of await ask<LeadsRow>(leadsSql(where, "all"), { every })) {
		const element = elementOf(tally, hash);
		element.layer = lowest;
		for (const [page, views] of leads) {
			if (page !== "") addTo(element.next, page, Number(views) * every);
		}
	}
}

async function addBins(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const sql = binsSql(where);
	if (sql === undefined) return;
	const rows = await ask<{ hash: string; bins: number[]; counts: (string | number)[] }>(sql);
	for (const { hash, bins, counts } of rows) {
		const element = elementOf(tally, hash);
		for (const [at, bin] of bins.entries()) addTo(element.bins, bin, Number(counts[at] ?? 0));
	}
}

async function addFacets(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<void> {
	const [presses, views] = await Promise.all([
		ask<FacetRow>(pressFacetsSql(where)),
		ask<{ position: number; views: string }>(groupsSql(where)),
	]);
	const state = where.state === "base" ? "" : where.state;
	for (const row of presses) {
		const isPointer = where.pointer === "" || row.ofPointer === where.pointer;
		const isState = where.state === "" || row.ofState === state;
		const count = Number(row.presses);
		const group = tally.groups[toPosition(row.position, where)];
		if (isPointer && isState && group) group.presses += count;
		if (row.isWide === 1 && isPointer) addTo(tally.states, row.ofState, count);
		if (row.isWide === 1 && isState) addTo(tally.pointers, row.ofPointer, count);
	}
	for (const row of views) {
		const group = tally.groups[toPosition(row.position, where)];
		if (group) group.views += Number(row.views);
	}
}

/** The index counts from 1, with 0 for wider than all ends. */
function toPosition(position: number, { ends }: HeatWhere): number {
	return position === 0 ? ends.length : position - 1;
}

/** @returns below which draw rows are read where not all are */
async function addTotals(tally: HeatTally, where: HeatWhere, ask: Ask): Promise<number> {
	const [row] = await ask<Record<"views" | "exits" | "sessions" | "mixed", string>>(
		totalsSql(where),
	);
	tally.views = Number(row?.views ?? 0);
	tally.exits = Number(row?.exits ?? 0);
	tally.sessions = Number(row?.sessions ?? 0) + Number(row?.mixed ?? 0);
	tally.sampledViews = tally.views;
	if (tally.views <= SAMPLE_VIEWS) return DRAWS;
	const draws = Math.ceil((DRAWS * SAMPLE_VIEWS) / tally.views);
	const [drawn] = await ask<{ views: string }>(drawnSql(where), { draws });
	tally.sampledViews = Number(drawn?.views ?? 0);
	return draws;
}

async function addSampled(
	tally: HeatTally,
	where: HeatWhere,
	ask: Ask,
	draws: number,
): Promise<void> {
	const { kind, width } = where;
	await Promise.all([addExposures(tally, where, ask, draws), addLeads(tally, where, ask)]);
	if (kind === "scroll") {
		const rows = await ask<{ reach: number; views: string }>(reachSql(where));
		for (const { reach, views } of rows) tally.reach[reach] = Number(views);
	}
	if (kind === "attention") {
		const rows = await ask<{ slice: number; step: number; views: string }>(attentionSql(where), {
			draws,
		});
		for (const { slice, step, views } of rows) {
			const steps = tally.attention[slice - 1];
			if (steps) addTo(steps, step, Number(views));
		}
	}
	if (kind === "move") {
		const [row] = await ask<{ views: string; cells: [number[], string[]] }>(dwellSql(where), {
			...{ draws, width },
		});
		tally.dwell.views = Number(row?.views ?? 0);
		const [cells, ms] = row?.cells ?? [[], []];
		for (const [at, cell] of cells.entries()) addTo(tally.dwell.cells, cell, Number(ms[at] ?? 0));
	}
}

async function addExposures(
	tally: HeatTally,
	where: HeatWhere,
	ask: Ask,
	draws: number,
): Promise<void> {
	const rows = await ask<{ hash: string; views: string; sessions: string }>(exposuresSql(where), {
		draws,
	});
	const scale = tally.sampledViews > 0 ? tally.views / tally.sampledViews : 1;
	for (const { hash, views, sessions } of rows) {
		const element = elementOf(tally, hash);
		element.exposedViews = Math.round(Number(views) * scale);
		element.exposedSessions = Math.round(Number(sessions) * scale);
	}
}
