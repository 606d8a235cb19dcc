// Pages that only differ in one segment, as `/product/red-mug` and `/product/blue-bowl`, seen from how many
// there are and how seldom each is looked at: positions of a path with many values of few views each.
// Pure, and whatever order the pages come in, the answer is one.
//
// Never the first segment: it tells the parts of a site apart, and a young site has many pages with few
// views. Never a value that is a pattern already. What the pages look like is not asked; whoever knows
// better rejects what was learned.

/** Distinct values that a position has at least, and how many views the middle one of them has at most. */
const LEAST_VALUES = 30;
const MOST_VIEWS = 5;
export const LEARNED_NAME = ":slug";

export interface SeenPage {
	page: string;
	views: number;
}

interface Item {
	page: string;
	views: number;
	segments: readonly string[];
}

/** What the pages of one look have in common so far, and how many positions of it vary. */
interface Prefix {
	segments: readonly string[];
	names: number;
}

/** @returns by page, where it is one of many: what they are together, `/product/:slug` */
export function learnPages(pages: readonly SeenPage[]): Map<string, string> {
	const learned = new Map<string, string>();
	const items = pages.map(({ page, views }) => ({ page, views, segments: segmentsOf(page) }));
	learnBelow(items, { segments: [], names: 0 }, learned);
	return learned;
}

function learnBelow(
	items: readonly Item[],
	{ segments, names }: Prefix,
	learned: Map<string, string>,
): void {
	const depth = segments.length;
	const name = `/${segments.join("/")}`;
	const values = new Map<string, Item[]>();
	for (const item of items) {
		const value = item.segments[depth];
		const same = value === undefined ? undefined : values.get(value);
		if (same !== undefined) same.push(item);
		else if (value !== undefined) values.set(value, [item]);
		else if (names > 0) learned.set(item.page, name);
	}
	const varying = depth === 0 ? [] : [...values].filter(([value]) => !value.startsWith(":"));
	if (varying.length >= LEAST_VALUES && medianViews(varying) <= MOST_VIEWS) {
		for (const [value] of varying) values.delete(value);
		const next = names === 0 ? LEARNED_NAME : `${LEARNED_NAME}${names + 1}`;
		const together = varying.flatMap(([, same]) => same);
		learnBelow(together, { segments: [...segments, next], names: names + 1 }, learned);
	}
	for (const [value, same] of values) {
		learnBelow(same, { segments: [...segments, value], names }, learned);
	}
}

function medianViews(values: readonly [string, readonly Item[]][]): number {
	const views = values
		.map(([, items]) => items.reduce((sum, item) => sum + item.views, 0))
		.sort((a, b) => a - b);
	return views[Math.floor((views.length - 1) / 2)] ?? 0;
}

function segmentsOf(page: string): string[] {
	return page.split("/").filter((segment) => segment !== "");
}
