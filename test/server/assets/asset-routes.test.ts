import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Manifest } from "../../../protocol/api.ts";
import { ASSET_BYTES, ASSET_HASHES, type AssetAnswer } from "../../../protocol/asset.ts";
import type { Fact } from "../../../protocol/fact.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../sample-chunk.ts";
import { ORIGIN, startTestServer, type TestServer } from "../start-server.ts";

const hashOf = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const SHEET = Buffer.from("a { color: red }");

type Html = { childNodes: Html[] };

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer({ SNAG_BUDGET_ASSET_BYTES_PER_DAY: "4000000" });
});
afterAll(() => server.close());

const send = (
	path: string,
	body: string | Uint8Array,
	{ key = server.siteKey, origin = ORIGIN }: { key?: string; origin?: string | null } = {},
) =>
	fetch(`${server.url}/i/${key}/assets${path}`, {
		method: "POST",
		body: body as Uint8Array<ArrayBuffer>,
		headers: origin === null ? {} : { origin },
	});
const ask = async (hashes: string[]): Promise<AssetAnswer> =>
	(await send("", JSON.stringify({ hashes, urls: [] }))).json();
const put = (bytes: Uint8Array) => send(`/${hashOf(bytes)}`, bytes);

describe("a refusal has the status and the code of the contract", () => {
	const question = (value: object) => JSON.stringify(value);
	const many = Array.from({ length: ASSET_HASHES + 1 }, (_, index) => hashOf(String(index)));
	const html = Buffer.from("<html><svg></svg></html>");
	const binary = Buffer.from([1, 0, 2, 3]);
	const cases: [name: string, send: () => Promise<Response>, status: number, code: string][] = [
		["no site", () => send("", "{}", { key: "site0000000000000000" }), 404, "unknown_site"],
		[
			"another origin",
			() => send("", "{}", { origin: "http://evil.test" }),
			403,
			"origin_not_allowed",
		],
		["no origin", () => send(`/${hashOf(PNG)}`, PNG, { origin: null }), 403, "origin_not_allowed"],
		["no JSON", () => send("", "{"), 400, "bad_assets"],
		["nothing", () => send("", ""), 400, "bad_assets"],
		["no lists", () => send("", question({ hashes: "a", urls: [] })), 400, "bad_assets"],
		["no hash", () => send("", question({ hashes: ["../../x"], urls: [] })), 400, "bad_assets"],
		["too many", () => send("", question({ hashes: many, urls: [] })), 400, "bad_assets"],
		["no URL", () => send("", question({ hashes: [], urls: ["x"] })), 400, "bad_assets"],
		["another hash", () => send(`/${hashOf("x")}`, PNG), 400, "wrong_hash"],
		["no hash at all", () => send("/x", PNG), 400, "wrong_hash"],
		["a document", () => send(`/${hashOf(html)}`, html), 415, "wrong_type"],
		["anything else", () => send(`/${hashOf(binary)}`, binary), 415, "wrong_type"],
		["too much", () => put(Buffer.alloc(ASSET_BYTES + 1)), 413, "too_large"],
	];
	test.each(cases)("%s", async (_, send, status, code) => {
		const answer = await send();
		expect([answer.status, (await answer.json()).error.code]).toEqual([status, code]);
		expect(answer.headers.get("access-control-allow-origin")).toBe("*");
	});
});

test("what is missing is asked for, kept once, and given to who is signed in", async () => {
	const hashes = [hashOf(PNG), hashOf(SHEET)];
	expect(await ask(hashes)).toEqual({ missing: hashes, found: {} });
	for (const bytes of [PNG, SHEET, PNG]) expect((await put(bytes)).status).toBe(204);
	expect(await ask(hashes)).toEqual({ missing: [], found: {} });

	const path = (hash: string) => `/sites/${server.siteId}/assets/${hash}`;
	const picture = await server.get(path(hashOf(PNG)));
	expect(Buffer.from(await picture.arrayBuffer()).equals(PNG)).toBe(true);
	expect(Object.fromEntries(picture.headers)).toMatchObject({
		"content-type": "image/png",
		"x-content-type-options": "nosniff",
		"content-security-policy": "sandbox; default-src 'none'",
		"cache-control": "private, max-age=31536000, immutable",
	});
	const sheet = await server.get(path(hashOf(SHEET)));
	expect(sheet.headers.get("content-type")).toBe("text/css; charset=utf-8");
	expect(await sheet.text()).toBe(SHEET.toString());
	expect((await server.get(path(hashOf("x")))).status).toBe(404);
	expect((await fetch(`${server.url}/api/v1${path(hashOf(PNG))}`)).status).toBe(401);
});

test("another site has nothing of it", async () => {
	await put(SHEET);
	const other = await server.server.sites.create({ name: "Other", origins: [ORIGIN] });
	const body = JSON.stringify({ hashes: [hashOf(SHEET)], urls: [] });
	const answer: AssetAnswer = await (await send("", body, { key: other.key })).json();
	expect(answer.missing).toEqual([hashOf(SHEET)]);
	expect((await server.get(`/sites/${other.id}/assets/${hashOf(SHEET)}`)).status).toBe(404);
});

test("nothing inside is fetched for a page", async () => {
	const urls = [`${server.url}/snag.js`, "http://169.254.169.254/", "http://localhost/a.css"];
	const answer: AssetAnswer = await (await send("", JSON.stringify({ hashes: [], urls }))).json();
	expect(answer.found).toEqual({});
});

test("a session's events come with its files, by address and by text, also under a map", async () => {
	const session = createSampleSession();
	const events = createSampleSnapshot(session) as { data: { node?: { childNodes: Html[] } } }[];
	const [head, body] = events[1]?.data.node?.childNodes[0]?.childNodes ?? [];
	const element = (id: number, tagName: string, attributes: object) => ({
		...{ type: 2, id, tagName, attributes, childNodes: [] },
	});
	head?.childNodes.push(element(20, "link", { rel: "stylesheet", href: "snag:sheet" }) as never);
	body?.childNodes.push(element(21, "img", { src: "snag:pic" }) as never);
	const css = Buffer.from('body { background: url("snag:pic") }');
	for (const bytes of [css, PNG]) await put(bytes);
	const at = session.startedAt + 100;
	const told: Fact = [
		20,
		at,
		["sheet", hashOf(css)],
		["pic", hashOf(PNG), "__proto__", hashOf(PNG)],
	];
	await server.post(createSampleChunk(session, { events, facts: [createPageFact(session)] }));
	await server.post(createSampleChunk(session, { sequence: 1, facts: [told] }));

	const path = `/sites/${server.siteId}/sessions/${session.session}`;
	const manifest = await server.getUntil<Manifest>(path, ({ assets }) => "pic" in assets.names);
	expect(manifest.assets).toEqual({
		names: { sheet: hashOf(css), pic: hashOf(PNG) },
		sheets: { [session.stream]: [hashOf(css)] },
	});
	const address = `/api/v1/sites/${server.siteId}/assets/${hashOf(PNG)}`;
	const played = await (await server.get(`${path}/events`)).text();
	expect(played).toContain(`"src":"${server.url}${address}"`);
	expect(played).toContain(
		`{"_cssText":"body { background: url(\\"${server.url}${address}\\") }"}`,
	);
	const backdrop = await server.get(
		`/sites/${server.siteId}/heatmap/backdrop?page=/products&width=1280`,
	);
	expect(await backdrop.text()).toContain(`"src":"${address}"`);
});

test("a site that keeps no files is told to wait, and so is one that sent too much", async () => {
	const { sites } = server.server;
	const [closed, busy] = [
		await sites.create({ name: "Closed", origins: [ORIGIN] }),
		await sites.create({ name: "Busy", origins: [ORIGIN] }),
	];
	await sites.change(closed.id, { config: { features: { assets: false } } });
	expect((await send("", "{}", { key: closed.key })).status).toBe(429);
	const statuses: number[] = [];
	for (const filler of ["a", "b", "c"]) {
		const bytes = Buffer.from(filler.repeat(1_500_000));
		statuses.push((await send(`/${hashOf(bytes)}`, bytes, { key: busy.key })).status);
	}
	expect(statuses).toEqual([204, 204, 429]);
});
