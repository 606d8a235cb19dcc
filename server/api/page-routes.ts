// Pages, what recording cost them and the pictures under their heatmaps.
import type { FastifyInstance } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { isSessionId } from "../../protocol/ids.ts";
import { MAX_TIME } from "../../protocol/limits.ts";
import { ApiError } from "../errors.ts";
import { type BackdropQuery, queryBackdrop } from "../queries/backdrop.ts";
import { parseGroup } from "../queries/heatmap.ts";
import { queryPages } from "../queries/pages.ts";
import { queryRecorderCost } from "../queries/recorder-cost.ts";
import { type ApiParts, assetsPath, ERRORS, findSite, PAGING, SITE_PARAMS } from "./parts.ts";

export function registerPageRoutes(app: FastifyInstance, parts: ApiParts): void {
	app.get<{ Params: { site: string }; Querystring: { limit: number; cursor: string } }>(
		"/sites/:site/pages",
		{
			schema: {
				summary: "Pages, those with the most presses first",
				params: SITE_PARAMS,
				querystring: { type: "object", properties: PAGING },
				response: { 200: shapes.PAGES_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, query }): Promise<shapes.Pages> => {
			const site = await findSite(parts.sites, params.site);
			if (!/^\d{0,6}$/.test(query.cursor)) {
				throw new ApiError("bad_request", "cursor must be the `next` of an earlier answer");
			}
			const where = { site: site.id, limit: query.limit, skip: Number(query.cursor) };
			const arrangement = await parts.pageSets.arrangementOf(site.id);
			const pages = await queryPages(parts.index, arrangement, where);
			return { ...pages, freshness: parts.feeder.freshness() };
		},
	);

	app.get<{ Params: { site: string } }>(
		"/sites/:site/recorder-cost",
		{
			schema: {
				summary: "What recording cost the pages of the newest sessions",
				params: SITE_PARAMS,
				response: { 200: shapes.RECORDER_COST_SCHEMA, ...ERRORS },
			},
		},
		async ({ params }): Promise<shapes.RecorderCost> => {
			const site = await findSite(parts.sites, params.site);
			const nameOf = await parts.pageSets.namesOf(site.id);
			const cost = await queryRecorderCost(parts.index, site.id, nameOf);
			return { ...cost, freshness: parts.feeder.freshness() };
		},
	);

	app.get<{ Params: { site: string }; Querystring: Omit<BackdropQuery, "site"> }>(
		"/sites/:site/heatmap/backdrop",
		{
			schema: {
				summary: "The recorded page to draw a map on",
				params: SITE_PARAMS,
				querystring: {
					type: "object",
					properties: {
						page: { type: "string", minLength: 1, maxLength: 2048 },
						width: { type: "integer", minimum: 100, maximum: 10_000 },
						group: { type: "string", maxLength: 20, default: "" },
						state: { type: "string", maxLength: 64, default: "" },
						session: { type: "string", maxLength: 36, default: "" },
						before: { type: "integer", minimum: 0, maximum: MAX_TIME, default: 0 },
					},
					required: ["page", "width"],
				},
				response: { 200: shapes.BACKDROP_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, query }): Promise<shapes.Backdrop> => {
			const site = await findSite(parts.sites, params.site);
			if (query.group !== "" && parseGroup(query.group) === undefined) {
				throw new ApiError("bad_request", "group must be a range of widths as 0-479 or 1440-");
			}
			if (query.session !== "" && !isSessionId(query.session)) {
				throw new ApiError("bad_request", "session must be the id of a session");
			}
			const where = { site: site.id, ...query };
			const backdrop = await parts.reading(() => queryBackdrop({ ...parts, assetsPath }, where));
			if (backdrop === undefined) {
				throw new ApiError("not_found", `no picture of ${query.page} is stored yet`);
			}
			return backdrop;
		},
	);
}
