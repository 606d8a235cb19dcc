// The episodes of sessions: as they are written down where a session is over, else found in what there is of it.
// What goes on is looked at again only when more of it has come.
import type { BaselineShelf } from "../baselines/shelf.ts";
import type { Index } from "../index/client.ts";
import { createEpisodeRows, detectIn, type EpisodeRow } from "../index/episode-rows.ts";
import { compareFacts, gatherViews, listVariants } from "../index/heat-views.ts";
import type { IndexedSession } from "../index/indexed-session.ts";
import { partSessions, readIndexedSessions } from "../index/session-facts.ts";
import type { FilteredRow } from "./heat-where.ts";
import { openUsual } from "./open-usual.ts";
import { dayOf } from "./sessions.ts";

const OF_SESSIONS =
	"site = {site:UInt32} AND day IN {days:Array(Date)} AND session IN {sessions:Array(UUID)}";

const COUNTED = `
	SELECT toString(c.id) AS session, c.chunks AS chunks, h.counted AS counted
	FROM (
		SELECT session AS id, toUInt32(uniqExact(stream, sequence, part)) AS chunks FROM chunks
		WHERE ${OF_SESSIONS} GROUP BY session
	) AS c
	LEFT JOIN (
		SELECT session AS id, argMax(chunks, version) AS counted FROM heats
		WHERE ${OF_SESSIONS} GROUP BY session
	) AS h ON c.id = h.id`;

/** `time` because the index would take a name for the column. */
const WRITTEN = `
	SELECT toString(session) AS id, toString(view) AS view, class, page, path, tab, stream, element, toString(key) AS key,
		element_key, candidates, text, role, tag, viewport_width, severity, signals, detectors, baselines,
		toFloat64(toUnixTimestamp64Milli(at)) AS time, toFloat64(toUnixTimestamp64Milli(until)) AS ended
	FROM episodes WHERE ${OF_SESSIONS} ORDER BY at, stream, element`;

type Written = Omit<StoredEpisode, "at" | "until"> & { id: string; time: number; ended: number };

export type StoredEpisode = Pick<
	EpisodeRow,
	| (
			| "class"
			| "view"
			| "page"
			| "path"
			| "tab"
			| "stream"
			| "element"
			| "key"
			| "element_key"
			| "candidates"
	  )
	| (
			| "text"
			| "role"
			| "tag"
			| "viewport_width"
			| "severity"
			| "signals"
			| "detectors"
			| "baselines"
			| "at"
	  )
	| "until"
>;

export interface SessionEpisodes {
	/** More may come, and change them. */
	isProvisional: boolean;
	/** In the order of time. */
	episodes: readonly StoredEpisode[];
	/** Page views of a session that goes on: those of others stand in the index. */
	visits: readonly Visit[];
}

/** A page view, by its id, and when its session began. */
export type Visit = FilteredRow & { view: string; began: number };

type Found = Pick<SessionEpisodes, "episodes" | "visits">;
const NOTHING: Found = { episodes: [], visits: [] };

export interface Episodes {
	/** @returns by session; those that do not exist are missing @throws IndexUnavailable */
	of(site: number, sessions: readonly string[]): Promise<Map<string, SessionEpisodes>>;
}

/** Sessions that go on, of which the episodes are remembered. */
const MOST_KEPT = 600;

export function createEpisodes({
	index,
	baselineShelf,
}: {
	index: Index;
	baselineShelf: Pick<BaselineShelf, "open">;
}): Episodes {
	const kept = new Map<string, Found>();

	const findPending = async (
		site: number,
		pending: readonly { session: string; chunks: number }[],
	): Promise<Map<string, Found>> => {
		const nameOf = ({ session, chunks }: { session: string; chunks: number }) =>
			`${site}/${session}/${chunks}`;
		const unknown = pending.filter((one) => !kept.has(nameOf(one)));
		const sessions = unknown.map(({ session }) => session);
		const usual = await openUsual(baselineShelf, site);
		const found = new Map<string, Found>();
		for (const part of await partSessions(index, { site, sessions })) {
			for (const one of await readIndexedSessions(index, { site, sessions: part })) {
				const episodes = createEpisodeRows(one, detectIn(one, await usual(one)));
				found.set(one.session, { episodes, visits: listVisits(one) });
			}
		}
		for (const one of unknown) kept.set(nameOf(one), found.get(one.session) ?? NOTHING);
		const answer = new Map(pending.map((one) => [one.session, kept.get(nameOf(one)) ?? NOTHING]));
		for (const name of kept.keys()) {
			if (kept.size <= MOST_KEPT) break;
			kept.delete(name);
		}
		return answer;
	};

	return {
		async of(site, sessions) {
			if (sessions.length === 0) return new Map();
			const where = { site, sessions, days: [...new Set(sessions.map(dayOf))] };
			const counted = await index.query<{ session: string; chunks: number; counted: number }>(
				COUNTED,
				where,
			);
			const pending = counted.filter((one) => one.chunks !== one.counted);
			const [written, found] = await Promise.all([
				index.query<Written>(WRITTEN, where),
				findPending(site, pending),
			]);
			const answer = new Map<string, SessionEpisodes>();
			for (const { session } of counted) {
				const open = found.get(session);
				answer.set(session, { isProvisional: open !== undefined, ...(open ?? NOTHING) });
			}
			for (const row of written) {
				if (found.has(row.id)) continue;
				const { id, time, ended, ...rest } = row;
				const of = answer.get(id);
				const episode = { ...rest, at: time, until: ended };
				if (of) answer.set(id, { ...of, episodes: [...of.episodes, episode] });
			}
			return answer;
		},
	};
}

function listVisits({ facts, ...of }: IndexedSession): Visit[] {
	const views = gatherViews(facts.toSorted(compareFacts));
	const began = Math.min(...views.map(({ at }) => at));
	const { browser, os, device, language, automated } = of;
	const session = { browser, os, device, language, automated, variants: listVariants(facts) };
	return views.map(({ id, path, width, height }) => ({
		...{ ...session, view: id, began, path },
		...{ viewport_width: width, viewport_height: height },
	}));
}
