// Sessions that maps count from their facts: those that go on, those that chunks came for since their heat
// rows were written, and those whose rows are being written at the moment.
import type { Index } from "../index/client.ts";
import {
	HEAT_FACTS,
	partSessions,
	type ReadSession,
	readIndexedSessions,
} from "../index/session-facts.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Older sessions get no chunks any more. */
const OPEN_MS = 3 * DAY_MS;
/** For so long a day of old sessions is taken to be complete. */
const KNOWN_MS = 60_000;
/** Newer ones first; how many are left out is said. */
const MOST_SESSIONS = 5000;
const AT_ONCE = 250;

const PENDING = `
	SELECT toString(c.id) AS session, toString(c.day) AS day, h.latest AS version, c.chunks AS chunks
	FROM (
		SELECT day, session AS id, toUInt32(uniqExact(stream, sequence, part)) AS chunks FROM chunks
		WHERE site = {site:UInt32} AND day >= {first:Date} AND day <= {last:Date}
			AND day NOT IN {known:Array(Date)}
		GROUP BY day, session
	) AS c
	LEFT JOIN (
		SELECT day, session AS id, argMax(chunks, version) AS counted,
			toFloat64(max(version)) AS latest
		FROM heats WHERE site = {site:UInt32} AND day >= {first:Date} AND day <= {last:Date}
		GROUP BY day, session
	) AS h ON c.day = h.day AND c.id = h.id
	WHERE c.chunks != h.counted ORDER BY c.id DESC`;

const VERSIONS = `
	SELECT toString(session) AS id, toFloat64(max(version)) AS latest FROM heats
	WHERE site = {site:UInt32} AND day IN {days:Array(Date)} AND session IN {sessions:Array(UUID)}
	GROUP BY session`;

export interface PendingSession {
	session: string;
	day: string;
	/** Of its heat rows; 0 where none were ever written. */
	version: number;
	chunks: number;
}

export interface Pending {
	list(of: { site: number; from: number; to: number }): Promise<PendingSession[]>;
	/** Were heat rows of any of them written since? Then what was read meanwhile may hold them twice. */
	haveChanged(site: number, sessions: readonly PendingSession[]): Promise<boolean>;
	/** Some at a time; the erased are not among them. @returns how many chunks were too many to be read */
	read(
		site: number,
		sessions: readonly PendingSession[],
		take: (session: ReadSession) => void | Promise<void>,
		/** What maps need of facts where nothing else is asked for. */
		kinds?: readonly number[],
	): Promise<number>;
}

export interface PendingParts {
	index: Index;
	isErased: Tombstones["isErased"];
	now: () => number;
}

export function createPending({ index, isErased, now }: PendingParts): Pending {
	/** Site and day → until when it is taken to be complete. */
	const complete = new Map<string, number>();

	const listComplete = (site: number): string[] => {
		const at = now();
		for (const [name, until] of complete) if (until <= at) complete.delete(name);
		const prefix = `${site}/`;
		return [...complete.keys()]
			.filter((name) => name.startsWith(prefix))
			.map((name) => name.slice(prefix.length));
	};

	return {
		async list({ site, from, to }) {
			const [first, last] = [from - 2 * DAY_MS, Math.min(to, now()) + DAY_MS];
			const known = listComplete(site);
			const sessions = await index.query<PendingSession>(PENDING, {
				...{ site, known, first: toDay(first), last: toDay(last) },
			});
			const open = new Set(sessions.map(({ day }) => day));
			// Days of which nothing is asked are no worse for being named.
			const oldest = Math.max(first, now() - 400 * DAY_MS);
			for (let at = now() - OPEN_MS; at >= oldest; at -= DAY_MS) {
				const day = toDay(at);
				if (!open.has(day)) complete.set(`${site}/${day}`, now() + KNOWN_MS);
			}
			return sessions;
		},
		async haveChanged(site, sessions) {
			if (sessions.length === 0) return false;
			const rows = await index.query<{ id: string; latest: number }>(VERSIONS, {
				...{ site, days: [...new Set(sessions.map(({ day }) => day))] },
				sessions: sessions.map(({ session }) => session),
			});
			const versions = new Map(rows.map(({ id, latest }) => [id, latest]));
			return sessions.some(({ session, version }) => (versions.get(session) ?? 0) !== version);
		},
		async read(site, sessions, take, kinds = HEAT_FACTS) {
			for (let at = 0; at < Math.min(sessions.length, MOST_SESSIONS); at += AT_ONCE) {
				const some = sessions.slice(at, at + AT_ONCE).map(({ session }) => session);
				for (const part of await partSessions(index, { site, sessions: some, kinds })) {
					const read = await readIndexedSessions(index, { site, sessions: part, kinds });
					for (const session of read) {
						if (!isErased(site, session.session, session.visitor)) await take(session);
					}
				}
			}
			const left = sessions.slice(MOST_SESSIONS);
			return left.reduce((sum, { chunks }) => sum + chunks, 0);
		},
	};
}

function toDay(at: number): string {
	return new Date(Math.max(0, at)).toISOString().slice(0, 10);
}
