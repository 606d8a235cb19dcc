// The road of heat rows: a session's map before and after its rows are written, when chunks come late, and
// when it is deleted. The engine and the queries are the real ones.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ElementCandidate } from "../../../protocol/element-key.ts";
import type { Fact } from "../../../protocol/fact.ts";
import type { Index } from "../../../server/index/client.ts";
import { deleteSessionRows } from "../../../server/index/delete-rows.ts";
import { hashElement } from "../../../server/index/heat-keys.ts";
import { MOST_FACTS } from "../../../server/index/session-facts.ts";
import { createPending } from "../../../server/queries/heat-pending.ts";
import { queryPresses } from "../../../server/queries/heat-presses.ts";
import { queryZone } from "../../../server/queries/heat-zone.ts";
import {
	createWhere,
	type HeatmapParts,
	type HeatmapQuery,
	queryHeatmap,
} from "../../../server/queries/heatmap.ts";
import { createPageUnions } from "../../../server/queries/page-unions.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleSession,
	type SampleSession,
} from "../sample-chunk.ts";
import { type SampleIndex, SITE, startSampleIndex } from "../sample-index.ts";

let life: SampleIndex;
let index: Index;
let parts: HeatmapParts;
const groups = { ends: [480, 1024], source: "fixed" as const };

beforeAll(async () => {
	life = await startSampleIndex();
	index = life.index;
	parts = {
		...{ index, baselineShelf: life.baselineShelf },
		pending: createPending({ index, isErased: () => false, now: Date.now }),
		pageSets: { membersOf: async (_, page) => [page] },
		viewportGroups: { groupsOf: async () => groups },
		// Long after all of them.
		...{ now: () => Date.now() + 24 * 60 * 60 * 1000, idleMs: 30_000 },
	};
});

afterAll(() => life.close());

const ask = (more: Partial<HeatmapQuery> = {}): HeatmapQuery => ({
	...{ site: SITE, page: "/products", group: "", kind: "press", unit: "unique", pointer: "" },
	...{ state: "", filter: "", from: 0, to: Date.now() + 60_000, width: 0, ...more },
});
const element = { key: "id:buy", tag: "button", text: "Buy" };
const readZone = async () =>
	queryZone(parts, await createWhere(parts, ask(), groups), [hashElement(element)]);
const read = async (more: Partial<HeatmapQuery> = {}) => (await queryHeatmap(parts, ask(more))).map;

test("a map is the same before and after its rows are written, and follows what comes late", async () => {
	const [one, two] = [createSampleSession(Date.now() - 60_000), createSampleSession()];
	await upload(one, 0, [createPageFact(one), createElementFact(one), createPressFact(one)]);
	await upload(two, 0, [
		...[createPageFact(two), createElementFact(two)],
		createPressFact(two, { x: 0.1 }),
		createPressFact(two, { after: 900 }),
		[11, two.startedAt + 950, 0, [1]],
	]);
	const kinds = ["press", "last", "exposure"] as const;
	const readAll = () => Promise.all(kinds.map((kind) => read({ kind, to })));
	const { to } = ask();
	const before = await readAll();
	const zone = { presses: 3, sessions: 2, exposedSessions: 2, pagePresses: 3, pageSessions: 2 };
	expect(await readZone()).toEqual(zone);
	const early = await queryHeatmap({ ...parts, now: Date.now }, ask({ kind: "last" }));
	expect(early.map, "one of them began a minute ago").toMatchObject({ exits: 2, openExits: 1 });
	expect(before[0]).toMatchObject({ presses: 3, counted: 2, sessions: 2, views: 2, exits: 2 });
	expect(before[0]?.elements).toMatchObject([
		{
			...{
				key: "id:buy",
				presses: 3,
				sessions: 2,
				views: 2,
				exposedSessions: 2,
				first: 2,
				last: 2,
			},
			bins: [
				[6, 32, 1],
				[32, 32, 1],
			],
		},
	]);

	await finish(one, 1);
	await finish(two, 1);
	expect(await fill()).toBe(2);
	expect(await countRows("presses")).toBe(3);
	expect(await countRows("shown")).toBe(2);
	expect(await readAll()).toEqual(before);
	expect(await readZone()).toEqual(zone);
	expect(await fill(), "written once").toBe(0);

	await upload(two, 1, [createPressFact(two, { x: 0.9, after: 1500 })]);
	const late = await readAll();
	expect(late[0]).toMatchObject({ presses: 4, counted: 2 });
	await finish(two, 2);
	expect(await fill()).toBe(1);
	expect(await countRows("presses")).toBe(4);
	expect(await readAll()).toEqual(late);

	const where = await createWhere(parts, ask(), groups);
	const { presses } = await queryPresses(parts, where, { element, limit: 3 });
	expect(presses.map(({ session }) => session)).toEqual([two.session, one.session, two.session]);
	expect(presses[0]?.at).toBe(1498);

	const counts = await deleteSessionRows(index, { site: SITE, sessions: [two.session] });
	expect(counts).toMatchObject({ presses: 3, shown: 1, heats: 1 });
	expect(await read()).toMatchObject({
		presses: 1,
		views: 1,
		elements: [{ key: "id:buy", text: "Buy" }],
	});
});

test("rows of a session that were cut short are written anew, once", async () => {
	await index.truncate();
	const session = createSampleSession();
	await upload(session, 0, [createPageFact(session), createPressFact(session)]);
	await finish(session, 1);
	const failing: Index = {
		...index,
		insert: (table, rows) => {
			if (table === "presses") throw new Error("cut short");
			return index.insert(table, rows);
		},
	};
	await expect(fill(failing)).rejects.toThrow("cut short");
	expect(await countRows("shown")).toBe(1);
	expect(await read()).toMatchObject({ presses: 1, views: 1 });
	expect(await fill()).toBe(1);
	expect(await countRows("shown")).toBe(1);
	expect(await read()).toMatchObject({ presses: 1, views: 1 });
});

test("keys from before and after a deploy are one element, once a session, until what united them is deleted", async () => {
	await index.truncate();
	let time = Date.now();
	const united = { ...parts, pageUnions: createPageUnions({ index, now: () => time }) };
	const readUnited = async (more: Partial<HeatmapQuery> = {}) =>
		(await queryHeatmap(united, ask(more))).map;
	const said: ElementCandidate = ["text", "button=Buy"];
	const visit = async (id: string, of: SampleSession, x: number) => {
		const element = createElementFact(of, [
			["id", id],
			said,
			["path", `html > ${id}:nth-of-type(1)`],
		]);
		await upload(of, 0, [createPageFact(of), element, createPressFact(of, { x })]);
	};
	const [one, two, both] = [1, 2, 3].map((at) => createSampleSession(Date.now() - at * 60_000));
	if (!one || !two || !both) throw new Error("no sessions");
	await visit("buy", one, 0.1);
	await visit("buy", two, 0.2);
	await visit("buy", both, 0.3);
	await visit("purchase", { ...both, stream: one.stream, startedAt: both.startedAt + 5000 }, 0.4);
	for (const [at, session] of [one, two, both].entries()) await finish(session, at < 2 ? 1 : 2);
	expect(await fill()).toBe(3);

	expect(await readUnited()).toMatchObject({
		...{ presses: 4, counted: 3, sessions: 3 },
		elements: [
			{
				...{ key: "id:buy", also: ["id:purchase"], presses: 4, sessions: 3, exposedSessions: 3 },
				candidates: [
					...[["id", "buy"], said, ["id", "purchase"]],
					...["buy", "purchase"].map((id) => ["path", `html > ${id}:nth-of-type(1)`]),
				],
			},
		],
	});
	expect((await readUnited({ unit: "all" })).counted).toBe(4);
	const where = await createWhere(united, ask(), groups);
	for (const key of ["id:buy", "id:purchase"]) {
		const element = { key, tag: "button", text: "Buy" };
		const { presses } = await queryPresses(united, where, { element, limit: 4 });
		expect(presses).toHaveLength(4);
	}

	await deleteSessionRows(index, { site: SITE, sessions: [two.session] });
	time += 61_000;
	expect((await readUnited()).elements).toMatchObject([
		{ key: "id:buy", also: [], presses: 2, sessions: 2 },
		{ key: "id:purchase", also: [], presses: 1, sessions: 1 },
	]);
});

test("of a session with more facts than anybody makes the first are judged, and it is said", async () => {
	await index.truncate();
	const session = createSampleSession(Date.now() - 3_600_000);
	const presses = Array.from({ length: MOST_FACTS }, (_, at) =>
		createPressFact(session, { after: 1000 + at * 10 }),
	);
	await life.upload(session, [createPageFact(session), ...presses], { after: 3_500_000 });
	await finish(session, 1);
	expect(await fill()).toBe(1);
	expect(await countRows("presses")).toBe(MOST_FACTS - 1);
	const said = life.lines.filter((line) => line.includes(session.session));
	expect(said).toEqual([
		`session ${session.session} has more than ${MOST_FACTS} facts: it is judged by the first of them`,
	]);
});

function fill(of?: Index): Promise<number> {
	return life.createFiller(undefined, of).run();
}

function upload(session: SampleSession, sequence: number, facts: Fact[]): Promise<void> {
	return life.upload(session, facts, { sequence, after: 2000 });
}

function finish(session: SampleSession, chunks: number): Promise<void> {
	return life.finish(session, chunks);
}

async function countRows(table: "presses" | "shown"): Promise<number> {
	const sql = {
		presses: "SELECT count() AS n FROM presses",
		shown: "SELECT count() AS n FROM shown",
	};
	return Number((await index.query<{ n: string }>(sql[table]))[0]?.n);
}
