// Sessions by how much went against their visitors. Those that are over are ranked by the index; those that go
// on are few, are looked at one by one, and stand on the first page wherever they belong.
import { SESSION_SHARE } from "../../signals/thresholds.ts";
import type { Index } from "../index/client.ts";
import { sumFriction } from "./describe-episodes.ts";
import type { Episodes, StoredEpisode } from "./episodes.ts";
import type { Pending } from "./heat-pending.ts";
import type { PageSets } from "./page-set.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Of those that go on, the newest. */
const MOST_OPEN = 100;

/** Only episodes of these; "" for all. `page` is one as it is shown, `key` that of an element. */
export interface FrictionFilter {
	kind: string;
	page: string;
	key: string;
}

export interface FrictionQuery extends FrictionFilter {
	site: number;
	limit: number;
	/** `next` of the answer before, "" for the first page. */
	cursor: string;
}

export interface FrictionParts {
	index: Index;
	episodes: Episodes;
	pending: Pick<Pending, "list">;
	pageSets: Pick<PageSets, "membersOf">;
	now: () => number;
}

interface Ranked {
	id: string;
	score: number;
}

/** Scores are compared as whole thousandths, which a cursor can name. */
const RANKED = `
	SELECT toString(session) AS id, toUInt32(round(100000 * (1 - exp(sum(log(1 - {share:Float64} * severity)))))) AS score
	FROM episodes
	WHERE site = {site:UInt32} AND session NOT IN {open:Array(UUID)}
		AND ({kind:String} = '' OR class = {kind:String})
		AND (empty({pages:Array(String)}) OR page IN {pages:Array(String)})
		AND ({key:String} = '' OR element_key = {key:String})
	GROUP BY session
	HAVING score < {score:UInt32} OR (score = {score:UInt32} AND id < {id:String})
	ORDER BY score DESC, id DESC LIMIT {limit:UInt32}`;

const NO_CURSOR: Ranked = { id: "", score: 2 ** 31 };

/** @returns ids, the worst first @throws IndexUnavailable */
export async function rankSessions(
	parts: FrictionParts,
	query: FrictionQuery,
): Promise<{ sessions: string[]; next: string }> {
	const { site, limit, page, kind, key } = query;
	const after = parseFrictionCursor(query.cursor) ?? NO_CURSOR;
	const pages = page === "" ? [] : await parts.pageSets.membersOf(site, page);
	const open = await listOpen(parts, site);
	const rows = await parts.index.query<Ranked>(RANKED, {
		...{ site, open, kind, pages, key, ...after, limit: limit + 1, share: SESSION_SHARE },
	});
	const ranked = rows.slice(0, limit);
	const last = ranked.at(-1);
	const first = query.cursor === "" ? await rankOpen(parts, { site, open, kind, pages, key }) : [];
	const all = [...first, ...ranked].sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1));
	return {
		sessions: all.map(({ id }) => id),
		next: rows.length > limit && last !== undefined ? `${last.score}_${last.id}` : "",
	};
}

/** @returns undefined where it is none */
export function parseFrictionCursor(cursor: string): Ranked | undefined {
	const [, score, id] = /^(\d{1,6})_([0-9a-f-]{36})$/.exec(cursor) ?? [];
	return score === undefined || id === undefined ? undefined : { score: Number(score), id };
}

async function listOpen({ pending, now }: FrictionParts, site: number): Promise<string[]> {
	const at = now();
	const sessions = await pending.list({ site, from: at - 3 * DAY_MS, to: at });
	return sessions.slice(0, MOST_OPEN).map(({ session }) => session);
}

async function rankOpen(
	{ episodes }: FrictionParts,
	where: {
		site: number;
		open: readonly string[];
		kind: string;
		pages: readonly string[];
		key: string;
	},
): Promise<Ranked[]> {
	const fits = (one: StoredEpisode) =>
		(where.kind === "" || one.class === where.kind) &&
		(where.pages.length === 0 || where.pages.includes(one.page)) &&
		(where.key === "" || one.element_key === where.key);
	return [...(await episodes.of(where.site, where.open))].flatMap(([id, of]) => {
		const some = of.episodes.filter(fits);
		return some.length === 0 ? [] : [{ id, score: Math.round(1000 * sumFriction(some)) }];
	});
}
