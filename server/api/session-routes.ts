// One session: what there is of it, and its events.
import type { FastifyInstance } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { followTabs, type TabSpan } from "../../replay/active-tab.ts";
import { inlineAssets } from "../../replay/inline-assets.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { ApiError } from "../errors.ts";
import { queryAssets } from "../queries/assets.ts";
import {
	createManifest,
	createMarkers,
	describeChunks,
	queryMarkers,
	tabMoments,
} from "../queries/manifest.ts";
import { describeRecording } from "../queries/recorded-manifest.ts";
import { describeCosts, queryCosts } from "../queries/recorder-cost.ts";
import { dayOf, isDatedSession, querySession } from "../queries/sessions.ts";
import { openAssets } from "../recordings/open-assets.ts";
import { listStreams, openSession } from "../recordings/open-session.ts";
import { playSession } from "../recordings/play-session.ts";
import { createReadBudget } from "../recordings/stored-json.ts";
import {
	type ApiParts,
	assetsPath,
	ERRORS,
	findSite,
	SESSION_PARAMS,
	type SessionParams,
	throwIfErased,
} from "./parts.ts";
import { streamList } from "./stream-list.ts";

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
		async ({ params }) => (await openForPlay(parts, params)).manifest,
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
		async ({ params, query, protocol, host }, reply) => {
			const opened = await openForPlay(parts, params);
			const { manifest } = opened;
			if (query.tab !== undefined && manifest.tabs.every(({ id }) => id !== query.tab)) {
				throw new ApiError("not_found", "the session has no such tab");
			}
			const { startedAt, endedAt } = manifest.session;
			const to = Math.min(endedAt, startedAt + (query.to ?? Number.MAX_SAFE_INTEGER / 2));
			const from = query.from === undefined ? undefined : startedAt + query.from;
			const of = { ...opened.where, store: parts.store, budget: createReadBudget(parts.log) };
			const spans = listSpans(manifest, query.tab);
			const source = await openAssets(parts.shelf, {
				...{ site: opened.where.site, assets: manifest.assets },
				address: `${protocol}://${host}${assetsPath(opened.where.site)}`,
			});
			async function* play(): AsyncGenerator<RawEvent[]> {
				const streams = listStreams(of, opened.stored);
				for await (const events of playSession(streams, spans, { from, to })) {
					yield inlineAssets(events, source);
				}
			}
			if (opened.stored.kind === "recorded") {
				return reply.type("application/json; charset=utf-8").send(await streamList(play()));
			}
			const events = await parts.reading(() => collect(play()));
			if (events.length === 0 && opened.stored.isLost) {
				throw new ApiError("recording_gone", "the recording of this session cannot be read");
			}
			return reply.send(events);
		},
	);
}

async function openForPlay(parts: ApiParts, params: SessionParams) {
	const site = await findSite(parts.sites, params.site);
	const where = { site: site.id, session: params.session };
	throwIfErased(parts, where);
	const missing = `the site has no session ${params.session}, or none yet`;
	if (!isDatedSession(params.session)) throw new ApiError("not_found", missing);
	const clock = { now: parts.now(), idleMs: parts.idleMs };
	const dated = { ...where, day: dayOf(params.session) };
	// Together, because whoever waits for a first frame waits for all of them.
	const [session, stored, rows, assets, costs] = await Promise.all([
		querySession(parts, where, clock),
		openSession(parts, dated),
		queryMarkers(parts.index, dated),
		queryAssets(parts.index, dated),
		queryCosts(parts.index, { site: site.id, sessions: [params.session] }),
	]);
	if (session === undefined) throw new ApiError("not_found", missing);
	throwIfErased(parts, { ...where, visitor: session.visitor });
	const markers = createMarkers(rows, session.startedAt);
	const cost = describeCosts(costs, session.startedAt);
	parts.chunkPlaces.keep(where, stored.kind === "recorded" ? stored.late : stored.chunks);
	const described =
		stored.kind === "recorded"
			? describeRecording(stored, session.startedAt)
			: describeChunks(stored.chunks, session.startedAt);
	const freshness = parts.feeder.freshness();
	return {
		where,
		stored,
		manifest: createManifest(session, described, { markers, assets, cost }, freshness),
	};
}

/** One tab all the time, or the one that was in front. */
function listSpans(manifest: shapes.Manifest, tab: string | undefined): TabSpan[] {
	const { startedAt, endedAt, durationMs } = manifest.session;
	const only = tab ?? (manifest.tabs.length === 1 ? manifest.tabs[0]?.id : undefined);
	if (only !== undefined) return [{ tab: only, from: startedAt, to: endedAt + 1 }];
	return followTabs(tabMoments(manifest), 0, durationMs + 1)
		.slice(0, MAX_SPANS)
		.map((span) => ({
			tab: span.tab,
			from: startedAt + span.from,
			to: startedAt + span.to,
		}));
}

async function collect(pieces: AsyncIterable<RawEvent[]>): Promise<RawEvent[]> {
	const all: RawEvent[] = [];
	for await (const piece of pieces) for (const event of piece) all.push(event);
	return all;
}
