// A map is the same whether its sessions are written down in the index or counted from their facts: the
// index sums up marks of whole tables, the other way counts rows one by one.
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HEAT_KINDS, HEAT_POINTERS, HEAT_UNITS } from "../../../protocol/api.ts";
import { createUuidV7 } from "../../../protocol/ids.ts";
import { createIndex, type Index } from "../../../server/index/client.ts";
import { deleteHeatRows } from "../../../server/index/delete-rows.ts";
import { hashText } from "../../../server/index/heat-keys.ts";
import { HEAT_FLAGS, type HeatRows } from "../../../server/index/heat-row.ts";
import { createHeatRows } from "../../../server/index/heat-rows.ts";
import type { IndexedFact, IndexedSession } from "../../../server/index/indexed-session.ts";
import { encodeRows } from "../../../server/index/row-text.ts";
import { UNCOUNTED } from "../../../server/index/schema.ts";
import { createSupervisor, type Supervisor } from "../../../server/index/supervisor.ts";
import { tallyIndex } from "../../../server/queries/heat-index.ts";
import { listElementsSql, totalsSql } from "../../../server/queries/heat-sql.ts";
import { createTally, type HeatTally, tallyRows } from "../../../server/queries/heat-tally.ts";
import { type HeatWhere, heatParameters, NO_END } from "../../../server/queries/heat-where.ts";
import {
	addZones,
	countIndexed,
	countRows as countRowsOf,
} from "../../../server/queries/heat-zone.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";
import { waitFor } from "../../support/wait-for.ts";
import { DIST } from "../start-server.ts";

const T = Date.UTC(2026, 9, 12, 23, 30);
const HOUR_MS = 3_600_000;
const ENDS = [480, 1024];
const PAGES = ["/a", "/b"];
const WIDTHS = [390, 800, 1440];
const KEYS = ["id:buy", "test:qa=menu", "path:[id] > a", ""];
/** The second under the first. */
const RENAMED = KEYS.map((key, at) => (at === 1 ? (KEYS[0] ?? "") : key));
/** Elements of which sessions press and see several. */
const ZONE_KEYS = ["test:qa=menu", "path:[id] > a"];
const hashOf = (key: string) => hashText(key.startsWith("path:") ? `${key}\0a\0One` : key);
const ZONE = ZONE_KEYS.map(hashOf);
const NO_ZONE = { presses: 0, sessions: 0, exposedSessions: 0, pagePresses: 0, pageSessions: 0 };

let supervisor: Supervisor;
let index: Index;
let folder: TempFolder;
/** One each time, so that a second try does not count the rows of the first. */
let site = 0;

beforeAll(async () => {
	folder = await createTempFolder("agreement");
	const childPath = join(DIST, "index-child.js");
	supervisor = createSupervisor({ childPath, folder: join(folder.path, "index"), log: () => {} });
	supervisor.start();
	await supervisor.firstReady;
	index = createIndex({ url: "http://localhost", agent: supervisor.agent, log: () => {} });
	await index.migrate();
});

afterAll(async () => {
	await index.close();
	await supervisor.stop();
	await folder.remove();
});

test("the index counts what is counted row by row, whatever is asked", {
	timeout: 240_000,
}, async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(sessions, { minLength: 1, maxLength: 12 }),
			fc.array(fc.oneof(questions, questions.map(askWholePage)), { minLength: 8, maxLength: 8 }),
			async (shapes, asked) => {
				site++;
				const made = shapes.map((shape, at) => createSession(site, at, shape));
				const all = made.map((session) => markFriction(createHeatRows(session)));
				await store(all);
				for (const { staleAt, ...question } of asked) {
					const isKept = (_: unknown, at: number) => !staleAt.includes(at);
					const rows = all.filter(isKept);
					const stale = made.filter((_, at) => staleAt.includes(at)).map(({ session }) => session);
					const where = { ...question, site, ends: ENDS, stale };
					const counted = plain(countRows(rows, where), where);
					expect(plain(await tallyIndex(index, where), where)).toEqual(counted);
					const parts = await tallyIndex(index, where, {
						limits: { views: 2, presses: 3, pressesOfOne: 1 },
					});
					expect(listSums(parts)).toEqual(listSums(countRows(rows, where)));
					const zone = rows.map((some) => countRowsOf(some, where, ZONE)).reduce(addZones, NO_ZONE);
					expect(await countIndexed(index, where, ZONE)).toEqual(zone);
					if (where.united.size === 0) continue;
					// The same as if the recorder had never known the other key.
					const renamed = shapes
						.map((shape, at) => createHeatRows(createSession(site, at, shape, RENAMED)))
						.map(markFriction)
						.filter(isKept);
					const alone = { ...where, united: new Map() };
					expect(plain(countRows(renamed, alone), alone)).toEqual(counted);
				}
			},
		),
		{ numRuns: 3, endOnFailure: true },
	);
});

test("presses on one spot add up that are counted by marks and those that are counted by session", async () => {
	site++;
	const rows = [
		[pressBy("mouse"), pressBy("mouse")],
		[pressBy("mouse"), pressBy("touch")],
	].map((presses, at) => createHeatRows(createSession(site, at, visitWith(presses, at))));
	await store(rows);
	const where = { ...createWhere(), pointer: "mouse" } as const;
	const tally = await tallyIndex(index, where);
	expect([...tally.elements.values()].map(({ bins }) => [...bins.values()])).toEqual([[3]]);
	expect(plain(tally, where)).toEqual(plain(countRows(rows, where), where));
});

test("what is counted beside the rows is taken back with them", async () => {
	site++;
	const made = Array.from({ length: 6 }, (_, at) =>
		createSession(site, at, {
			...visitWith([pressBy("mouse"), pressBy("touch")], at),
			later: at * 8 * HOUR_MS,
		}),
	);
	const rows = made.map((session) => createHeatRows(session));
	// Tables of before had no such counts.
	for (const table of ["presses", "shown"]) {
		await index.command(`ALTER TABLE ${table} DROP PROJECTION IF EXISTS counts`);
	}
	await store(rows.slice(0, 2));
	expect(await index.query(UNCOUNTED)).toHaveLength(2);
	await index.migrate();
	await store(rows.slice(2));
	const where = createWhere();
	expect(plain(await tallyIndex(index, where), where)).toEqual(
		plain(countRows(rows, where), where),
	);
	const isCounted = async () => (await index.query(UNCOUNTED)).length === 0;
	await waitFor(isCounted, { what: "the rows of before to be counted" });
	for (const sql of [totalsSql(where), ...listElementsSql(where).slice(0, 1)]) {
		const plan = await index.query<{ explain: string }>(`EXPLAIN ${sql}`, heatParameters(where));
		expect(plan.map(({ explain }) => explain).join("\n")).toContain("ReadFromMergeTree (counts)");
	}
	const [gone] = made.splice(3, 1);
	rows.splice(3, 1);
	await deleteHeatRows(index, { site, sessions: [gone?.session ?? ""] });
	const left = await tallyIndex(index, where);
	expect(plain(left, where)).toEqual(plain(countRows(rows, where), where));
	expect(left.views).toBe(5);
});

function pressBy(pointer: "mouse" | "touch"): PressShape {
	return {
		...{ key: 0, after: 100, x: 9000, pointer, state: "", width: undefined, height: 800 },
		layer: "flow",
	};
}

/** One page view. */
function visitWith(presses: PressShape[], at: number): SessionShape {
	const view = { page: 0, width: 0, path: 0, gap: 0, tab: 0, presses, reach: 0 };
	return {
		...{ views: [{ ...view, exposed: [], bands: [], dwell: [] }], browser: "Chrome 130" },
		...{ device: "phone", automated: 0, arm: "", chance: new Uint8Array(10).fill(at) },
		...{ later: 0, skew: 0 },
	};
}

/** All presses of the page of `visitWith`. */
function createWhere(): HeatWhere {
	return {
		...{ site, pages: ["/a"], kind: "press", unit: "all", pointer: "", state: "", filter: {} },
		...{ minWidth: 0, maxWidth: NO_END, from: 0, to: T + 30 * 24 * HOUR_MS, ends: ENDS },
		...{ stale: [], united: new Map(), width: 0 },
	};
}

/** As signals would; which presses they are is of no matter here. */
function markFriction(rows: HeatRows): HeatRows {
	const { rage, dead, error } = HEAT_FLAGS;
	for (const row of rows.presses) {
		row.flags |=
			(row.at % 2 === 0 ? rage : 0) |
			(row.at % 3 === 0 ? dead : 0) |
			(row.at % 5 === 0 ? error : 0);
	}
	return rows;
}

const presses = fc.record({
	key: fc.nat(KEYS.length - 1),
	after: fc.nat(20_000),
	x: fc.nat(3).map((part) => part * 9000),
	pointer: fc.constantFrom("mouse", "touch", "pen", "key"),
	state: fc.constantFrom("", "", "1abc"),
	width: fc.constantFrom<number | undefined>(undefined, undefined, ...WIDTHS),
	height: fc.constantFrom(0, 800, 1000),
	layer: fc.constantFrom("flow", "fixed"),
});
const views = fc.record({
	page: fc.nat(PAGES.length - 1),
	width: fc.nat(WIDTHS.length - 1),
	path: fc.nat(2),
	gap: fc.nat(3_600_000),
	tab: fc.nat(1),
	presses: fc.array(presses, { maxLength: 5 }),
	exposed: fc.array(fc.nat(KEYS.length - 1), { maxLength: 4 }),
	reach: fc.nat(4000),
	bands: fc.array(fc.nat(9000), { maxLength: 5 }),
	dwell: fc.array(fc.tuple(fc.nat(30), fc.nat(60), fc.integer({ min: 1, max: 4000 })), {
		maxLength: 4,
	}),
});
const sessions = fc.record({
	views: fc.array(views, { minLength: 1, maxLength: 5 }),
	browser: fc.constantFrom("Firefox 128", "Chrome 130"),
	device: fc.constantFrom("desktop", "phone"),
	automated: fc.nat(1),
	arm: fc.constantFrom("", "low", "high"),
	chance: fc.uint8Array({ minLength: 10, maxLength: 10 }),
	later: fc.oneof(
		fc.constant(0),
		fc.nat(28 * 24).map((hours) => hours * HOUR_MS),
	),
	// A clock that was set meanwhile.
	skew: fc.constantFrom(0, 0, -20 * HOUR_MS, 20 * HOUR_MS),
});
type PressShape = typeof presses extends fc.Arbitrary<infer Shape> ? Shape : never;
type SessionShape = typeof sessions extends fc.Arbitrary<infer Shape> ? Shape : never;

const questions = fc.record({
	pages: fc.constantFrom(["/a"], ["/b"], PAGES),
	kind: fc.constantFrom(...HEAT_KINDS),
	unit: fc.constantFrom(...HEAT_UNITS),
	pointer: fc.constantFrom(...HEAT_POINTERS),
	state: fc.constantFrom("", "base", "1abc"),
	filter: fc.constantFrom(
		{},
		{},
		{ browser: ["firefox"] },
		{ path: ["/a/1", "/b/0"] },
		{ device: ["phone"], automated: ["no"] },
		{ variant: ["price=low"] },
		{ orientation: ["landscape"] },
		{ language: ["de"], os: ["linux"] },
	),
	...{ minWidth: fc.constantFrom(0, 0, 480, 1024) },
	...{ maxWidth: fc.constantFrom(NO_END, NO_END, 1024) },
	from: fc.constantFrom(0, T, T + HOUR_MS / 2, T + 30 * HOUR_MS),
	to: fc.constantFrom(T + 2.5 * HOUR_MS, T + HOUR_MS, T + 21 * 24 * HOUR_MS, T + 30 * 24 * HOUR_MS),
	/** Places of sessions whose rows do not count. */
	staleAt: fc.constantFrom<number[]>([], [], [0], [1, 4], [7]),
	united: fc.constantFrom(new Map(), new Map([[hashOf("test:qa=menu"), hashOf("id:buy")]])),
	width: fc.constantFrom(0, 800),
}) satisfies fc.Arbitrary<Omit<HeatWhere, "site" | "ends" | "stale"> & { staleAt: number[] }>;
type Question = typeof questions extends fc.Arbitrary<infer Shape> ? Shape : never;

/** Days of such a question are counted beside the rows. */
function askWholePage(question: Question): Question {
	return { ...question, pointer: "", state: "", filter: {}, minWidth: 0, maxWidth: NO_END };
}

function createSession(
	site: number,
	at: number,
	shape: SessionShape,
	keys: readonly string[] = KEYS,
): IndexedSession {
	const idAt = T + shape.later + shape.skew + at;
	const session = createUuidV7(idAt, shape.chance);
	const stream = session.replaceAll("-", "");
	let began = T + shape.later;
	const facts = shape.views.flatMap((view, number) => {
		began += view.gap;
		return createFacts(view, { session, stream, number, at: began, arm: shape.arm });
	});
	return {
		...{ site, session, day: new Date(idAt).toISOString().slice(0, 10) },
		...{ browser: shape.browser, os: "Linux", device: shape.device, language: "de-CH" },
		automated: shape.automated,
		facts: facts.map((fact, position) => ({ ...fact, position })),
		elements: keys
			.filter((key) => key !== "")
			.map((key, element) => ({
				...{ stream, element, key, candidates: "", tag: "a", role: "", text: "One" },
				repeatable: 0,
			})),
	};
}

function createFacts(
	view: SessionShape["views"][number],
	of: { session: string; stream: string; number: number; at: number; arm: string },
): IndexedFact[] {
	const page = PAGES[view.page] ?? "";
	const width = WIDTHS[view.width] ?? 0;
	const base: IndexedFact = {
		...{ session: of.session, stream: of.stream, sequence: 0, part: 0, position: 0 },
		...{ tab: `t${view.tab}`.padEnd(32, "0"), kind: 1, at: of.at, view: of.number, page },
		...{ path: `${page}/${view.path}`, document_height: 3000, viewport_width: width },
		...{ viewport_height: 800, element: 0, x: 0, y: 0, layer: "", pointer: "", state: "" },
		...{ hints: 0, data: "", title: "", reached: "load", visible: 0, how: "" },
		...{ document_width: width, document_x: 0, document_y: 0, hover_ms: -1, approach_ms: -1 },
	};
	return [
		base,
		...view.presses.map((press) => ({
			...{ ...base, ...press, kind: 2, at: of.at + press.after, y: 100, element: press.key },
			...{ viewport_width: press.width ?? width, viewport_height: press.height },
		})),
		{ ...base, kind: 9, data: JSON.stringify([view.reach, 3000, 0, view.bands]) },
		{ ...base, kind: 10, data: JSON.stringify([0, 0, 0, view.dwell.flat()]) },
		{ ...base, kind: 11, data: JSON.stringify([view.exposed]) },
		...(of.arm === "" ? [] : [{ ...base, kind: 18, data: JSON.stringify(["price", of.arm]) }]),
	].map(({ ...fact }) => fact as IndexedFact);
}

async function store(rows: readonly HeatRows[]): Promise<void> {
	const all: object[][] = [
		rows.flatMap((some) => some.presses),
		rows.flatMap((some) => some.shown),
	];
	for (const [at, table] of ["presses", "shown"].entries()) {
		await index.insert(table, encodeRows(all[at] ?? []));
	}
}

function countRows(rows: readonly HeatRows[], where: HeatWhere): HeatTally {
	const tally = createTally(where.ends);
	for (const some of rows) tallyRows(tally, some, where);
	return tally;
}

/** Measures are read only for the kind that shows them. */
function plain(tally: HeatTally, { kind }: HeatWhere) {
	const { elements, states, pointers, attention, dwell, reach, ...rest } = tally;
	return {
		...rest,
		reach: kind === "scroll" && reach,
		attention: kind === "attention" && attention.map((steps) => [...steps].sort()),
		dwell: kind === "move" && { ...dwell, cells: [...dwell.cells].sort() },
		...{ states: [...states].sort(), pointers: [...pointers].sort() },
		elements: [...elements]
			.map(([hash, { bins, next, ...element }]) => ({
				...{ hash, ...element, bins: [...bins].sort(), next: [...next].sort() },
			}))
			.sort((a, b) => (a.hash < b.hash ? -1 : 1)),
	};
}

/** What is exact although only a part was read: whatever is counted, and how much of it a map shows. */
function listSums({ elements, sessions, views, exits }: HeatTally) {
	return {
		...{ sessions, views, exits },
		elements: [...elements]
			.filter(([, { presses }]) => presses > 0)
			.map(
				([hash, { presses, sessions, views, first, firstSessions, last, exits, bins, layer }]) => ({
					...{ hash, presses, sessions, views, first, firstSessions, last, exits },
					hasLayer: layer !== "",
					counted: [...bins.values()].reduce((sum, count) => sum + count, 0),
				}),
			)
			.sort((a, b) => (a.hash < b.hash ? -1 : 1)),
	};
}
