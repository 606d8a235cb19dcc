// The facts of a session → its page views, each with what was done in it.
import {
	FACT_EXPOSED,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PRESS,
	FACT_SCROLL,
	FACT_VARIANT,
} from "../../protocol/fact.ts";
import { DWELL_COLUMNS } from "./heat-row.ts";
import type { IndexedFact } from "./indexed-session.ts";

const ORDER = ["at", "stream", "sequence", "part", "position"] as const;

/** What is known of a page view. */
export interface HeatView {
	/** Decimal, of its stream and its number. */
	id: string;
	stream: string;
	tab: string;
	at: number;
	until: number;
	page: string;
	path: string;
	width: number;
	height: number;
	documentHeight: number;
	presses: IndexedFact[];
	exposed: Set<number>;
	reach: number;
	scrollHeight: number;
	bands: number[];
	dwell: Map<number, number>;
	next: string;
}

export function compareFacts(a: IndexedFact, b: IndexedFact): number {
	for (const name of ORDER) {
		if (a[name] !== b[name]) return a[name] < b[name] ? -1 : 1;
	}
	return 0;
}

/** Views whose page is known, in the order they began. @param facts in order */
export function gatherViews(facts: readonly IndexedFact[]): HeatView[] {
	const views = new Map<string, HeatView>();
	for (const fact of facts) {
		const name = `${fact.stream}/${fact.view}`;
		const view = views.get(name) ?? createView(fact);
		views.set(name, view);
		addFact(view, fact);
	}
	const known = [...views.values()].filter(({ page }) => page !== "");
	known.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
	const next = new Map<string, string>();
	for (const view of known.toReversed()) {
		view.next = next.get(view.tab) ?? "";
		next.set(view.tab, view.page);
	}
	return known;
}

/** When the first page view of a session began; where no page is known, when its first fact was made. */
export function findBegin(facts: readonly IndexedFact[]): number {
	const [first] = gatherViews(facts.toSorted(compareFacts));
	return first?.at ?? Math.min(...facts.map(({ at }) => at));
}

/** A stream's name is chance: its head is a number of its own, to which views add theirs. */
export function nameView(stream: string, view: number): string {
	return BigInt.asUintN(64, BigInt(`0x${stream.slice(0, 16)}`) + BigInt(view)).toString();
}

function createView({ stream, view, tab, at }: IndexedFact): HeatView {
	return {
		...{ id: nameView(stream, view), stream, tab, at, until: at, page: "", path: "", next: "" },
		...{ width: 0, height: 0, documentHeight: 0, reach: 0, scrollHeight: 0 },
		...{ presses: [], exposed: new Set(), bands: [], dwell: new Map() },
	};
}

/** The page is what was said of it last, since what the page tells of itself may come after its URL. */
function addFact(view: HeatView, fact: IndexedFact): void {
	view.until = Math.max(view.until, fact.at);
	if (fact.page !== "") [view.page, view.path] = [fact.page, fact.path];
	if (fact.kind === FACT_PAGE) {
		view.at = fact.at;
		[view.width, view.height] = [fact.viewport_width, fact.viewport_height];
		view.documentHeight = fact.document_height;
	}
	if (fact.kind === FACT_PRESS) {
		view.presses.push(fact);
		view.width ||= fact.viewport_width;
		view.height ||= fact.viewport_height;
	}
	if (fact.kind === FACT_EXPOSED) {
		const [elements] = parseData(fact);
		for (const element of listNumbers(elements)) view.exposed.add(element);
	}
	if (fact.kind === FACT_SCROLL) addScroll(view, parseData(fact));
	if (fact.kind === FACT_MOVE) addDwell(view, listNumbers(parseData(fact)[3]));
}

function addScroll(view: HeatView, [reach, height, , attention]: unknown[]): void {
	view.reach = Math.max(view.reach, Number(reach) || 0);
	view.scrollHeight = Math.max(view.scrollHeight, Number(height) || 0);
	for (const [band, ms] of listNumbers(attention).entries()) {
		view.bands[band] = (view.bands[band] ?? 0) + ms;
	}
}

function addDwell(view: HeatView, dwell: readonly number[]): void {
	for (let at = 0; at + 2 < dwell.length; at += 3) {
		const [column = 0, row = 0, ms = 0] = dwell.slice(at, at + 3);
		if (column < 0 || row < 0 || column >= DWELL_COLUMNS || row >= DWELL_COLUMNS) continue;
		const cell = row * DWELL_COLUMNS + column;
		view.dwell.set(cell, (view.dwell.get(cell) ?? 0) + ms);
	}
}

function parseData({ data }: IndexedFact): unknown[] {
	const parsed: unknown = data === "" ? [] : JSON.parse(data);
	return Array.isArray(parsed) ? parsed : [];
}

function listNumbers(list: unknown): number[] {
	return Array.isArray(list) ? list.filter((item) => typeof item === "number") : [];
}

export function listVariants(facts: readonly IndexedFact[]): string[] {
	const variants = facts
		.filter(({ kind }) => kind === FACT_VARIANT)
		.map((fact) => parseData(fact).slice(0, 2).join("="));
	return [...new Set(variants)].sort();
}

/** The page view that something happened in last. */
export function findExit(views: readonly HeatView[]): HeatView | undefined {
	return views.reduce<HeatView | undefined>(
		(last, view) => (last === undefined || view.until >= last.until ? view : last),
		undefined,
	);
}
