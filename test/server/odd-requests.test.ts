// Requests that no page of ours sends: each gets an answer that its sender can read, and nothing breaks.
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./start-server.ts";

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
