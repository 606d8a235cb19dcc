// `snag detect`: detectors over the sessions that are stored, held against what was found in them before. What they find
// otherwise is written; a dry run only tells.
//
// The server does the same behind everybody's back when detectors are of another version (`index/heat-filler.ts`).
// This does it when somebody says so, says what changes by it, and also where nothing but what is usual is another. Both take
// the same lease. How far it came is kept with what was counted by then, so that whoever asks for the same again goes
// on from there; a dry run keeps nothing.
import { randomBytes } from "node:crypto";
import { setTimeout as later } from "node:timers/promises";
import { DETECTORS } from "../../signals/detect.ts";
import type { BaselineShelf } from "../baselines/shelf.ts";
import type { ControlDatabase } from "../control/database.ts";
import { createLeases, LEASE_MS, type Leases } from "../control/leases.ts";
import { dropSetting, findSetting, keepSetting } from "../control/settings.ts";
import type { Index } from "../index/client.ts";
import { againVersion, derivedVersion } from "../index/derived-version.ts";
import { createEpisodeRows, detectIn, type EpisodeRow } from "../index/episode-rows.ts";
import { type Due, HEAT_LEASE, writeHeatRows } from "../index/heat-filler.ts";
import { partSessions, readIndexedSessions } from "../index/session-facts.ts";
import { createEpisodes } from "../queries/episodes.ts";
import type { Report } from "./progress.ts";
import type { Tombstones } from "./tombstones.ts";
import {
	addVerdicts,
	createDifference,
	type Difference,
	type ElementChange,
	isSameVerdict,
	type KindChange,
	listElements,
} from "./verdict-difference.ts";

const AT_ONCE = 200;
const SHOWN_ELEMENTS = 20;
const BUSY_MS = 200;
const KEPT_AS = "detect";

export interface DetectParts {
	control: ControlDatabase;
	index: Index;
	baselineShelf: BaselineShelf;
	isErased: Tombstones["isErased"];
	now: () => number;
	log: (line: string) => void;
}

export interface DetectOptions {
	/** As it was asked for: the same words go on where they were cut short. */
	asked: string;
	/** Epoch ms: sessions that began from here on. */
	since: number;
	/** 0 for all. */
	site: number;
	isDryRun: boolean;
	report: Report;
	signal?: AbortSignal;
	/** Sessions between two looks at the signal. */
	atOnce?: number;
}

export interface DetectResult {
	isDryRun: boolean;
	/** Version that judged now. */
	detectors: string;
	since: number;
	/** Of `sessions`, how many an earlier run had looked at; of which nothing was known; that were judged otherwise. */
	sessions: number;
	resumed: number;
	unknown: number;
	changed: number;
	written: number;
	kinds: Record<string, KindChange>;
	/** With the most gained and lost. */
	elements: ElementChange[];
}

/** How far a run came. */
interface Run {
	asked: string;
	site: number;
	detectors: string;
	since: number;
	after: Cursor;
	sessions: number;
	unknown: number;
	written: number;
	difference: Difference;
}

interface Cursor {
	site: number;
	session: string;
}

const SINCE = `day >= {day:Date} AND started_at >= fromUnixTimestamp64Milli({since:Int64})
	AND ({site:UInt32} = 0 OR site = {site:UInt32})`;

const COUNT = `SELECT toUInt32(uniqExact(site, session)) AS total FROM recordings WHERE ${SINCE}`;

/** As text, since the index has an order of its own for ids. */
const NEXT = `
	SELECT r.site AS site, toString(r.day) AS day, r.name AS session, r.version AS recording, h.version AS before
	FROM (
		SELECT site, day, toString(session) AS name, toFloat64(max(version)) AS version FROM recordings
		WHERE ${SINCE} AND (site, toString(session)) > ({afterSite:UInt32}, {after:String})
		GROUP BY site, day, session ORDER BY site, name LIMIT {limit:UInt32}
	) AS r
	LEFT JOIN (
		SELECT site, day, toString(session) AS name, toFloat64(max(version)) AS version FROM heats
		WHERE day >= {day:Date} GROUP BY site, day, session
	) AS h ON r.site = h.site AND r.day = h.day AND r.name = h.name
	ORDER BY site, session`;

/** @throws IndexUnavailable; what is done by then stays done */
export async function detectAgain(
	parts: DetectParts,
	options: DetectOptions,
): Promise<DetectResult> {
	const { isDryRun, report, signal, atOnce = AT_ONCE } = options;
	// Where it stands is nothing that a snapshot of the control data should be made for.
	const control = parts.control.withoutPlugins();
	const leases = createLeases({
		...{ control, holder: randomBytes(8).toString("hex"), now: parts.now },
	});
	const run = (isDryRun ? undefined : await findRun(control, options)) ?? createRun(options);
	const resumed = run.sessions;
	const total = await countSessions(parts.index, run);
	for (;;) {
		report({ ...STEP, done: Math.min(run.sessions, total), total, note: describeChanges(run) });
		signal?.throwIfAborted();
		const judge = () => judgeNext(parts, run, { isDryRun, atOnce });
		const count = isDryRun ? await judge() : await holding(leases, { work: judge, signal });
		if (count === 0) break;
		if (!isDryRun) await keepSetting(control, KEPT_AS, JSON.stringify(run));
	}
	if (!isDryRun) await dropSetting(control, KEPT_AS);
	const { sessions, unknown, written, difference, since } = run;
	return {
		...{ isDryRun, detectors: DETECTORS, since, sessions, resumed, unknown, written },
		...{ changed: difference.changed, kinds: difference.kinds },
		elements: listElements(difference, SHOWN_ELEMENTS),
	};
}

const STEP = { step: "judging sessions" };

function describeChanges({ difference }: Run): string {
	return `${difference.changed} judged otherwise`;
}

function createRun({ asked, site, since }: DetectOptions): Run {
	return {
		...{ asked, site, since, detectors: DETECTORS, after: { site: 0, session: "" } },
		...{ sessions: 0, unknown: 0, written: 0, difference: createDifference() },
	};
}

/** One that was cut short and was asked for in the same words. */
async function findRun(
	control: ControlDatabase,
	{ asked, site }: DetectOptions,
): Promise<Run | undefined> {
	const kept = await findSetting(control, KEPT_AS);
	const run = kept === undefined ? undefined : (JSON.parse(kept) as Run);
	const isSame = run?.asked === asked && run.site === site && run.detectors === DETECTORS;
	return isSame ? run : undefined;
}

async function countSessions(index: Index, run: Run): Promise<number> {
	const [row] = await index.query<{ total: number }>(COUNT, boundsOf(run));
	return row?.total ?? 0;
}

function boundsOf({ site, since }: Run): Record<string, unknown> {
	// A session's day is that of its id, which a clock may have made a day off.
	const day = new Date(Math.max(0, since - LEEWAY_MS)).toISOString().slice(0, 10);
	return { site, since, day };
}

const LEEWAY_MS = 24 * 60 * 60 * 1000;

/** @returns how many sessions there were */
async function judgeNext(
	parts: DetectParts,
	run: Run,
	{ isDryRun, atOnce }: { isDryRun: boolean; atOnce: number },
): Promise<number> {
	const { index } = parts;
	const next = await index.query<Due>(NEXT, {
		...{ ...boundsOf(run), limit: atOnce, afterSite: run.after.site, after: run.after.session },
	});
	const [first] = next;
	if (first === undefined) return 0;
	const { site } = first;
	const some = next.filter((one) => one.site === site);
	const due = await judge(parts, run, some);
	if (!isDryRun && due.length > 0) {
		await writeHeatRows(parts, site, due);
		run.written += due.length;
	}
	run.sessions += some.length;
	run.after = { site, session: some.at(-1)?.session ?? "" };
	return some.length;
}

/** @returns those to be written, of sessions of one site */
async function judge(parts: DetectParts, run: Run, of: readonly Due[]): Promise<Due[]> {
	const { index, baselineShelf, isErased } = parts;
	const where = { site: of[0]?.site ?? 0, sessions: of.map(({ session }) => session) };
	const known = await createEpisodes(parts).of(where.site, where.sessions);
	const baselines = await baselineShelf.open(where.site);
	const isUsual = !baselines.isEmpty;
	const now = new Map<string, EpisodeRow[]>();
	for (const part of await partSessions(index, where)) {
		for (const one of await readIndexedSessions(index, { site: where.site, sessions: part })) {
			if (isErased(where.site, one.session, one.visitor)) continue;
			now.set(one.session, createEpisodeRows(one, detectIn(one, await baselines.of(one))));
		}
	}
	const due: Due[] = [];
	for (const one of of) {
		const before = known.get(one.session);
		const after = now.get(one.session);
		if (after === undefined) continue;
		if (before === undefined || before.isProvisional) {
			run.unknown++;
			continue;
		}
		addVerdicts(run.difference, before.episodes, after);
		const isCurrent = one.before >= derivedVersion(one.recording, { isUsual, isDone: true });
		if (!isCurrent) due.push(one);
		else if (!isSameVerdict(before.episodes, after)) {
			const again = againVersion(one.before);
			if (again !== undefined) due.push({ ...one, before: again });
		}
	}
	return due;
}

/** Only one at a time writes what is derived of sessions; the lease is kept however long it takes. */
async function holding<T>(
	leases: Leases,
	{ work, signal }: { work: () => Promise<T>; signal: AbortSignal | undefined },
): Promise<T> {
	while ((await leases.acquire(HEAT_LEASE)) === undefined) {
		signal?.throwIfAborted();
		await later(BUSY_MS);
	}
	const timer = setInterval(() => void leases.renew(HEAT_LEASE).catch(() => {}), LEASE_MS / 3);
	try {
		return await work();
	} finally {
		clearInterval(timer);
		await leases.finish(HEAT_LEASE);
	}
}
