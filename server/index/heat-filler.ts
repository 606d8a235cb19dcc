// Writes the heat rows and episodes of sessions that are finished, and what they say of what is usual: after they
// are, after the index was filled anew, and of those that an earlier version, or earlier detectors, finished, or
// that were judged before anything was known of their site. Whatever is not written yet is counted from its
// facts (`queries/heat-pending.ts`), so that nothing depends on when this runs. Once nothing is left to be written,
// it is looked whether what is usual is to be frozen: never from half of the sessions.
//
// Rows of a session are said to be under way before they are written and to be complete afterwards. Who ends
// in between leaves a session that is not complete: what is there of it is deleted before it is written again.
import { setImmediate } from "node:timers/promises";
import { contribute } from "../../signals/baseline/contribution.ts";
import { judge } from "../../signals/detect.ts";
import { normalise } from "../../signals/normalise/normalise.ts";
import { sortOut } from "../../signals/observation.ts";
import { freezeIfDue } from "../baselines/freezer.ts";
import type { BaselineShelf, SiteBaselines } from "../baselines/shelf.ts";
import type { Config } from "../config.ts";
import type { Leases } from "../control/leases.ts";
import { IndexUnavailable } from "../errors.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import { createLoop } from "../loop.ts";
import { createBaselineRows, HASHED_NAMES } from "./baseline-rows.ts";
import type { Index } from "./client.ts";
import { deleteHeatRows } from "./delete-rows.ts";
import { DERIVED_PER_RECORDING, type DerivedState, derivedVersion } from "./derived-version.ts";
import { createEpisodeRows } from "./episode-rows.ts";
import { createHeatRows } from "./heat-rows.ts";
import { restoreFacts } from "./restore-facts.ts";
import { encodeRows } from "./row-text.ts";
import {
	MOST_FACTS,
	partSessions,
	type ReadSession,
	readIndexedSessions,
} from "./session-facts.ts";

const LEAST_EVERY_MS = 1000;
const MOST_EVERY_MS = 60_000;
const AT_ONCE = 200;
/** Who holds it may write heat rows. */
export const HEAT_LEASE = "heat";
const DAY_MS = 24 * 60 * 60 * 1000;
/** Sessions older than this are looked for once an hour only: nothing new comes of them. */
const RECENT_MS = 3 * DAY_MS;
const HOUR_MS = 60 * 60 * 1000;

const DUE = `
	SELECT r.site AS site, toString(r.day) AS day, toString(r.id) AS session, r.version AS recording,
		h.version AS before
	FROM (
		SELECT site, day, session AS id, toFloat64(max(version)) AS version FROM recordings
		WHERE day >= {since:Date} GROUP BY site, day, session
	) AS r
	LEFT JOIN (
		SELECT site, day, session AS id, toFloat64(max(version)) AS version FROM heats
		WHERE day >= {since:Date} GROUP BY site, day, session
	) AS h ON r.site = h.site AND r.day = h.day AND r.id = h.id
	WHERE r.version * {scale:UInt32} + if(r.site IN {frozen:Array(UInt32)}, {usual:UInt32}, {bare:UInt32}) > h.version
		OR h.version % 2 = 0
	ORDER BY site, day DESC, session LIMIT {limit:UInt32}`;

const SITES = "SELECT DISTINCT site FROM recordings WHERE day >= {since:Date}";

/** A session whose rows are to be written. */
export interface Due {
	site: number;
	day: string;
	session: string;
	/** Version of its recording. */
	recording: number;
	/** What `derivedVersion` takes: of the rows that are there, 0 for none. */
	before: number;
}

export interface HeatFiller {
	start(): void;
	/** Writes what is due, some at a time. @returns how many sessions; 0 where somebody else is at it */
	run(): Promise<number>;
	stop(): Promise<void>;
}

export interface HeatFillerParts {
	index: Index;
	baselineShelf: BaselineShelf;
	leases: Leases;
	isErased: Tombstones["isErased"];
	config: Pick<Config, "idleMs">;
	/** Has the index been brought up to date once? */
	isIndexed: () => boolean;
	now: () => number;
	log: (line: string) => void;
}

export function createHeatFiller(parts: HeatFillerParts): HeatFiller {
	const { index, baselineShelf, leases, now, log } = parts;
	const everyMs = Math.min(MOST_EVERY_MS, Math.max(LEAST_EVERY_MS, parts.config.idleMs / 10));
	let allSeenAt = Number.NEGATIVE_INFINITY;
	/** Of which something is frozen, and of which it may have to be. */
	const frozen = new Set<number>();
	const written = new Set<number>();

	const recentDay = () => new Date(now() - RECENT_MS).toISOString().slice(0, 10);

	const findDue = async (isAll: boolean): Promise<Due[]> => {
		const since = isAll ? "1970-01-01" : recentDay();
		return index.query<Due>(DUE, {
			...{ since, limit: AT_ONCE, frozen: [...frozen] },
			bare: derivedVersion(0, { isUsual: false, isDone: true }),
			usual: derivedVersion(0, { isUsual: true, isDone: true }),
			scale: DERIVED_PER_RECORDING,
		});
	};

	/** Once an hour: another server may have worked meanwhile, or ended before it froze what it had written. */
	const findSites = async (): Promise<void> => {
		for (const site of await baselineShelf.listSites()) frozen.add(site);
		const recent = await index.query<{ site: number }>(SITES, { since: recentDay() });
		for (const { site } of recent) written.add(site);
	};

	const fill = async (due: readonly Due[]): Promise<void> => {
		for (const site of new Set(due.map((session) => session.site))) {
			const ofSite = due.filter((one) => one.site === site);
			const baselines = await writeHeatRows(parts, site, ofSite);
			// Somebody took them away: what was judged without is not to be judged again and again.
			if (baselines.isEmpty) frozen.delete(site);
			written.add(site);
		}
	};

	const freeze = async (): Promise<void> => {
		for (const site of written) {
			if (await freezeIfDue(parts, site)) {
				frozen.add(site);
				allSeenAt = Number.NEGATIVE_INFINITY;
			}
			written.delete(site);
		}
	};

	const run = async (): Promise<number> => {
		if (!parts.isIndexed()) return 0;
		const at = now();
		const isAll = Math.abs(at - allSeenAt) >= HOUR_MS;
		if (isAll) await findSites();
		if ((await findDue(isAll)).length === 0 && written.size === 0) {
			if (isAll) allSeenAt = at;
			return 0;
		}
		if ((await leases.acquire(HEAT_LEASE)) === undefined) return 0;
		try {
			const due = await findDue(isAll);
			await fill(due);
			if (due.length === 0 && isAll) allSeenAt = at;
			if (due.length < AT_ONCE && (await leases.renew(HEAT_LEASE))) await freeze();
			return due.length;
		} finally {
			await leases.finish(HEAT_LEASE);
		}
	};

	let isStopped = false;
	const loop = createLoop(
		async () => ((await run()) > 0 ? 0 : everyMs),
		(error) => {
			if (!isStopped && !(error instanceof IndexUnavailable)) {
				log(`heat rows cannot be written at the moment: ${String(error)}`);
			}
			return everyMs;
		},
	);

	return {
		start: loop.start,
		run,
		async stop() {
			isStopped = true;
			await loop.stop();
		},
	};
}

/** Of sessions of one site. Only who holds the lease may. @throws StoreError, IndexUnavailable */
export async function writeHeatRows(
	{ index, isErased, baselineShelf, log }: WriteParts,
	site: number,
	due: readonly Due[],
): Promise<SiteBaselines> {
	const baselines = await baselineShelf.open(site);
	const dueOf = new Map(due.map((one) => [one.session, one]));
	for (const some of await partSessions(index, { site, sessions: [...dueOf.keys()] })) {
		const part = some.flatMap((session) => dueOf.get(session) ?? []);
		const written = await writeRows(index, { site, due: part, baselines });
		for (const { session } of written.filter(({ isCut }) => isCut)) {
			log(
				`session ${session} has more than ${MOST_FACTS} facts: it is judged by the first of them`,
			);
		}
		// Who was erased meanwhile may have been deleted before this was written.
		const erased = written.filter(({ session, visitor }) => isErased(site, session, visitor));
		const sessions = erased.map(({ session }) => session);
		if (sessions.length > 0) await deleteHeatRows(index, { site, sessions });
	}
	return baselines;
}

type WriteParts = Pick<HeatFillerParts, "index" | "isErased" | "baselineShelf" | "log">;

async function writeRows(
	index: Index,
	{ site, due, baselines }: { site: number; due: readonly Due[]; baselines: SiteBaselines },
): Promise<ReadSession[]> {
	const isUsual = !baselines.isEmpty;
	const begun = due.filter(({ before }) => before > 0).map(({ session }) => session);
	await insert(
		index,
		"heats",
		due.map((of) => markOf(of, { chunks: 0, isDone: false, isUsual })),
	);
	if (begun.length > 0) await deleteHeatRows(index, { site, sessions: begun });
	const sessions = await readIndexedSessions(index, {
		site,
		sessions: due.map((of) => of.session),
	});
	const rows: DerivedRows[] = [];
	for (const of of sessions) {
		rows.push(await deriveRows(of, baselines));
	}
	for (const table of DERIVED) {
		await insert(
			index,
			table,
			rows.flatMap((some): readonly object[] => some[table]),
		);
	}
	const chunksOf = new Map(sessions.map((of) => [of.session, of.chunks]));
	await insert(
		index,
		"heats",
		due.map((of) => {
			const chunks = chunksOf.get(of.session) ?? 0;
			return markOf(of, { chunks, isDone: true, isUsual });
		}),
	);
	return sessions;
}

const DERIVED = [
	...(["keys", "shown", "presses", "episodes", "times", "habits", "visits"] as const),
] as const;
type DerivedRows = Record<(typeof DERIVED)[number], readonly object[]>;

async function deriveRows(of: ReadSession, baselines: SiteBaselines): Promise<DerivedRows> {
	const usual = await baselines.of(of);
	// Uploads do not wait until all of it is done.
	const seen = sortOut(normalise(restoreFacts(of)));
	await setImmediate();
	const detected = judge(seen, usual);
	await setImmediate();
	const heat = createHeatRows(of, detected.signals);
	await setImmediate();
	return {
		...heat,
		...createBaselineRows(contribute(of.session, seen, HASHED_NAMES), heat.shown),
		episodes: createEpisodeRows(of, detected),
	};
}

function markOf(
	{ site, day, session, recording, before }: Due,
	{ chunks, ...state }: DerivedState & { chunks: number },
): object {
	return { site, day, session, chunks, version: derivedVersion(recording, state, before) };
}

async function insert(index: Index, table: string, rows: readonly object[]): Promise<void> {
	await index.insert(table, encodeRows(rows));
}
