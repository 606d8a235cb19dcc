// The facts of one session → what heatmaps count of it: a row per press, a row per page view, and what the
// keys in them stand for. Pure, and used for sessions that are written down as for those that go on, so that
// a map is the same before and after a session is finished.
//
// Distinct counts would be too slow over ten million presses. Flags stand for them: the first press of a
// session on an element is marked, and a sum of marks is a number of sessions. A filter could leave the
// marked press out and keep a later one; presses where that is possible are marked as mixed, and only those
// are counted one by one (`queries/heat-sql.ts`).
import { createHash } from "node:crypto";
import {
	FACT_EXPOSED,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PRESS,
	FACT_SCROLL,
	FACT_VARIANT,
} from "../../protocol/fact.ts";
import { BINS, RELATIVE_MAX } from "../../protocol/limits.ts";
import { groupBy } from "./group-by.ts";
import { spreadAttention } from "./spread-attention.ts";

/** Bits of `flags` in presses and shown. */
export const HEAT_FLAGS = {
	/** First of its session on this page and key; of a view: first of its session on this page. */
	new: 1,
	/** First of its page view on this key. */
	newInView: 2,
	/** First press of its page view, and the first such on this page and key. */
	first: 4,
	firstNew: 8,
	/** Last press before the session's exit. */
	last: 16,
	/** Its page view is the session's last one. */
	exit: 32,
	/** The session's presses on this page and key (its views of this page) differ in this. */
	mixedWidth: 64,
	mixedPointer: 128,
	mixedState: 256,
	mixedPath: 512,
	/** There are some on other pages too. */
	mixedPage: 1024,
} as const;

export const POINTER_BITS = { key: 0, mouse: 1, touch: 2 } as const;
type Pointer = keyof typeof POINTER_BITS;

/** A fact as the index has it. Times are epoch ms. */
export interface HeatFact {
	session: string;
	stream: string;
	sequence: number;
	part: number;
	position: number;
	tab: string;
	kind: number;
	at: number;
	view: number;
	path: string;
	page: string;
	document_height: number;
	viewport_width: number;
	viewport_height: number;
	element: number;
	x: number;
	y: number;
	layer: string;
	pointer: string;
	state: string;
	hints: number;
	data: string;
}

export interface HeatElement {
	stream: string;
	element: number;
	key: string;
	candidates: string;
	tag: string;
	role: string;
	text: string;
}

export interface HeatSession {
	site: number;
	day: string;
	session: string;
	browser: string;
	os: string;
	device: string;
	language: string;
	automated: number;
	/** Each once. */
	facts: readonly HeatFact[];
	elements: readonly HeatElement[];
}

interface Visited {
	site: number;
	day: string;
	session: string;
	/** A number of the session by chance, by which some of many are read. */
	draw: number;
	view: string;
	page: string;
	view_at: number;
	/** When the first page view of the session began: periods take sessions whole. */
	began: number;
	path: string;
	browser: string;
	os: string;
	device: string;
	language: string;
	automated: number;
	variants: string[];
	next: string;
}

/** Hashes are decimal: JSON has no numbers of 64 bits. */
export interface PressRow extends Visited {
	key: string;
	at: number;
	tab: string;
	viewport_width: number;
	pointer: Pointer;
	state: string;
	layer: string;
	bin: number;
	flags: number;
	hints: number;
}

export interface ShownRow extends Visited {
	viewport_width: number;
	viewport_height: number;
	other_widths: number[];
	pointers: number;
	flags: number;
	presses: number;
	visible_ms: number;
	exposed: string[];
	new_exposed: string[];
	/** In twentieths of the document. */
	reach: number;
	height: number;
	attention: number[];
	dwell_cells: number[];
	dwell_ms: number[];
}

export interface KeyRow extends Omit<HeatElement, "stream" | "element"> {
	site: number;
	day: string;
	session: string;
	hash: string;
	version: string;
}

export interface HeatRows {
	presses: PressRow[];
	shown: ShownRow[];
	keys: KeyRow[];
}

/** Columns of the document that a cell of `dwell_cells` may have. */
export const DWELL_COLUMNS = 65_536;
const REACH_STEPS = 20;

const ORDER = ["at", "stream", "sequence", "part", "position"] as const;

export function createHeatRows(session: HeatSession): HeatRows {
	const facts = session.facts.toSorted(compareFacts);
	const views = gatherViews(facts);
	const since = Math.min(...views.map(({ at }) => at));
	const variants = listVariants(facts);
	const exit = findExit(views);
	const keys = createKeys(session);
	const draw = drawOf(session.session);
	const describe = (view: View): Visited => ({
		...{ site: session.site, day: session.day, session: session.session, view: view.id },
		...{ page: view.page, path: view.path, view_at: view.at, variants, next: view.next },
		...{ began: since, draw },
		...{ browser: session.browser, os: session.os, device: session.device },
		...{ language: session.language, automated: session.automated },
	});
	const presses = views.flatMap((view) =>
		view.presses.map((fact, index) =>
			createPress(describe(view), fact, {
				key: keys.hashOf(fact.stream, fact.element),
				isFirst: index === 0,
				isLast: view === exit && index === view.presses.length - 1,
				isExit: view === exit,
			}),
		),
	);
	presses.sort((a, b) => a.at - b.at || a.bin - b.bin);
	markPresses(presses);
	const shown = views.map((view) => createShown(describe(view), view, session.device, keys));
	markShown(shown, exit?.id);
	return { presses, shown, keys: keys.rows(presses, shown) };
}

/** What is known of a page view. */
interface View {
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
	presses: HeatFact[];
	exposed: Set<number>;
	reach: number;
	scrollHeight: number;
	bands: number[];
	dwell: Map<number, number>;
	next: string;
}

function compareFacts(a: HeatFact, b: HeatFact): number {
	for (const name of ORDER) {
		if (a[name] !== b[name]) return a[name] < b[name] ? -1 : 1;
	}
	return 0;
}

/** Views whose page is known, in the order they began. */
function gatherViews(facts: readonly HeatFact[]): View[] {
	const views = new Map<string, View>();
	for (const fact of facts) {
		const name = `${fact.stream}/${fact.view}`;
		const view = views.get(name) ?? createView(fact);
		views.set(name, view);
		addFact(view, fact);
	}
	const known = [...views.values()].filter(({ page }) => page !== "");
	known.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
	for (const [index, view] of known.entries()) {
		view.next = known.slice(index + 1).find(({ tab }) => tab === view.tab)?.page ?? "";
	}
	return known;
}

function createView({ stream, view, tab, at }: HeatFact): View {
	// A stream's name is chance: its head is a number of its own, to which views add theirs.
	const id = BigInt.asUintN(64, BigInt(`0x${stream.slice(0, 16)}`) + BigInt(view)).toString();
	return {
		...{ id, stream, tab, at, until: at, page: "", path: "", next: "" },
		...{ width: 0, height: 0, documentHeight: 0, reach: 0, scrollHeight: 0 },
		...{ presses: [], exposed: new Set(), bands: [], dwell: new Map() },
	};
}

/** The page is what was said of it last, since what the page tells of itself may come after its URL. */
function addFact(view: View, fact: HeatFact): void {
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

function addScroll(view: View, [reach, height, , attention]: unknown[]): void {
	view.reach = Math.max(view.reach, Number(reach) || 0);
	view.scrollHeight = Math.max(view.scrollHeight, Number(height) || 0);
	for (const [band, ms] of listNumbers(attention).entries()) {
		view.bands[band] = (view.bands[band] ?? 0) + ms;
	}
}

function addDwell(view: View, dwell: readonly number[]): void {
	for (let at = 0; at + 2 < dwell.length; at += 3) {
		const [column = 0, row = 0, ms = 0] = dwell.slice(at, at + 3);
		if (column < 0 || row < 0 || column >= DWELL_COLUMNS || row >= DWELL_COLUMNS) continue;
		const cell = row * DWELL_COLUMNS + column;
		view.dwell.set(cell, (view.dwell.get(cell) ?? 0) + ms);
	}
}

function parseData({ data }: HeatFact): unknown[] {
	const parsed: unknown = data === "" ? [] : JSON.parse(data);
	return Array.isArray(parsed) ? parsed : [];
}

function listNumbers(list: unknown): number[] {
	return Array.isArray(list) ? list.filter((item) => typeof item === "number") : [];
}

function listVariants(facts: readonly HeatFact[]): string[] {
	const variants = facts
		.filter(({ kind }) => kind === FACT_VARIANT)
		.map((fact) => parseData(fact).slice(0, 2).join("="));
	return [...new Set(variants)].sort();
}

/** The page view that something happened in last. */
function findExit(views: readonly View[]): View | undefined {
	return views.reduce<View | undefined>(
		(last, view) => (last === undefined || view.until >= last.until ? view : last),
		undefined,
	);
}

function createPress(
	visited: Visited,
	fact: HeatFact,
	at: { key: string; isFirst: boolean; isLast: boolean; isExit: boolean },
): PressRow {
	const { first, last, exit } = HEAT_FLAGS;
	const flags = (at.isFirst ? first : 0) | (at.isLast ? last : 0) | (at.isExit ? exit : 0);
	return {
		...visited,
		...{ key: at.key, at: fact.at, tab: fact.tab, viewport_width: fact.viewport_width },
		...{ pointer: pointerOf(fact), state: fact.state, layer: fact.layer },
		...{ bin: binOf(fact.x, fact.y), flags, hints: fact.hints },
	};
}

/** Column and row in one number, of a place on the border box. */
export function binOf(x: number, y: number): number {
	const cell = (share: number) => Math.floor((share * BINS) / (RELATIVE_MAX + 1));
	return cell(x) * BINS + cell(y);
}

/** A pen hovers and points as a mouse does. */
function pointerOf({ pointer }: HeatFact): Pointer {
	if (pointer === "touch" || pointer === "key") return pointer;
	return "mouse";
}

function markPresses(presses: PressRow[]): void {
	const { newInView, firstNew, first, mixedPage } = HEAT_FLAGS;
	for (const some of groupBy(presses, ({ page, key }) => `${key} ${page}`).values()) {
		markFirst(some, HEAT_FLAGS.new);
		markFirst(
			some.filter(({ flags }) => flags & first),
			firstNew,
		);
		markMixed(some, HEAT_FLAGS.mixedWidth, ({ viewport_width }) => viewport_width);
		markMixed(some, HEAT_FLAGS.mixedPointer, ({ pointer }) => pointer);
		markMixed(some, HEAT_FLAGS.mixedState, ({ state }) => state);
		markMixed(some, HEAT_FLAGS.mixedPath, ({ path }) => path);
	}
	for (const some of groupBy(presses, ({ view, key }) => `${key} ${view}`).values()) {
		markFirst(some, newInView);
	}
	for (const some of groupBy(presses, ({ key }) => key).values()) {
		markMixed(some, mixedPage, ({ page }) => page);
	}
}

function createShown(
	visited: Visited,
	view: View,
	device: string,
	{ hashOf }: { hashOf: (stream: string, element: number) => string },
): ShownRow {
	const widths = new Set(view.presses.map(({ viewport_width }) => viewport_width));
	widths.delete(view.width);
	const exposed = new Set([...view.exposed].map((element) => hashOf(view.stream, element)));
	for (const { element } of view.presses) exposed.add(hashOf(view.stream, element));
	const height = Math.max(view.scrollHeight, view.documentHeight);
	const seen = Math.max(view.reach, view.height);
	const dwell = [...view.dwell].sort(([a], [b]) => a - b);
	return {
		...visited,
		...{ viewport_width: view.width, viewport_height: view.height, other_widths: [...widths] },
		...{ pointers: pointersOf(view.presses, device), flags: 0, presses: view.presses.length },
		visible_ms: view.bands.reduce((sum, ms) => sum + (ms ?? 0), 0),
		...{ exposed: [...exposed].sort(), new_exposed: [], height },
		reach: height === 0 ? 0 : Math.min(REACH_STEPS, Math.floor((seen / height) * REACH_STEPS)),
		attention: spreadAttention(view.bands, { screen: view.height, height }),
		dwell_cells: dwell.map(([cell]) => cell),
		dwell_ms: dwell.map(([, ms]) => ms),
	};
}

/** What was pressed with; where nothing was, what the device is made for. */
function pointersOf(presses: readonly HeatFact[], device: string): number {
	const used = presses.reduce((bits, fact) => bits | POINTER_BITS[pointerOf(fact)], 0);
	const isTouch = device === "phone" || device === "tablet";
	return used || (isTouch ? POINTER_BITS.touch : POINTER_BITS.mouse);
}

/** The last bytes of a session id are chance. */
function drawOf(session: string): number {
	return Number.parseInt(session.slice(-4), 16);
}

function markShown(shown: ShownRow[], exit: string | undefined): void {
	for (const row of shown) if (row.view === exit) row.flags |= HEAT_FLAGS.exit;
	for (const some of groupBy(shown, ({ page }) => page).values()) {
		markFirst(some, HEAT_FLAGS.new);
		markMixed(some, HEAT_FLAGS.mixedWidth, (row) =>
			[row.viewport_width, ...row.other_widths].join(),
		);
		markMixed(some, HEAT_FLAGS.mixedPointer, ({ pointers }) => pointers);
		markMixed(some, HEAT_FLAGS.mixedPath, ({ path }) => path);
		const known = new Set<string>();
		for (const row of some) {
			row.new_exposed = row.exposed.filter((key) => !known.has(key));
			for (const key of row.exposed) known.add(key);
		}
	}
	markMixed(shown, HEAT_FLAGS.mixedPage, ({ page }) => page);
}

function markFirst(rows: readonly { flags: number }[], flag: number): void {
	if (rows[0] !== undefined) rows[0].flags |= flag;
}

function markMixed<Row extends { flags: number }>(
	rows: readonly Row[],
	flag: number,
	of: (row: Row) => string | number,
): void {
	if (new Set(rows.map(of)).size > 1) for (const row of rows) row.flags |= flag;
}

/** Definitions by number, and a name for each that all sessions share. */
function createKeys({ site, day, session, elements }: HeatSession) {
	const undefinedOne = { key: "", candidates: "", tag: "", role: "", text: "" };
	const byNumber = new Map<
		string,
		{ hash: string; definition: Omit<HeatElement, "stream" | "element"> }
	>();
	const add = (name: string, definition: Omit<HeatElement, "stream" | "element">) => {
		const made = { hash: hashElement(definition), definition };
		byNumber.set(name, made);
		return made;
	};
	for (const { stream, element, key, candidates, tag, role, text } of elements) {
		add(`${stream}/${element}`, { key, candidates, tag, role, text });
	}
	const find = (stream: string, element: number) => {
		const name = `${stream}/${element}`;
		return byNumber.get(name) ?? add(name, undefinedOne);
	};
	return {
		hashOf: (stream: string, element: number) => find(stream, element).hash,
		/** Of what is pressed or seen; of two definitions of one key, the one with the higher version. */
		rows(presses: readonly PressRow[], shown: readonly ShownRow[]): KeyRow[] {
			const used = new Set([
				...presses.map(({ key }) => key),
				...shown.flatMap((row) => row.exposed),
			]);
			const rows = new Map<string, KeyRow>();
			for (const { hash, definition } of byNumber.values()) {
				const version = hashText(JSON.stringify(Object.values(definition)));
				const before = rows.get(hash);
				if (!used.has(hash) || (before && BigInt(before.version) >= BigInt(version))) continue;
				rows.set(hash, { ...{ site, day, session, hash, version }, ...definition });
			}
			return [...rows.values()];
		},
	};
}

/** A name stays with its element; a position is taken by one thing today and another tomorrow. */
export function hashElement({ key, tag, text }: Pick<HeatElement, "key" | "tag" | "text">): string {
	return hashText(/^(?:path|item|class):/.test(key) ? `${key}\0${tag}\0${text}` : key);
}

/** The first 64 bits of the SHA-256, which the index can make as well. */
export function hashText(text: string): string {
	return createHash("sha256").update(text).digest().readBigUInt64LE(0).toString();
}
