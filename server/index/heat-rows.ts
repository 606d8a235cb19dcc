// The facts of one session → what heatmaps count of it: a row per press, a row per page view, and what the
// keys in them stand for. Pure, and used for sessions that are written down as for those that go on, so that
// a map is the same before and after a session is finished.
//
// Distinct counts would be too slow over ten million presses. Flags stand for them: the first press of a
// session on an element is marked, and a sum of marks is a number of sessions. A filter could leave the
// marked press out and keep a later one; presses where that is possible are marked as mixed, and only those
// are counted one by one (`queries/heat-sql.ts`).
import { BINS, RELATIVE_MAX } from "../../protocol/limits.ts";
import { firstFrom } from "../../signals/normalise/first-from.ts";
import type { Signal, SignalKind } from "../../signals/signal.ts";
import { createHeatKeys } from "./heat-keys.ts";
import type { HeatRows, Pointer, PressRow, ShownRow, Visited } from "./heat-row.ts";
import { HEAT_FLAGS, POINTER_BITS } from "./heat-row.ts";
import { compareFacts, findExit, gatherViews, type HeatView, listVariants } from "./heat-views.ts";
import type { IndexedFact, IndexedSession } from "./indexed-session.ts";
import { markPresses, markShown } from "./mark-heat-rows.ts";
import { spreadAttention } from "./spread-attention.ts";

const REACH_STEPS = 20;

/** Which kinds of signals a map counts together. */
const MARKS: Partial<Record<SignalKind, number>> = {
	...{ rage: HEAT_FLAGS.rage, rage_key: HEAT_FLAGS.rage, error: HEAT_FLAGS.error },
	...{ dead: HEAT_FLAGS.dead, dead_disabled: HEAT_FLAGS.dead, dead_static: HEAT_FLAGS.dead },
};

/** @param signals of the session, for maps of friction */
export function createHeatRows(session: IndexedSession, signals: readonly Signal[] = []): HeatRows {
	const facts = session.facts.toSorted(compareFacts);
	const views = gatherViews(facts);
	const since = Math.min(...views.map(({ at }) => at));
	const variants = listVariants(facts);
	const exit = findExit(views);
	const keys = createHeatKeys(session);
	const draw = drawOf(session.session);
	const marksOf = createMarks(signals);
	const describe = (view: HeatView): Visited => ({
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
				marks: marksOf(fact),
			}),
		),
	);
	presses.sort((a, b) => a.at - b.at || a.bin - b.bin);
	markPresses(presses);
	const shown = views.map((view) => createShown(describe(view), view, session.device, keys));
	markShown(shown, exit?.id);
	return { presses, shown, keys: keys.rows(presses, shown) };
}

function createPress(
	visited: Visited,
	fact: IndexedFact,
	at: { key: string; isFirst: boolean; isLast: boolean; isExit: boolean; marks: number },
): PressRow {
	const { first, last, exit } = HEAT_FLAGS;
	const position = (at.isFirst ? first : 0) | (at.isLast ? last : 0) | (at.isExit ? exit : 0);
	const flags = position | at.marks;
	return {
		...visited,
		...{ key: at.key, at: fact.at, tab: fact.tab, viewport_width: fact.viewport_width },
		viewport_height: fact.viewport_height,
		...{ pointer: pointerOf(fact), state: fact.state, layer: fact.layer },
		...{ bin: binOf(fact.x, fact.y), flags, hints: fact.hints },
	};
}

/** When signals of one kind on one element began and ended, each in order. */
interface Spans {
	mark: number;
	from: number[];
	to: number[];
}

/** What a press was part of. Whoever forges a session has thousands of both: none is held against every other. */
function createMarks(signals: readonly Signal[]): (press: IndexedFact) => number {
	const elements = new Map<string, Map<number, Spans>>();
	for (const { kind, view, element, at, to } of signals) {
		const mark = MARKS[kind];
		if (mark === undefined || element === undefined) continue;
		const name = `${view.stream} ${element.number}`;
		const marks = elements.get(name) ?? new Map<number, Spans>();
		elements.set(name, marks);
		const spans = marks.get(mark) ?? { mark, from: [], to: [] };
		marks.set(mark, spans);
		spans.from.push(at);
		spans.to.push(to);
	}
	const all = [...elements.values()].flatMap((marks) => [...marks.values()]);
	for (const times of all.flatMap(({ from, to }) => [from, to])) times.sort((a, b) => a - b);
	return ({ stream, element, at }) => {
		let found = 0;
		for (const { mark, from, to } of elements.get(`${stream} ${element}`)?.values() ?? []) {
			// More have begun than have ended.
			if (firstFrom(from, at + 1) > firstFrom(to, at)) found |= mark;
		}
		return found;
	};
}

/** Column and row in one number, of a place on the border box. */
export function binOf(x: number, y: number): number {
	const cell = (share: number) => Math.floor((share * BINS) / (RELATIVE_MAX + 1));
	return cell(x) * BINS + cell(y);
}

/** A pen hovers and points as a mouse does. */
function pointerOf({ pointer }: IndexedFact): Pointer {
	if (pointer === "touch" || pointer === "key") return pointer;
	return "mouse";
}

function createShown(
	visited: Visited,
	view: HeatView,
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
function pointersOf(presses: readonly IndexedFact[], device: string): number {
	const used = presses.reduce((bits, fact) => bits | POINTER_BITS[pointerOf(fact)], 0);
	const isTouch = device === "phone" || device === "tablet";
	return used || (isTouch ? POINTER_BITS.touch : POINTER_BITS.mouse);
}

/** The last bytes of a session id are chance. */
export function drawOf(session: string): number {
	return Number.parseInt(session.slice(-4), 16);
}
