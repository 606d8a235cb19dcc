// One session: what there is of it, and its events.
import type { FastifyInstance } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { findLastStart, followTabs, joinTabs } from "../../replay/active-tab.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { ApiError } from "../errors.ts";
import { createManifest, queryMarkers, tabMoments } from "../queries/manifest.ts";
import { dayOf, querySession } from "../queries/sessions.ts";
import {
	type ChunkRow,
	createReadBudget,
	listChunks,
	readEvents,
} from "../recordings/read-session.ts";
import {
	type ApiParts,
	ERRORS,
	findSite,
	SESSION_PARAMS,
	type SessionParams,
	throwIfErased,
} from "./parts.ts";

/** Each switch of tabs repeats a page; nobody watches more of them, but forged facts could ask for it. */
const MAX_SPANS = 200;

export function registerSessionRoutes(app: FastifyInstance, parts: ApiParts): void {
	app.get<{ Params: SessionParams }>(
		"/sites/:site/sessions/:session",
		{
			schema: {
				summary: "What there is of a session to play",
				params: SESSION_PARAMS,
				response: { 200: shapes.MANIFEST_SCHEMA, ...ERRORS },
			},
		},
		async ({ params }) => (await readSession(parts, params)).manifest,
	);

	app.get<{ Params: SessionParams; Querystring: { tab?: string; from?: number; to?: number } }>(
		"/sites/:site/sessions/:session/events",
		{
			schema: {
				summary: "rrweb events of one tab, or of the tab that was in front",
				params: SESSION_PARAMS,
				querystring: {
					type: "object",
					properties: {
						tab: { type: "string", pattern: "^[0-9a-f]{32}$" },
						from: { type: "integer", minimum: 0 },
						to: { type: "integer", minimum: 0 },
					},
				},
				// Events are passed on as they are; serialising them by a schema would cost for nothing.
				response: { ...ERRORS },
			},
		},
		async ({ params, query }, reply) => {
			const { manifest, chunks } = await readSession(parts, params);
			if (query.tab !== undefined && manifest.tabs.every(({ id }) => id !== query.tab)) {
				throw new ApiError("not_found", "the session has no such tab");
			}
			const { startedAt, endedAt } = manifest.session;
			const from = startedAt + (query.from ?? 0);
			const to = Math.min(endedAt, startedAt + (query.to ?? Number.MAX_SAFE_INTEGER / 2));
			const wanted = chunks.filter((chunk) => chunk.from <= to);
			const events = await parts.reading(() => readTabs(parts, manifest, wanted, query.tab));
			const start = Math.max(0, query.from === undefined ? 0 : findLastStart(events, from));
			return reply.send(events.slice(start).filter((event) => event.timestamp <= to));
		},
	);
}

async function readSession(
	parts: ApiParts,
	params: SessionParams,
): Promise<{ manifest: shapes.Manifest; chunks: ChunkRow[] }> {
	const site = await findSite(parts.sites, params.site);
	const where = { site: site.id, session: params.session };
	throwIfErased(parts, where);
	const clock = { now: parts.now(), idleMs: parts.idleMs };
	const session = await querySession(parts.index, where, clock);
	if (session === undefined) {
		throw new ApiError("not_found", `the site has no session ${params.session}, or none yet`);
	}
	throwIfErased(parts, { ...where, visitor: session.visitor });
	const [chunks, markers] = await Promise.all([
		listChunks(parts.index, { ...where, day: dayOf(params.session) }),
		queryMarkers(parts.index, where, session.startedAt),
	]);
	parts.chunkPlaces.keep(where, chunks);
	return { manifest: createManifest(session, chunks, markers, parts.feeder.freshness()), chunks };
}

async function readTabs(
	parts: ApiParts,
	manifest: shapes.Manifest,
	chunks: readonly ChunkRow[],
	tab: string | undefined,
): Promise<RawEvent[]> {
	const budget = createReadBudget(parts.log);
	const ofTab = (id: string) =>
		readEvents(
			parts.store,
			chunks.filter((chunk) => chunk.tab === id),
			budget,
		);
	const only = tab ?? (manifest.tabs.length === 1 ? manifest.tabs[0]?.id : undefined);
	if (only !== undefined) return ofTab(only);
	const { startedAt, durationMs } = manifest.session;
	const byTab = new Map<string, RawEvent[]>();
	for (const { id } of manifest.tabs) byTab.set(id, await ofTab(id));
	const spans = followTabs(tabMoments(manifest), 0, durationMs + 1)
		.slice(0, MAX_SPANS)
		.map((span) => ({
			tab: span.tab,
			from: startedAt + span.from,
			to: startedAt + span.to,
		}));
	return joinTabs(spans, (id) => byTab.get(id) ?? []);
}
