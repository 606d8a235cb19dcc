// Sites, their newest sessions and the live check of their installation.
import type { FastifyInstance } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { parseSessionFilter } from "../../protocol/session-filter.ts";
import { toSite } from "../control/sites.ts";
import { ApiError } from "../errors.ts";
import { rankSessions } from "../queries/friction.ts";
import {
	type FrictionFilter,
	type FrictionParts,
	parseFrictionCursor,
} from "../queries/friction-query.ts";
import { createPending } from "../queries/heat-pending.ts";
import { isDatedSession, querySessions, querySessionsOf } from "../queries/sessions.ts";
import { querySetup } from "../queries/setup.ts";
import { type ApiParts, ERRORS, FRICTION, findSite, PAGING, SITE_PARAMS } from "./parts.ts";
import { addWaiting, checkFilter, OF_SESSIONS } from "./reports.ts";

/** Sorted by friction, sessions without any come last; asked for a kind, page or element only those that met it do. */
const SORT = { type: "string", enum: ["newest", "friction"], default: "newest" } as const;

interface ListQuery extends FrictionFilter {
	limit: number;
	cursor: string;
	sort: "newest" | "friction";
	filter: string;
	from?: number;
	to?: number;
}

export function registerSiteRoutes(app: FastifyInstance, parts: ApiParts): void {
	const pending = createPending(parts);

	app.get(
		"/sites",
		{ schema: { summary: "All sites", response: { 200: shapes.SITES_SCHEMA, ...ERRORS } } },
		async (): Promise<shapes.Sites> => ({
			sites: (await parts.sites.list()).map(toSite),
			shopUrl: parts.shopUrl(),
		}),
	);

	app.post<{ Body: shapes.NewSite }>(
		"/sites",
		{
			schema: {
				summary: "Make a site",
				body: shapes.NEW_SITE_SCHEMA,
				response: { 201: shapes.SITE_SCHEMA, ...ERRORS },
			},
		},
		async (request, reply) => reply.code(201).send(toSite(await parts.sites.create(request.body))),
	);

	app.patch<{ Params: { site: string }; Body: shapes.SiteChange }>(
		"/sites/:site",
		{
			schema: {
				summary: "Change a site: its name, origins, what is recorded, or stop it",
				params: SITE_PARAMS,
				body: shapes.SITE_CHANGE_SCHEMA,
				response: { 200: shapes.SITE_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, body }): Promise<shapes.Site> => {
			const { id, key } = await findSite(parts.sites, params.site);
			const site = await parts.sites.change(id, body);
			if (site === undefined) throw new ApiError("not_found", `there is no site ${id}`);
			// What was refused under the old list says nothing about the new one: the next visit does.
			if (parts.arrivals.refused.get(key)?.code === "origin_not_allowed" && body.origins) {
				parts.arrivals.refused.delete(key);
			}
			return toSite(site);
		},
	);

	app.get<{ Params: { site: string }; Querystring: ListQuery }>(
		"/sites/:site/sessions",
		{
			schema: {
				summary: "Sessions, newest first or those with the most friction first",
				params: SITE_PARAMS,
				querystring: {
					type: "object",
					properties: { ...PAGING, ...FRICTION, ...OF_SESSIONS, sort: SORT },
				},
				response: { 200: shapes.SESSIONS_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, query }): Promise<shapes.Sessions> => {
			const site = await findSite(parts.sites, params.site);
			const { waitingChunks, ...page } = await listSessions({ ...parts, pending }, site.id, query);
			// Until the rows of the erased are gone, pages of the list are shorter.
			const sessions = page.sessions.filter(
				({ id, visitor }) => !parts.isErased(site.id, id, visitor),
			);
			const freshness = addWaiting(parts.feeder.freshness(), waitingChunks);
			return { ...page, sessions, freshness };
		},
	);

	app.get<{ Params: { site: string } }>(
		"/sites/:site/setup",
		{
			schema: {
				summary: "The live check of an installation",
				params: SITE_PARAMS,
				response: { 200: shapes.SETUP_SCHEMA, ...ERRORS },
			},
		},
		async ({ params }) =>
			querySetup(parts.index, parts.arrivals, await findSite(parts.sites, params.site)),
	);
}

async function listSessions(
	parts: ApiParts & Pick<FrictionParts, "pending">,
	site: number,
	{ limit, cursor, ...asked }: ListQuery,
): Promise<{ sessions: shapes.Session[]; next: string; waitingChunks: number }> {
	const clock = { now: parts.now(), idleMs: parts.idleMs };
	const filter = checkFilter(asked.filter);
	const { sort, from, to, kind, page, key } = asked;
	const isPart = [kind, page, key, filter].some((word) => word !== "");
	const isRanked = sort === "friction" || isPart || from !== undefined || to !== undefined;
	const isCursor = isRanked ? parseFrictionCursor(cursor) : isDatedSession(cursor);
	if (cursor !== "" && !isCursor) {
		throw new ApiError("bad_request", "cursor must be the `next` of an earlier answer");
	}
	if (!isRanked) {
		const newest = await querySessions(parts, { site, limit, after: cursor }, clock);
		return { ...newest, waitingChunks: 0 };
	}
	const ranked = await rankSessions(parts, {
		...{ site, sort, limit, cursor, kind, page, key, from, to },
		filter: parseSessionFilter(filter),
	});
	const { sessions: ids, fits, next, waitingChunks } = ranked;
	const sessions = await querySessionsOf(parts, { site, ids, fits }, clock);
	return { sessions, next, waitingChunks };
}
