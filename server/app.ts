// Wires the HTTP side together, in the order a request meets it. No port and no environment here.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyCookie from "@fastify/cookie";
import fastifyStatic from "@fastify/static";
import fastifySwagger from "@fastify/swagger";
import Fastify, { type FastifyError, type FastifyInstance, LogController } from "fastify";
import { HEALTH_SCHEMA, type Health } from "../protocol/api.ts";
import type { ApiParts } from "./api/parts.ts";
import { registerApi } from "./api/routes.ts";
import { SIGN_IN_COOKIE, SIGN_IN_MS } from "./auth/access.ts";
import { ApiError, StoreError } from "./errors.ts";
import { answerUnparsed } from "./ingest/answer-unparsed.ts";
import { INGEST_PATH, type IngestParts, openToPages, registerIngest } from "./ingest/routes.ts";
import { METRICS_TYPE, type Metrics } from "./metrics.ts";
import { registerScripts } from "./script-routes.ts";
import { findViewerPage } from "./viewer-page.ts";

export interface AppParts extends ApiParts, IngestParts {
	/** Folder of the build: the recorder's scripts and `viewer/`. */
	distFolder: string;
	health: () => Promise<Health>;
	metrics: Metrics;
	logLevel: string;
	/** Proxies in front that name the address of whoever asked them, 0 for none. */
	trustProxy: number;
	/** Is the public URL https? Then the cookie never travels otherwise. */
	isSecure: boolean;
}

/** A whole request, body included: the largest upload over a slow line, and no sender without end. */
const REQUEST_MS = 120_000;

/**
 * Recorded pages are rebuilt in frames of this page and inherit its policy: nothing loads but what is
 * in the recording itself or was kept by this server.
 */
const VIEWER_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	// What loads and scrubs recordings is a worker of the viewer's own.
	"worker-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	// Kept files of recorded pages, and nothing else of this server.
	"img-src {assets} data: blob:",
	"font-src {assets} data:",
	"media-src data: blob:",
	"connect-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
].join("; ");

export async function createApp(parts: AppParts): Promise<FastifyInstance> {
	const app = Fastify({
		logger: { level: parts.logLevel, redact: ["req.headers", "req.remoteAddress"] },
		logController: new LogController({ disableRequestLogging: true }),
		trustProxy: parts.trustProxy > 0 && ((_, hop) => hop < parts.trustProxy),
		forceCloseConnections: true,
		requestTimeout: REQUEST_MS,
		clientErrorHandler: answerUnparsed,
		// Addresses that cannot be decoded never reach a route and its hooks.
		frameworkErrors: (error, request, reply) => {
			if (request.url.startsWith(`${INGEST_PATH}/`)) openToPages(reply);
			answerError(error, request, reply);
		},
	});
	app.setErrorHandler(answerError);
	// Before the plugins for people, whose hooks uploads would run through as well.
	await registerIngest(app, parts);
	await app.register(fastifyCookie);
	await app.register(fastifySwagger, {
		openapi: { info: { title: "Snag", version: "1" }, openapi: "3.1.0" },
	});
	registerScripts(app, parts);
	registerHealth(app, parts);
	registerMetrics(app, parts);
	await app.register(
		async (scope) => {
			registerApi(scope, parts);
			scope.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
			scope.setNotFoundHandler(() => {
				throw new ApiError("not_found", "the API has no such route");
			});
		},
		{ prefix: "/api/v1" },
	);
	await registerViewer(app, parts);
	return app;
}

function registerHealth(app: FastifyInstance, parts: AppParts): void {
	app.get("/livez", { schema: { hide: true } }, async () => ({ status: "alive" }));
	app.get(
		"/readyz",
		{ schema: { hide: true, response: { 200: HEALTH_SCHEMA, 503: HEALTH_SCHEMA } } },
		async (_, reply) => {
			const health = await parts.health();
			return reply.code(health.status === "unavailable" ? 503 : 200).send(health);
		},
	);
}

/** Behind the token, as everything that is read: a proxy on the same machine makes all the world local. */
function registerMetrics(app: FastifyInstance, parts: AppParts): void {
	app.get("/metrics", { schema: { hide: true } }, async (request, reply) => {
		await parts.access.require(request);
		return reply.type(METRICS_TYPE).header("Cache-Control", "no-store").send(parts.metrics.text());
	});
}

async function registerViewer(app: FastifyInstance, parts: AppParts): Promise<void> {
	const folder = join(parts.distFolder, "viewer");
	app.addHook("onSend", (_request, reply, _payload, done) => {
		reply
			.header("X-Content-Type-Options", "nosniff")
			.header("Referrer-Policy", "no-referrer")
			.header("X-Frame-Options", "DENY");
		done();
	});
	await app.register(fastifyStatic, {
		root: folder,
		index: false,
		wildcard: false,
		immutable: true,
		maxAge: "1y",
	});
	app.setNotFoundHandler(async (request, reply) => {
		const isPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
		if (!isPage) throw new ApiError("not_found", "there is nothing here");
		const url = readAddress(request.url);
		const token = url.searchParams.get("token");
		if (token !== null && parts.access.isToken(token)) {
			url.searchParams.delete("token");
			return reply
				.setCookie(SIGN_IN_COOKIE, await parts.access.signIn(), {
					path: "/",
					httpOnly: true,
					sameSite: "lax",
					secure: parts.isSecure,
					maxAge: SIGN_IN_MS / 1000,
				})
				.redirect(url.pathname + url.search);
		}
		const { file, link } = findViewerPage(url.pathname);
		if (link !== undefined) reply.header("Link", link);
		return reply
			.header(
				"Content-Security-Policy",
				VIEWER_POLICY.replaceAll("{assets}", listAssets(request.host)),
			)
			.header("Cache-Control", "no-store")
			.type("text/html; charset=utf-8")
			.send(await readFile(join(folder, file)));
	});
}

/** Where kept files are, as a policy names it: only by the name of a host a path can be given. */
function listAssets(host: string): string {
	return /^[a-z0-9.-]+(?::\d+)?$/i.test(host) ? `${host}/api/v1/sites/` : "'self'";
}

/** `//other.example` names another host, to which a redirect would lead. */
function readAddress(address: string): URL {
	const url = new URL("http://viewer");
	const [, path = "/", query = ""] = /^([^?]*)\??(.*)$/s.exec(address) ?? [];
	url.pathname = path;
	url.pathname = url.pathname.replace(/^\/+/, "/");
	url.search = query;
	return url;
}

function answerError(
	error: FastifyError,
	request: Parameters<NonNullable<FastifyInstance["errorHandler"]>>[1],
	reply: Parameters<NonNullable<FastifyInstance["errorHandler"]>>[2],
) {
	const { status, code, message } = describeError(error);
	if (status === 500)
		request.log.error({ err: error, url: request.routeOptions.url }, "request failed");
	if (status === 503) reply.header("Retry-After", 5);
	return reply.code(status).send({ error: { code, message } });
}

function describeError(error: FastifyError): { status: number; code: string; message: string } {
	if (error instanceof ApiError) return error;
	if (error instanceof StoreError) {
		return {
			status: 503,
			code: "store_unavailable",
			message: "the store does not answer at the moment, try again soon",
		};
	}
	const status = error.statusCode ?? 500;
	if (status >= 400 && status < 500) return { status, code: "bad_request", message: error.message };
	return { status: 500, code: "internal", message: "something went wrong; the log says what" };
}
