// Which pages of a site are shown as one: its rules, what they do, and what others would do.
import type { FastifyInstance, FastifyRequest } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { parsePageGlob } from "../../protocol/page-glob.ts";
import type { PageRules } from "../control/page-rules.ts";
import { ApiError } from "../errors.ts";
import { queryPageEffect } from "../queries/page-effect.ts";
import { type ApiParts, ERRORS, findSite, SITE_PARAMS } from "./parts.ts";

interface SiteOf {
	Params: { site: string };
}

export function registerPageRuleRoutes(app: FastifyInstance, parts: ApiParts): void {
	app.get<SiteOf>(
		"/sites/:site/page-rules",
		{
			schema: {
				summary: "The rules by which pages are shown as one, and what they do",
				params: SITE_PARAMS,
				response: { 200: shapes.PAGE_RULES_SCHEMA, ...ERRORS },
			},
		},
		async ({ params }) => {
			const { id } = await findSite(parts.sites, params.site);
			return describe(parts, id, await parts.pageRules.read(id));
		},
	);

	app.patch<SiteOf & { Body: shapes.PageRulesChange }>(
		"/sites/:site/page-rules",
		{
			schema: {
				summary: "Change the rules; what is stored stays as it is",
				params: SITE_PARAMS,
				body: shapes.PAGE_RULES_CHANGE_SCHEMA,
				response: { 200: shapes.PAGE_RULES_SCHEMA, ...ERRORS, 409: shapes.ERROR_SCHEMA },
			},
		},
		async (request) => {
			const { id } = await findSite(parts.sites, request.params.site);
			const choices = parseChoices(request.body);
			const next = { ...choices, version: request.body.version };
			const rules = await parts.pageRules.change(id, next, describeAsker(request));
			// Who decides on pages should see all that there are by now.
			await parts.pageSets.listStored(id, true);
			return describe(parts, id, rules);
		},
	);

	app.post<SiteOf & { Body: shapes.PageChoices }>(
		"/sites/:site/page-rules/preview",
		{
			schema: {
				summary: "What rules would do, without keeping them",
				params: SITE_PARAMS,
				body: shapes.PAGE_CHOICES_SCHEMA,
				response: { 200: shapes.PAGE_EFFECT_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, body }) => {
			const { id } = await findSite(parts.sites, params.site);
			return readEffect(parts, id, parseChoices(body));
		},
	);
}

async function describe(
	parts: ApiParts,
	site: number,
	{ version, rules, rejected, changedAt, changedBy }: PageRules,
): Promise<shapes.PageRules> {
	const [before, effect] = await Promise.all([
		parts.pageRules.readBefore(site),
		readEffect(parts, site, { rules, rejected }),
	]);
	return {
		...{ version, rules, rejected, changedAt, changedBy, effect },
		before: { rules: before.rules, rejected: before.rejected },
	};
}

async function readEffect(
	{ index, pageSets }: ApiParts,
	site: number,
	choices: shapes.PageChoices,
): Promise<shapes.PageEffect> {
	const stored = await pageSets.listStored(site);
	const now = await pageSets.arrangementOf(site);
	return queryPageEffect(index, { site, stored, now }, choices);
}

/** @throws ApiError bad_request that says which pattern is none, and why */
function parseChoices({ rules, rejected }: shapes.PageChoices): shapes.PageChoices {
	const patterns = rules.map((typed, at) => {
		const parsed = parsePageGlob(typed);
		if ("pattern" in parsed) return parsed.pattern;
		throw new ApiError("bad_request", `rule ${at + 1} (${typed}): ${parsed.problem}`);
	});
	const twice = patterns.find((pattern, at) => patterns.indexOf(pattern) < at);
	if (twice !== undefined) throw new ApiError("bad_request", `${twice} stands there twice`);
	return { rules: patterns, rejected: [...new Set(rejected)] };
}

/** There are no accounts: who changed something is known by the way they came. */
function describeAsker({ headers }: FastifyRequest): string {
	return headers.authorization === undefined ? "viewer" : "token";
}
