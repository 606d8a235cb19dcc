// How soon is a session there, and how soon any instant of it? Snag's viewer beside rrweb-player that
// is given the whole session by the same server: same browser, same instants, in turn, and every seek
// is checked to show the right state of the page.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../test/support/browser.ts";
import type { Bench, BenchOptions, Budget, Figure, Tell } from "./figure.ts";
import { type Bytes, countBytes } from "./player/count-bytes.ts";
import { describePlayers, type MeasuredPlayer, RIVAL_PAGE } from "./player/players.ts";
import {
	type Instant,
	signIn,
	type Visit,
	type VisitOptions,
	visitPlayer,
} from "./player/visit.ts";
import { type Product, startProduct } from "./product.ts";
import { findMedian, findQuantile } from "./quantile.ts";
import {
	createDenseSession,
	createLongSession,
	createSession,
	type GeneratedSession,
	LONG,
	pickInstants,
} from "./sessions/create-session.ts";
import { recordSession } from "./sessions/upload-session.ts";

const SEED = 20_251_122;
const RIVAL = fileURLToPath(new URL("../../dist/bench/rival", import.meta.url));
/** Chunks of one session come without a pause as long as this, so that it is finished once. */
const IDLE_SECONDS = 15;
const BEFORE_NOW_MS = 60_000;

interface Plan {
	name: string;
	session: GeneratedSession;
	rounds: number;
	seeks: number;
	budgets: { firstFrame?: Budget; seek: Budget; seekMs?: Budget; bytes?: Budget };
}

export const measurePlayer: Bench = async (options) => {
	const pages = {
		"rival.html": RIVAL_PAGE,
		"rival.js": readFileSync(`${RIVAL}.js`, "utf8"),
		"rival.css": readFileSync(`${RIVAL}.css`, "utf8"),
	};
	const env = { SNAG_IDLE_SECONDS: String(IDLE_SECONDS) };
	const product = await startProduct({ env, pages });
	try {
		const figures: Figure[] = [];
		for (const plan of createPlans(options)) {
			figures.push(...(await measurePlan(product, plan, options)));
		}
		return figures;
	} finally {
		await product.close();
	}
};

function createPlans({ quick }: BenchOptions): Plan[] {
	const ratio = (value: number): Budget => ({ of: "ratio", is: "at most", value });
	const at = (durationMs: number) => Date.now() - durationMs - BEFORE_NOW_MS;
	if (quick) {
		const shape = { ...LONG, durationMs: 600_000, mutations: 500, moves: 500, rules: 1100 };
		const session = createSession(shape, { seed: SEED, startedAt: at(shape.durationMs) });
		return [{ name: "quick", session, rounds: 1, seeks: 3, budgets: { seek: ratio(1) } }];
	}
	const long = createLongSession({ seed: SEED, startedAt: at(LONG.durationMs) });
	const dense = createDenseSession({ seed: SEED, startedAt: at(600_000) });
	return [
		{
			...{ name: "2 h session", session: long, rounds: 3, seeks: 30 },
			budgets: {
				firstFrame: ratio(1 / 4),
				seek: ratio(1 / 3),
				seekMs: { of: "ours", is: "at most", value: 200 },
				bytes: ratio(1 / 10),
			},
		},
		{
			...{ name: "dense session", session: dense, rounds: 2, seeks: 15 },
			budgets: { seek: ratio(1 / 10) },
		},
	];
}

async function measurePlan(product: Product, plan: Plan, options: BenchOptions): Promise<Figure[]> {
	const { name, session } = plan;
	const { tell } = options;
	const recorded = recordSession(session, SEED);
	await product.store(recorded);
	const { id } = recorded;
	const finished = await product.waitUntilFinished(id);
	tell(`${name}: ${finished ? "finished into a recording" : "NOT FINISHED, read from its packs"}`);
	const manifest = await product.readManifest(id);
	tell(`${name}: ${manifest.slices.length} slices, ${manifest.keyframes.length} keyframes`);
	const players = describePlayers(product, manifest);
	const cookie = await signIn(product.process.signInUrl);
	const instants = orderInstants(pickInstants(session, { seed: SEED, count: plan.seeks }));
	const opened = await launchBrowser();
	try {
		const all = players.map((player) => ({ browser: opened.browser, player, cookie, instants }));
		const [ours = [], rival = []] = await visitInTurn(plan, all, tell);
		return [...compareTimes(plan, ours, rival), ...(await compareBytes(plan, all))];
	} finally {
		await opened.close();
	}
}

/** @returns the visits of each player */
async function visitInTurn(
	{ name, rounds }: Plan,
	all: readonly VisitOptions[],
	tell: Tell,
): Promise<Visit[][]> {
	const visits: Visit[][] = all.map(() => []);
	for (let round = 0; round < rounds; round++) {
		for (const [index, options] of all.entries()) {
			const visit = await visitPlayer(options);
			visits[index]?.push(visit);
			tell(describeVisit(name, options.player, visit));
		}
	}
	return visits;
}

async function compareBytes({ name, budgets }: Plan, all: readonly VisitOptions[]) {
	const bytes = [];
	for (const options of all) bytes.push(await countBytes({ ...options, instants: [] }));
	const [ours, rival] = bytes;
	const both = (what: keyof Bytes) => ({
		...{ ours: (ours?.[what] ?? 0) / 1000, rival: (rival?.[what] ?? 0) / 1000, unit: "KB" },
	});
	return [
		{ question: `${name}: bytes before the first frame`, ...both("data"), budget: budgets.bytes },
		{ question: `${name}: bytes of the player itself`, ...both("code") },
	];
}

function compareTimes({ name, budgets }: Plan, ours: Visit[], rival: Visit[]): Figure[] {
	const first = (visits: Visit[]) => findMedian(visits.map(({ firstFrameMs }) => firstFrameMs));
	const seeks = (visits: Visit[]) =>
		visits.flatMap((visit) =>
			visit.seeks.map(({ ms }) => (ms < 0 ? Number.POSITIVE_INFINITY : ms)),
		);
	const at = (visits: Visit[], share: number) => findQuantile(seeks(visits), share);
	const wrong = (visits: Visit[]) => seeks(visits).filter((ms) => !Number.isFinite(ms)).length;
	const both = (read: (visits: Visit[]) => number) => ({ ours: read(ours), rival: read(rival) });
	const task = (visits: Visit[]) =>
		Math.max(...visits.flatMap((visit) => visit.seeks.map(({ taskMs }) => taskMs)));
	const unit = "ms";
	return [
		{ question: `${name}: first frame`, unit, ...both(first), budget: budgets.firstFrame },
		{ question: `${name}: seek p50`, unit, ...both((visits) => at(visits, 0.5)) },
		{
			...{ question: `${name}: seek p95`, unit },
			...both((visits) => at(visits, 0.95)),
			budget: budgets.seek,
		},
		{
			...{ question: `${name}: seek p95, absolute`, unit, ours: at(ours, 0.95) },
			budget: budgets.seekMs,
		},
		{ question: `${name}: longest task while seeking`, unit, ...both(task) },
		{
			...{ question: `${name}: seeks that showed a wrong state`, unit: "", ...both(wrong) },
			budget: { of: "ours", is: "at most", value: 0 },
		},
	];
}

/** A third onwards, a third backwards, the rest anywhere. */
function orderInstants(instants: Instant[]): Instant[] {
	const third = Math.floor(instants.length / 3);
	const byTime = (a: Instant, b: Instant) => a.timeMs - b.timeMs;
	return [
		...instants.slice(0, third).sort(byTime),
		...instants.slice(third, 2 * third).sort((a, b) => byTime(b, a)),
		...instants.slice(2 * third),
	];
}

function describeVisit(name: string, player: MeasuredPlayer, { firstFrameMs, seeks }: Visit) {
	const times = seeks.map(({ ms, shown }) => (ms < 0 ? `never (${shown})` : Math.round(ms)));
	return `${name}, ${player.name}: first frame ${Math.round(firstFrameMs)} ms, seeks ${times.join(" ")}`;
}
