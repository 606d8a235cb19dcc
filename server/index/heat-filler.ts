// Writes the heat rows and episodes of sessions that are finished: after they are, after the index was filled
// anew, and of those that an earlier version, or earlier detectors, finished. Whatever is not written yet is
// counted from its facts (`queries/heat-pending.ts`), so that nothing depends on when this runs.
//
// Rows of a session are said to be under way before they are written and to be complete afterwards. Who ends
// in between leaves a session that is not complete: what is there of it is deleted before it is written again.
import type { Config } from "../config.ts";
import type { Leases } from "../control/leases.ts";
import { IndexUnavailable } from "../errors.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import { createLoop } from "../loop.ts";
import type { Index } from "./client.ts";
import { deleteHeatRows } from "./delete-rows.ts";
import { DERIVED_PER_RECORDING, derivedVersion } from "./derived-version.ts";
import { createEpisodeRows, detectIn } from "./episode-rows.ts";
import { createHeatRows } from "./heat-rows.ts";
import { encodeRows } from "./row-text.ts";
import { type ReadSession, readIndexedSessions } from "./session-facts.ts";

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
	WHERE r.version * {scale:UInt32} + {done:UInt32} > h.version OR h.version % 2 = 0
	ORDER BY site, day DESC, session LIMIT {limit:UInt32}`;

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
	leases: Leases;
	isErased: Tombstones["isErased"];
	config: Pick<Config, "idleMs">;
	/** Has the index been brought up to date once? */
	isIndexed: () => boolean;
	now: () => number;
	log: (line: string) => void;
}

export function createHeatFiller(parts: HeatFillerParts): HeatFiller {
	const { index, leases, isErased, now, log } = parts;
	const everyMs = Math.min(MOST_EVERY_MS, Math.max(LEAST_EVERY_MS, parts.config.idleMs / 10));
	let allSeenAt = Number.NEGATIVE_INFINITY;

	const findDue = async (): Promise<Due[]> => {
		const at = now();
		const isAll = Math.abs(at - allSeenAt) >= HOUR_MS;
		const since = new Date(isAll ? 0 : at - RECENT_MS).toISOString().slice(0, 10);
		const due = await index.query<Due>(DUE, {
			...{ since, limit: AT_ONCE, done: derivedVersion(0, true) },
			scale: DERIVED_PER_RECORDING,
		});
		if (isAll && due.length < AT_ONCE) allSeenAt = at;
		return due;
	};

	const fill = async (): Promise<number> => {
		const due = await findDue();
		for (const site of new Set(due.map((session) => session.site))) {
			const ofSite = due.filter((session) => session.site === site);
			await writeHeatRows({ index, isErased }, site, ofSite);
		}
		return due.length;
	};

	const run = async (): Promise<number> => {
		if (!parts.isIndexed() || (await findDue()).length === 0) return 0;
		if ((await leases.acquire(HEAT_LEASE)) === undefined) return 0;
		try {
			return await fill();
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

/** Of sessions of one site. Only who holds the lease may. @throws IndexUnavailable */
export async function writeHeatRows(
	{ index, isErased }: Pick<HeatFillerParts, "index" | "isErased">,
	site: number,
	due: readonly Due[],
): Promise<void> {
	const written = await writeRows(index, site, due);
	// Who was erased meanwhile may have been deleted before this was written.
	const erased = written.filter(({ session, visitor }) => isErased(site, session, visitor));
	const sessions = erased.map(({ session }) => session);
	if (sessions.length > 0) await deleteHeatRows(index, { site, sessions });
}

async function writeRows(index: Index, site: number, due: readonly Due[]): Promise<ReadSession[]> {
	const begun = due.filter(({ before }) => before > 0).map(({ session }) => session);
	await insert(
		index,
		"heats",
		due.map((of) => markOf(of, 0)),
	);
	if (begun.length > 0) await deleteHeatRows(index, { site, sessions: begun });
	const sessions = await readIndexedSessions(index, {
		site,
		sessions: due.map((of) => of.session),
	});
	const rows = sessions.map((of) => {
		const detected = detectIn(of);
		return { ...createHeatRows(of, detected.signals), episodes: createEpisodeRows(of, detected) };
	});
	for (const table of ["keys", "shown", "presses", "episodes"] as const) {
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
		due.map((of) => markOf(of, chunksOf.get(of.session) ?? 0, true)),
	);
	return sessions;
}

function markOf(
	{ site, day, session, recording, before }: Due,
	chunks: number,
	isDone = false,
): object {
	return { site, day, session, chunks, version: derivedVersion(recording, isDone, before) };
}

async function insert(index: Index, table: string, rows: readonly object[]): Promise<void> {
	await index.insert(table, encodeRows(rows));
}
