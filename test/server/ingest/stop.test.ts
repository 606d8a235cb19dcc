// The kill switch, the configuration of recorders, and what both do while control data is away.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Site } from "../../../protocol/api.ts";
import { type ControlDatabase, openControlDatabase } from "../../../server/control/database.ts";
import { createSites } from "../../../server/control/sites.ts";
import { ControlUnavailable } from "../../../server/errors.ts";
import { createStore } from "../../../server/store/create-store.ts";
import { createTempFolder } from "../../support/temp-folder.ts";
import { readStoredChunks } from "../read-packs.ts";
import { createSampleChunk, createSampleSession } from "../sample-chunk.ts";
import { startTestServer, type TestServer } from "../start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

const change = async (body: object) => {
	const answer = await fetch(`${server.url}/api/v1/sites/${server.siteId}`, {
		method: "PATCH",
		headers: { authorization: `Bearer ${server.server.token}`, "content-type": "application/json" },
		body: JSON.stringify(body),
	});
	return { status: answer.status, site: (await answer.json()) as Site };
};
const readConfig = (headers: Record<string, string> = {}) =>
	fetch(`${server.url}/i/${server.siteKey}/config`, { headers });

test("a stopped site answers every upload with `stop` and stores nothing, and records again when it may", async () => {
	const session = createSampleSession();
	expect((await server.post(createSampleChunk(session))).status).toBe(204);
	expect((await change({ stopped: true })).site.stopped).toBe(true);
	const uploads = [
		() => server.post(createSampleChunk(session, { sequence: 1 })),
		() => server.post(createSampleChunk(createSampleSession())),
		() => server.post(createSampleChunk(session, { sequence: 2 }), { origin: null }),
		() => server.post(new Uint8Array(10)),
	];
	for (const upload of uploads) {
		const answer = await upload();
		expect([answer.status, await answer.json()]).toEqual([200, { directives: [{ do: "stop" }] }]);
	}
	expect(await (await readConfig()).json()).toMatchObject({ stop: true });

	expect((await change({ stopped: false })).site.stopped).toBe(false);
	expect((await server.post(createSampleChunk(session, { sequence: 3 }))).status).toBe(204);
	const store = createStore({ kind: "disk", folder: join(server.dataFolder, "objects") });
	const { copies } = await readStoredChunks(store);
	expect([...copies.keys()].sort()).toEqual([`${session.stream}/0`, `${session.stream}/3`]);
});

describe("the configuration of a recorder", () => {
	test("has its defaults, and what the owner changed of it", async () => {
		expect(await (await readConfig()).json()).toEqual({
			...{
				version: 1,
				sampling: 1,
				replayOnFriction: true,
				privacy: "balanced",
				pages: [],
				features: {},
				stop: false,
			},
		});
		expect((await change({ config: { sampling: 0.25 } })).status).toBe(200);
		const rule = { pattern: "/account/*", record: "facts" };
		expect((await change({ config: { pages: [rule] } })).site.config).toMatchObject({
			...{ sampling: 0.25, pages: [rule] },
		});
		expect(await (await readConfig()).json()).toMatchObject({
			...{ sampling: 0.25, pages: [{ match: "^/account/.*/?$", record: "facts" }] },
		});
	});

	test("may be read by any page, is cached for a minute and answered by 304 while it is the same", async () => {
		const answer = await readConfig();
		expect(answer.headers.get("access-control-allow-origin")).toBe("*");
		expect(answer.headers.get("cache-control")).toBe("public, max-age=60");
		const tag = answer.headers.get("etag") ?? "";
		expect((await readConfig({ "if-none-match": `W/${tag}` })).status).toBe(304);
		await change({ config: { sampling: 0.5 } });
		expect((await readConfig({ "if-none-match": tag })).status).toBe(200);
	});

	test.each([
		{ sampling: 2 },
		{ sampling: "all" },
		{ privacy: "none" },
		{ pages: [{ pattern: "/x", record: "maybe" }] },
		{ features: { Loud: true } },
		"all",
	])("is not changed to %j", async (config) => {
		expect((await change({ config })).status).toBe(400);
	});

	test("of no site is an unknown site", async () => {
		const answer = await fetch(`${server.url}/i/${"x".repeat(20)}/config`);
		expect([answer.status, (await answer.json()).error.code]).toEqual([404, "unknown_site"]);
	});
});

describe("while the control data cannot be read", () => {
	test("a key that was seen stays valid, one that was not is neither valid nor none", async () => {
		const folder = await createTempFolder("outage");
		const control = await openControlDatabase(folder.path);
		let isDown = false;
		const faulty = new Proxy(control, {
			get(target, name: keyof ControlDatabase) {
				if (isDown) throw new Error("the database is away");
				const value = target[name];
				return typeof value === "function" ? value.bind(target) : value;
			},
		});
		let now = 1e12;
		const sites = createSites(faulty, () => now);
		const { key } = await sites.create({ name: "Shop", origins: [] });
		expect(await sites.findByKey(key)).toMatchObject({ key });
		isDown = true;
		for (const later of [0, 5000, 5000, 3_600_000]) {
			now += later;
			expect(await sites.findByKey(key)).toMatchObject({ key });
			if (later === 0) continue;
			for (let ask = 0; ask < 2; ask++) {
				await expect(sites.findByKey("y".repeat(20))).rejects.toThrow(ControlUnavailable);
			}
		}
		isDown = false;
		expect(await sites.findByKey("y".repeat(20))).toBeUndefined();
		await control.destroy();
		await folder.remove();
	});

	test("a stop that another server was told is obeyed within five seconds", async () => {
		const folder = await createTempFolder("stop");
		const control = await openControlDatabase(folder.path);
		let now = 1e12;
		const here = createSites(control, () => now);
		const elsewhere = createSites(control, () => now);
		const { id, key } = await elsewhere.create({ name: "Shop", origins: [] });
		expect((await here.findByKey(key))?.stopped).toBe(false);
		await elsewhere.change(id, { stopped: true });
		now += 4500;
		expect((await here.findByKey(key))?.stopped).toBe(true);
		await control.destroy();
		await folder.remove();
	});
});
