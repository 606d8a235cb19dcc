// What all routes of the read API share: their collaborators and their common shapes.
import { ERROR_SCHEMA } from "../../protocol/api.ts";
import type { AssetShelf } from "../assets/asset-shelf.ts";
import type { Access } from "../auth/access.ts";
import type { BaselineShelf } from "../baselines/shelf.ts";
import type { PageRuleBook } from "../control/page-rules.ts";
import type { SiteRow, Sites } from "../control/sites.ts";
import { ApiError } from "../errors.ts";
import type { Index } from "../index/client.ts";
import type { Feeder } from "../index/feeder.ts";
import type { Arrivals } from "../ingest/arrivals.ts";
import type { Lifecycle } from "../lifecycle/lifecycle.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import type { Episodes } from "../queries/episodes.ts";
import type { PageSets } from "../queries/page-set.ts";
import type { PageUnions } from "../queries/page-unions.ts";
import type { ViewportGroups } from "../queries/viewport-groups.ts";
import type { Queue } from "../queue.ts";
import type { ChunkPlaces } from "../recordings/chunk-places.ts";
import type { OpenRecordings } from "../recordings/open-recordings.ts";
import type { Store } from "../store/store.ts";

export interface ApiParts {
	access: Access;
	sites: Sites;
	store: Store;
	index: Index;
	episodes: Episodes;
	feeder: Feeder;
	pageRules: PageRuleBook;
	pageSets: PageSets;
	viewportGroups: ViewportGroups;
	pageUnions: PageUnions;
	baselineShelf: BaselineShelf;
	arrivals: Arrivals;
	/** Events are read from the store in here, few sessions at once. */
	reading: Queue;
	chunkPlaces: ChunkPlaces;
	shelf: AssetShelf;
	recordings: OpenRecordings;
	/** Was this session erased? Then it is not there, whatever is still stored of it. */
	isErased: Tombstones["isErased"];
	lifecycle: Lifecycle;
	shopUrl: () => string;
	idleMs: number;
	now: () => number;
	/** What people who run the server should see. */
	log: (line: string) => void;
}

export const SITE_PARAMS = {
	type: "object",
	properties: { site: { type: "string" } },
	required: ["site"],
} as const;

export interface SessionParams {
	site: string;
	session: string;
}

export const SESSION_PARAMS = {
	type: "object",
	properties: { ...SITE_PARAMS.properties, session: { type: "string", format: "uuid" } },
	required: ["site", "session"],
} as const;

export const PAGING = {
	limit: { type: "integer", minimum: 1, maximum: 200, default: 50 },
	cursor: { type: "string", maxLength: 100, default: "" },
} as const;

/** Only episodes of these; "" for all. */
export const FRICTION = {
	kind: { type: "string", maxLength: 40, default: "" },
	page: { type: "string", maxLength: 2048, default: "" },
	key: { type: "string", maxLength: 2048, default: "" },
} as const;

export const ERRORS = {
	400: ERROR_SCHEMA,
	401: ERROR_SCHEMA,
	404: ERROR_SCHEMA,
	503: ERROR_SCHEMA,
};

/** Of the files of a site, before their hash. */
export function assetsPath(site: number): string {
	return `/api/v1/sites/${site}/assets/`;
}

/** @throws ApiError not_found */
export async function findSite(sites: Sites, id: string): Promise<SiteRow> {
	const site = await sites.find(id);
	if (site === undefined) throw new ApiError("not_found", `there is no site ${id.slice(0, 40)}`);
	return site;
}

/** @throws ApiError not_found */
export function throwIfErased(
	{ isErased }: ApiParts,
	{ site, session, visitor }: { site: number; session: string; visitor?: string },
): void {
	if (isErased(site, session, visitor)) {
		throw new ApiError("not_found", `the site has no session ${session}, or no longer`);
	}
}
