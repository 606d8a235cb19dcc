// What a list of sessions by friction is asked, how its pages hang together, and which episodes it is about.
import type { SessionFilter } from "../../protocol/session-filter.ts";
import type { Index } from "../index/client.ts";
import type { Episodes, StoredEpisode } from "./episodes.ts";
import type { Pending } from "./heat-pending.ts";
import type { PageSets } from "./page-set.ts";

/** Only episodes of these; "" for all. `page` is one as it is shown, `key` that of an element. */
export interface FrictionFilter {
	kind: string;
	page: string;
	key: string;
}

export interface FrictionQuery extends FrictionFilter {
	site: number;
	/** `newest` ranks all that fit alike. */
	sort: "friction" | "newest";
	/** Epoch ms: sessions that began from here to before there; undefined for ever. */
	from?: number | undefined;
	to?: number | undefined;
	/** Only page views that fit, and what went wrong in them. */
	filter: SessionFilter;
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

export interface RankedSessions {
	/** Ids, the worst first. */
	sessions: string[];
	next: string;
	/** Is an episode one of those that are asked for? */
	fits: (episode: StoredEpisode) => boolean;
	/** Of sessions that go on and were not looked at. */
	waitingChunks: number;
}

export interface Ranked {
	id: string;
	score: number;
}

/** Of one session's episodes. Scores are compared as whole thousandths, which a cursor can name. */
export const SCORE = `if({isNewest:Bool}, 1,
	toUInt32(round(100000 * (1 - exp(sum(log(1 - {share:Float64} * severity)))))))`;
export const AFTER = "(score < {score:UInt32} OR (score = {score:UInt32} AND id < {id:String}))";
export const IN_ORDER = "ORDER BY score DESC, id DESC LIMIT {limit:UInt32}";

export const NO_CURSOR: Ranked = { id: "", score: 2 ** 31 };

/** @returns undefined where it is none */
export function parseFrictionCursor(cursor: string): Ranked | undefined {
	const [, score, id] = /^(\d{1,6})_([0-9a-f-]{36})$/.exec(cursor) ?? [];
	return score === undefined || id === undefined ? undefined : { score: Number(score), id };
}

export function isFiltered({ kind, page, key }: FrictionFilter): boolean {
	return kind !== "" || page !== "" || key !== "";
}

/** @param where `pages` are as they are stored, none for all */
export function fitsOf({
	kind,
	pages,
	key,
}: {
	kind: string;
	pages: readonly string[];
	key: string;
}): (episode: StoredEpisode) => boolean {
	return (one) =>
		(kind === "" || one.class === kind) &&
		(pages.length === 0 || pages.includes(one.page)) &&
		(key === "" || one.element_key === key);
}
