// What is usual on a site, as it was frozen: objects that never change, and the one rule of which of them a session
// is judged by. That is the newest that was frozen before the first word of it came in: nothing of it can be in
// there, and whoever judges it again, after a restart or a reindex, takes the same.
//
// A site's first sessions come before anything is frozen. They are judged by the first that is, of which there is a
// part for each fifth of the sessions, made without it: nobody is compared with themselves there either.
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { type Frozen, readBaselines } from "../../signals/baseline/freeze.ts";
import { type Baselines, NO_BASELINES } from "../../signals/baselines.ts";
import { HASHED_NAMES } from "../index/baseline-rows.ts";
import { drawOf } from "../index/heat-rows.ts";
import { ALL_BASELINES, baselineKey, parseBaselineKey, siteBaselines } from "../store/layout.ts";
import type { Store } from "../store/store.ts";

/** So many parts a site's first sessions are in. */
export const PARTS = 5;
/** Objects of a few hundred kilobytes that are kept in the memory. */
const MOST_KEPT = 8;

/** JSON of an object. */
export interface FrozenSite {
	version: 1;
	site: number;
	/** When it was frozen, and of how many sessions. */
	at: number;
	sessions: number;
	all: Frozen;
	/** The first of a site: part n is made without the sessions whose draw leaves n by `PARTS`. */
	parts?: Frozen[];
}

/** As much as it takes to choose for a session. */
export interface JudgedSession {
	session: string;
	/** When its first chunk came in. */
	firstAt: number;
}

/** What is frozen of a site at the moment. */
export interface SiteBaselines {
	/** The newest; undefined where there is none yet. @throws StoreError */
	newest(): Promise<FrozenSite | undefined>;
	/** @throws StoreError */
	of(session: JudgedSession): Promise<Baselines>;
	isEmpty: boolean;
}

export const NOTHING_FROZEN: SiteBaselines = {
	isEmpty: true,
	newest: async () => undefined,
	of: async () => NO_BASELINES,
};

export interface BaselineShelf {
	/** @param maxAgeMs how old what is known of the site may be @throws StoreError */
	open(site: number, maxAgeMs?: number): Promise<SiteBaselines>;
	/** @throws StoreError; to be frozen again then */
	put(frozen: FrozenSite): Promise<void>;
	/** Sites of which anything is frozen. @throws StoreError */
	listSites(): Promise<number[]>;
}

const inflate = promisify(gunzip);
const deflate = promisify(gzip);

export function createBaselineShelf({
	store,
	now,
}: {
	store: Store;
	now: () => number;
}): BaselineShelf {
	const known = new Map<number, { readAt: number; times: readonly number[] }>();
	const kept = new Map<string, Promise<FrozenSite>>();

	const listTimes = async (site: number, maxAgeMs: number): Promise<readonly number[]> => {
		const before = known.get(site);
		if (before !== undefined && now() - before.readAt < maxAgeMs) return before.times;
		const readAt = now();
		const times: number[] = [];
		for await (const { key } of store.list(siteBaselines(site))) {
			const name = parseBaselineKey(key);
			if (name !== undefined) times.push(name.at);
		}
		known.set(site, { readAt, times });
		return times;
	};

	const read = (site: number, at: number): Promise<FrozenSite> => {
		const key = baselineKey({ site, at });
		const reading = kept.get(key) ?? readObject(store, key);
		// What is asked for again is kept longest.
		kept.delete(key);
		kept.set(key, reading);
		reading.catch(() => kept.delete(key));
		for (const name of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(name);
		return reading;
	};

	return {
		async open(site, maxAgeMs = 0) {
			const times = await listTimes(site, maxAgeMs);
			const last = times.at(-1);
			return {
				isEmpty: last === undefined,
				newest: async () => (last === undefined ? undefined : read(site, last)),
				async of(session) {
					const at = times.findLast((time) => time < session.firstAt) ?? times[0];
					if (at === undefined) return NO_BASELINES;
					return choose(await read(site, at), session);
				},
			};
		},
		async put(frozen) {
			const bytes = await deflate(JSON.stringify(frozen));
			await store.put(baselineKey(frozen), bytes);
			known.delete(frozen.site);
		},
		async listSites() {
			const sites = new Set<number>();
			for await (const { key } of store.list(ALL_BASELINES)) {
				const name = parseBaselineKey(key);
				if (name !== undefined) sites.add(name.site);
			}
			return [...sites];
		},
	};
}

async function readObject(store: Store, key: string): Promise<FrozenSite> {
	// It was written here.
	return JSON.parse((await inflate(await store.get(key))).toString()) as FrozenSite;
}

function choose({ at, all, parts = [] }: FrozenSite, { session, firstAt }: JudgedSession) {
	const frozen = at < firstAt ? all : parts[drawOf(session) % PARTS];
	return frozen === undefined ? NO_BASELINES : readBaselines(frozen, HASHED_NAMES);
}
