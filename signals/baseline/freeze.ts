// Contributions of sessions → what is usual, frozen: plain values that are stored once and never change, so that a verdict
// can be taken again. Times of an element are drawn towards those of its role, and these towards the site's, until
// there are enough of its own; of a site with few sessions nothing is usual yet.
import type { Baselines, ElementHabits, Measure, PageHabits } from "../baselines.ts";
import { quantileOf } from "../statistics/quantile.ts";
import { median, type Robust, robust } from "../statistics/robust.ts";
import { shrink } from "../statistics/shrink.ts";
import type { Contribution } from "./contribution.ts";
import { type Names, PLAIN_NAMES } from "./names.ts";

/** JSON. */
export interface Frozen {
	name: string;
	times: Record<string, Robust>;
	elements: Record<string, ElementHabits>;
	pages: Record<string, PageHabits>;
}

/** Sessions of which a site needs times before anything is usual there. */
export const LEAST_SESSIONS = 20;
/** What fewer had part in is not frozen: it would weigh next to nothing, and tell of somebody. */
export const LEAST_SHARED = 5;
export const LONG_BURST = 0.99;

/** @param without a session that is judged with it: nobody is compared with themselves */
export function freezeBaselines(
	contributions: readonly Contribution[],
	{ name, without, names = PLAIN_NAMES }: { name: string; without?: string; names?: Names },
): Frozen {
	const others = contributions.filter(({ session }) => session !== without);
	return {
		name,
		times: freezeTimes(others, names),
		elements: freezeElements(others, names),
		pages: freezePages(others, names),
	};
}

/** @param names those it was frozen by */
export function readBaselines(
	{ name, times, elements, pages }: Frozen,
	names: Names = PLAIN_NAMES,
): Baselines {
	return {
		name,
		timeOf(measure, { page }, element, pointer) {
			const like = likeOf(times, { measure, device: pointer, role: element.role });
			if (like === undefined) return undefined;
			const own = nameElement(names.page(page), names.element(element));
			return shrink(times[nameTimes({ measure, device: pointer }, "element", own)], like);
		},
		elementOf: ({ page }, element) =>
			elements[nameElement(names.page(page), names.element(element))],
		pageOf: ({ page }) => pages[names.page(page)],
	};
}

/** What times are of: a measure, and the pointer that it was taken with. */
export interface TimeKind {
	measure: Measure;
	device: string;
}

/** What is usual at controls of a role, wherever they are; undefined where too little is known of the site. */
export function likeOf(
	times: Frozen["times"],
	{ role, ...kind }: TimeKind & { role: string },
): Robust | undefined {
	const site = times[nameTimes(kind, "site")];
	if (site === undefined || site.count < LEAST_SESSIONS) return undefined;
	return shrink(times[nameTimes(kind, "role", role)], site);
}

export function nameTimes(
	{ measure, device }: TimeKind,
	of: "site" | "role" | "element",
	which = "",
): string {
	return `${measure}\n${device}\n${of}\n${which}`;
}

export function nameElement(page: string, element: string): string {
	return `${page}\n${element}`;
}

/** Of a site and a role each session has one time, too: the middle of its own. */
function freezeTimes(contributions: readonly Contribution[], names: Names): Frozen["times"] {
	const groups = new Map<string, number[]>();
	for (const { times } of contributions) {
		const own = new Map<string, number[]>();
		for (const { measure, device, page, key, role, y } of times) {
			const kind = { measure, device };
			add(own, nameTimes(kind, "site"), y);
			add(own, nameTimes(kind, "role", role), y);
			add(own, nameTimes(kind, "element", nameElement(names.page(page), key)), y);
		}
		for (const [name, values] of own) add(groups, name, median(values));
	}
	return Object.fromEntries(
		[...groups]
			.filter(([, values]) => values.length >= LEAST_SHARED)
			.map(([name, values]) => [name, robust(values)]),
	);
}

function freezeElements(contributions: readonly Contribution[], names: Names): Frozen["elements"] {
	const groups = new Map<string, { habits: ElementHabits; bursts: number[]; rows: number }>();
	const rows = contributions.flatMap((one) => one.elements);
	for (const { page, key, judged, answered, bursts, dithers = 0 } of rows) {
		const name = nameElement(names.page(page), key);
		const known = groups.get(name) ?? { habits: { ...NONE }, bursts: [], rows: 0 };
		groups.set(name, known);
		known.rows++;
		known.habits.judged += judged;
		known.habits.answered += answered;
		// A pointer that was there without a press is no session that pressed it.
		if (judged > 0 || dithers === 0) known.habits.sessions++;
		known.habits.dithers = (known.habits.dithers ?? 0) + dithers;
		if (bursts.length > 0) known.habits.burstSessions++;
		known.bursts.push(...bursts);
	}
	const shared = [...groups].filter(([, one]) => one.rows >= LEAST_SHARED);
	return Object.fromEntries(
		shared.map(([name, { habits, bursts }]) => {
			const burstLength = bursts.length === 0 ? 0 : quantileOf(bursts, LONG_BURST);
			return [name, { ...habits, bursts: bursts.length, burstLength }];
		}),
	);
}

const NONE: ElementHabits = {
	...{ judged: 0, answered: 0, bursts: 0, burstLength: 0, sessions: 0, burstSessions: 0 },
};

function freezePages(contributions: readonly Contribution[], names: Names): Frozen["pages"] {
	const visits = new Map<string, number[]>();
	const stays = new Map<string, number[]>();
	const turns = new Map<string, number[]>();
	const returns = new Map<string, number>();
	const reloads = new Map<string, number>();
	for (const row of contributions.flatMap((one) => one.pages)) {
		add(visits, row.page, row.visits);
		returns.set(row.page, (returns.get(row.page) ?? 0) + row.returns);
		for (const ms of row.stays) add(stays, row.page, ms);
		for (const count of row.turns ?? []) add(turns, row.page, Math.log1p(count));
		reloads.set(row.page, (reloads.get(row.page) ?? 0) + (row.reloads ?? 0));
	}
	const known = [...visits].filter(([, counts]) => counts.length >= LEAST_SESSIONS);
	return Object.fromEntries(
		known.map(([page, counts]) => {
			const views = counts.reduce((sum, count) => sum + count, 0);
			const quarterMs = quantileOf(stays.get(page) ?? [Number.MAX_SAFE_INTEGER], 1 / 4);
			const backShare = (returns.get(page) ?? 0) / views;
			const reloadShare = (reloads.get(page) ?? 0) / views;
			const scrolled = turns.get(page);
			return [
				names.page(page),
				{
					...{ views, backShare, quarterMs, visits: median(counts), reloadShare },
					...(scrolled === undefined ? {} : { turns: robust(scrolled) }),
				},
			];
		}),
	);
}

function add(groups: Map<string, number[]>, name: string, value: number): void {
	const known = groups.get(name);
	if (known === undefined) groups.set(name, [value]);
	else known.push(value);
}
