// The public side: uploads and the script. CORS headers stand on every answer, refusals included, since
// a recorder that cannot read a refusal cannot act on it.
import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Answer, Directive } from "../../protocol/answer.ts";
import { CHUNK_BYTES } from "../../protocol/limits.ts";
import { ProtocolError, REFUSAL_STATUS } from "../../protocol/protocol-error.ts";
import { type AssetIngestParts, registerAssetIngest } from "../assets/asset-routes.ts";
import { ApiError, ControlUnavailable } from "../errors.ts";
import { type Arrivals, setBounded } from "./arrivals.ts";
import { type Budgets, OverBudget } from "./budgets.ts";
import type { IngestMetrics } from "./ingest-metrics.ts";
import type { Memory } from "./memory.ts";
import { createTooLarge, readBody } from "./read-body.ts";
import { type ReceiveParts, receiveUpload } from "./receive.ts";
import { registerSiteConfig } from "./site-config-route.ts";
import { registerVisitorRoutes, type VisitorParts } from "./visitor-routes.ts";

export const INGEST_PATH = "/i";

const BYTES = "application/octet-stream";
const RETRY_SECONDS = 5;
const PREFLIGHT_SECONDS = 86_400;
/** Uploads are described in protocol/README.md; the API's own description is of what can be read. */
const HIDDEN = { schema: { hide: true } };

export interface IngestParts extends ReceiveParts, AssetIngestParts, VisitorParts {
	budgets: Budgets;
	arrivals: Arrivals;
	memory: Memory;
	/** Proxies in front that name the address of whoever asked them, 0 for none. */
	trustProxy: number;
	ingestMetrics: IngestMetrics;
}

interface UploadRoute {
	Params: { siteKey: string };
	Querystring: { t?: string; a?: string };
}

export async function registerIngest(app: FastifyInstance, parts: IngestParts): Promise<void> {
	const releases = new WeakMap<IncomingMessage, () => void>();
	const routes = async (scope: FastifyInstance): Promise<void> => {
		scope.removeAllContentTypeParsers();
		scope.addContentTypeParser("*", async (request: FastifyRequest, payload: IncomingMessage) => {
			if (Number(request.headers["content-length"]) > CHUNK_BYTES) throw createTooLarge();
			const { bytes, release } = await readBody(payload, parts.memory);
			releases.set(request.raw, release);
			return bytes;
		});
		const addressOf = ({ ip }: FastifyRequest) => (parts.trustProxy === 0 ? "" : ip);
		// Hooks that wait for nothing call back: each promise would cost every upload a turn of the loop.
		scope.addHook("onResponse", (request, reply, done) => {
			if (request.method === "POST" && isUpload(request)) {
				const bytes = Buffer.isBuffer(request.body) ? request.body.length : 0;
				parts.ingestMetrics.onUpload(reply.statusCode, bytes, reply.elapsedTime / 1000);
			}
			done();
		});
		scope.addHook("onRequest", (request, reply, done) => {
			const { raw } = request;
			openToPages(reply);
			if (request.method === "POST") parts.budgets.checkRequest(addressOf(request));
			// Of the answer, which closes for certain; a request closes as soon as it is read.
			reply.raw.once("close", () => releases.get(raw)?.());
			// A body is bytes, whatever a page or a proxy calls it; a name that is none would be refused.
			if (raw.headers["content-type"] !== undefined) raw.headers["content-type"] = BYTES;
			done();
		});
		scope.setNotFoundHandler(() => {
			throw new ApiError("not_found", "uploads go to /i/{siteKey} by POST");
		});
		scope.setErrorHandler((error, request, reply) => refuse(parts, error, request, reply));
		scope.options("/:siteKey", HIDDEN, async (_, reply) =>
			reply
				.code(204)
				.header("Access-Control-Allow-Methods", "POST")
				.header("Access-Control-Allow-Headers", "content-type")
				.header("Access-Control-Max-Age", PREFLIGHT_SECONDS)
				.send(),
		);
		registerSiteConfig(scope, parts);
		registerAssetIngest(scope, parts);
		registerVisitorRoutes(scope, parts);
		scope.post<UploadRoute>("/:siteKey", HIDDEN, (request, reply) =>
			accept(parts, request, reply, addressOf(request)),
		);
	};
	await app.register(routes, { prefix: INGEST_PATH });
}

/** Lets pages of every origin read an answer; what it may be is decided by the site's own list. */
export function openToPages(reply: FastifyReply): void {
	reply
		.header("Access-Control-Allow-Origin", "*")
		.header("Access-Control-Expose-Headers", "Retry-After")
		.header("Cross-Origin-Resource-Policy", "cross-origin")
		.header("Cache-Control", "no-store");
}

async function accept(
	parts: IngestParts,
	request: FastifyRequest<UploadRoute>,
	reply: FastifyReply,
	address: string,
): Promise<FastifyReply> {
	const { site, directives } = await receiveUpload(parts, {
		siteKey: request.params.siteKey,
		body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
		origin: request.headers.origin,
		userAgent: (request.headers["user-agent"] ?? "").slice(0, 500),
		sentAt: toCount(request.query.t),
		attempt: toCount(request.query.a),
		address,
	});
	// With directives nothing was stored.
	if (directives.length === 0) setBounded(parts.arrivals.accepted, site, parts.now());
	return answer(reply, directives);
}

function answer(reply: FastifyReply, directives: Directive[]): FastifyReply {
	if (directives.length === 0) return reply.code(204).send();
	return reply.code(200).send({ directives } satisfies Answer);
}

function refuse(
	parts: IngestParts,
	error: unknown,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	if (error instanceof ApiError) {
		return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
	}
	if (error instanceof ControlUnavailable) {
		// Not `unknown_site`: recorders that are told so stop.
		const message = "sites cannot be looked up at the moment, keep it and try again";
		return refuse(parts, new ProtocolError("store_unavailable", message), request, reply);
	}
	if (!(error instanceof ProtocolError)) {
		// Pages that go away in the middle of an upload are everyday.
		if (!isByClient(error)) request.log.error({ err: error }, "upload failed");
		return reply
			.code(500)
			.header("Retry-After", RETRY_SECONDS)
			.send({ error: { code: "internal", message: "the upload failed, keep it and try again" } });
	}
	const { siteKey } = request.params as { siteKey: string };
	const { code, message } = error;
	if (isUpload(request)) {
		setBounded(parts.arrivals.refused, siteKey, { at: parts.now(), code, message });
	}
	const status = REFUSAL_STATUS[error.code];
	const retrySeconds = error instanceof OverBudget ? error.retrySeconds : RETRY_SECONDS;
	if (status === 429 || status >= 500) reply.header("Retry-After", retrySeconds);
	return reply.code(status).send({ error: { code: error.code, message: error.message } });
}

/** Of a chunk, and not of a file that belongs to a page. */
function isUpload({ routeOptions }: FastifyRequest): boolean {
	return !/\/(assets|erase)/.test(routeOptions.url ?? "");
}

function isByClient(error: unknown): boolean {
	return error instanceof Error && "statusCode" in error && Number(error.statusCode) < 500;
}

function toCount(text: string | undefined): number {
	const value = Number(text);
	return Number.isSafeInteger(value) && value > 0 ? value : 0;
}
