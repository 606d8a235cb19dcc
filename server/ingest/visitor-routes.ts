// What a visitor's browser may ask besides uploading: that everything of this visitor be erased, and where
// the session can be watched. The first needs the write key of one of the visitor's sessions, which only
// that browser has; the second only leads to a screen that asks for a sign-in.
import type { FastifyInstance } from "fastify";
import { isRandomId, isSessionId, timeOfUuidV7 } from "../../protocol/ids.ts";
import { parseStrangeJson } from "../../protocol/parse-json.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import type { SiteRow } from "../control/sites.ts";
import { IndexUnavailable } from "../errors.ts";
import type { Index } from "../index/client.ts";
import type { Lifecycle } from "../lifecycle/lifecycle.ts";
import type { Budgets } from "./budgets.ts";
import { checkOrigin } from "./receive.ts";
import type { SessionRegistry } from "./session-registry.ts";

const HIDDEN = { schema: { hide: true } };
const QUESTION_JSON = { depth: 2, values: 10 };

export interface VisitorParts {
	findSite: (key: string) => Promise<SiteRow | undefined>;
	index: Index;
	registry: SessionRegistry;
	lifecycle: Lifecycle;
	budgets: Pick<Budgets, "checkErasure">;
	/** Public URL of the viewer, undefined where it is only known by its address. */
	viewerUrl: string | undefined;
}

interface Proof {
	visitor: string;
	session: string;
	writeKey: string;
}

export function registerVisitorRoutes(scope: FastifyInstance, parts: VisitorParts): void {
	const findSite = async (key: string): Promise<SiteRow> => {
		const site = await parts.findSite(key);
		if (site === undefined) throw new ProtocolError("unknown_site", "no site has this key");
		return site;
	};

	scope.post<{ Params: { siteKey: string } }>(
		"/:siteKey/erase",
		HIDDEN,
		async ({ params, headers, body }, reply) => {
			const site = await findSite(params.siteKey);
			checkOrigin(site, headers.origin);
			const proof = parseProof(Buffer.isBuffer(body) ? body.toString() : "");
			parts.budgets.checkErasure(site.id, proof.session);
			if (!(await isProven(parts, site.id, proof))) {
				throw new ProtocolError("wrong_write_key", "this visitor belongs to another browser");
			}
			// In force once its tombstone is durable; what goes then goes by itself.
			const { receipt } = await parts.lifecycle.erase({
				...{ site: site.id, kind: "visitor", subject: proof.visitor },
			});
			receipt.catch(() => {});
			return reply.code(202).send();
		},
	);

	scope.get<{ Params: { siteKey: string; session: string }; Querystring: { at?: string } }>(
		"/:siteKey/s/:session",
		HIDDEN,
		async ({ params, query }, reply) => {
			const site = await findSite(params.siteKey);
			const { session } = params;
			if (!isSessionId(session)) throw new ProtocolError("bad_envelope", "this is no session");
			const seconds = Math.round((Number(query.at) - timeOfUuidV7(session)) / 100) / 10;
			const path = `/sites/${site.id}/sessions/${session}${seconds > 0 ? `?t=${seconds}` : ""}`;
			return reply.redirect((parts.viewerUrl ?? "").replace(/\/$/, "") + path);
		},
	);
}

/** @throws ProtocolError bad_envelope */
function parseProof(json: string): Proof {
	let value: unknown;
	try {
		value = parseStrangeJson(json, QUESTION_JSON);
	} catch {
		throw new ProtocolError("bad_envelope", "visitor, session and write key were expected");
	}
	const { visitor, session, writeKey } = (value ?? {}) as Partial<Record<keyof Proof, unknown>>;
	if (!isRandomId(visitor) || !isSessionId(session) || !isRandomId(writeKey)) {
		throw new ProtocolError("bad_envelope", "visitor, session and write key were expected");
	}
	return { visitor, session, writeKey };
}

/** The first chunk of a session decides on its write key. @throws ProtocolError store_unavailable */
async function isProven(
	{ index, registry }: VisitorParts,
	site: number,
	{ visitor, session, writeKey }: Proof,
): Promise<boolean> {
	const known = registry.findOwner(site, session);
	if (known !== undefined) return known.writeKey === writeKey && known.visitor === visitor;
	try {
		const [row] = await index.query<{ writeKey: string; visitor: string }>(
			`SELECT argMin(write_key, received_at) AS writeKey, argMin(visitor, received_at) AS visitor
			FROM chunks WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}`,
			{ site, session, day: new Date(timeOfUuidV7(session)).toISOString().slice(0, 10) },
		);
		return row?.writeKey === writeKey && row.visitor === visitor;
	} catch (error) {
		if (!(error instanceof IndexUnavailable)) throw error;
		throw new ProtocolError("store_unavailable", "this cannot be looked up now, ask again soon");
	}
}
