// Which stored pages are shown as one, for whoever asks the index about a page. Rows keep the page they
// were stored with and queries filter by its members, so that a rule changes old data at once and can be
// taken back.
//
// Rules are read anew each time, they are few. The list of stored pages is kept for twenty times as long as
// it took to read, at most half a minute; then the next who asks still gets the old one while a new one is
// read, because nobody should wait for a map of one page until all pages are counted.
import type { PageRuleBook } from "../control/page-rules.ts";
import type { Index } from "../index/client.ts";
import { type Arrangement, arrangePages, type StoredPage } from "./arrange-pages.ts";

const KEPT_TIMES = 20;
const LEAST_KEPT_MS = 1000;
const MOST_KEPT_MS = 30_000;

/**
 * `told` is where a page is not what `pagePattern` makes of its path; a property test holds both to each
 * other. Presses whose page view was lost have pages, too.
 */
const STORED = `
	WITH arrayMap(
		part -> if(
			match(part, '^(\\\\d+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|:token|:email)$')
				OR (match(part, '^[0-9a-fA-F]{8,}$') AND match(part, '\\\\d')), ':id', part),
		arrayFilter(part -> part != '', splitByChar('/', path))
	) AS parts
	SELECT page, sum(views) AS views,
		max(path != page AND concat('/', arrayStringConcat(parts, '/')) != page) AS told
	FROM (
		SELECT page, path, count() AS views FROM facts FINAL
		WHERE site = {site:UInt32} AND kind = 1 AND page != '' GROUP BY page, path
		UNION ALL
		SELECT page, any(path) AS path, 0 AS views FROM facts
		WHERE site = {site:UInt32} AND kind = 2 AND page != '' GROUP BY page
	)
	GROUP BY page ORDER BY page`;

export interface PageSets {
	/** The stored pages whose rows are the page's; itself where it stands for no others. */
	membersOf(site: number, page: string): Promise<string[]>;
	/** Names what a stored page is shown as. */
	namesOf(site: number): Promise<(page: string) => string>;
	arrangementOf(site: number): Promise<Arrangement>;
	/** All pages of a site, no older than they may be kept; `isNew`: as they are now. */
	listStored(site: number, isNew?: boolean): Promise<readonly StoredPage[]>;
}

interface Listing {
	pages: readonly StoredPage[];
	/** When it must be read again. */
	until: number;
}

export function createPageSets(parts: {
	index: Index;
	pageRules: PageRuleBook;
	now: () => number;
}): PageSets {
	const { index, pageRules, now } = parts;
	const listings = new Map<number, Listing>();
	const reading = new Map<number, Promise<Listing>>();
	const arranged = new WeakMap<Listing, { version: number; arrangement: Arrangement }>();

	const read = async (site: number): Promise<Listing> => {
		const from = now();
		const rows = await index.query<{ page: string; views: string; told: number }>(STORED, { site });
		const pages = rows.map(({ page, views, told }) => ({
			...{ page, views: Number(views) },
			told: told === 1,
		}));
		const keptMs = Math.min(Math.max((now() - from) * KEPT_TIMES, LEAST_KEPT_MS), MOST_KEPT_MS);
		const listing = { pages, until: now() + keptMs };
		listings.set(site, listing);
		return listing;
	};

	const refresh = (site: number): Promise<Listing> => {
		const running = reading.get(site) ?? read(site).finally(() => reading.delete(site));
		reading.set(site, running);
		return running;
	};

	const findListing = async (site: number): Promise<Listing> => {
		const known = listings.get(site);
		if (known === undefined) return refresh(site);
		// Whoever asks next asks again, and hears what is wrong.
		if (now() >= known.until) refresh(site).catch(() => listings.delete(site));
		return known;
	};

	const arrangementOf = async (site: number): Promise<Arrangement> => {
		const [listing, choices] = await Promise.all([findListing(site), pageRules.read(site)]);
		const known = arranged.get(listing);
		if (known?.version === choices.version) return known.arrangement;
		const arrangement = arrangePages(listing.pages, choices);
		arranged.set(listing, { version: choices.version, arrangement });
		return arrangement;
	};

	return {
		arrangementOf,
		async membersOf(site, page) {
			const { sets } = await arrangementOf(site);
			return sets.get(page)?.members.map((member) => member.page) ?? [page];
		},
		async namesOf(site) {
			const { shownAs } = await arrangementOf(site);
			return (page) => shownAs.get(page)?.page ?? page;
		},
		async listStored(site, isNew = false) {
			const known = listings.get(site);
			const isGood = !isNew && known !== undefined && now() < known.until;
			// What is being read may have begun before what is asked for was stored.
			if (isNew) await reading.get(site)?.catch(() => {});
			return (isGood ? known : await refresh(site)).pages;
		},
	};
}
