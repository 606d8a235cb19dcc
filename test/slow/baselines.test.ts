// From sessions that are finished to verdicts that only a population allows: what is usual is frozen of rows in the
// engine and kept in a store. Days pass by a clock of the test's own.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createRandom } from "../../demo/random.ts";
import { FACT_ANSWER, type Fact, type Response } from "../../protocol/fact.ts";
import { createBaselineShelf, type FrozenSite, PARTS } from "../../server/baselines/shelf.ts";
import { HASHED_NAMES } from "../../server/index/baseline-rows.ts";
import { deleteSessionRows } from "../../server/index/delete-rows.ts";
import type { HeatFiller } from "../../server/index/heat-filler.ts";
import { drawOf } from "../../server/index/heat-rows.ts";
import { restoreFacts } from "../../server/index/restore-facts.ts";
import { readIndexedSessions } from "../../server/index/session-facts.ts";
import { createEpisodes } from "../../server/queries/episodes.ts";
import { createPending } from "../../server/queries/heat-pending.ts";
import { type HeatmapQuery, queryHeatmap } from "../../server/queries/heatmap.ts";
import { contribute } from "../../signals/baseline/contribution.ts";
import { type Frozen, freezeBaselines } from "../../signals/baseline/freeze.ts";
import { normalise } from "../../signals/normalise/normalise.ts";
import { sortOut } from "../../signals/observation.ts";
import { createSampleSession, type SampleSession } from "../server/sample-chunk.ts";
import { type SampleIndex, SITE, startSampleIndex } from "../server/sample-index.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BUTTONS = ["size", "colour", "basket", "postage", "voucher", "buy"];

const random = createRandom(SEED);
/** It only runs when a test says so. */
let now = Date.UTC(2026, 10, 2, 9);
let life: SampleIndex;
let filler: HeatFiller;

beforeAll(async () => {
	life = await startSampleIndex(() => now);
	filler = life.createFiller();
});
afterAll(() => life.close());
beforeEach(async () => {
	await life.index.truncate();
	for await (const { key } of life.store.list("")) await life.store.delete(key);
	// An hour after everything there was, and what was known of the store is too old.
	now += 60 * DAY;
});

interface Visit {
	/** Of the rest before the press on the voucher: by so much longer than usual. */
	slower?: number;
	/** Lengths of the bursts on a button, all of them answered. */
	bursts?: Record<string, number[]>;
}

/** A visitor who rests for about half a second on each button before it is pressed, and is answered. */
function createFacts(
	{ startedAt }: SampleSession,
	{ slower = 1, bursts = {} }: Visit = {},
): Fact[] {
	const pace = 300 + 400 * random();
	const facts: Fact[] = [
		[1, startedAt + 2, 0, "http://shop.example/cart", "Cart", "load", 1280, 2000, 1280, 800],
	];
	for (const [at, name] of BUTTONS.entries()) {
		const rest = Math.round(pace * (0.7 + 0.6 * random()) * (name === "voucher" ? slower : 1));
		const place = [9000, 9000, 180, 200 + 80 * at, "flow", "mouse", 1280, 800] as const;
		facts.push([3, startedAt + 10, at, [["id", name]], "button", "button", name, 0]);
		for (const [nth, presses] of (bursts[name] ?? [1]).entries()) {
			for (let press = 0; press < presses; press++) {
				const after = startedAt + MINUTE * (at + 1) + 8000 * nth + 300 * press;
				const responses: Response[] = [["mutation", 90, "near"]];
				facts.push([2, after, 0, at, ...place, rest, 200, 0, ""]);
				facts.push([FACT_ANSWER, after + 3000, 0, at, after, 1, 3000, 0, responses]);
			}
		}
	}
	return facts;
}

/** Visits that were finished, the last of them ten minutes ago. */
async function receive(
	visits: readonly Visit[],
	{ isFinished = true } = {},
): Promise<SampleSession[]> {
	const sessions = visits.map((_, at) => createSampleSession(now - 20 * MINUTE + at));
	await life.uploadAll(
		sessions.map((session, at) => {
			return { session, facts: createFacts(session, visits[at]), after: 10 * MINUTE };
		}),
	);
	if (isFinished) await finish(sessions, 1);
	return sessions;
}

async function finish(sessions: readonly SampleSession[], chunks: number): Promise<void> {
	await Promise.all(sessions.map((session) => life.finish(session, chunks)));
}

/** Until nothing is due. @returns how many sessions were written */
async function fill(of = filler): Promise<number> {
	let filled = 0;
	for (let some = -1; some !== 0; filled += some) some = await of.run();
	return filled;
}

const some = (count: number, visit: Visit = {}): Visit[] =>
	Array.from({ length: count }, () => visit);

async function listVerdicts(sessions: readonly SampleSession[]): Promise<string[]> {
	const episodes = createEpisodes({ index: life.index, baselineShelf: life.baselineShelf });
	const found = await episodes.of(
		SITE,
		sessions.map(({ session }) => session),
	);
	return [...found.values()].flatMap((of) =>
		of.episodes.map((one) => `${one.class} ${one.element_key} ${one.baselines}`),
	);
}

async function readFrozen(): Promise<FrozenSite | undefined> {
	return (await createBaselineShelf({ store: life.store, now: () => now }).open(SITE)).newest();
}

async function listObjects(): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of life.store.list("b/")) keys.push(key);
	return keys;
}

const iso = () => new Date(now).toISOString();

test("a rest that is unusual on a button is found once it is known what is usual there, and the verdict names it", async () => {
	await receive(some(40));
	await fill();
	const frozenAt = iso();
	expect((await readFrozen())?.sessions).toBe(40);

	now += 30 * MINUTE;
	const [slow, usual] = await receive([{ slower: 20 }, {}]);
	await fill();
	expect(await listVerdicts([slow, usual] as SampleSession[])).toEqual([
		`hesitation id:voucher ${frozenAt}`,
	]);
});

test("the first sessions of a site are judged by each other, none by itself", async () => {
	const sessions = await receive([...some(40), { slower: 20 }]);
	const slow = sessions.at(-1) as SampleSession;
	expect(await fill(), "judged without, and then with what they made").toBe(82);
	const part = drawOf(slow.session) % PARTS;
	expect(await listVerdicts(sessions)).toEqual([`hesitation id:voucher ${iso()}/${part}`]);

	const frozen = await readFrozen();
	const others = sessions.filter(({ session }) => drawOf(session) % PARTS !== part);
	expect(plain(frozen?.parts?.[part])).toEqual(plain(await freezeHere(others)));
	expect(plain(frozen?.all)).toEqual(plain(await freezeHere(sessions)));
});

test("what one in five press in bursts is meant for it; elsewhere a burst can be longer than they ever are", async () => {
	const often = [4, 4, 4, 4, 4, 4];
	await receive([
		...some(40, { bursts: { basket: often, buy: [4] } }),
		...some(30, { bursts: { buy: [4] } }),
		...some(230),
	]);
	await fill();
	const frozenAt = iso();
	now += 30 * MINUTE;
	const later = await receive([{ bursts: { basket: [12], buy: [12] } }]);
	await fill();
	expect(await listVerdicts(later)).toEqual([`rage id:basket ${frozenAt}`]);
});

test("sessions judged twice, written twice or read again from an empty index give the same verdicts by the same names", async () => {
	const first = await receive([...some(40), { slower: 20 }]);
	await fill();
	now += 30 * MINUTE;
	const second = await receive([{ slower: 20 }, {}]);
	await fill();
	const sessions = [...first, ...second];
	const verdicts = await listVerdicts(sessions);
	expect(verdicts).toHaveLength(2);
	const rows = await countRows();
	const objects = await listObjects();

	// Another generation of each recording, and a filler that knows nothing of before.
	now += MINUTE;
	await finish(sessions, 2);
	expect(await fill(life.createFiller())).toBe(sessions.length);
	expect(await listVerdicts(sessions)).toEqual(verdicts);
	expect(await countRows()).toEqual(rows);

	for (const table of ["heats", "episodes", "times", "habits", "visits"]) {
		await life.index.command(`TRUNCATE TABLE ${table}`);
	}
	expect(await fill(life.createFiller())).toBe(sessions.length);
	expect(await listVerdicts(sessions)).toEqual(verdicts);
	expect(await listObjects()).toEqual(objects);
});

test("who is erased leaves nothing in the rows, and what is frozen next is as if they had never come", async () => {
	const sessions = await receive([...some(40), ...some(6, { slower: 30 })]);
	await fill();
	const erased = sessions.slice(40);
	const where = { site: SITE, sessions: erased.map(({ session }) => session) };
	const counts = await deleteSessionRows(life.index, where);
	expect(counts).toMatchObject({ times: 36, habits: 36, visits: 6 });

	now += DAY;
	const late = await receive(some(1));
	await fill();
	const frozen = await readFrozen();
	expect(frozen?.at).toBe(now);
	expect(plain(frozen?.all)).toEqual(plain(await freezeHere([...sessions.slice(0, 40), ...late])));
	expect(await listObjects(), "that which sessions of before may be judged by stays").toHaveLength(
		2,
	);
});

test("nothing is frozen of few sessions, then as they double, then once a day", async () => {
	await receive(some(29));
	await fill();
	expect(await listObjects()).toEqual([]);
	await receive(some(1));
	await fill();
	expect((await readFrozen())?.sessions).toBe(30);
	now += MINUTE;
	await receive(some(29));
	await fill();
	expect((await readFrozen())?.sessions).toBe(30);
	now += MINUTE;
	await receive(some(1));
	await fill();
	expect((await readFrozen())?.sessions).toBe(60);
	now += DAY;
	await receive(some(1));
	await fill();
	expect((await readFrozen())?.sessions).toBe(61);
	// Those of the day after the others are still counted.
	now += 28 * DAY;
	await receive(some(1));
	await fill();
	expect((await readFrozen())?.sessions, "of the last 28 days").toBe(2);
});

test("a map tells how much longer visitors take at an element than at its like, from ten sessions on, those that go on among them", async () => {
	const slower = await receive(some(40, { slower: 3 }));
	expect((await readMap()).map).toMatchObject({ usual: "", counted: 0 });
	await fill();
	const frozenAt = iso();
	now += 2 * MINUTE;
	const { map } = await readMap();
	expect(map).toMatchObject({ usual: frozenAt, counted: 6 * slower.length });
	const told = new Map(map.elements.map((one) => [one.key, one.hesitation]));
	expect(told.get("id:voucher")).toMatchObject({ sessions: 40 });
	const { ratio = 0, lower = 0, upper = 0 } = told.get("id:voucher") ?? {};
	expect(lower).toBeLessThan(ratio);
	expect(ratio).toBeLessThan(upper);
	expect([lower > 2, upper < 4.5]).toEqual([true, true]);
	const { lower: least = 9, upper: most = 0 } = told.get("id:size") ?? {};
	expect([least < 1, most > 0.9]).toEqual([true, true]);

	const [open] = await receive([{ slower: 3 }], { isFinished: false });
	const before = await readMap();
	expect(before.map.counted).toBe(6 * 41);
	await finish([open as SampleSession], 1);
	await fill();
	expect(await readMap()).toEqual(before);
	const phones = await readMap({ pointer: "touch" });
	expect(phones.map).toMatchObject({ counted: 0, elements: [] });
});

async function readMap(more: Partial<HeatmapQuery> = {}) {
	const parts = {
		...{ index: life.index, baselineShelf: life.baselineShelf },
		pending: createPending({ index: life.index, isErased: () => false, now: () => now }),
		pageSets: { membersOf: async (_: number, page: string) => [page] },
		viewportGroups: { groupsOf: async () => ({ ends: [480], source: "fixed" as const }) },
		...{ now: () => now, idleMs: 1000 },
	};
	return queryHeatmap(parts, {
		...{ site: SITE, page: "/cart", group: "", kind: "hesitation", unit: "unique", pointer: "" },
		...{ state: "", filter: "", from: 0, to: now + DAY, width: 0, ...more },
	});
}

test("nothing that fewer than five sessions had part in is frozen, and no word of a page", async () => {
	await receive(some(40));
	const odd = await receive(some(4));
	for (const session of odd) {
		const own: Fact[] = [
			[3, session.startedAt + 11, 90, [["id", "annas-account"]], "button", "button", "Anna", 0],
			[2, session.startedAt + 500_000, 0, 90, 1, 1, 1, 1, "flow", "mouse", 1280, 800, 9, 9, 0, ""],
		];
		await life.upload(session, own, { sequence: 1, after: 10 * MINUTE });
	}
	await fill();
	const all = JSON.stringify((await readFrozen())?.all);
	expect(all).not.toMatch(/anna|cart|voucher/i);
	const names = Object.keys((await readFrozen())?.all.elements ?? {});
	expect(names).toHaveLength(BUTTONS.length);
});

/** What the pure functions make of the sessions, one by one. */
async function freezeHere(sessions: readonly SampleSession[]): Promise<Frozen> {
	const read = await readIndexedSessions(life.index, {
		...{ site: SITE, sessions: sessions.map(({ session }) => session) },
	});
	const contributions = read.map((of) =>
		contribute(of.session, sortOut(normalise(restoreFacts(of))), HASHED_NAMES),
	);
	return freezeBaselines(contributions, { name: "", names: HASHED_NAMES });
}

/** In an order, and without the last digits of sums that were made in another one. */
function plain(frozen: Omit<Frozen, "name"> | undefined): unknown {
	const round = (_: string, value: unknown) =>
		typeof value === "number" ? Number(value.toPrecision(10)) : value;
	const sorted = (record: Record<string, unknown> = {}) =>
		Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
	const { times, elements, pages } = frozen ?? {};
	return JSON.parse(JSON.stringify([times, elements, pages].map(sorted), round));
}

async function countRows(): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const table of ["times", "habits", "visits", "episodes"]) {
		const rows = await life.index.query<{ n: string }>(`SELECT count() AS n FROM ${table}`);
		counts[table] = Number(rows[0]?.n);
	}
	return counts;
}
