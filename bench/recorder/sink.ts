// Serves the pages and the recorders and takes in what they send: pages are read from `localhost`,
// everything of a recorder comes from and goes to `127.0.0.1`, so that its requests are cross-origin as in
// real life. Answers as each recorder needs it to go on sending.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { DEFAULT_SETTINGS } from "../../protocol/site-config.ts";
import { SITE_KEY } from "./recorders.ts";

/** What one visit sent and loaded. */
export interface Intake {
	bodies: Buffer[];
	/** Bodies as they travelled. */
	sentBytes: number;
	/** Scripts and settings of the recorder, gzipped. */
	loadedBytes: number;
	/** Requests that have begun and are not answered. */
	open: number;
	/** Of the last request's end; 0 before the first. */
	lastAt: number;
}

export interface Sink {
	/** Of the pages. */
	pages: string;
	/** Of the recorders. */
	recorders: string;
	/** Counts from nothing from now on. */
	begin(): Intake;
	close(): Promise<void>;
}

export interface SinkFiles {
	/** Path → HTML or script. */
	pages: (url: URL) => string | undefined;
	/** Path → script. */
	recorders: ReadonlyMap<string, string>;
}

/** Without an entry: 200 and nothing. */
const ANSWERS: { path: RegExp; status: number; body: string }[] = [
	{ path: /^\/i\//, status: 204, body: "" },
	{ path: /^\/rrweb/, status: 204, body: "" },
	{ path: /^\/api\/1\/envelope/, status: 200, body: "{}" },
	{ path: /^\/datadog/, status: 202, body: "{}" },
];

export async function startSink(files: SinkFiles): Promise<Sink> {
	let intake = createIntake();
	const scripts = new Map([...files.recorders].map(([path, text]) => [path, gzipSync(text)]));
	const config = JSON.stringify({ ...DEFAULT_SETTINGS, version: 1, stop: false });
	scripts.set(`/i/${SITE_KEY}/config`, gzipSync(config));

	const server = createServer((request, response) => {
		void handle(request, response).catch(() => response.destroy());
	});
	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const url = new URL(request.url ?? "/", "http://sink");
		allowOrigin(request, response);
		if (request.method === "OPTIONS") response.writeHead(204).end();
		else if (request.method === "POST") await receive(request, response, url);
		else serve(response, url);
	};
	const receive = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
		// A visit that has ended must not be charged to the next one.
		const current = intake;
		current.open++;
		try {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const body = Buffer.concat(chunks);
			current.bodies.push(body);
			current.sentBytes += body.length;
			const known = ANSWERS.find(({ path }) => path.test(url.pathname));
			response.writeHead(known?.status ?? 200).end(known?.body ?? "");
		} finally {
			current.open--;
			current.lastAt = Date.now();
		}
	};
	const serve = (response: ServerResponse, url: URL): void => {
		const script = scripts.get(url.pathname);
		if (script !== undefined) {
			intake.loadedBytes += script.length;
			const type = url.pathname.endsWith(".js") ? "text/javascript" : "application/json";
			// As servers of recorders do. A visit has a browser context, and so a cache, of its own.
			const cached = { "Cache-Control": "public, max-age=31536000, immutable" };
			const headers = { "Content-Type": type, "Content-Encoding": "gzip", ...cached };
			response.writeHead(200, headers).end(script);
			return;
		}
		const page = files.pages(url);
		const type = url.pathname.endsWith(".js") ? "text/javascript" : "text/html";
		if (page === undefined) response.writeHead(404).end();
		else response.writeHead(200, { "Content-Type": `${type};charset=utf-8` }).end(page);
	};

	await new Promise<void>((resolve) => server.listen(0, resolve));
	const { port } = server.address() as AddressInfo;
	return {
		pages: `http://localhost:${port}`,
		recorders: `http://127.0.0.1:${port}`,
		begin() {
			intake = createIntake();
			return intake;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function createIntake(): Intake {
	return { bodies: [], sentBytes: 0, loadedBytes: 0, open: 0, lastAt: 0 };
}

/** On every answer: recorders send with credentials and with headers of their own. */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
	response.setHeader("Access-Control-Allow-Origin", headers.origin ?? "*");
	response.setHeader("Access-Control-Allow-Credentials", "true");
	const asked = headers["access-control-request-headers"];
	if (asked !== undefined) response.setHeader("Access-Control-Allow-Headers", asked);
}
