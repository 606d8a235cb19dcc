// The list as it grows: the newest page is asked for again and again, older ones when wanted.
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Freshness, Session } from "../../protocol/api.ts";
import type { Api, ApiError } from "../api.ts";
import { sinceOf } from "../ui/period.ts";
import { watchPoll } from "../ui/poll.ts";
import type { SessionList } from "./session-list.ts";

const POLL_MS = 2000;
const PAGE_ROWS = 50;

export interface Feed {
	/** undefined until the first answer. */
	sessions: readonly Session[] | undefined;
	/** Cursor of the next older page, "" for none. */
	next: string;
	freshness: Freshness | undefined;
	/** Why the last question failed; what was answered before stays. */
	error: ApiError | undefined;
	/** Epoch ms of the last answer: what the relative times count from. */
	readAt: number;
	loadingMore: boolean;
}

export interface SessionFeed {
	feed: ReadonlySignal<Feed>;
	/** Polls while the page is visible. @returns stops */
	watch(): () => void;
	refresh(): Promise<void>;
	loadMore(): Promise<void>;
}

export function createSessionFeed(
	api: Api,
	{ site, list }: { site: string; list: SessionList },
	now: () => number,
): SessionFeed {
	const isByAge = list.sort === "newest";
	const merge = isByAge ? mergeSessions : mergeRanked;
	const ask = (more: { cursor?: string }, stop?: AbortSignal) => {
		const { days, ...asked } = list;
		const from = days === "" ? {} : { from: sinceOf(days, now()) };
		return api.listSessions(site, { ...asked, ...from, ...more, limit: PAGE_ROWS }, stop);
	};
	const feed = signal<Feed>({
		sessions: undefined,
		next: "",
		freshness: undefined,
		error: undefined,
		readAt: now(),
		loadingMore: false,
	});
	const refresh = async (stop?: AbortSignal) => {
		const result = await ask({}, stop);
		if (stop?.aborted) return;
		const before = feed.value;
		if (!result.ok) {
			feed.value = { ...before, error: result.error };
			return;
		}
		const { sessions, next, freshness } = result.value;
		const merged = merge(before.sessions ?? [], sessions);
		feed.value = {
			...before,
			sessions: merged.sessions,
			next: merged.joined ? before.next : next,
			freshness,
			error: undefined,
			readAt: now(),
		};
	};
	return {
		feed,
		watch: () => watchPoll(refresh, POLL_MS),
		refresh: () => refresh(),
		async loadMore() {
			const { next, loadingMore } = feed.value;
			if (next === "" || loadingMore) return;
			feed.value = { ...feed.value, loadingMore: true };
			const result = await ask({ cursor: next });
			const before = { ...feed.value, loadingMore: false };
			if (!result.ok) {
				feed.value = { ...before, error: result.error };
				return;
			}
			const older = result.value.sessions;
			const known = before.sessions ?? [];
			const sessions = isByAge
				? mergeSessions(known, older).sessions
				: mergeRanked(older, known).sessions;
			feed.value = { ...before, sessions, next: result.value.next };
		},
	};
}

/** A list that the server has put in order: what is fresh, and behind it what was loaded further down. */
export function mergeRanked(
	known: readonly Session[],
	fresh: readonly Session[],
): { sessions: Session[]; joined: boolean } {
	const ids = new Set(fresh.map(({ id }) => id));
	return {
		sessions: [...fresh, ...known.filter(({ id }) => !ids.has(id))],
		joined: known.length > 0,
	};
}

/**
 * The known sessions with newer versions of some of them, newest first.
 * @returns `joined` is false where nothing connects the two (the tab slept too long): then only the
 *   fresh ones are kept, because what lies between is not known
 */
export function mergeSessions(
	known: readonly Session[],
	fresh: readonly Session[],
): { sessions: Session[]; joined: boolean } {
	const ids = new Set(fresh.map(({ id }) => id));
	const kept = known.filter(({ id }) => !ids.has(id));
	const oldest = Math.min(...fresh.map(({ startedAt }) => startedAt));
	const apart = kept.length === known.length && kept.every(({ startedAt }) => startedAt < oldest);
	const joined = known.length > 0 && !(apart && fresh.length >= PAGE_ROWS);
	const sessions = [...fresh, ...(joined ? kept : [])];
	sessions.sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
	return { sessions, joined };
}
