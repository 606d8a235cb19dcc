// How long does the map of a page with ten million presses take? Rows are made inside the index from a seed;
// what is asked is the whole question of the viewer (`queryHeatmap`), beside the same page asked the plain
// way, at fewer presses: facts with FINAL, elements joined to them, sessions counted one by one.
//
// Marks of first presses are made by chance at their usual shares, not from histories: they cost the same.
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { NOTHING_FROZEN } from "../server/baselines/shelf.ts";
import { createIndex, type Index } from "../server/index/client.ts";
import { hashText } from "../server/index/heat-keys.ts";
import { encodeRows } from "../server/index/row-text.ts";
import { createSupervisor, type Supervisor } from "../server/index/supervisor.ts";
import { createPending } from "../server/queries/heat-pending.ts";
import { createWhere, type HeatmapQuery, queryHeatmap } from "../server/queries/heatmap.ts";
import { createPageUnions } from "../server/queries/page-unions.ts";
import type { Bench, Figure, Tell } from "./figure.ts";
import { createPlainRows, PLAIN_HEATMAP } from "./heatmap-plain.ts";
import { findMedian } from "./quantile.ts";

const CHILD = fileURLToPath(new URL("../../dist/index-child.js", import.meta.url));
const SEED = 7;
const ELEMENTS = 500;
const PRESSES = 10_000_000;
/** What the plain way is asked of: with more it runs into the index's limits of time and memory. */
const FEWER = 1_000_000;
const PIECE = 500_000;
const EXPOSED = 20;
const DAYS = 28;
const DAY_S = 86_400;
const ROUNDS = 7;
/** A server that runs has its code compiled, which a map or two in a new process do not do. */
const WARM_UP = 6;
const PAGE = "/p";
const BUDGET_MS = 500;
const MERGE_MS = 60_000;
const MEGABYTE = 1024 * 1024;

/** Two presses to a view, two views to a session; the few elements at the top have most of the presses. */
const PRESS_ROWS = `
	INSERT INTO presses (site, page, key, view_at, draw, day, session, view, began, at, tab, viewport_width, pointer,
		state, layer, bin, flags, next, path, browser, os, device, language)
	SELECT {site:UInt32}, '${PAGE}', {keys:Array(UInt64)}[1 + toUInt32(${ELEMENTS} * pow((h % 1000003) / 1000003, 2.5))],
		toDateTime64(start + (session_number * 7919) % (${DAYS} * ${DAY_S}), 3) AS seen,
		toUInt16(cityHash64(session_number) % 65536), toDate(seen),
		toUUID(concat(substring(hex(MD5(toString(session_number))), 1, 8), '-0000-7000-8000-',
			substring(hex(MD5(toString(session_number))), 9, 12))),
		cityHash64(view_number), seen, seen + toIntervalSecond(h % 60), repeat('a', 32),
		[390, 768, 1280, 1440, 1920][1 + session_number % 5], if(session_number % 5 < 2, 'touch', 'mouse'),
		if(h % 9 = 0, 'menu', ''), if(h % 11 = 0, 'fixed', 'flow'),
		toUInt16(least(63, intDiv((g % 100) + (intDiv(g, 100) % 100) + (intDiv(g, 10000) % 100), 5))) * 64
			+ toUInt16(least(63, intDiv((f % 100) + (intDiv(f, 100) % 100) + (intDiv(f, 10000) % 100), 5))),
		if(h % 100 < 85, 1, 0) + if(h % 100 < 93, 2, 0) + if(number % 2 = 0, 4, 0) + if(number % 8 = 7, 48, 0)
			+ if(h % 100 > 96, 64 + 256, 0),
		concat('/next/', toString(h % 30)), '${PAGE}', 'Chrome 130', 'Windows', 'desktop', 'en'
	FROM (
		SELECT number, intDiv(number, 2) AS view_number, intDiv(number, 4) AS session_number,
			cityHash64(number, ${SEED}) AS h, cityHash64(number, ${SEED} + 1) AS g,
			cityHash64(number, ${SEED} + 2) AS f, {start:UInt32} AS start
		FROM numbers({from:UInt64}, {count:UInt64})
	)`;

const SHOWN_ROWS = `
	INSERT INTO shown (site, page, draw, view_at, day, session, view, began, viewport_width, viewport_height,
		pointers, flags, presses, visible_ms, next, exposed, new_exposed, reach, height, path, browser, os, device, language)
	SELECT {site:UInt32}, '${PAGE}', toUInt16(cityHash64(session_number) % 65536),
		toDateTime64(start + (session_number * 7919) % (${DAYS} * ${DAY_S}), 3) AS seen, toDate(seen),
		toUUID(concat(substring(hex(MD5(toString(session_number))), 1, 8), '-0000-7000-8000-',
			substring(hex(MD5(toString(session_number))), 9, 12))),
		cityHash64(number), seen, [390, 768, 1280, 1440, 1920][1 + session_number % 5], 800,
		if(session_number % 5 < 2, 2, 1), if(number % 2 = 0, 1, 32), 2, 20000, concat('/next/', toString(h % 30)),
		arraySlice({keys:Array(UInt64)}, 1 + h % (${ELEMENTS} - ${EXPOSED}), ${EXPOSED}) AS seen_keys,
		if(number % 2 = 0, seen_keys, []), h % 21, 3000, '${PAGE}', 'Chrome 130', 'Windows', 'desktop', 'en'
	FROM (
		SELECT number, intDiv(number, 2) AS session_number, cityHash64(number, ${SEED}) AS h, {start:UInt32} AS start
		FROM numbers({from:UInt64}, {count:UInt64})
	)`;

const MANY = 1;
const FEW = 2;

export const measureHeatmapQuery: Bench = async ({ tell, quick }) => {
	const folder = await mkdtemp(join(tmpdir(), "snag-heat-"));
	const most = quick ? PRESSES / 20 : PRESSES;
	const fewer = quick ? FEWER / 20 : FEWER;
	const engine = await startEngine(folder);
	try {
		await fill(engine.index, { site: MANY, presses: most, tell });
		await fill(engine.index, { site: FEW, presses: fewer, tell });
		await merge(engine.index, tell);
		await createPlainRows(engine.index, {
			site: FEW,
			page: PAGE,
			...{ presses: fewer, start: START },
		});
	} finally {
		await engine.stop();
	}
	const again = await startEngine(folder);
	try {
		return await measure(again, { most, fewer, tell });
	} finally {
		await again.stop();
		await rm(folder, { recursive: true, force: true });
	}
};

async function measure(
	{ index, supervisor }: Engine,
	{ most, fewer, tell }: { most: number; fewer: number; tell: Tell },
): Promise<Figure[]> {
	const [cold = 0, ...warmUp] = await timeRounds(1 + WARM_UP, () => ask(index, MANY));
	const warm = await timeRounds(ROUNDS, () => ask(index, MANY));
	const { map } = await ask(index, MANY);
	const bins = map.elements.reduce((sum, element) => sum + element.bins.length, 0);
	tell(`${map.presses} presses, ${map.views} views (${map.sampledViews} read for exposures)`);
	tell(
		`${map.elements.length} elements, ${bins} bins; rounds ${[...warmUp, ...warm].map(Math.round).join(", ")} ms, the last ${ROUNDS} measured`,
	);
	const unions = await timeRounds(3, () => findUnions(index));
	const united = await timeRounds(3, () => ask(index, MANY, { united: UNITED }));
	const wide = await timeRounds(3, () => ask(index, MANY, { group: "1024-1439" }));
	const few = await timeRounds(3, () => ask(index, FEW));
	const peakBytes = readPeak(supervisor.pid());
	const plain = await timeRounds(3, () => askPlain(index));
	const label = (presses: number) => `${presses / 1e6} M presses`;
	return [
		{
			...{ question: `heatmap query, ${label(most)}, warm`, unit: "ms", ours: findMedian(warm) },
			budget: { of: "ours", is: "at most", value: BUDGET_MS },
		},
		{ question: `heatmap query, ${label(most)}, first after a start`, unit: "ms", ours: cold },
		{
			...{ question: `heatmap query, ${label(most)}, with ten keys united`, unit: "ms" },
			ours: findMedian(united),
		},
		{
			...{ question: `heatmap query, ${label(most)}, of one group of widths`, unit: "ms" },
			ours: findMedian(wide),
		},
		{
			...{ question: `keys of one element, ${label(most)}, once a minute`, unit: "ms" },
			ours: findMedian(unions),
		},
		{
			...{ question: `heatmap query, ${label(fewer)}, beside facts joined`, unit: "ms" },
			...{ ours: findMedian(few), rival: findMedian(plain) },
		},
		{ question: "heatmap query, most memory of the index", unit: "MB", ours: peakBytes / MEGABYTE },
	];
}

/** Of an hour, so that two runs ask the same. */
const START = Math.floor(Date.now() / 3_600_000) * 3600 - DAYS * DAY_S;

interface Engine {
	index: Index;
	supervisor: Supervisor;
	stop(): Promise<void>;
}

async function startEngine(folder: string): Promise<Engine> {
	const log = (line: string) => console.error(line);
	const supervisor = createSupervisor({ childPath: CHILD, folder: join(folder, "index"), log });
	supervisor.start();
	await supervisor.firstReady;
	const index = createIndex({ url: "http://localhost", agent: supervisor.agent, log });
	await index.migrate();
	return {
		...{ index, supervisor },
		async stop() {
			await index.close();
			await supervisor.stop();
		},
	};
}

export async function fill(
	index: Index,
	{ site, presses, tell }: { site: number; presses: number; tell: Tell },
): Promise<void> {
	const before = performance.now();
	const names = Array.from({ length: ELEMENTS }, (_, at) => `id:element-${at}`);
	const hashes = names.map(hashText);
	const of = { site, start: START, keys: hashes.map(BigInt) };
	for (let from = 0; from < presses; from += PIECE) {
		const count = Math.min(PIECE, presses - from);
		await index.command(PRESS_ROWS, { ...of, from, count });
		await index.command(SHOWN_ROWS, { ...of, from: from / 2, count: count / 2 });
	}
	const day = new Date(START * 1000).toISOString().slice(0, 10);
	const rows = names.map((key, at) => ({
		...{
			site,
			day,
			key,
			hash: hashes[at],
			candidates: "",
			tag: "a",
			role: "",
			text: "",
			version: 1,
		},
	}));
	await index.insert("keys", encodeRows(rows));
	tell(`made ${presses} presses in ${Math.round((performance.now() - before) / 1000)} s`);
}

/** As the engine does by itself within hours of the rows' coming in. */
async function merge(index: Index, tell: Tell): Promise<void> {
	const before = performance.now();
	const running = () =>
		index.query<{ parts: string }>(
			"SELECT max(n) AS parts FROM (SELECT count() AS n FROM system.parts WHERE active AND table IN ('presses', 'shown') GROUP BY table, partition)",
		);
	for (const table of ["presses", "shown"]) {
		for (const { partition } of await index.query<{ partition: string }>(
			"SELECT DISTINCT partition FROM system.parts WHERE active AND table = {table:String}",
			{ table },
		)) {
			await index
				.command("OPTIMIZE TABLE {table:Identifier} PARTITION {partition:String} FINAL", {
					...{ table, partition },
				})
				.catch(() => {});
		}
	}
	const until = performance.now() + MERGE_MS;
	let parts = Number.POSITIVE_INFINITY;
	while (parts > 1 && performance.now() < until) {
		parts = Number((await running())[0]?.parts);
		if (parts > 1) await delay(500);
	}
	tell(
		`merged to at most ${parts} parts a week in ${Math.round((performance.now() - before) / 1000)} s`,
	);
}

const PERIOD = { from: START * 1000, to: (START + DAYS * DAY_S) * 1000 };

/** From the most pressed one on, each with the one pressed a little less. */
const UNITED = new Map(
	Array.from({ length: 10 }, (_, at) => [nameHash(2 * at + 1), nameHash(2 * at)] as const),
);

function nameHash(at: number): string {
	return hashText(`id:element-${at}`);
}

async function findUnions(index: Index): Promise<void> {
	const where = await createWhere(
		{ pageSets: { membersOf: async (_, page) => [page] } },
		createQuery(MANY),
		{ ends: [] },
	);
	await createPageUnions({ index, now: Date.now }).unitedOf(where);
}

function createQuery(site: number, group = ""): HeatmapQuery {
	return {
		...{ site, page: PAGE, group, kind: "press", unit: "unique", pointer: "", state: "" },
		...{ filter: "", ...PERIOD, width: 0 },
	};
}

function ask(
	index: Index,
	site: number,
	{ united = new Map(), group = "" }: { united?: ReadonlyMap<string, string>; group?: string } = {},
): ReturnType<typeof queryHeatmap> {
	return queryHeatmap(
		{
			pageUnions: { unitedOf: async () => united },
			index,
			pending: createPending({ index, isErased: () => false, now: Date.now }),
			pageSets: { membersOf: async (_: number, page: string) => [page] },
			viewportGroups: {
				groupsOf: async () => ({ ends: [480, 768, 1024, 1440], source: "fixed" as const }),
			},
			baselineShelf: { open: async () => NOTHING_FROZEN },
			...{ idleMs: 0, now: Date.now },
		},
		createQuery(site, group),
	);
}

async function askPlain(index: Index): Promise<void> {
	await index.query(PLAIN_HEATMAP, {
		...{ site: FEW, page: PAGE, from: START * 1000, to: (START + DAYS * DAY_S) * 1000 },
	});
}

async function timeRounds(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const before = performance.now();
		await work();
		times.push(performance.now() - before);
	}
	return times;
}

/** Most bytes that were resident at any time; NaN where the kernel does not tell. */
function readPeak(pid: number | undefined): number {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "utf8");
		return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
	} catch {
		return Number.NaN;
	}
}
