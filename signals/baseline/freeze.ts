// Contributions of sessions → what is usual, frozen: plain values that are stored once and never change, so that a verdict
// can be taken again. Times of an element are drawn towards those of its role, and these towards the site's, until
// there are enough of its own; of a site with few sessions nothing is usual yet.
import type { Baselines, ElementHabits, Measure, PageHabits } from "../baselines.ts";
import { quantileOf } from "../statistics/quantile.ts";
import { median, type Robust, robust } from "../statistics/robust.ts";
import { shrink } from "../statistics/shrink.ts";
import type { Contribution } from "./contribution.ts";

/** JSON. The names are of this file alone. */
export interface Frozen {
	name: string;
	times: Record<string, Robust>;
	elements: Record<string, ElementHabits>;
	pages: Record<string, PageHabits>;
}

/** Sessions of which a site needs times before anything is usual there. */
export const LEAST_SESSIONS = 20;
const LONG_BURST = 0.99;

/** @param without a session that is judged with it: nobody is compared with themselves */
export function freezeBaselines(
	contributions: readonly Contribution[],
	{ name, without }: { name: string; without?: string },
): Frozen {
	const others = contributions.filter(({ session }) => session !== without);
	return {
		name,
		times: freezeTimes(others),
		elements: freezeElements(others),
		pages: freezePages(others),
	};
}

export function readBaselines({ name, times, elements, pages }: Frozen): Baselines {
	return {
		name,
		timeOf(measure, { page }, { key, role }, pointer) {
			const site = times[siteName(measure, pointer)];
			if (site === undefined || site.count < LEAST_SESSIONS) return undefined;
			const like = shrink(times[roleName(measure, pointer, role)], site);
			return shrink(times[elementName(measure, pointer, `${page}\n${key}`)], like);
		},
		elementOf: ({ page }, { key }) => elements[`${page}\n${key}`],
		pageOf: ({ page }) => pages[page],
	};
}

const siteName = (measure: Measure, device: string) => `${measure}\n${device}`;
const roleName = (measure: Measure, device: string, role: string) =>
	`${siteName(measure, device)}\nrole\n${role}`;
const elementName = (measure: Measure, device: string, element: string) =>
	`${siteName(measure, device)}\nelement\n${element}`;

/** Of a site and a role each session has one time, too: the middle of its own. */
function freezeTimes(contributions: readonly Contribution[]): Record<string, Robust> {
	const groups = new Map<string, number[]>();
	for (const { times } of contributions) {
		const own = new Map<string, number[]>();
		for (const { measure, device, page, key, role, y } of times) {
			add(own, siteName(measure, device), y);
			add(own, roleName(measure, device, role), y);
			add(own, elementName(measure, device, `${page}\n${key}`), y);
		}
		for (const [name, values] of own) add(groups, name, median(values));
	}
	return Object.fromEntries([...groups].map(([name, values]) => [name, robust(values)]));
}

function freezeElements(contributions: readonly Contribution[]): Record<string, ElementHabits> {
	const groups = new Map<string, { habits: ElementHabits; bursts: number[] }>();
	for (const { page, key, judged, answered, bursts, dithers = 0 } of contributions.flatMap(
		(one) => one.elements,
	)) {
		const name = `${page}\n${key}`;
		const known = groups.get(name) ?? { habits: { ...NONE }, bursts: [] };
		groups.set(name, known);
		known.habits.judged += judged;
		known.habits.answered += answered;
		// A pointer that was there without a press is no session that pressed it.
		if (judged > 0 || dithers === 0) known.habits.sessions++;
		known.habits.dithers = (known.habits.dithers ?? 0) + dithers;
		if (bursts.length > 0) known.habits.burstSessions++;
		known.bursts.push(...bursts);
	}
	return Object.fromEntries(
		[...groups].map(([name, { habits, bursts }]) => {
			const burstLength = bursts.length === 0 ? 0 : quantileOf(bursts, LONG_BURST);
			return [name, { ...habits, bursts: bursts.length, burstLength }];
		}),
	);
}

const NONE: ElementHabits = {
	...{ judged: 0, answered: 0, bursts: 0, burstLength: 0, sessions: 0, burstSessions: 0 },
};

function freezePages(contributions: readonly Contribution[]): Record<string, PageHabits> {
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
				page,
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
