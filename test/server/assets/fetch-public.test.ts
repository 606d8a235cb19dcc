// The guard against being sent inside. The host that is asked is real and local; what is made up is how
// names are looked up, and that this one local address counts as public.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ASSET_BYTES } from "../../../protocol/asset.ts";
import { type FetchPublicOptions, fetchPublic } from "../../../server/assets/fetch-public.ts";

let server: Server;
let asked: string[];
let answer: RequestListener;
beforeEach(async () => {
	asked = [];
	answer = (_, response) => response.writeHead(200, { "content-type": "text/css" }).end("a{}");
	server = createServer((request, response) => {
		asked.push(`${request.headers.host} ${request.url}`);
		answer(request, response);
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterEach(async () => {
	server.closeAllConnections();
	await new Promise((closed) => server.close(closed));
});

const port = () => String((server.address() as AddressInfo).port);
const at = (path: string, host = "cdn.example") => `http://${host}:${port()}${path}`;
/** `cdn.example` is public and stands for the local host; everything else is as in real life. */
const open = (options: FetchPublicOptions = {}): FetchPublicOptions => ({
	ports: [port()],
	resolve: async (host) => (host === "cdn.example" ? ["127.0.0.1"] : ["10.0.0.1"]),
	isAllowed: (address) => address === "127.0.0.1",
	...options,
});
const redirectTo =
	(location: string): RequestListener =>
	(_, response) =>
		response.writeHead(302, { location }).end();

test("a file is fetched from the address that was judged, by its name, without cookies", async () => {
	let headers = {};
	answer = (request, response) => {
		headers = request.headers;
		response.writeHead(200, { "content-type": "text/css" }).end("a{}");
	};
	const file = await fetchPublic(at("/a.css"), open());
	expect(Buffer.from(file.bytes).toString()).toBe("a{}");
	expect(asked).toEqual([`cdn.example:${port()} /a.css`]);
	expect(Object.keys(headers).sort()).toEqual([
		...["accept", "accept-encoding", "connection", "host", "user-agent"],
	]);
});

describe("nobody is asked at", () => {
	test.each([
		...["http://127.0.0.1/", "http://127.0.0.1:4000/", "http://localhost/", "http://[::1]/"],
		...["http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/"],
		...["http://169.254.169.254/latest/meta-data", "http://[::ffff:169.254.169.254]/"],
		...["http://[::ffff:7f00:1]/", "http://[fd00:ec2::254]/", "http://[64:ff9b::a9fe:a9fe]/"],
		...["http://[2002:7f00:1::]/", "http://[fe80::1]/", "http://10.0.0.1/", "http://0/"],
		...["ftp://93.184.216.34/a.css", "file:///etc/passwd", "data:text/css,a{}"],
		...["http://93.184.216.34:22/", "https://93.184.216.34:8443/a.css", "no url at all"],
	])("%s", async (url) => {
		await expect(fetchPublic(url)).rejects.toThrow();
	});

	test("a name with one address inside among others", async () => {
		const resolve = async () => ["127.0.0.1", "10.0.0.1"];
		await expect(fetchPublic(at("/"), open({ resolve }))).rejects.toThrow("not on the internet");
		expect(asked).toEqual([]);
	});

	test("a name without an address", async () => {
		await expect(fetchPublic(at("/"), open({ resolve: async () => [] }))).rejects.toThrow();
	});
});

test("a name that changes after it was judged does not matter: it is looked up once", async () => {
	let lookups = 0;
	const resolve = async () => (lookups++ === 0 ? ["127.0.0.1"] : ["10.0.0.1"]);
	await fetchPublic(at("/a.css"), open({ resolve }));
	expect(lookups).toBe(1);
	expect(asked).toHaveLength(1);
});

describe("a redirect", () => {
	test("is followed, each hop judged anew", async () => {
		answer = (request, response) =>
			request.url === "/a"
				? redirectTo("/b.css")(request, response)
				: response.writeHead(200, { "content-type": "text/css" }).end("b{}");
		const file = await fetchPublic(at("/a"), open());
		expect(file.url).toBe(at("/b.css"));
		expect(Buffer.from(file.bytes).toString()).toBe("b{}");
	});

	test.each([
		["to a name inside", "http://inside.example/"],
		["to an address inside", "http://10.0.0.1/"],
		["to IPv6 inside", "http://[::1]/"],
		["to another port", "http://cdn.example:22/"],
		["to another scheme", "file:///etc/passwd"],
	])("%s ends it", async (_, location) => {
		answer = redirectTo(location.replace(/(?<=example|0\.1|\])\/$/, `:${port()}/`));
		await expect(fetchPublic(at("/"), open())).rejects.toThrow();
		expect(asked).toHaveLength(1);
	});

	test("to a name that is inside by the second look ends it", async () => {
		let lookups = 0;
		const resolve = async () => (lookups++ === 0 ? ["127.0.0.1"] : ["10.0.0.1"]);
		answer = redirectTo("/again");
		await expect(fetchPublic(at("/"), open({ resolve }))).rejects.toThrow("not on the internet");
		expect(asked).toHaveLength(1);
	});

	test("without end is ended after three", async () => {
		answer = redirectTo("/again");
		await expect(fetchPublic(at("/"), open())).rejects.toThrow("redirects");
		expect(asked).toHaveLength(4);
	});
});

describe("an answer is left", () => {
	const cases: [name: string, answer: RequestListener][] = [
		["that is an error", (_, response) => response.writeHead(404).end("a{}")],
		[
			"of another type",
			(_, response) => response.writeHead(200, { "content-type": "text/html" }).end("x"),
		],
		["without a type", (_, response) => response.writeHead(200).end("x")],
		[
			"that is compressed",
			(_, response) =>
				response
					.writeHead(200, { "content-type": "text/css", "content-encoding": "gzip" })
					.end(gzipSync("a{}")),
		],
		[
			"that says it is too large",
			(_, response) =>
				response
					.writeHead(200, { "content-type": "text/css", "content-length": ASSET_BYTES + 1 })
					.flushHeaders(),
		],
		[
			"that does not say so",
			(_, response) => {
				response.writeHead(200, { "content-type": "text/css" });
				response.end(Buffer.alloc(ASSET_BYTES + 1));
			},
		],
		[
			"that breaks off",
			(_, response) => {
				response.writeHead(200, { "content-type": "text/css", "content-length": 100 });
				response.write("a", () => response.destroy());
			},
		],
		["that never comes", () => {}],
	];
	test.each(cases)("%s", async (_, listener) => {
		answer = listener;
		await expect(fetchPublic(at("/"), open({ totalMs: 500 }))).rejects.toThrow();
	});
});
