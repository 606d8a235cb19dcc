import { afterEach, describe, expect, test } from "vitest";
import { networkOf } from "../../../server/ingest/budgets.ts";
import { createSampleChunk, createSampleSession } from "../sample-chunk.ts";
import { startTestServer, type TestServer } from "../start-server.ts";

let server: TestServer;
afterEach(() => server?.close());

const upload = (from: string, session = createSampleSession(), sequence = 0) =>
	fetch(`${server.url}/i/${server.siteKey}`, {
		method: "POST",
		body: createSampleChunk(session, { sequence }) as Uint8Array<ArrayBuffer>,
		headers: { origin: "http://shop.example", "x-forwarded-for": from },
	});
const outcome = async (answer: Response) => ({
	status: answer.status,
	code: answer.status === 204 ? "" : (await answer.json()).error.code,
	retry: Number(answer.headers.get("retry-after") ?? 0),
});
const REFUSED = { status: 429, code: "over_budget" };

describe("over its budget is", () => {
	test("a session that sends too often, and no other", async () => {
		server = await startTestServer({ SNAG_BUDGET_SESSION_REQUESTS: "5" });
		const session = createSampleSession();
		for (let n = 0; n < 5; n++) expect((await upload("", session, n)).status).toBe(204);
		const refused = await outcome(await upload("", session, 5));
		expect(refused).toMatchObject(REFUSED);
		expect(refused.retry).toBeGreaterThan(0);
		expect(refused.retry).toBeLessThanOrEqual(2);
		expect((await upload("")).status).toBe(204);
	});

	test("a site with too many new sessions, whose old ones go on", async () => {
		server = await startTestServer({ SNAG_BUDGET_SESSIONS_PER_MINUTE: "2" });
		const session = createSampleSession();
		expect((await upload("", session)).status).toBe(204);
		expect((await upload("")).status).toBe(204);
		expect(await outcome(await upload(""))).toMatchObject(REFUSED);
		expect((await upload("", session, 1)).status).toBe(204);
	});

	test("a site that sent too many bytes, for a minute at least; a resend costs nothing", async () => {
		const bytes = createSampleChunk(createSampleSession()).length;
		server = await startTestServer({ SNAG_BUDGET_BYTES_PER_DAY: String(bytes * 2 + 50) });
		const session = createSampleSession();
		const chunk = createSampleChunk(session);
		for (let n = 0; n < 4; n++) expect((await server.post(chunk)).status).toBe(204);
		expect((await upload("")).status).toBe(204);
		const refused = await outcome(await upload(""));
		expect(refused).toMatchObject(REFUSED);
		expect(refused.retry).toBeGreaterThanOrEqual(60);
	});

	test("an address behind a trusted proxy: the one that the proxy saw, not the one that is claimed", async () => {
		server = await startTestServer({
			SNAG_TRUST_PROXY: "true",
			SNAG_BUDGET_ADDRESS_SESSIONS_PER_HOUR: "2",
		});
		expect((await upload("1.1.1.1, 203.0.113.7")).status).toBe(204);
		expect((await upload("2.2.2.2, 203.0.113.7")).status).toBe(204);
		expect(await outcome(await upload("3.3.3.3, 203.0.113.7"))).toMatchObject(REFUSED);
		expect((await upload("1.1.1.1, 203.0.113.8")).status).toBe(204);
	});

	test("an address that asks too often, before what it sends is read", async () => {
		server = await startTestServer({
			SNAG_TRUST_PROXY: "1",
			SNAG_BUDGET_ADDRESS_REQUESTS_PER_MINUTE: "3",
		});
		const ask = () =>
			fetch(`${server.url}/i/nobody`, {
				method: "POST",
				headers: { "x-forwarded-for": "203.0.113.7" },
			});
		for (let n = 0; n < 3; n++) expect((await ask()).status).toBe(404);
		const refused = await ask();
		expect(refused.headers.get("access-control-allow-origin")).toBe("*");
		expect(await outcome(refused)).toMatchObject(REFUSED);
	});

	test("no address that no trusted proxy names", async () => {
		server = await startTestServer({ SNAG_BUDGET_ADDRESS_SESSIONS_PER_HOUR: "1" });
		for (let n = 0; n < 3; n++) expect((await upload("203.0.113.7")).status).toBe(204);
	});
});

test.each([
	["203.0.113.7", "203.0.113.7"],
	["::ffff:203.0.113.7", "203.0.113.7"],
	["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
	["2001:0db8:0001:0002::1", "2001:db8:1:2"],
	["2001:db8::1", "2001:db8:0:0"],
	["::1", "0:0:0:0"],
	["fe80::1%eth0", "fe80:0:0:0"],
	["1:2:3:4:5:6:7::", "1:2:3:4"],
])("the network of %s is %s", (address, network) => {
	expect(networkOf(address)).toBe(network);
});
