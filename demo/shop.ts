/**
 * Starts the demo shop on its own port. A plain http server is enough: every page is rendered per
 * request from the address and one cookie, and only three files are served besides.
 */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { answerRequest } from "./answer.ts";
import { drawFavicon } from "./pictures/favicon.ts";

const FORM_BYTES = 16 * 1024;
const FIRST_ORDER = 1041;

export interface ShopOptions {
	/** 0 takes a free port. */
	port: number;
	host: string;
	/** Where the Snag server is reached by the visitor's browser, without a slash at the end. */
	snagUrl: string;
	siteKey: string;
	/** The folder with `shop.css` and `shop-client.js`, ending in a slash. */
	assets?: URL;
}

export interface Shop {
	url: string;
	close(): Promise<void>;
}

/** Rejects with the error of `listen`: its `code` is `EADDRINUSE` when the port is taken. */
export async function startShop(options: ShopOptions): Promise<Shop> {
	const { port, host, snagUrl, siteKey } = options;
	// Relative to the bundle `dist/start.js`, beside which the build puts `dist/demo/`.
	const assets = options.assets ?? new URL("./demo/", import.meta.url);
	const files = await readFiles(assets);
	const snag = { url: snagUrl.replace(/\/+$/, ""), siteKey };
	let orders = 0;
	const nextOrder = () => `SM-${FIRST_ORDER + orders++}`;

	const server = createServer(async (request, response) => {
		try {
			const url = new URL(request.url ?? "/", "http://shop");
			const file = files.get(url.pathname);
			if (file !== undefined) return send(response, 200, file.headers, file.body);
			const form = request.method === "POST" ? await readForm(request) : new URLSearchParams();
			const cookies = request.headers.cookie ?? "";
			const method = request.method ?? "GET";
			const answer = answerRequest({ method, url, cookies, form }, snag, nextOrder);
			if (answer.afterMs !== undefined) {
				await delay(answer.afterMs, undefined, { ref: false });
			}
			send(response, answer.status, answer.headers, answer.body);
		} catch {
			send(response, 400, { "content-type": "text/plain" }, "The shop did not understand that.");
		}
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, resolve);
	});
	return {
		url: `http://${host.includes(":") ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function readFiles(assets: URL) {
	const [style, client] = await Promise.all(
		["shop.css", "shop-client.js"].map((name) => readFile(new URL(name, assets), "utf8")),
	);
	const file = (type: string, body = "") => ({
		headers: { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" },
		body,
	});
	return new Map([
		["/shop.css", file("text/css", style)],
		["/shop.js", file("text/javascript", client)],
		["/favicon.svg", file("image/svg+xml", drawFavicon())],
	]);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
	let text = "";
	for await (const part of request) {
		text += part;
		if (text.length > FORM_BYTES) throw new Error("form too large");
	}
	return new URLSearchParams(text);
}

function send(
	response: ServerResponse,
	status: number,
	headers: Record<string, string>,
	body: string,
) {
	response.writeHead(status, { "x-content-type-options": "nosniff", ...headers });
	response.end(response.req.method === "HEAD" ? undefined : body);
}
