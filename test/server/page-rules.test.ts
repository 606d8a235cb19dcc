// Pages that are shown as one: what is stored stays as it was, so everything here is undone again.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
	ErrorAnswer,
	Heatmap,
	PageEffect,
	PageRules,
	Pages,
	Site,
} from "../../protocol/api.ts";
import type { Fact } from "../../protocol/fact.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
} from "./sample-chunk.ts";
import { type SampleView, sendViews } from "./sample-views.ts";
import { startTestServer, type TestServer } from "./start-server.ts";

const PRODUCTS = Array.from({ length: 31 }, (_, at) => `/product/mug-${at}x`);
const ODD_PATHS = fc.sample(fc.webPath({ size: "medium" }), { numRuns: 60, seed: 7 });

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

describe("pages that differ in one segment", () => {
	let site: Site;
	beforeAll(async () => {
		site = await createSite("products");
		await visit(
			site,
			[...PRODUCTS, "/cart"].map((path) => ({ path })),
		);
		await visit(site, [
			{ path: "/product/mug-1x" },
			{ path: "/thing/7", told: "/product/told" },
			{ path: "/order/1234" },
		]);
		await list(site, ({ pages }) => pages.some(({ page }) => page === "/product/:slug"));
	});

	test("are one page, with their views added up and every session counted once", async () => {
		const { pages } = await list(site, ({ pages }) => pages.length === 4);
		expect(
			pages.map(({ page, by, members, views, sessions }) => [page, by, members, views, sessions]),
		).toEqual([
			["/product/:slug", "learned", 31, 32, 2],
			["/cart", "path", 1, 1, 1],
			["/order/:id", "path", 1, 1, 1],
			["/product/told", "told", 1, 1, 1],
		]);
	});

	test("are many again once that is rejected, and one once it is not", async () => {
		const rejected = await change(site, { rejected: ["/product/:slug"] });
		expect(rejected.effect).toMatchObject({
			learned: [],
			rejected: [{ pattern: "/product/:slug", members: 31, views: 32 }],
			shown: 34,
		});
		expect((await list(site)).pages).toHaveLength(34);
		const { before } = rejected;
		const back = await change(site, before);
		expect(back.effect.learned).toMatchObject([{ pattern: "/product/:slug", members: 31 }]);
		expect((await list(site)).pages).toHaveLength(4);
	});

	test("are shown by rules as somebody wants them, who sees it before", async () => {
		const rules = ["/product/mug-1x", "/product/:slug"];
		const effect = await preview(site, { rules, rejected: [] });
		expect(effect).toMatchObject({
			rules: [
				{ pattern: "/product/mug-1x", fits: 1, members: 1, views: 2 },
				{ pattern: "/product/:slug", fits: 32, members: 31, views: 31 },
			],
			...{ learned: [], stored: 34, shown: 4 },
		});
		expect(effect.rules[0]?.pages).toEqual([
			{ page: "/product/mug-1x", shownAs: "/product/:slug", views: 2, presses: 0 },
		]);
		expect((await list(site)).pages).toHaveLength(4);
		expect((await read(site)).rules).toEqual([]);

		const { version, changedBy, effect: done } = await change(site, { rules });
		expect(changedBy).toBe("token");
		expect(done.rules.map(({ members }) => members)).toEqual([1, 31]);
		const { pages } = await list(site);
		expect(pages.map(({ page, by, views }) => [page, by, views])).toEqual([
			["/product/:slug", "rule", 31],
			["/product/mug-1x", "rule", 2],
			["/cart", "path", 1],
			["/order/:id", "path", 1],
		]);
		const undone = await change(site, { rules: [] });
		expect(undone.version).toBe(version + 1);
		expect(undone.before.rules).toEqual(rules);
	});
});

test("where visitors went from an element is told by the pages that are shown, too", async () => {
	const site = await createSite("next");
	for (const path of ["/to/x", "/to/y", "/other", "/other", "/other"]) {
		const session = createSampleSession();
		const url = (of: string) => `http://shop.example${of}`;
		const facts: Fact[] = [
			createPageFact(session, "/from"),
			createElementFact(session),
			createPressFact(session),
			[1, session.startedAt + 900, 1, url(path), "", "push", 1280, 2000, 1280, 800],
		];
		const chunk = createSampleChunk(session, { facts, envelope: { url: url("/from") } });
		expect((await server.post(chunk, { key: site.key })).status).toBe(204);
	}
	await list(site, ({ pages }) => pages.find(({ page }) => page === "/other")?.views === 3);
	await list(site, ({ pages }) => pages.filter(({ page }) => page.startsWith("/to/")).length === 2);
	await change(site, { rules: ["/to/:name"] });
	const map = await server.getUntil<Heatmap>(
		`/sites/${site.id}/heatmap?page=/from`,
		({ presses }) => presses === 5,
	);
	expect(map.elements.map(({ next }) => next)).toEqual([
		[
			{ page: "/other", views: 3 },
			{ page: "/to/:name", views: 2 },
		],
	]);
});

test("a pattern that is none is refused, saying which and why", async () => {
	const site = await createSite("wrong");
	for (const [rules, message] of [
		[["/a", "/b/**"], /rule 2 .*stands for anything already/],
		[["product"], /rule 1 .*begins with a slash/],
		[["/a", "/a/"], /stands there twice/],
	] as const) {
		for (const [method, path] of [
			["PATCH", "page-rules"],
			["POST", "page-rules/preview"],
		] as const) {
			const answer = await send(method, `/sites/${site.id}/${path}`, {
				version: 0,
				rules,
				rejected: [],
			});
			expect(answer.status).toBe(400);
			expect(((await answer.json()) as ErrorAnswer).error.message).toMatch(message);
		}
	}
});

test("who changes rules that somebody else has changed is told so, and nothing happens", async () => {
	const site = await createSite("two people");
	const { version } = await read(site);
	const both = await Promise.all(
		["/a", "/b"].map((rule) =>
			send("PATCH", `/sites/${site.id}/page-rules`, { version, rules: [rule], rejected: [] }),
		),
	);
	expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect((await read(site)).rules).toHaveLength(1);
});

test("pages whose names are longer than an address may be are merged all the same", async () => {
	const site = await createSite("long");
	const paths = Array.from({ length: 300 }, (_, at) => `/long/${at}${"x".repeat(1200)}`);
	await visit(
		site,
		paths.slice(0, 150).map((path) => ({ path })),
	);
	await visit(
		site,
		paths.slice(150).map((path) => ({ path })),
	);
	const { pages } = await list(site, ({ pages }) => pages[0]?.members === 300);
	expect(pages).toMatchObject([{ page: "/long/:slug", by: "learned", views: 300, sessions: 2 }]);
});

test("whatever the path, the index takes no page for told that is what its path makes it", async () => {
	const site = await createSite("odd");
	const ids = [
		"/a/12",
		"/a/5f3a9c1b",
		"/a/defaced1",
		"/a/deadbeef",
		"/u/123e4567-E89B-12d3-a456-426614174000",
		"/r/:token",
	];
	const paths = [...ODD_PATHS, ...ids].map((path) => ({ path }));
	await visit(site, [...paths, { path: "/x/1", told: "/told" }]);
	const { pages } = await list(site, ({ pages }) => pages.some(({ page }) => page === "/told"));
	expect(pages.filter(({ by }) => by === "told").map(({ page }) => page)).toEqual(["/told"]);
});

async function createSite(name: string): Promise<Site> {
	const answer = await send("POST", "/sites", { name, origins: ["http://shop.example"] });
	return (await answer.json()) as Site;
}

const visit = (site: Site, views: readonly SampleView[]) => sendViews(server, views, site.key);

function list(site: Site, isWanted: (answer: Pages) => boolean = () => true): Promise<Pages> {
	return server.getUntil<Pages>(`/sites/${site.id}/pages?limit=200`, isWanted);
}

async function read(site: Site): Promise<PageRules> {
	return (await (await server.get(`/sites/${site.id}/page-rules`)).json()) as PageRules;
}

async function change(
	site: Site,
	choices: { rules?: string[]; rejected?: string[] },
): Promise<PageRules> {
	const { version, rules, rejected } = await read(site);
	const body = { version, rules, rejected, ...choices };
	const answer = await send("PATCH", `/sites/${site.id}/page-rules`, body);
	expect(answer.status).toBe(200);
	return (await answer.json()) as PageRules;
}

async function preview(site: Site, choices: object): Promise<PageEffect> {
	const answer = await send("POST", `/sites/${site.id}/page-rules/preview`, choices);
	expect(answer.status).toBe(200);
	return (await answer.json()) as PageEffect;
}

function send(method: string, path: string, body: object): Promise<Response> {
	return fetch(`${server.url}/api/v1${path}`, {
		method,
		headers: { authorization: `Bearer ${server.server.token}`, "content-type": "application/json" },
		body: JSON.stringify(body),
	});
}
