// What one session has to say of what is usual: one time per element and measure, so that who comes back ten times to
// a page does not decide what is usual there, and counts per element and page. Rows, so that an index can hold them
// and a session that is erased takes its own with it.
import type { Measure } from "../baselines.ts";
import { listBursts } from "../detectors/bursts.ts";
import { listOpportunities, type Opportunity } from "../detectors/opportunities.ts";
import { findReturns } from "../detectors/quick-back.ts";
import { isPrompt } from "../detectors/rage.ts";
import { sumTurns } from "../detectors/scroll-hunt.ts";
import type { DitherSeen, PressSeen, Seen } from "../observation.ts";
import { DEAD_MS } from "../thresholds.ts";
import { type Names, PLAIN_NAMES } from "./names.ts";

export interface TimeRow {
	measure: Measure;
	/** Kind of pointer, "" for fields. */
	device: string;
	page: string;
	/** Name of the element. */
	key: string;
	role: string;
	/** ln ms. */
	y: number;
	/** What took so long. */
	seen: Opportunity["seen"];
}

export interface ElementRow {
	page: string;
	/** Name of the element. */
	key: string;
	judged: number;
	answered: number;
	/** Lengths of the bursts that were answered. */
	bursts: number[];
	/** How often a pointer came to rest there again and again; not told by older rows. */
	dithers?: number;
}

export interface PageRow {
	page: string;
	visits: number;
	returns: number;
	/** Milliseconds of each view. */
	stays: number[];
	/** Turns of scrolling in each view, and views that were reloads; not told by older rows. */
	turns?: number[];
	reloads?: number;
}

export interface Contribution {
	session: string;
	times: TimeRow[];
	elements: ElementRow[];
	pages: PageRow[];
}

export function contribute(session: string, seen: Seen, names: Names = PLAIN_NAMES): Contribution {
	return {
		session,
		times: listTimes(seen, names),
		elements: listElements(seen, names),
		pages: listPages(seen),
	};
}

function listTimes(seen: Seen, names: Names): TimeRow[] {
	const rows = new Map<string, TimeRow>();
	for (const { measure, seen: one, y } of listOpportunities(seen)) {
		if (one.element.key === "") continue;
		const { page } = one.view;
		const key = names.element(one.element);
		const device = one.kind === "press" ? one.pointer : "";
		const name = [measure, device, page, key].join("\n");
		const row = { measure, device, page, key, role: one.element.role, y, seen: one };
		if (!rows.has(name)) rows.set(name, row);
	}
	return [...rows.values()];
}

function listElements({ press, dither }: Seen, names: Names): ElementRow[] {
	const rows = new Map<string, ElementRow>();
	const rowOf = ({ view, element }: PressSeen | DitherSeen): ElementRow => {
		const [{ page }, key] = [view, names.element(element)];
		const name = `${page}\n${key}`;
		const row = rows.get(name) ?? { page, key, judged: 0, answered: 0, bursts: [] };
		rows.set(name, row);
		return row;
	};
	const known = press.filter(({ element }) => element.key !== "");
	for (const one of known) {
		const row = rowOf(one);
		const { isJudged, afterMs, watchedMs } = one.answer;
		if (!isJudged || one.isDisabled || (afterMs < 0 && watchedMs < DEAD_MS)) continue;
		row.judged++;
		if (afterMs >= 0) row.answered++;
	}
	for (const burst of listBursts(known)) {
		if (burst.every((one) => isPrompt(one))) rowOf(burst[0]).bursts.push(burst.length);
	}
	for (const one of dither) {
		if (one.element.key === "") continue;
		const row = rowOf(one);
		row.dithers = (row.dithers ?? 0) + 1;
	}
	return [...rows.values()];
}

function listPages(seen: Seen): PageRow[] {
	const rows = new Map<string, PageRow & Required<Pick<PageRow, "turns" | "reloads">>>();
	const turns = sumTurns(seen);
	for (const { view } of seen.page) {
		const { page } = view;
		const row = rows.get(page) ?? {
			...{ page, visits: 0, returns: 0, stays: [], turns: [], reloads: 0 },
		};
		rows.set(page, row);
		row.turns.push(turns.get(view) ?? 0);
		if (view.reached === "reload") row.reloads++;
		row.visits++;
		if (!view.isLast) row.stays.push(view.to - view.from);
	}
	for (const { view } of findReturns(seen)) {
		const row = rows.get(view.page);
		if (row !== undefined) row.returns++;
	}
	return [...rows.values()];
}
