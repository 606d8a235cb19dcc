// Requests that no page of ours sends: each gets an answer that its sender can read, and nothing breaks.
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSampleChunk, createSampleSession } from "./sample-chunk.ts";
import { ORIGIN, startTestServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

/** Sends a request as it stands: a client that keeps the rules would mend it. */
function send(requestLine: string, headers: string[] = []): Promise<string> {
	const { hostname, port } = new URL(server.url);
	const lines = [requestLine, `Host: ${hostname}`, "Connection: close", ...headers, "", ""];
	return new Promise((resolve, reject) => {
		let answer = "";
		connect(Number(port), hostname)
			.on("data", (bytes) => {
				answer += bytes;
			})
			.on("close", () => resolve(answer))
			.on("error", reject)
			.write(lines.join("\r\n"));
	});
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

describe("every answer to an upload can be read by the page", () => {
	test.each([
		["GET /i/KEY", 404],
		["PUT /i/KEY", 404],
		["POST /i/KEY/deeper", 404],
		["OPTIONS /i/KEY/deeper", 404],
		["POST /i/%zz", 400],
		[`POST /i/${"a".repeat(300)}`, 414],
		["POST /i/KEY", 400],
	])("%s", async (request, status) => {
		const answer = await send(`${request.replace("KEY", server.siteKey)} HTTP/1.1`, [
			"Content-Length: 0",
		]);
		expect(statusOf(answer)).toBe(status);
		expect(answer).toMatch(/^access-control-allow-origin: \*/im);
		expect(answer).toMatch(/^access-control-expose-headers: Retry-After/im);
		expect(answer).toMatch(/"error":\{"code":/);
	});
});

test("an upload is taken whatever its content is called", async () => {
	const answer = await fetch(`${server.url}/i/${server.siteKey}`, {
		method: "POST",
		body: createSampleChunk(createSampleSession()) as Uint8Array<ArrayBuffer>,
		headers: { origin: ORIGIN, "content-type": "no type" },
	});
	expect(answer.status).toBe(204);
});

describe("the sign-in link never leads to another host", () => {
	test.each([
		"//evil.example/",
		"//x//evil.example/",
		"/.//evil.example/",
		"/x/../..//evil.example/",
	])("%s", async (path) => {
		const target = `${path}?token=${server.server.token}`;
		const answer = await send(`GET ${target} HTTP/1.1`, ["Accept: text/html"]);
		expect(statusOf(answer)).toBe(302);
		expect(answer).toMatch(/^location: \/(?![/\\])/im);
	});
});

test.each(["//", "//["])(
	"an address that is none, %s, is the viewer's to explain",
	async (path) => {
		expect(statusOf(await send(`GET ${path} HTTP/1.1`, ["Accept: text/html"]))).toBe(200);
	},
);

describe("is the asker's fault, not ours", () => {
	const of = (path: string) => server.get(`/sites/${server.siteId}${path}`);
	const FUTURE = "ffffffff-ffff-7fff-bfff-ffffffffffff";
	const DISTANT = "09184e72-9fff-7fff-bfff-ffffffffffff";

	test.each([
		[`/sessions?cursor=${"-".repeat(36)}`, 400],
		[`/sessions?cursor=${FUTURE}`, 400],
		[`/sessions/${FUTURE}`, 404],
		[`/sessions/${DISTANT}`, 404],
		[`/sessions/${FUTURE}/events`, 404],
		["/heatmap?page=/products&from=1e300", 400],
		["/heatmap?page=/products&to=1e300", 400],
		["/heatmap/zone?page=/products&elements=", 400],
		["/heatmap/zone?page=/products&elements=1f,", 400],
		["/heatmap/zone?page=/products&elements=1)%20OR%20(1", 400],
		[`/heatmap/zone?page=/products&elements=${"a,".repeat(200)}a`, 400],
		["/heatmap/zone?page=/products&elements=ffffffffffffffff,0", 200],
	])("%s", async (path, status) => {
		expect((await of(path)).status).toBe(status);
	});

	test.each(["http://[", "http://%", "http://shop.example:99999"])("origin %s", async (origin) => {
		const answer = await fetch(`${server.url}/api/v1/sites`, {
			method: "POST",
			headers: {
				authorization: `Bearer ${server.server.token}`,
				"content-type": "application/json",
			},
			body: JSON.stringify({ name: "Shop", origins: [origin] }),
		});
		expect([answer.status, (await answer.json()).error.code]).toEqual([400, "bad_request"]);
	});
});
