// What went against visitors, over sessions.
import type { FastifyInstance } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { ApiError } from "../errors.ts";
import { createPending } from "../queries/heat-pending.ts";
import { querySignals } from "../queries/signals.ts";
import { type ApiParts, ERRORS, FRICTION, findSite, PAGING, SITE_PARAMS } from "./parts.ts";
import { addWaiting, checkFilter, OF_SESSIONS, REPORT_MS } from "./reports.ts";

interface Asked {
	kind: string;
	page: string;
	key: string;
	filter: string;
	from?: number;
	to?: number;
	limit: number;
	cursor: string;
}

export function registerSignalRoutes(app: FastifyInstance, parts: ApiParts): void {
	const pending = createPending(parts);

	app.get<{ Params: { site: string }; Querystring: Asked }>(
		"/sites/:site/signals",
		{
			schema: {
				summary: "What went against visitors, by kind, page and element, the gravest sum first",
				params: SITE_PARAMS,
				querystring: { type: "object", properties: { ...FRICTION, ...OF_SESSIONS, ...PAGING } },
				response: { 200: shapes.SIGNAL_REPORT_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, query }): Promise<shapes.SignalReport> => {
			const site = await findSite(parts.sites, params.site);
			const { cursor, ...asked } = query;
			if (!/^\d{0,6}$/.test(cursor)) {
				throw new ApiError("bad_request", "cursor must be the `next` of an earlier answer");
			}
			const to = asked.to ?? parts.now() + 60_000;
			const { report, waitingChunks } = await querySignals(
				{ ...parts, pending },
				{
					...{ ...asked, site: site.id, to, from: asked.from ?? to - REPORT_MS },
					...{ filter: checkFilter(asked.filter), skip: Number(cursor) },
				},
			);
			return { ...report, freshness: addWaiting(parts.feeder.freshness(), waitingChunks) };
		},
	);
}
