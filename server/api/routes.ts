// The read API. Every route stands behind `access.require` and names its shapes, from which the OpenAPI
// document is made.
import type { FastifyInstance } from "fastify";
import { registerAdminRoutes } from "./admin-routes.ts";
import { registerAssetRoute } from "./asset-route.ts";
import { compressAnswers } from "./compress.ts";
import { registerEpisodeRoutes } from "./episode-routes.ts";
import { registerErasureRoutes } from "./erasure-routes.ts";
import { registerHeatmapRoutes } from "./heatmap-routes.ts";
import { registerPageRoutes } from "./page-routes.ts";
import { registerPageRuleRoutes } from "./page-rule-routes.ts";
import { registerPartRoute } from "./part-route.ts";
import type { ApiParts } from "./parts.ts";
import { registerSessionRoutes } from "./session-routes.ts";
import { registerSignalRoutes } from "./signal-routes.ts";
import { registerSiteRoutes } from "./site-routes.ts";

export function registerApi(app: FastifyInstance, parts: ApiParts): void {
	app.addHook("onRequest", (request) => parts.access.require(request));
	app.addHook("onRequest", async (_, reply) => {
		reply.header("Cache-Control", "no-store");
	});
	compressAnswers(app);
	registerSiteRoutes(app, parts);
	registerSessionRoutes(app, parts);
	registerEpisodeRoutes(app, parts);
	registerPartRoute(app, parts);
	registerAssetRoute(app, parts);
	registerPageRoutes(app, parts);
	registerHeatmapRoutes(app, parts);
	registerSignalRoutes(app, parts);
	registerPageRuleRoutes(app, parts);
	registerErasureRoutes(app, parts);
	registerAdminRoutes(app, parts);
}
