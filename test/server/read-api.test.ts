import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
	Backdrop,
	Heatmap,
	Manifest,
	Pages,
	RecorderCost,
	ReplayEvent,
	Sessions,
	Setup,
	SignalReport,
} from "../../protocol/api.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import type { Fact } from "../../protocol/fact.ts";
import { createStore } from "../../server/store/create-store.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "./sample-chunk.ts";
import { startTestServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server.close());

async function send(session: SampleSession, facts: Fact[], width = 1280): Promise<void> {
	const chunk = createSampleChunk(session, {
		facts,
		events: createSampleSnapshot(session, 0, width),
		envelope: { viewport: [width, 800] },
	});
	expect((await server.post(chunk)).status).toBe(204);
}

describe("a recorded session", () => {
	const session = createSampleSession();
	const path = () => `/sites/${server.siteId}/sessions/${session.session}`;
	beforeAll(async () => {
		await send(session, [
			createPageFact(session),
			createElementFact(session),
			createPressFact(session, { x: 0.25, y: 0.75 }),
			[4, session.startedAt + 900, 0],
			[5, session.startedAt + 1000, 0, "unload"],
		]);
		await server.getUntil<Sessions>(`/sites/${server.siteId}/sessions`, ({ sessions }) =>
			sessions.some(({ id }) => id === session.session),
		);
	});

	test("is asked about what went wrong, and wrong questions are said", async () => {
		const path = `/sites/${server.siteId}/signals`;
		const report = (await (await server.get(`${path}?limit=3`)).json()) as SignalReport;
		expect(report).toMatchObject({ episodes: 0, signals: [], next: "" });
		expect(report.to - report.from).toBe(28 * 24 * 60 * 60 * 1000);
		for (const [query, told] of [
			["cursor=x", "cursor must be the `next` of an earlier answer"],
			["filter=love:yes", "filter: there is no key love"],
			["limit=0", "limit"],
		]) {
			const answer = await server.get(`${path}?${query}`);
			expect(answer.status).toBe(400);
			expect(JSON.stringify(await answer.json())).toContain(told);
		}
		expect((await server.get("/sites/99/signals")).status).toBe(404);
	});

	test("is in the list with what happened, how long, where and on what", async () => {
		const { sessions } = (await (
			await server.get(`/sites/${server.siteId}/sessions`)
		).json()) as Sessions;
		expect(sessions.find(({ id }) => id === session.session)).toMatchObject({
			startedAt: session.startedAt,
			durationMs: 1000,
			playable: true,
			pageViews: 1,
			presses: 1,
			entryPage: "/products",
			viewport: { width: 1280, height: 800 },
			language: "en-GB",
		});
	});

	test("has a manifest of what there is to play and what happened", async () => {
		const manifest = (await (await server.get(path())).json()) as Manifest;
		expect(manifest.streams).toMatchObject([{ id: session.stream, tab: session.tab, gaps: [] }]);
		expect(manifest.keyframes).toMatchObject([{ tab: session.tab, stream: session.stream, at: 1 }]);
		expect(manifest.markers.map(({ kind, label, at }) => [kind, label, at])).toEqual([
			["page", "Products", 2],
			["press", "Buy", 500],
			["hidden", "", 900],
			["leave", "", 1000],
		]);
	});

	test("never shows its write key", async () => {
		const answers = await Promise.all(
			["", "/events"].map(async (tail) => (await server.get(path() + tail)).text()),
		);
		expect(answers.join()).toContain(session.stream);
		expect(answers.join()).not.toContain(session.writeKey);
	});

	test("is not found in another site, nor under another id", async () => {
		const other = await server.server.sites.create({ name: "Other", origins: [] });
		for (const wrong of [
			`/sites/${other.id}/sessions/${session.session}`,
			`/sites/${server.siteId}/sessions/${createSampleSession().session}`,
		]) {
			const answer = await server.get(wrong);
			expect([answer.status, (await answer.json()).error.code]).toEqual([404, "not_found"]);
		}
	});
});

test("a chunk that never came is a gap between what is known before and after it", async () => {
	const session = createSampleSession();
	const at = (ms: number) => session.startedAt + ms;
	const sent: [sequence: number, facts: Fact[], events: unknown[]][] = [
		[0, [createPageFact(session)], createSampleSnapshot(session)],
		[1, [[4, at(4000), 0]], [{ type: 5, timestamp: at(3000), data: { tag: "a", payload: 1 } }]],
		[4, [[4, at(9000), 1]], [{ type: 5, timestamp: at(9500), data: { tag: "b", payload: 2 } }]],
	];
	for (const [sequence, facts, events] of sent) {
		const chunk = createSampleChunk(session, { sequence, facts, events });
		expect((await server.post(chunk)).status).toBe(204);
	}
	const path = `/sites/${server.siteId}/sessions/${session.session}`;
	const manifest = await server.getUntil<Manifest>(path, ({ slices }) => slices.length === 3);
	expect(manifest.streams.map(({ gaps }) => gaps)).toEqual([
		[{ first: 2, last: 3, from: 4000, to: 9000 }],
	]);
});

test("a session is marked as automated where the browser says so, in the list and beside the replay", async () => {
	const [driven, own] = [createSampleSession(), createSampleSession()];
	for (const [session, envelope] of [
		[driven, { automated: true }],
		[own, {}],
	] as const) {
		const chunk = createSampleChunk(session, { facts: [createPageFact(session)], envelope });
		expect((await server.post(chunk)).status).toBe(204);
	}
	const list = `/sites/${server.siteId}/sessions`;
	const isThere = ({ sessions }: Sessions) =>
		[driven, own].every((each) => sessions.some(({ id }) => id === each.session));
	const { sessions } = await server.getUntil<Sessions>(list, isThere);
	const markOf = (id: string) => sessions.find((session) => session.id === id)?.automated;
	expect([markOf(driven.session), markOf(own.session)]).toEqual([true, false]);
	const manifest = (await (await server.get(`${list}/${driven.session}`)).json()) as Manifest;
	expect(manifest.session.automated).toBe(true);
});

test("the list pages by cursor, newest first, each session once", async () => {
	const site = await server.server.sites.create({
		name: "Paged",
		origins: ["http://shop.example"],
	});
	const sessions = Array.from({ length: 5 }, (_, age) =>
		createSampleSession(Date.now() - age * 60_000),
	);
	for (const session of sessions) {
		const chunk = createSampleChunk(session, { facts: [createPageFact(session)] });
		expect((await server.post(chunk, { key: site.key })).status).toBe(204);
	}
	await server.getUntil<Sessions>(
		`/sites/${site.id}/sessions`,
		(answer) => answer.sessions.length === 5,
	);
	const ids: string[] = [];
	let cursor = "";
	do {
		const answer = await server.get(`/sites/${site.id}/sessions?limit=2&cursor=${cursor}`);
		const page = (await answer.json()) as Sessions;
		ids.push(...page.sessions.map(({ id }) => id));
		cursor = page.next;
	} while (cursor !== "");
	expect(ids).toEqual(sessions.map(({ session }) => session));
});

describe("the presses of a page", () => {
	let siteId: string;
	beforeAll(async () => {
		const site = await server.server.sites.create({
			name: "Mapped",
			origins: ["http://shop.example"],
		});
		siteId = String(site.id);
		for (const [width, x] of [
			[390, 0.1],
			[1280, 0.9],
			[1280, 0.9],
		] as const) {
			const session = createSampleSession();
			const facts = [
				createPageFact(session, "/p/17", width),
				createElementFact(session),
				createPressFact(session, { x, width }),
			];
			const chunk = createSampleChunk(session, {
				facts,
				events: createSampleSnapshot(session, 0, width),
				envelope: { url: "http://shop.example/p/17", viewport: [width, 800] },
			});
			expect((await server.post(chunk, { key: site.key })).status).toBe(204);
		}
		const lost = createSampleSession();
		const orphan = createSampleChunk(lost, {
			facts: [createPressFact(lost)],
			envelope: { url: "http://shop.example/p/17" },
		});
		expect((await server.post(orphan, { key: site.key })).status).toBe(204);
		await server.getUntil<Heatmap>(
			`/sites/${siteId}/heatmap?page=/p/:id`,
			({ presses }) => presses === 4,
		);
		await server.getUntil<Sessions>(
			`/sites/${siteId}/sessions`,
			({ sessions }) => sessions.length === 4,
		);
	});
	const read = async (query: string) =>
		(await (await server.get(`/sites/${siteId}/heatmap?page=/p/:id${query}`)).json()) as Heatmap;

	test("are counted by the pattern of their page, in bins of their element", async () => {
		const map = await read("");
		expect(
			map.elements.map(({ key, text, presses, sessions, bins }) => ({
				key,
				text,
				presses,
				sessions,
				bins,
			})),
		).toEqual([
			{
				key: "id:buy",
				text: "Buy",
				presses: 3,
				sessions: 3,
				bins: [
					[6, 32, 1],
					[57, 32, 2],
				],
			},
			{ key: "", text: "", presses: 1, sessions: 1, bins: [[32, 32, 1]] },
		]);
		expect(map.elements.reduce((sum, { presses }) => sum + presses, 0)).toBe(map.presses);
	});

	test("at one position stand apart where what stood there was another thing", async () => {
		const place = '[id="list"] > li:nth-of-type(1)';
		for (const text of ["Jug", "Mug", "Mug"]) {
			const session = createSampleSession();
			const facts: Fact[] = [
				createPageFact(session, "/listing"),
				[3, session.startedAt + 500, 1, [["path", place]], "li", "listitem", text, 0],
				createPressFact(session),
			];
			const url = "http://shop.example/listing";
			const chunk = createSampleChunk(session, { facts, envelope: { url } });
			expect((await server.post(chunk)).status).toBe(204);
		}
		const { elements } = await server.getUntil<Heatmap>(
			`/sites/${server.siteId}/heatmap?page=/listing`,
			({ presses }) => presses === 3,
		);
		expect(elements.map(({ key, text, presses }) => [key, text, presses])).toEqual([
			[`path:${place}`, "Mug", 2],
			[`path:${place}`, "Jug", 1],
		]);
	});

	test("are filtered by viewport group, and the groups say how many each has", async () => {
		const map = await read("&group=0-479");
		expect(map.elements.map(({ bins }) => bins)).toEqual([[[6, 32, 1]]]);
		expect(map.groups.map(({ id, presses }) => [id, presses])).toEqual([
			["0-479", 1],
			["480-767", 0],
			["768-1023", 0],
			["1024-1439", 3],
			["1440-", 0],
		]);
	});

	test("stand on the picture recorded nearest to the width asked for", async () => {
		for (const [width, want] of [
			[390, 390],
			[768, 390],
			[1440, 1280],
		] as const) {
			const answer = await server.get(
				`/sites/${siteId}/heatmap/backdrop?page=/p/:id&width=${width}`,
			);
			const backdrop = (await answer.json()) as Backdrop;
			expect(backdrop.recordedAt.width).toBe(want);
			expect(backdrop.events.map(({ type }) => type)).toEqual([4, 2]);
			expect(backdrop.at).toBeGreaterThan(
				backdrop.events[1]?.timestamp ?? Number.POSITIVE_INFINITY,
			);
		}
		expect(
			(await server.get(`/sites/${siteId}/heatmap/backdrop?page=/none&width=390`)).status,
		).toBe(404);
	});

	test("stand on the page itself, not on a list that had its address for a moment", async () => {
		const load = createSampleSession();
		await send(load, [createPageFact(load, "/piece")], 390);
		const look = createSampleSession();
		const url = "http://shop.example/piece";
		const opened: Fact = [1, look.startedAt + 900, 1, url, "Piece", "push", 1440, 2000, 1440, 800];
		await send(look, [createPageFact(look, "/list", 1440), opened], 1440);
		await server.getUntil<Pages>(
			`/sites/${server.siteId}/pages`,
			({ pages }) => pages.find(({ page }) => page === "/piece")?.views === 2,
		);
		const path = `/sites/${server.siteId}/heatmap/backdrop?page=/piece&width=1440`;
		// The chunks that hold the pictures are counted a moment after what happened on them.
		const backdrop = await server.getUntil<Backdrop>(path, ({ session }) => session !== "");
		expect(backdrop.session).toBe(load.session);
	});

	test("are listed with their page", async () => {
		const { pages } = (await (await server.get(`/sites/${siteId}/pages`)).json()) as Pages;
		expect(pages).toMatchObject([
			{ page: "/p/:id", title: "Products", views: 3, presses: 4, sessions: 3 },
		]);
	});
});

test("what recording cost comes with a session and with the list of pages, without forged chunks", async () => {
	const session = createSampleSession();
	const at = (ms: number) => session.startedAt + ms;
	const next: Fact = [
		1,
		at(4000),
		1,
		"http://shop.example/costly/b",
		"B",
		"push",
		1280,
		2000,
		1280,
		800,
	];
	const chunks: [sequence: number, facts: Fact[], cost: Envelope["cost"]][] = [
		[0, [createPageFact(session, "/costly/a")], { totalMs: 5, longestMs: 5, step: 0 }],
		[1, [next], { totalMs: 20, longestMs: 9.5, step: 0 }],
		[2, [[5, at(8000), 1, "unload"]], { totalMs: 60, longestMs: 30, step: 2 }],
	];
	for (const [sequence, facts, cost] of chunks) {
		const chunk = createSampleChunk(session, { sequence, facts, envelope: { cost } });
		expect((await server.post(chunk)).status).toBe(204);
	}
	const path = `/sites/${server.siteId}/sessions/${session.session}`;
	const { costs, reduced } = await server.getUntil<Manifest>(
		path,
		({ costs }) => costs.length === 2,
	);
	expect(costs.map(({ page, ms, step }) => [page, Math.round(ms), step])).toEqual([
		["/costly/a", 20, 0],
		["/costly/b", 40, 2],
	]);
	expect(reduced).toMatchObject([{ tab: session.tab, to: costs[1]?.to, step: 2 }]);
	const { pages } = (await (
		await server.get(`/sites/${server.siteId}/recorder-cost`)
	).json()) as RecorderCost;
	const b = pages.find(({ page }) => page === "/costly/b");
	expect(b).toMatchObject({ views: 1, median: 0.01, p95: 0.01, longestMs: 30, reduced: 1 });
	const empty = await server.server.sites.create({ name: "Empty", origins: [] });
	const none = (await (
		await server.get(`/sites/${empty.id}/recorder-cost`)
	).json()) as RecorderCost;
	expect([none.sessions, none.pages]).toEqual([0, []]);
});

test("a visit in two tabs plays the tab that was in front, each switch from a whole page", async () => {
	const one = createSampleSession();
	const two = {
		...one,
		tab: "2".repeat(32),
		stream: "3".repeat(32),
		startedAt: one.startedAt + 5000,
	};
	const click = (at: number, note: string) => ({
		type: 5,
		timestamp: at,
		data: { tag: "note", payload: note },
	});
	await server.post(
		createSampleChunk(one, {
			facts: [createPageFact(one), [4, one.startedAt + 5000, 0], [4, one.startedAt + 9000, 1]],
			events: [
				...createSampleSnapshot(one),
				click(one.startedAt + 1000, "one"),
				click(one.startedAt + 9500, "one again"),
			],
		}),
	);
	await server.post(
		createSampleChunk(two, {
			facts: [createPageFact(two), [4, two.startedAt + 3990, 0]],
			events: [...createSampleSnapshot(two), click(two.startedAt + 1000, "two")],
		}),
	);
	const path = `/sites/${server.siteId}/sessions/${one.session}/events`;
	const events = await server.getUntil<ReplayEvent[]>(path, (answer) => answer.length >= 9);
	const notes = events.map(({ type, data }) =>
		type === 5 ? (data as { payload: string }).payload : type,
	);
	expect(notes).toEqual([4, 2, "one", 4, 2, "two", 4, 2, "one", "one again"]);
	const times = events.map(({ timestamp }) => timestamp);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	const onlyTwo = (await (await server.get(`${path}?tab=${two.tab}`)).json()) as ReplayEvent[];
	expect(onlyTwo.map(({ type }) => type)).toEqual([4, 2, 5]);
});

describe("the live check", () => {
	test("turns green step by step and says why it stands still", async () => {
		const site = await server.server.sites.create({ name: "New", origins: ["http://new.example"] });
		const read = async () => (await (await server.get(`/sites/${site.id}/setup`)).json()) as Setup;
		const states = async () => (await read()).steps.map(({ state, code }) => code || state);
		expect(await states()).toEqual(["nothing_yet", "nothing_yet", "no_snapshot", "nothing_yet"]);
		await fetch(`${server.url}/snag.js`, { headers: { referer: "http://new.example/" } });
		expect(await states()).toEqual(["done", "nothing_yet", "no_snapshot", "nothing_yet"]);
		const session = createSampleSession();
		await server.post(createSampleChunk(session), { key: site.key, origin: "http://old.example" });
		expect((await read()).steps[1]).toMatchObject({ state: "failed", code: "origin_not_allowed" });
		const chunk = createSampleChunk(session, { events: createSampleSnapshot(session) });
		await server.post(chunk, { key: site.key, origin: "http://new.example" });
		const setup = await server.getUntil<Setup>(
			`/sites/${site.id}/setup`,
			(answer) => answer.session !== "",
		);
		expect(setup.steps.every(({ state }) => state === "done")).toBe(true);
		expect(setup.session).toBe(session.session);
	});
});

test("a damaged chunk is left out and named in the log, and the rest still plays", async () => {
	const session = createSampleSession();
	const note = { type: 5, timestamp: session.startedAt + 100, data: { tag: "note", payload: 1 } };
	await server.post(createSampleChunk(session, { events: createSampleSnapshot(session) }));
	const store = createStore({ kind: "disk", folder: join(server.dataFolder, "objects") });
	const keys = async () => {
		const found: string[] = [];
		for await (const { key } of store.list("p/")) found.push(key);
		return found;
	};
	const before = await keys();
	await server.post(createSampleChunk(session, { sequence: 1, events: [note] }));
	const path = `/sites/${server.siteId}/sessions/${session.session}/events`;
	await server.getUntil<ReplayEvent[]>(path, ({ length }) => length === 3);
	const [pack = ""] = (await keys()).filter((key) => !before.includes(key));
	const bytes = new Uint8Array(await store.get(pack));
	bytes.fill(0, 100, 110);
	await store.put(pack, bytes);
	const events = (await (await server.get(path)).json()) as ReplayEvent[];
	expect(events.map(({ type }) => type)).toEqual([4, 2]);
	expect(server.log.filter((line) => line.includes(pack))).toHaveLength(1);
});
