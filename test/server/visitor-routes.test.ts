// What a visitor's browser may ask: to be erased, and where its session can be watched. And the recorder's
// own files.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSampleChunk, createSampleSession } from "./sample-chunk.ts";
import { DIST, ORIGIN, startTestServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

const ask = (proof: object, origin = ORIGIN) =>
	fetch(`${server.url}/i/${server.siteKey}/erase`, {
		method: "POST",
		headers: { origin, "content-type": "text/plain" },
		body: JSON.stringify(proof),
	});

test("a visitor is erased by whoever has the write key of a session of theirs, and by nobody else", async () => {
	const session = createSampleSession();
	expect((await server.post(createSampleChunk(session))).status).toBe(204);
	const { visitor, writeKey } = session;
	const proof = { visitor, session: session.session, writeKey };
	const refusals = [
		[400, "bad_envelope", await ask({})],
		[403, "wrong_write_key", await ask({ ...proof, writeKey: "0".repeat(32) })],
		[403, "wrong_write_key", await ask({ ...proof, visitor: "0".repeat(32) })],
		[403, "origin_not_allowed", await ask(proof, "http://other.example")],
	] as const;
	for (const [status, code, answer] of refusals) {
		expect(answer.status).toBe(status);
		expect(answer.headers.get("access-control-allow-origin")).toBe("*");
		expect(await answer.json()).toMatchObject({ error: { code } });
	}
	expect((await ask(proof)).status).toBe(202);
	const erasures = await server.get(`/sites/${server.siteId}/erasures`);
	expect(await erasures.json()).toMatchObject({
		erasures: [{ kind: "visitor", subject: visitor }],
	});
	const sessions = await server.get(`/sites/${server.siteId}/sessions/${session.session}`);
	expect(sessions.status).toBe(404);
});

test("the address of a session leads to where it can be watched, at the instant", async () => {
	const { session, startedAt } = createSampleSession();
	const path = `/i/${server.siteKey}/s/${session}?at=${startedAt + 90_500}`;
	const answer = await fetch(server.url + path, { redirect: "manual" });
	expect(answer.status).toBe(302);
	expect(answer.headers.get("location")).toMatch(
		new RegExp(`/sites/${server.siteId}/sessions/${session}\\?t=9[01]`),
	);
});

test("the loader is asked for each time, what it names is kept for good, and other names are not there", async () => {
	const loader = await fetch(`${server.url}/snag.js`);
	expect(loader.headers.get("cache-control")).toBe("no-cache");
	const tag = loader.headers.get("etag") ?? "";
	const again = await fetch(`${server.url}/snag.js`, { headers: { "if-none-match": tag } });
	expect(again.status).toBe(304);

	let before = await loader.text();
	for (const part of ["core", "rare"]) {
		const name = findScript(part);
		expect(before).toContain(name);
		const answer = await fetch(`${server.url}/${name}`);
		expect(answer.status).toBe(200);
		expect(answer.headers.get("cache-control")).toContain("immutable");
		expect(answer.headers.get("access-control-allow-origin")).toBe("*");
		expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
		before = await answer.text();
	}
	expect((await fetch(`${server.url}/snag-core.00000000.js`)).status).toBe(404);
	expect((await fetch(`${server.url}/${findScript("core")}.gz`)).status).toBe(404);
});

test.each(["identity", "gzip", "br"])(
	"a script that is sent as %s is the same script",
	async (encoding) => {
		const name = findScript("core");
		const headers = { "accept-encoding": encoding };
		const answer = await fetch(`${server.url}/${name}`, { headers });
		expect(answer.headers.get("content-encoding") ?? "identity").toBe(encoding);
		expect(await answer.text()).toBe(readFileSync(`${DIST}/${name}`, "utf8"));
	},
);

function findScript(part: string): string {
	const isPart = (file: string) => file.startsWith(`snag-${part}.`) && file.endsWith(".js");
	return readdirSync(DIST).find(isPart) ?? "";
}
