import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSampleChunk, createSampleSession } from "./sample-chunk.ts";
import { startTestServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer({ SNAG_ADMIN_TOKEN: "a-token-of-the-environment" });
});
afterAll(() => server.close());

/** Every path of the read API, taken from its own description, so that a new one cannot be forgotten. */
async function listRoutes(): Promise<[method: string, path: string][]> {
	const description = await (await server.get("/openapi.json")).json();
	return Object.entries(description.paths as Record<string, object>).flatMap(([path, methods]) =>
		Object.keys(methods).map((method): [string, string] => [
			method.toUpperCase(),
			path.replace("{site}", server.siteId).replace("{session}", createSampleSession().session),
		]),
	);
}

describe("nothing is readable", () => {
	const strangers: [who: string, headers: Record<string, string>][] = [
		["without credentials", {}],
		["with a wrong token", { authorization: "Bearer 0000000000000000000000000000000000000000" }],
		["with a wrong scheme", { authorization: "Basic YWRtaW46YWRtaW4=" }],
		["with a made-up cookie", { cookie: `snag_sign_in=${"0".repeat(64)}` }],
	];
	test.each(strangers)("%s", async (_, headers) => {
		const routes = await listRoutes();
		expect(routes.length).toBeGreaterThan(8);
		for (const [method, path] of routes) {
			const answer = await fetch(`${server.url}${path}`, { method, headers });
			expect([method, path, answer.status]).toEqual([method, path, 401]);
			expect(Object.keys(await answer.json())).toEqual(["error"]);
		}
	});

	test("with a site key, which is public", async () => {
		const headers = { authorization: `Bearer ${server.siteKey}` };
		expect((await fetch(`${server.url}/api/v1/sites`, { headers })).status).toBe(401);
	});
});

test("the token of the environment has every right", async () => {
	const headers = { authorization: "Bearer a-token-of-the-environment" };
	expect((await fetch(`${server.url}/api/v1/sites`, { headers })).status).toBe(200);
});

describe("the sign-in link", () => {
	const signIn = (token: string) =>
		fetch(`${server.url}/?token=${token}`, {
			redirect: "manual",
			headers: { accept: "text/html" },
		});

	test("is exchanged for a cookie that scripts cannot read, and leaves the address", async () => {
		const answer = await signIn(server.server.token);
		expect([answer.status, answer.headers.get("location")]).toEqual([302, "/"]);
		const cookie = answer.headers.get("set-cookie") ?? "";
		expect(cookie).toMatch(/HttpOnly/);
		expect(cookie).toMatch(/SameSite=Lax/);
		expect(cookie).not.toContain(server.server.token);
		const headers = { cookie: cookie.split(";")[0] ?? "" };
		expect((await fetch(`${server.url}/api/v1/sites`, { headers })).status).toBe(200);
	});

	test("gives nothing for a wrong token", async () => {
		const answer = await signIn("f".repeat(48));
		expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
	});

	test("does not let another site change anything in the visitor's name", async () => {
		const cookie = ((await signIn(server.server.token)).headers.get("set-cookie") ?? "").split(
			";",
		)[0];
		const create = (origin: string) =>
			fetch(`${server.url}/api/v1/sites`, {
				method: "POST",
				headers: { "content-type": "application/json", cookie: cookie ?? "", origin },
				body: JSON.stringify({ name: "Forged", origins: [] }),
			});
		expect((await create("http://evil.example")).status).toBe(403);
		expect((await create(server.url)).status).toBe(201);
	});
});

describe("making a site", () => {
	const create = async (body: unknown) => {
		const answer = await fetch(`${server.url}/api/v1/sites`, {
			method: "POST",
			headers: {
				"content-type": "application/json",
				authorization: `Bearer ${server.server.token}`,
			},
			body: typeof body === "string" ? body : JSON.stringify(body),
		});
		return [answer.status, await answer.json()];
	};
	test("gives its id, its public key and its origins without paths", async () => {
		const [status, site] = await create({ name: "Shop", origins: ["https://Shop.example:443"] });
		expect(status).toBe(201);
		expect(site).toMatchObject({ name: "Shop", origins: ["https://shop.example"] });
	});
	const wrong: [name: string, body: unknown][] = [
		["no name", { origins: [] }],
		["an origin with a path", { name: "x", origins: ["https://shop.example/cart"] }],
		["an origin that is none", { name: "x", origins: ["shop.example"] }],
		["no JSON", "{"],
		["a prototype", '{"name":"x","origins":[],"__proto__":{"admin":true}}'],
	];
	test.each(wrong)("refuses %s and says what was expected", async (_, body) => {
		const [status, answer] = await create(body);
		expect(status).toBe(400);
		expect(answer.error.message).not.toBe("");
	});
});

describe("changing a site", () => {
	const change = async (id: string, body: unknown) => {
		const answer = await fetch(`${server.url}/api/v1/sites/${id}`, {
			method: "PATCH",
			headers: {
				"content-type": "application/json",
				authorization: `Bearer ${server.server.token}`,
			},
			body: JSON.stringify(body),
		});
		return [answer.status, await answer.json()];
	};
	const create = async () => {
		const site = { name: "Changed", origins: ["https://old.example"] };
		const { id, key } = await server.server.sites.create(site);
		return { id: String(id), key };
	};

	test.each([
		[{ name: "Renamed" }, { name: "Renamed", origins: ["https://old.example"] }],
		[
			{ origins: ["https://New.example:443", "https://new.example"] },
			{ name: "Changed", origins: ["https://new.example"] },
		],
		[{ origins: [] }, { name: "Changed", origins: [] }],
		[
			{ name: "Both", origins: ["http://localhost:3000"] },
			{ name: "Both", origins: ["http://localhost:3000"] },
		],
	])("%j gives the site as it is then, and keeps the rest", async (body, want) => {
		const { id, key } = await create();
		expect(await change(id, body)).toMatchObject([200, { id, key, ...want }]);
		const { sites } = await (await server.get("/sites")).json();
		expect(sites.find((site: { id: string }) => site.id === id)).toMatchObject({
			id,
			key,
			...want,
		});
	});

	test("decides about the very next upload", async () => {
		const { id, key } = await create();
		const origin = "https://new.example";
		const upload = async () => {
			const body = createSampleChunk(createSampleSession());
			return (await server.post(body, { key, origin })).status;
		};
		expect(await upload()).toBe(403);
		await change(id, { origins: [origin] });
		expect(await upload()).toBe(204);
		await change(id, { origins: [] });
		expect(await upload()).toBe(403);
	});

	test("forgets a refusal of an origin, so that the live check waits for the next visit", async () => {
		const { id, key } = await create();
		await server.post(createSampleChunk(createSampleSession()), {
			key,
			origin: "https://a.example",
		});
		const step = async () => (await (await server.get(`/sites/${id}/setup`)).json()).steps[1];
		expect(await step()).toMatchObject({ state: "failed", code: "origin_not_allowed" });
		await change(id, { name: "Still refused" });
		expect(await step()).toMatchObject({ state: "failed" });
		await change(id, { origins: ["https://a.example"] });
		expect(await step()).toMatchObject({ state: "waiting", code: "nothing_yet" });
	});

	const wrong: [name: string, body: unknown][] = [
		["nothing", {}],
		["only what a site does not have", { key: "mine" }],
		["an empty name", { name: "" }],
		["an origin with a path", { origins: ["https://shop.example/cart"] }],
		["an origin that no browser can have", { origins: ["https://%"] }],
		["no list", { origins: { 0: "https://shop.example" } }],
	];
	test.each(wrong)("refuses %s and changes nothing", async (_, body) => {
		const { id } = await create();
		const [status, answer] = await change(id, body);
		expect([status, answer.error.code]).toEqual([400, "bad_request"]);
		const { sites } = await (await server.get("/sites")).json();
		expect(sites.find((site: { id: string }) => site.id === id)).toMatchObject({
			name: "Changed",
			origins: ["https://old.example"],
		});
	});

	test.each(["999999", "shop"])("knows no site %s", async (id) => {
		const [status, answer] = await change(id, { name: "Nobody's" });
		expect([status, answer.error.code]).toEqual([404, "not_found"]);
	});
});

test("the viewer's page forbids everything that a recorded page could load or run", async () => {
	const answer = await fetch(server.url, { headers: { accept: "text/html" } });
	const policy = answer.headers.get("content-security-policy") ?? "";
	expect(policy).toContain("default-src 'none'");
	expect(policy).toMatch(/script-src 'self'(;|$)/);
	const { host } = new URL(server.url);
	expect(policy).toContain(`img-src ${host}/api/v1/sites/ data: blob:;`);
	expect(policy).toContain(`font-src ${host}/api/v1/sites/ data:;`);
	expect(policy).not.toContain("unsafe-eval");
});
