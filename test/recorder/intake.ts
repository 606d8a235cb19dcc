// A website and an intake for the recorder in one tiny server: pages are read from `localhost`, the
// script and the uploads go to `127.0.0.1`, so every upload is a cross-origin one as in real life. What
// arrives is decoded with the protocol's own code, and every inflated byte is kept.
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { decodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import type { Fact } from "../../protocol/fact.ts";
import { type RrwebEvent, unpackEvent } from "../../protocol/packed-event.ts";
import { parseFacts } from "../../protocol/parse-facts.ts";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
export const SITE_KEY = "testsite00000001";

export interface Received {
	envelope: Envelope;
	facts: Fact[];
	events: RrwebEvent[];
	/** Envelope, facts and events as text. */
	text: string;
	body: Buffer;
	attempt: number;
	/** As the browser named it. */
	origin: string | undefined;
}

export interface Answering {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
	/** Answers only when this is settled; nothing is answered where it never is. */
	after?: Promise<unknown>;
}

export interface Intake {
	/** Address of a page; `/away` is empty and does not record. */
	page(path: string): string;
	/** What was accepted, in order of arrival; of chunks with one identity the first. */
	accepted: Received[];
	/** Chunks with the identity of an accepted one but other bytes: there must never be any. */
	conflicts: Received[];
	/** What was answered otherwise. */
	refused: Received[];
	/** Method and path of every request. */
	asked: string[];
	/** What the server was asked to erase. */
	erasures: unknown[];
	/** The core is not answered before the returned function is called. */
	holdCore(): () => void;
	/** Decides on the uploads from now on; the default accepts. */
	answer(decide: (received: Received) => Answering): void;
	/** What recorders are told from now on before they begin; the default records everything. */
	configure(answer: Answering): void;
	close(): Promise<void>;
}

/** As a site's own server answers whose owner has decided nothing. */
export const RECORD_ALL = {
	...{ version: 1, sampling: 1, privacy: "balanced", pages: [], features: {}, stop: false },
};
const ACCEPT: Answering = { status: 204 };

export interface IntakeOptions {
	/** Path → text, in the place of those that were built. */
	scripts?: ReadonlyMap<string, string>;
	/** Takes the files of pages; else it knows no route for them, as an old server. */
	takesFiles?: boolean;
	/** Is asked first: what a site answers itself, or how late. @returns whether it has answered */
	serve?: (url: URL, response: ServerResponse) => Promise<boolean>;
}

/** @param pages path → HTML; `{{script}}` stands for the script element of the recorder, `{{nonced}}` for one with a nonce */
export async function startIntake(
	pages: Record<string, string>,
	{ scripts = readScripts(), takesFiles = false, serve }: IntakeOptions = {},
): Promise<Intake> {
	const accepted: Received[] = [];
	const refused: Received[] = [];
	const conflicts: Received[] = [];
	const asked: string[] = [];
	const erasures: unknown[] = [];
	let coreAfter: Promise<unknown> | undefined;
	let decide: (received: Received) => Answering = () => ACCEPT;
	let config: Answering = { status: 200, body: RECORD_ALL };

	const server = createServer((request, response) => {
		void handle(request, response).catch((error) => {
			response.writeHead(500).end(String(error));
		});
	});
	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const url = new URL(request.url ?? "/", "http://intake");
		asked.push(`${request.method} ${url.pathname}`);
		const script = scripts.get(url.pathname);
		if (await serve?.(url, response)) return;
		if (script !== undefined) {
			if (url.pathname.includes("core")) await coreAfter;
			const headers = { "Content-Type": "text/javascript", "Access-Control-Allow-Origin": "*" };
			response.writeHead(200, headers).end(script);
		} else if (url.pathname === `/path/i/${SITE_KEY}/config`) {
			const headers = { "Access-Control-Allow-Origin": "*", "Content-Type": "application/json" };
			await config.after;
			response.writeHead(config.status, headers).end(JSON.stringify(config.body));
		} else if (url.pathname === `/path/i/${SITE_KEY}/erase`) {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			erasures.push(JSON.parse(Buffer.concat(chunks).toString()));
			response.writeHead(202, { "Access-Control-Allow-Origin": "*" }).end();
		} else if (takesFiles && url.pathname.startsWith(`/path/i/${SITE_KEY}/assets`)) {
			await takeAssets(request, response);
		} else if (url.pathname === `/path/i/${SITE_KEY}`) {
			await receive(request, response, url);
		} else if (/\.(?:ico|png)$/.test(url.pathname)) {
			response.writeHead(204).end();
		} else if (url.pathname.endsWith(".css")) {
			response.writeHead(200, { "Content-Type": "text/css" }).end(pages[url.pathname]);
		} else {
			const html = { "/away": "", ...pages }[url.pathname];
			servePage({ path: url.pathname, html, port: port() }, response);
		}
	};
	const receive = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const received = {
			...decode(Buffer.concat(chunks), Number(url.searchParams.get("a"))),
			origin: request.headers.origin,
		};
		const answer = decide(received);
		const before = accepted.find((other) => identityOf(other) === identityOf(received));
		if (answer.status !== 204 && answer.status !== 200) refused.push(received);
		else if (before === undefined) accepted.push(received);
		else if (!before.body.equals(received.body)) conflicts.push(received);
		await answer.after;
		response.writeHead(answer.status, {
			"Access-Control-Allow-Origin": "*",
			"Access-Control-Expose-Headers": "Retry-After",
			...answer.headers,
		});
		response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
	};
	/** Every file that is asked about is missing, and then taken. */
	const takeAssets = async (request: IncomingMessage, response: ServerResponse) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const isQuestion = request.url?.endsWith("/assets");
		const { hashes = [] } = isQuestion ? JSON.parse(Buffer.concat(chunks).toString()) : {};
		response.writeHead(200, { "Access-Control-Allow-Origin": "*" });
		response.end(JSON.stringify({ missing: hashes, found: {} }));
	};
	const port = () => (server.address() as AddressInfo).port;

	await new Promise<void>((resolve) => server.listen(0, resolve));
	return {
		page: (path) => `http://localhost:${port()}${path}`,
		...{ accepted, refused, conflicts, asked, erasures },
		holdCore() {
			const { promise, resolve } = withResolvers();
			coreAfter = promise;
			return resolve;
		},
		answer(next) {
			decide = next;
		},
		configure(next) {
			config = next;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Text of everything that arrived, for canaries. */
export function textOf(received: readonly Received[]): string {
	return received.map(({ text }) => text).join("\n");
}

function identityOf({ envelope }: Received): string {
	return [envelope.session, envelope.stream, envelope.sequence, envelope.part].join();
}

function decode(body: Buffer, attempt: number): Omit<Received, "origin"> {
	const { envelope, facts, events } = decodeChunk(body);
	const factsText = gunzipSync(facts).toString();
	const plain = envelope.events.encoding === "gzip" ? gunzipSync(events) : Buffer.from(events);
	const eventsText = plain.toString();
	return {
		envelope,
		facts: parseFacts(factsText).facts,
		events: (JSON.parse(eventsText) as unknown[]).map(unpackEvent) as RrwebEvent[],
		text: [JSON.stringify(envelope), factsText, eventsText].join("\n"),
		body,
		attempt,
	};
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
	let resolve = (): void => {};
	const promise = new Promise<void>((done) => {
		resolve = done;
	});
	return { promise, resolve };
}

const TYPES: Record<string, string> = { xhtml: "application/xhtml+xml", svg: "image/svg+xml" };

function servePage(
	{ path, html, port }: { path: string; html: string | undefined; port: number },
	response: ServerResponse,
): void {
	const src = `http://127.0.0.1:${port}/path/snag.js`;
	const type = TYPES[path.slice(path.lastIndexOf(".") + 1)];
	const element = `<script async src="${src}" data-site="${SITE_KEY}"></script>`;
	const inXml = element.replace("async", 'async="" xmlns="http://www.w3.org/1999/xhtml"');
	const headers = { "Content-Type": `${type ?? "text/html"};charset=utf-8` };
	if (html === undefined) response.writeHead(404, headers).end();
	else
		response.writeHead(200, headers).end(
			html
				.replaceAll("{{script}}", type === undefined ? element : inXml)
				.replaceAll("{{script:svg}}", element.replace("async src", "href"))
				.replaceAll("{{nonced}}", element.replace("async", 'async nonce="abc"')),
		);
}

/** As it is built: path → text, and the core's name. */
function readScripts(): Map<string, string> {
	const names = readdirSync(DIST).filter((name) => /^snag.*\.js$/.test(name));
	return new Map(names.map((name) => [`/path/${name}`, readFileSync(`${DIST}${name}`, "utf8")]));
}
