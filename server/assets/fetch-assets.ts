// Files that a page may not read itself, because their host does not let it, fetched by the server. One
// URL is fetched once an hour for a whole site, whoever asks; a few at a time for all sites.
import { ASSET_BYTES, type FoundAsset, nameCssUrls, referToAsset } from "../../protocol/asset.ts";
import { cleanUrl } from "../../protocol/clean-url.ts";
import type { Budgets } from "../ingest/budgets.ts";
import type { Memory } from "../ingest/memory.ts";
import { createQueue } from "../queue.ts";
import { type AssetShelf, hashAsset } from "./asset-shelf.ts";
import type { FetchedFile } from "./fetch-public.ts";
import { isSheet, sniffAsset } from "./sniff-asset.ts";

const AT_ONCE = 4;
const KEPT_MS = 60 * 60 * 1000;
const KEPT = 5000;
/** What is asked of somebody else's server is not free, even where nothing comes. */
const LEAST_COST = 16 * 1024;

export interface FetchAssetsParts {
	shelf: AssetShelf;
	fetchFile: (url: string) => Promise<FetchedFile>;
	budgets: Pick<Budgets, "checkAsset">;
	memory: Memory;
	now: () => number;
}

/** @returns undefined where it cannot be had */
export type FetchAsset = (site: number, url: string) => Promise<FoundAsset | undefined>;

export function createFetchAssets(parts: FetchAssetsParts): FetchAsset {
	const queue = createQueue(AT_ONCE);
	const kept = new Map<string, { at: number; found: Promise<FoundAsset | undefined> }>();
	return (site, url) => {
		// What a clean URL leaves out must not be known here, and is nobody's to fetch.
		if (cleanUrl(url) !== url) return Promise.resolve(undefined);
		const name = `${site} ${url}`;
		const before = kept.get(name);
		if (before !== undefined && parts.now() - before.at < KEPT_MS) return before.found;
		const found = queue(() => fetchOne(parts, site, url)).catch(() => undefined);
		kept.delete(name);
		kept.set(name, { at: parts.now(), found });
		const [oldest] = kept.keys();
		if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
		return found;
	};
}

async function fetchOne(
	{ shelf, fetchFile, budgets, memory }: FetchAssetsParts,
	site: number,
	url: string,
): Promise<FoundAsset> {
	budgets.checkAsset(site, LEAST_COST);
	memory.take(ASSET_BYTES);
	try {
		const file = await fetchFile(url);
		const named = nameSheet(file);
		const hash = hashAsset(named.bytes);
		if ((await shelf.ask(site, [hash])).length > 0) {
			budgets.checkAsset(site, named.bytes.length);
			await shelf.put(site, hash, named.bytes);
		}
		return { hash, ...(named.urls && { urls: named.urls }) };
	} finally {
		memory.give(ASSET_BYTES);
	}
}

/** A style sheet as a recorder would have kept it. */
function nameSheet({ bytes, url }: FetchedFile): { bytes: Uint8Array; urls?: string[] } {
	const type = sniffAsset(bytes);
	if (type === undefined || !isSheet(type)) return { bytes };
	const urls: string[] = [];
	const css = nameCssUrls(Buffer.from(bytes).toString("utf8"), (each) => {
		const whole = new URL(each, url).href.replace(/#.*$/, "");
		urls.push(whole);
		return referToAsset(whole);
	});
	return { bytes: Buffer.from(css), urls };
}
