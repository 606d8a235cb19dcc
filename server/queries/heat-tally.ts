// What a heatmap counts, of rows that are not in the index: one by one, with sets where the index sums up
// marks. Tallies of different sessions add up, which is how those that go on are counted with the others.
import { HEAT_SLICES } from "../../protocol/api.ts";
import { groupBy } from "../index/group-by.ts";
import { DWELL_COLUMNS, HEAT_FLAGS, type HeatRows, type PressRow } from "../index/heat-row.ts";
import type { Times } from "./heat-times.ts";
import { fitsPress, fitsShown, type HeatWhere, isFriction, positionOf } from "./heat-where.ts";

export interface ElementTally {
	layer: string;
	presses: number;
	sessions: number;
	views: number;
	first: number;
	/** Sessions with a first press on it. */
	firstSessions: number;
	last: number;
	exits: number;
	exposedSessions: number;
	exposedViews: number;
	/** Of the map's kind and unit, by bin. */
	bins: Map<number, number>;
	/** Page views with a press, by the page after them. */
	next: Map<string, number>;
}

export interface HeatTally {
	/** By hash of the key, with those that were united. */
	elements: Map<string, ElementTally>;
	sessions: number;
	views: number;
	exits: number;
	/** Page views that exposures, attention and dwell were read of. */
	sampledViews: number;
	/** Presses whose place on their elements was read, and that groups, states and pointers were taken from. */
	sampledPresses: number;
	/** By position of the group. */
	groups: { presses: number; views: number }[];
	states: Map<string, number>;
	pointers: Map<string, number>;
	/** By twentieths reached. */
	reach: number[];
	/** By slice, then by step of `stepOfMs`. */
	attention: Map<number, number>[];
	dwell: { views: number; cells: Map<number, number> };
	times: Times;
}

/** Widths at which a page is laid out the same but for little. */
export const DWELL_WIDTH_SHARE = 0.02;

export function createTally(ends: readonly number[]): HeatTally {
	return {
		elements: new Map(),
		...{ sessions: 0, views: 0, exits: 0, sampledViews: 0, sampledPresses: 0 },
		groups: Array.from({ length: ends.length + 1 }, () => ({ presses: 0, views: 0 })),
		...{ states: new Map(), pointers: new Map() },
		reach: new Array<number>(HEAT_SLICES + 1).fill(0),
		attention: Array.from({ length: HEAT_SLICES }, () => new Map<number, number>()),
		dwell: { views: 0, cells: new Map() },
		times: new Map(),
	};
}

export function elementOf({ elements }: HeatTally, hash: string): ElementTally {
	const found = elements.get(hash) ?? {
		...{ layer: "", presses: 0, sessions: 0, views: 0, exits: 0 },
		...{ first: 0, firstSessions: 0, last: 0 },
		...{ exposedSessions: 0, exposedViews: 0, bins: new Map(), next: new Map() },
	};
	elements.set(hash, found);
	return found;
}

export function addTo<Key>(counts: Map<Key, number>, key: Key, count: number): void {
	counts.set(key, (counts.get(key) ?? 0) + count);
}

/** Adds the rows of whole sessions. */
export function tallyRows(tally: HeatTally, rows: HeatRows, where: HeatWhere): void {
	const hashOf = (key: string) => where.united.get(key) ?? key;
	tallyFacets(tally, rows, where);
	const presses = rows.presses.filter((row) =>
		fitsPress(row, where, ["group", "pointer", "state"]),
	);
	const byKey = groupBy(presses, ({ key }) => hashOf(key));
	tally.sampledPresses += presses.length;
	for (const [hash, some] of byKey) tallyPresses(elementOf(tally, hash), some, where);
	tallyShown(tally, rows, where);
}

function tallyPresses(element: ElementTally, presses: readonly PressRow[], where: HeatWhere): void {
	const { first, last, exit } = HEAT_FLAGS;
	const layers = presses.map(({ layer }) => layer).sort();
	if (element.layer === "" || (layers[0] ?? "") < element.layer) element.layer = layers[0] ?? "";
	element.presses += presses.length;
	element.first += presses.filter(({ flags }) => flags & first).length;
	element.last += presses.filter(({ flags }) => flags & last).length;
	const views = [...new Map(presses.map((row) => [row.view, row])).values()];
	element.views += views.length;
	element.exits += views.filter(({ flags }) => flags & exit).length;
	for (const { next } of views) if (next !== "") addTo(element.next, next, 1);
	const sessions = [...groupBy(presses, ({ session }) => session).values()];
	element.sessions += sessions.length;
	for (const some of sessions) {
		if (some.some(({ flags }) => flags & first)) element.firstSessions++;
		for (const { bin } of listCounted(some, where)) addTo(element.bins, bin, 1);
	}
}

/** Of the presses of one session on one element. */
function listCounted(presses: readonly PressRow[], { kind, unit }: HeatWhere): readonly PressRow[] {
	const { rage, dead, error } = HEAT_FLAGS;
	const marks = { press: -1, first: HEAT_FLAGS.first, last: HEAT_FLAGS.last, rage, dead, error };
	if (!(kind in marks)) return [];
	const mark = marks[kind as keyof typeof marks];
	const counted = presses.filter(({ flags }) => kind === "press" || flags & mark);
	return unit === "unique" || isFriction(kind)
		? counted.toSorted((a, b) => a.at - b.at || a.bin - b.bin).slice(0, 1)
		: counted;
}

function tallyFacets(tally: HeatTally, { presses, shown }: HeatRows, where: HeatWhere): void {
	for (const row of presses) {
		const group = tally.groups[positionOf(row.viewport_width, where.ends)];
		if (fitsPress(row, where, ["pointer", "state"]) && group) group.presses++;
		if (fitsPress(row, where, ["group", "pointer"])) addTo(tally.states, row.state, 1);
		if (fitsPress(row, where, ["group", "state"])) addTo(tally.pointers, row.pointer, 1);
	}
	for (const row of shown) {
		if (!fitsShown(row, where, ["pointer"])) continue;
		const widths = [row.viewport_width, ...row.other_widths];
		for (const position of new Set(widths.map((width) => positionOf(width, where.ends)))) {
			const group = tally.groups[position];
			if (group) group.views++;
		}
	}
}

function tallyShown(tally: HeatTally, { shown }: HeatRows, where: HeatWhere): void {
	const rows = shown.filter((row) => fitsShown(row, where, ["group", "pointer"]));
	tally.views += rows.length;
	tally.sampledViews += rows.length;
	tally.sessions += new Set(rows.map(({ session }) => session)).size;
	tally.exits += rows.filter(({ flags }) => flags & HEAT_FLAGS.exit).length;
	const seen = new Set<string>();
	for (const row of rows) {
		for (const hash of new Set(row.exposed.map((key) => where.united.get(key) ?? key))) {
			const element = elementOf(tally, hash);
			element.exposedViews++;
			if (!seen.has(`${row.session} ${hash}`)) element.exposedSessions++;
			seen.add(`${row.session} ${hash}`);
		}
		tally.reach[row.reach] = (tally.reach[row.reach] ?? 0) + 1;
		for (const [slice, ms] of row.attention.entries()) {
			const steps = tally.attention[slice];
			if (steps) addTo(steps, stepOfMs(ms), 1);
		}
		if (!isWide(row.viewport_width, where.width) || row.dwell_cells.length === 0) continue;
		tally.dwell.views++;
		for (const [index, cell] of row.dwell_cells.entries()) {
			addTo(tally.dwell.cells, cell, row.dwell_ms[index] ?? 0);
		}
	}
}

function isWide(width: number, wanted: number): boolean {
	return wanted === 0 || Math.abs(width - wanted) <= wanted * DWELL_WIDTH_SHARE;
}

/** Durations in steps of about 4 %, so that medians can be taken of counts. */
export function stepOfMs(ms: number): number {
	return Math.round(20 * Math.log2(1 + ms / 100));
}

export function msOfStep(step: number): number {
	return 100 * (2 ** (step / 20) - 1);
}

/** The value below which a share of what was counted lies, and which it reaches. */
export function quantileOf(steps: ReadonlyMap<number, number>, share: number): number {
	const total = [...steps.values()].reduce((sum, count) => sum + count, 0);
	let rank = Math.ceil(total * share);
	for (const [step, count] of [...steps].sort(([a], [b]) => a - b)) {
		rank -= count;
		if (rank <= 0) return msOfStep(step);
	}
	return 0;
}

export function listCells(cells: ReadonlyMap<number, number>): number[][] {
	return [...cells]
		.sort(([a], [b]) => a - b)
		.map(([cell, ms]) => [cell % DWELL_COLUMNS, Math.floor(cell / DWELL_COLUMNS), ms]);
}
