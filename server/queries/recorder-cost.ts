// What recording cost the visitors' pages, by their recorders' own count. Chunks carry it as a sum over
// their stream, and page views come and go inside of chunks, so what was spent from one chunk to the next
// is shared by the views that were open then, by their time. Of one session or of the newest ones of a
// site; those are read row by row rather than summed up by the index, so that there is one rule for both.
import type { RecorderCost, Reduced, ViewCost } from "../../protocol/api.ts";
import type { Index } from "../index/client.ts";
import { dayOf } from "./sessions.ts";

const SESSIONS = 200;
/** A share of less time says nothing about a page. */
const LEAST_MS = 1000;
/** The recorder's last step: nothing is recorded until it has paid. */
const OFF = 4;

const CHUNKS = `
	SELECT toString(session) AS sessionId, stream, tab, cost_ms AS cost, longest_ms AS longest, step,
		toFloat64(toUnixTimestamp64Milli(first_at)) AS first,
		toFloat64(toUnixTimestamp64Milli(last_at)) AS last
	FROM chunks FINAL
	WHERE site = {site:UInt32} AND day IN {days:Array(Date)} AND session IN {sessions:Array(UUID)}
		AND cost_ms > 0 AND (session, write_key) IN (
			SELECT session, argMin(write_key, received_at) FROM chunks
			WHERE site = {site:UInt32} AND day IN {days:Array(Date)}
				AND session IN {sessions:Array(UUID)}
			GROUP BY session
		)
	ORDER BY session, stream, sequence, part LIMIT 100000`;

const VIEWS = `
	SELECT toString(session) AS sessionId, stream, page,
		toFloat64(toUnixTimestamp64Milli(at)) AS at
	FROM facts FINAL
	WHERE site = {site:UInt32} AND kind = 1 AND day IN {days:Array(Date)}
		AND session IN {sessions:Array(UUID)}
	ORDER BY session, stream, view LIMIT 100000`;

const NEWEST = `
	SELECT DISTINCT toString(session) AS sessionId FROM chunks
	WHERE site = {site:UInt32} ORDER BY sessionId DESC LIMIT {limit:UInt32}`;

export interface CostChunk {
	sessionId: string;
	stream: string;
	tab: string;
	/** Milliseconds of the main thread that the stream has cost so far, and the longest task. */
	cost: number;
	longest: number;
	step: number;
	/** Epoch ms. */
	first: number;
	last: number;
}

export interface CostView {
	sessionId: string;
	stream: string;
	page: string;
	/** Epoch ms. */
	at: number;
}

export interface Costs {
	/** In the order of each stream. */
	chunks: readonly CostChunk[];
	views: readonly CostView[];
}

const NOTHING: Costs = { chunks: [], views: [] };

export type SessionCost = { costs: ViewCost[]; reduced: Reduced[] };

/** @throws IndexUnavailable */
export async function queryCosts(
	index: Index,
	{ site, sessions }: { site: number; sessions: readonly string[] },
): Promise<Costs> {
	const where = { site, sessions, days: [...new Set(sessions.map(dayOf))] };
	const [chunks, views] = await Promise.all([
		index.query<CostChunk>(CHUNKS, where),
		index.query<CostView>(VIEWS, where),
	]);
	return { chunks, views };
}

/** Of one session; times count from its start. */
export function describeCosts(costs: Costs, startedAt: number): SessionCost {
	const since = <T extends { from: number; to: number }>(span: T): T => ({
		...span,
		...{ from: Math.max(0, span.from - startedAt), to: Math.max(0, span.to - startedAt) },
	});
	return {
		costs: measureViews(costs)
			.map(since)
			.sort((a, b) => a.from - b.from),
		reduced: findReduced(costs.chunks).map(since),
	};
}

/** @param nameOf names what a stored page is shown as @throws IndexUnavailable */
export async function queryRecorderCost(
	index: Index,
	site: number,
	nameOf: (page: string) => string,
): Promise<Omit<RecorderCost, "freshness">> {
	const newest = await index.query<{ sessionId: string }>(NEWEST, { site, limit: SESSIONS });
	const sessions = newest.map(({ sessionId }) => sessionId);
	const costs = sessions.length > 0 ? await queryCosts(index, { site, sessions }) : NOTHING;
	const long = measureViews(costs).filter(({ from, to }) => to - from >= LEAST_MS);
	const named = long.map((view) => ({ ...view, page: nameOf(view.page) }));
	return { sessions: sessions.length, leastMs: LEAST_MS, pages: summarisePages(named) };
}

/** Epoch ms. Views of which no cost was told are left out. */
function measureViews({ chunks, views }: Costs): ViewCost[] {
	const viewsOf = groupBy(views);
	return [...groupBy(chunks)].flatMap(([name, own]) => measureStream(own, viewsOf.get(name) ?? []));
}

function measureStream(chunks: readonly CostChunk[], views: readonly CostView[]): ViewCost[] {
	const end = Math.max(...chunks.map(({ last }) => last));
	const tab = chunks[0]?.tab ?? "";
	const costs = views.map(({ page, at }, index): ViewCost => {
		const to = Math.max(at, views[index + 1]?.at ?? end);
		return { tab, page, from: at, to, ms: 0, longestMs: 0, step: 0 };
	});
	let told = 0;
	let from = chunks[0]?.first ?? 0;
	for (const chunk of chunks) {
		const to = Math.max(from, chunk.last);
		// The sum begins anew with a stream; one that is smaller than before was forged or came mixed up.
		const spent = Math.max(0, chunk.cost - told);
		for (const [cost, share] of shareOut(costs, from, to)) {
			cost.ms += spent * share;
			cost.longestMs = Math.max(cost.longestMs, chunk.longest);
			cost.step = Math.max(cost.step, chunk.step);
		}
		told = Math.max(told, chunk.cost);
		from = to;
	}
	return costs
		.filter(({ ms }) => ms > 0)
		.map((cost) => ({ ...cost, ms: Math.round(cost.ms * 10) / 10 }));
}

/** Who was open between two instants, and which share of the time. */
function shareOut(costs: ViewCost[], from: number, to: number): [ViewCost, number][] {
	const open = costs.filter((cost) => cost.from <= to && cost.to >= from);
	const time = (cost: ViewCost) => Math.min(cost.to, to) - Math.max(cost.from, from);
	const whole = open.reduce((sum, cost) => sum + time(cost), 0);
	const lasting = open.filter((cost) => time(cost) > 0);
	if (whole > 0) return lasting.map((cost) => [cost, time(cost) / whole]);
	const last = open.at(-1);
	return last === undefined ? [] : [[last, 1]];
}

/** A chunk names the step that it was sent at: it holds for what came since the one before. */
function findReduced(chunks: readonly CostChunk[]): Reduced[] {
	const found: Reduced[] = [];
	for (const [index, { stream, tab, first, last, step }] of chunks.entries()) {
		if (step === 0) continue;
		const before = chunks[index - 1];
		const from = before?.stream === stream ? before.last : first;
		const to = step === OFF ? findReturn(chunks, tab, last) : last;
		const open = found.at(-1);
		if (open?.tab === tab && open.step === step && open.to >= from) open.to = Math.max(open.to, to);
		else if (to >= from) found.push({ tab, from, to, step });
	}
	return found;
}

/** When a tab that told nothing more was told of again. */
function findReturn(chunks: readonly CostChunk[], tab: string, after: number): number {
	const later = chunks.filter((chunk) => chunk.tab === tab && chunk.first > after);
	return later.length === 0 ? after : Math.min(...later.map(({ first }) => first));
}

/** Those with the highest 95th percentile first. @param views of some time each */
export function summarisePages(views: readonly ViewCost[]): RecorderCost["pages"] {
	const pages = new Map<string, ViewCost[]>();
	for (const view of views) pages.set(view.page, [...(pages.get(view.page) ?? []), view]);
	return [...pages]
		.map(([page, own]) => {
			const shares = own.map(({ ms, from, to }) => ms / (to - from)).sort((a, b) => a - b);
			return {
				...{ page, views: own.length, median: quantile(shares, 0.5), p95: quantile(shares, 0.95) },
				longestMs: Math.max(...own.map(({ longestMs }) => longestMs)),
				reduced: own.filter(({ step }) => step > 0).length,
			};
		})
		.sort((a, b) => b.p95 - a.p95);
}

/** The smallest that is not below such a part of them, so that it is one that was measured. */
function quantile(sorted: readonly number[], part: number): number {
	return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

function groupBy<T extends { sessionId: string; stream: string }>(
	rows: readonly T[],
): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) {
		const name = `${row.sessionId} ${row.stream}`;
		const group = groups.get(name);
		if (group === undefined) groups.set(name, [row]);
		else group.push(row);
	}
	return groups;
}
