// A file of a recorded page, as it was kept: `GET /sites/:site/assets/:hash`. It is somebody else's and may
// be anything, so a browser is told to take it for nothing but what it is, and to run nothing of it.
import type { FastifyInstance } from "fastify";
import { isSheet } from "../assets/sniff-asset.ts";
import { ApiError, StoreError } from "../errors.ts";
import { type ApiParts, ERRORS, findSite, SITE_PARAMS } from "./parts.ts";

const PARAMS = {
	type: "object",
	properties: { ...SITE_PARAMS.properties, hash: { type: "string", pattern: "^[0-9a-f]{64}$" } },
	required: ["site", "hash"],
} as const;

export function registerAssetRoute(app: FastifyInstance, parts: ApiParts): void {
	app.get<{ Params: { site: string; hash: string } }>(
		"/sites/:site/assets/:hash",
		{
			schema: {
				summary: "A style sheet, picture or font of recorded pages, as it was kept",
				params: PARAMS,
				response: { ...ERRORS },
			},
		},
		async ({ params }, reply) => {
			const site = await findSite(parts.sites, params.site);
			const { bytes, type } = await parts.shelf
				.get(site.id, params.hash)
				.catch((error: unknown) => {
					if (!(error instanceof StoreError) || error.kind !== "missing") throw error;
					throw new ApiError("not_found", "the site has no such file, or no longer");
				});
			reply
				.header("Cache-Control", "private, max-age=31536000, immutable")
				.header("Content-Security-Policy", "sandbox; default-src 'none'")
				.header("X-Content-Type-Options", "nosniff");
			if (type !== undefined && isSheet(type)) {
				return reply.type(`${type}; charset=utf-8`).send(Buffer.from(bytes).toString("utf8"));
			}
			return reply.type(type ?? "application/octet-stream").send(Buffer.from(bytes));
		},
	);
}
