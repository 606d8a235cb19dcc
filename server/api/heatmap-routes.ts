// Heatmaps of a page.
import type { FastifyInstance } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { ApiError } from "../errors.ts";
import { createPending, type Pending } from "../queries/heat-pending.ts";
import { type PressedElement, queryPresses } from "../queries/heat-presses.ts";
import { queryZone } from "../queries/heat-zone.ts";
import { createWhere, type HeatmapQuery, parseGroup, queryHeatmap } from "../queries/heatmap.ts";
import { type ApiParts, ERRORS, findSite, SITE_PARAMS } from "./parts.ts";
import { addWaiting, checkFilter, OF_SESSIONS, REPORT_MS } from "./reports.ts";

const COUNTED = {
	page: { type: "string", minLength: 1, maxLength: 2048 },
	kind: { type: "string", enum: shapes.HEAT_KINDS, default: "press" },
	group: { type: "string", maxLength: 20, default: "" },
	unit: { type: "string", enum: shapes.HEAT_UNITS, default: "unique" },
	pointer: { type: "string", enum: shapes.HEAT_POINTERS, default: "" },
	state: { type: "string", maxLength: 64, default: "" },
	...OF_SESSIONS,
	width: { type: "integer", minimum: 0, maximum: 10_000, default: 0 },
} as const;

/** A position has held many things: where `key` is a path, `tag` and `text` say which. */
const PRESSED = {
	key: { type: "string", maxLength: 2048 },
	tag: { type: "string", maxLength: 100, default: "" },
	text: { type: "string", maxLength: 1000, default: "" },
	limit: { type: "integer", minimum: 1, maximum: 20, default: 3 },
} as const;

const MOST_ELEMENTS = 200;
/** `id` of each, one after the other. */
const ZONE = {
	elements: {
		type: "string",
		pattern: `^[0-9a-f]{1,16}(,[0-9a-f]{1,16}){0,${MOST_ELEMENTS - 1}}$`,
	},
} as const;

type Asked = Omit<HeatmapQuery, "site" | "from" | "to"> & { from?: number; to?: number };

export function registerHeatmapRoutes(app: FastifyInstance, parts: ApiParts): void {
	const pending = createPending(parts);

	app.get<{ Params: { site: string }; Querystring: Asked }>(
		"/sites/:site/heatmap",
		{
			schema: {
				summary: "What visitors did on a page, as bins per element",
				params: SITE_PARAMS,
				querystring: { type: "object", properties: COUNTED, required: ["page"] },
				response: { 200: shapes.HEATMAP_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, query }): Promise<shapes.Heatmap> => {
			const site = await findSite(parts.sites, params.site);
			const where = { site: site.id, ...checkAsked(query, parts.now()) };
			const { map, waitingChunks } = await queryHeatmap({ ...parts, pending }, where);
			return { ...map, freshness: addWaiting(parts.feeder.freshness(), waitingChunks) };
		},
	);

	app.get<{ Params: { site: string }; Querystring: Asked & PressedElement & { limit: number } }>(
		"/sites/:site/heatmap/presses",
		{
			schema: {
				summary: "The newest presses on an element, each of another session as far as there are",
				params: SITE_PARAMS,
				querystring: {
					type: "object",
					properties: { ...COUNTED, ...PRESSED },
					required: ["page", "key"],
				},
				response: { 200: shapes.HEATMAP_PRESSES_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, query }): Promise<shapes.HeatmapPresses> => {
			const site = await findSite(parts.sites, params.site);
			const { key, tag, text, limit, ...asked } = query;
			const of = { site: site.id, ...checkAsked(asked, parts.now()) };
			const where = await createWhere(parts, of, { ends: [] });
			return queryPresses({ ...parts, pending }, where, { element: { key, tag, text }, limit });
		},
	);
	registerZoneRoute(app, parts, pending);
}

function registerZoneRoute(app: FastifyInstance, parts: ApiParts, pending: Pending): void {
	app.get<{ Params: { site: string }; Querystring: Asked & { elements: string } }>(
		"/sites/:site/heatmap/zone",
		{
			schema: {
				summary: "Some elements of a page taken together, each session counted once",
				params: SITE_PARAMS,
				querystring: {
					type: "object",
					properties: { ...COUNTED, ...ZONE },
					required: ["page", "elements"],
				},
				response: { 200: shapes.HEATMAP_ZONE_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, query }): Promise<shapes.HeatmapZone> => {
			const site = await findSite(parts.sites, params.site);
			const { elements, ...asked } = query;
			const of = { site: site.id, ...checkAsked(asked, parts.now()) };
			const where = await createWhere(parts, of, { ends: [] });
			const hashes = elements.split(",").map((id) => BigInt(`0x${id}`).toString());
			return queryZone({ ...parts, pending }, where, hashes);
		},
	);
}

/** @throws ApiError bad_request */
function checkAsked(asked: Asked, now: number): Omit<HeatmapQuery, "site"> {
	if (asked.group !== "" && parseGroup(asked.group) === undefined) {
		throw new ApiError("bad_request", "group must be a range of widths as 0-479 or 1440-");
	}
	const to = asked.to ?? now + 60_000;
	return { ...asked, filter: checkFilter(asked.filter), to, from: asked.from ?? to - REPORT_MS };
}
