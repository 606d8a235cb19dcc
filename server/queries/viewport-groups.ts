// The ranges of viewport widths in which a site looks the same, from the media queries of its own style
// sheets: of those that stand in recordings (their widths are in the rows of these) and of those that are
// kept as files, which are read here and each once, since a file is never another one. Of a width counts
// the page that says most about it, so that a site with many visits has no other groups than with few.
//
// Portrait and landscape are no groups of their own: a phone that is turned has another width, and so as a rule
// another group. Where one group has both, `orientation` of the filter tells them apart.

import { findMediaWidths, type MediaWidths } from "../../replay/media-widths.ts";
import { addWidths, joinWidths } from "../../replay/recorded-widths.ts";
import type { AssetShelf } from "../assets/asset-shelf.ts";
import { isSheet } from "../assets/sniff-asset.ts";
import { StoreError } from "../errors.ts";
import type { Index } from "../index/client.ts";
import { createQueue } from "../queue.ts";
import { joinAssets } from "./assets.ts";
import { clusterEnds } from "./cluster-ends.ts";

/** Ends in CSS pixels where a site's own breakpoints are not known. */
const FIXED_ENDS = [480, 768, 1024, 1440];

const DAY_MS = 24 * 60 * 60 * 1000;
/** As far back as reports look where nothing else is asked for. */
const LOOK_BACK_MS = 28 * DAY_MS;
const KEPT_MS = 30_000;
const STREAMS = 200;
/** Sheets of a site that are read at most, and those of all sites that are remembered. */
const SHEETS = 100;
const REMEMBERED = 1000;
const READS = 2;

const RECORDED = `
	SELECT pair.1 AS width, max(pair.2) AS rules
	FROM recordings FINAL ARRAY JOIN media_widths AS pair
	WHERE site = {site:UInt32} AND day >= {since:Date} GROUP BY width`;

const KEPT = `
	WITH newest AS (
		SELECT stream FROM facts
		WHERE site = {site:UInt32} AND kind = 20 AND page = '' AND day >= {since:Date}
		GROUP BY stream ORDER BY max(at) DESC, stream LIMIT {limit:UInt32}
	)
	SELECT stream, data FROM facts FINAL
	WHERE site = {site:UInt32} AND kind = 20 AND page = '' AND day >= {since:Date}
		AND stream IN (SELECT stream FROM newest)
	ORDER BY at DESC, stream, sequence, part, position LIMIT 2000`;

export interface GroupEnds {
	/** Rising, in CSS pixels: a group reaches to below its end, the last one has none. */
	ends: number[];
	/** Does the site's CSS say so? */
	source: "site" | "fixed";
}

export interface ViewportGroups {
	/** No older than half a minute, but for the first who asks again: nobody waits for style sheets. */
	groupsOf(site: number): Promise<GroupEnds>;
}

export interface ViewportGroupsParts {
	index: Index;
	shelf: AssetShelf;
	now: () => number;
}

export function createViewportGroups(parts: ViewportGroupsParts): ViewportGroups {
	const { index, now } = parts;
	const known = new Map<number, { groups: GroupEnds; until: number }>();
	const reading = new Map<number, Promise<GroupEnds>>();
	const widthsOf = createSheetReader(parts);

	const read = async (site: number): Promise<GroupEnds> => {
		const since = new Date(now() - LOOK_BACK_MS).toISOString().slice(0, 10);
		const where = { site, since, limit: STREAMS };
		const [recorded, kept] = await Promise.all([
			index.query<{ width: number; rules: number }>(RECORDED, where),
			index.query<{ stream: string; data: string }>(KEPT, where),
		]);
		const rules: MediaWidths = new Map(recorded.map((row) => [row.width, row.rules]));
		addWidths(rules, await joinSheets(site, Object.values(joinAssets(kept).sheets)));
		const ends = clusterEnds(rules);
		const groups: GroupEnds =
			ends.length > 0 ? { ends, source: "site" } : { ends: FIXED_ENDS, source: "fixed" };
		known.set(site, { groups, until: now() + KEPT_MS });
		return groups;
	};

	/** @param pages the sheets of each of them */
	const joinSheets = async (site: number, pages: readonly string[][]): Promise<MediaWidths> => {
		const hashes = [...new Set(pages.flat())].slice(0, SHEETS);
		const sheets = await Promise.all(hashes.map((hash) => widthsOf(site, hash)));
		const byHash = new Map(hashes.map((hash, at) => [hash, sheets[at] ?? new Map()]));
		const most: MediaWidths = new Map();
		for (const page of pages) {
			const all: MediaWidths = new Map();
			for (const hash of new Set(page)) addWidths(all, byHash.get(hash) ?? []);
			joinWidths(most, all);
		}
		return most;
	};

	const refresh = (site: number): Promise<GroupEnds> => {
		const running = reading.get(site) ?? read(site).finally(() => reading.delete(site));
		reading.set(site, running);
		return running;
	};

	return {
		async groupsOf(site) {
			const found = known.get(site);
			if (found === undefined) return refresh(site);
			// Whoever asks next asks again, and hears what is wrong.
			if (now() >= found.until) refresh(site).catch(() => known.delete(site));
			return found.groups;
		},
	};
}

/** A file that cannot be read at the moment says nothing this time. */
function createSheetReader({ shelf }: ViewportGroupsParts) {
	const remembered = new Map<string, MediaWidths>();
	const queue = createQueue(READS);
	return (site: number, hash: string): Promise<MediaWidths> =>
		queue(async () => {
			const found = remembered.get(hash);
			if (found !== undefined) return found;
			try {
				const { bytes, type } = await shelf.get(site, hash);
				const isCss = type !== undefined && isSheet(type);
				const widths = isCss ? findMediaWidths(Buffer.from(bytes).toString("utf8")) : new Map();
				if (remembered.size >= REMEMBERED) remembered.clear();
				remembered.set(hash, widths);
				return widths;
			} catch (error) {
				if (error instanceof StoreError) return new Map();
				throw error;
			}
		});
}
