// Erasing visitors and sessions, and the receipts of it.
import type { FastifyInstance } from "fastify";
import * as shapes from "../../protocol/api.ts";
import { parseSubject } from "../lifecycle/jobs.ts";
import type { Receipt } from "../lifecycle/receipt.ts";
import type { Tombstone } from "../lifecycle/tombstones.ts";
import { type ApiParts, ERRORS, findSite, SITE_PARAMS } from "./parts.ts";

/** Most erasures are over by then; nobody's connection should have to last for the others. */
const ANSWER_MS = 10_000;

export function registerErasureRoutes(app: FastifyInstance, parts: ApiParts): void {
	app.post<{ Params: { site: string }; Body: shapes.NewErasure }>(
		"/sites/:site/erasures",
		{
			schema: {
				summary: "Erase a visitor's sessions up to now, or one session, from every store",
				params: SITE_PARAMS,
				body: shapes.NEW_ERASURE_SCHEMA,
				response: { 201: shapes.ERASURE_SCHEMA, 202: shapes.ERASURE_SCHEMA, ...ERRORS },
			},
		},
		async ({ params, body }, reply) => {
			const site = await findSite(parts.sites, params.site);
			const { tombstone, receipt } = await parts.lifecycle.erase(parseSubject(site.id, body));
			const finished = await waitFor(receipt);
			return reply
				.code(finished === undefined ? 202 : 201)
				.send(toErasure({ tombstone, receipt: finished }));
		},
	);

	app.get<{ Params: { site: string } }>(
		"/sites/:site/erasures",
		{
			schema: {
				summary: "What was erased and what of it is gone, newest first",
				params: SITE_PARAMS,
				response: { 200: shapes.ERASURES_SCHEMA, ...ERRORS },
			},
		},
		async ({ params }): Promise<shapes.Erasures> => {
			const site = await findSite(parts.sites, params.site);
			return { erasures: (await parts.lifecycle.listErasures(site.id)).map(toErasure) };
		},
	);
}

/** @returns undefined where it is not over yet, or failed for now and is tried again */
async function waitFor(receipt: Promise<Receipt>): Promise<Receipt | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => resolve(undefined), ANSWER_MS);
	});
	const finished = await Promise.race([receipt.catch(() => undefined), late]);
	clearTimeout(timer);
	return finished;
}

function toErasure({
	tombstone,
	receipt,
}: {
	tombstone: Tombstone;
	receipt: Receipt | undefined;
}): shapes.Erasure {
	return {
		id: tombstone.id,
		kind: tombstone.kind,
		subject: tombstone.subject,
		at: tombstone.createdAt,
		state: receipt === undefined ? "running" : "done",
		finishedAt: receipt?.finishedAt ?? 0,
		checkedAt: receipt?.checkedAt ?? 0,
		sessions: receipt?.sessions ?? [],
		counts: receipt?.counts ?? {},
		keys: receipt?.keys ?? [],
	};
}
