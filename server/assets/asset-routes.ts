// `POST /i/{siteKey}/assets`: a page asks which files are not kept yet, and sends those. Its body is bytes
// like those of an upload, whatever it is called, so that no page needs a preflight.
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
	ASSET_HASHES,
	ASSET_URLS,
	type AssetAnswer,
	type AssetQuestion,
	isAssetHash,
} from "../../protocol/asset.ts";
import { parseStrangeJson } from "../../protocol/parse-json.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import type { SiteRow } from "../control/sites.ts";
import type { Budgets } from "../ingest/budgets.ts";
import type { AssetShelf } from "./asset-shelf.ts";
import type { FetchAsset } from "./fetch-assets.ts";

const QUESTION_JSON = { depth: 4, values: 2 * (ASSET_HASHES + ASSET_URLS) };
const URL_CHARS = 2048;
/** A page that waits longer has gone; what is found meanwhile is there for the next one. */
const FETCH_MS = 15_000;
const HIDDEN = { schema: { hide: true } };

export interface AssetIngestParts {
	shelf: AssetShelf;
	fetchAsset: FetchAsset;
	budgets: Pick<Budgets, "checkAsset">;
	findSite: (key: string) => Promise<SiteRow | undefined>;
}

export function registerAssetIngest(scope: FastifyInstance, parts: AssetIngestParts): void {
	scope.post<{ Params: { siteKey: string } }>(
		"/:siteKey/assets",
		HIDDEN,
		async (request): Promise<AssetAnswer> => {
			const site = await findAskingSite(parts, request, request.params.siteKey);
			const { hashes, urls } = parseQuestion(bodyOf(request));
			const [missing, found] = await Promise.all([
				parts.shelf.ask(site.id, hashes),
				fetchAll(parts.fetchAsset, site.id, urls),
			]);
			return { missing, found };
		},
	);
	scope.post<{ Params: { siteKey: string; hash: string } }>(
		"/:siteKey/assets/:hash",
		HIDDEN,
		async (request, reply) => {
			const site = await findAskingSite(parts, request, request.params.siteKey);
			const { hash } = request.params;
			if (!isAssetHash(hash))
				throw new ProtocolError("wrong_hash", "a SHA-256 in hex was expected");
			const bytes = bodyOf(request);
			if ((await parts.shelf.ask(site.id, [hash])).length > 0) {
				parts.budgets.checkAsset(site.id, bytes.length);
				await parts.shelf.put(site.id, hash, bytes);
			}
			return reply.code(204).send();
		},
	);
}

/** Files are sent by pages that are open, which always name their origin. @throws ProtocolError */
async function findAskingSite(
	{ findSite }: AssetIngestParts,
	{ headers }: FastifyRequest,
	key: string,
): Promise<SiteRow> {
	const site = await findSite(key);
	if (site === undefined) throw new ProtocolError("unknown_site", "no site has this key");
	if (site.stopped || site.config.features.assets === false) {
		throw new ProtocolError("over_budget", "this site keeps no files");
	}
	if (headers.origin === undefined || !site.origins.includes(headers.origin)) {
		throw new ProtocolError("origin_not_allowed", "pages of the site itself may ask");
	}
	return site;
}

function bodyOf({ body }: FastifyRequest): Uint8Array {
	return Buffer.isBuffer(body) ? body : new Uint8Array();
}

/** @throws ProtocolError bad_assets */
function parseQuestion(body: Uint8Array): AssetQuestion {
	try {
		const value = parseStrangeJson(Buffer.from(body).toString("utf8"), QUESTION_JSON);
		const { hashes, urls } = value as Partial<AssetQuestion>;
		if (isListOf(hashes, ASSET_HASHES, isAssetHash) && isListOf(urls, ASSET_URLS, isUrl)) {
			return { hashes, urls };
		}
	} catch {
		// What is wrong with it is of no use to the page.
	}
	const most = `at most ${ASSET_HASHES} hashes and ${ASSET_URLS} urls`;
	throw new ProtocolError("bad_assets", `JSON of ${most} was expected`);
}

function isListOf(
	value: unknown,
	most: number,
	isOne: (each: unknown) => boolean,
): value is string[] {
	return Array.isArray(value) && value.length <= most && value.every(isOne);
}

function isUrl(value: unknown): boolean {
	return typeof value === "string" && value.length <= URL_CHARS && URL.canParse(value);
}

async function fetchAll(
	fetchAsset: FetchAsset,
	site: number,
	urls: readonly string[],
): Promise<AssetAnswer["found"]> {
	const found: [string, NonNullable<Awaited<ReturnType<FetchAsset>>>][] = [];
	const all = urls.map(async (url) => {
		const asset = await fetchAsset(site, url);
		if (asset !== undefined) found.push([url, asset]);
	});
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise((next) => {
		timer = setTimeout(next, FETCH_MS);
	});
	await Promise.race([Promise.all(all), late]);
	clearTimeout(timer);
	return Object.fromEntries(found);
}
