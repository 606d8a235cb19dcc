// What went against visitors: the episodes of a session.
import type { FastifyInstance } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { ApiError } from "../errors.ts";
import { describeEpisode } from "../queries/describe-episodes.ts";
import { isDatedSession, querySession } from "../queries/sessions.ts";
import {
	type ApiParts,
	ERRORS,
	findSite,
	SESSION_PARAMS,
	type SessionParams,
	throwIfErased,
} from "./parts.ts";

export function registerEpisodeRoutes(app: FastifyInstance, parts: ApiParts): void {
	app.get<{ Params: SessionParams }>(
		"/sites/:site/sessions/:session/episodes",
		{
			schema: {
				summary: "What went against the visitor of a session, moment by moment",
				params: SESSION_PARAMS,
				response: { 200: shapes.SESSION_EPISODES_SCHEMA, ...ERRORS },
			},
		},
		async ({ params }): Promise<shapes.SessionEpisodes> => {
			const site = await findSite(parts.sites, params.site);
			const where = { site: site.id, session: params.session };
			throwIfErased(parts, where);
			const clock = { now: parts.now(), idleMs: parts.idleMs };
			const session = isDatedSession(where.session)
				? await querySession(parts, where, clock)
				: undefined;
			if (session === undefined) {
				throw new ApiError("not_found", `the site has no session ${params.session}, or none yet`);
			}
			throwIfErased(parts, { ...where, visitor: session.visitor });
			const found = (await parts.episodes.of(site.id, [session.id])).get(session.id);
			return {
				friction: session.friction,
				episodes: (found?.episodes ?? []).map((one) => describeEpisode(one, session.startedAt)),
			};
		},
	);
}
