// `GET /i/{siteKey}/config`: what a recorder is told before it begins. Public, as the key is; every page
// load asks, so it is cached for a minute and afterwards answered with 304 while nothing has changed.
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import { createPageRule } from "../../protocol/page-rule.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { type RecorderConfig, SITE_CONFIG_VERSION } from "../../protocol/site-config.ts";
import type { SiteRow } from "../control/sites.ts";

const MAX_AGE_SECONDS = 60;

export function registerSiteConfig(
	scope: FastifyInstance,
	{ findSite }: { findSite: (key: string) => Promise<SiteRow | undefined> },
): void {
	scope.get<{ Params: { siteKey: string } }>(
		"/:siteKey/config",
		{ schema: { hide: true } },
		async ({ params, headers }, reply): Promise<FastifyReply> => {
			const site = await findSite(params.siteKey);
			if (site === undefined) throw new ProtocolError("unknown_site", "no site has this key");
			const json = JSON.stringify(toRecorderConfig(site));
			const tag = `"${createHash("sha256").update(json).digest("hex").slice(0, 16)}"`;
			reply.header("Cache-Control", `public, max-age=${MAX_AGE_SECONDS}`).header("ETag", tag);
			// Proxies make a tag weak when they compress what it names.
			const known = (headers["if-none-match"] ?? "").replaceAll("W/", "").split(/\s*,\s*/);
			if (known.includes(tag)) return reply.code(304).send();
			return reply.type("application/json; charset=utf-8").send(json);
		},
	);
}

function toRecorderConfig({ config, stopped }: SiteRow): RecorderConfig {
	const pages = config.pages.map(createPageRule);
	return { version: SITE_CONFIG_VERSION, ...config, pages, stop: stopped };
}
