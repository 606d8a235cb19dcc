// Fetches what a replay needs and makes windows of it. It lives in a worker, because parsing and scrubbing
// half a megabyte takes longer than a frame; what it posts is copied on the way, so what it keeps stays
// as it came whatever the replayer does. The latest aim wins: its keyframe comes before everything else.
//
// Longer than other files, because what is wanted, what was handed over and what failed are decided
// together, after everything that happens; what is in store is `stock.ts`, what to fetch `planner.ts`.

import { type Difference, findDifference } from "../../replay/difference.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { isWholePage } from "../../replay/whole-page.ts";
import type { ApiError } from "../api.ts";
import { isPassing } from "../ui/is-passing.ts";
import { foldStart, isLocal, isLong, nameLocal } from "./fold-start.ts";
import type { Order, Report } from "./loader-messages.ts";
import {
	type Aim,
	findAsset,
	findDocument,
	findEnd,
	findPassage,
	type Keyframe,
	listParts,
	type Passage,
	partsOf,
} from "./passage.ts";
import { AHEAD_MS, planFetches } from "./planner.ts";
import { type PartAnswer, readPart } from "./read-part.ts";
import { findPartial, type PartialPage } from "./shown-instant.ts";
import { createStock } from "./stock.ts";
import { createWindow, cutWindow, listMore, WINDOW_EVENTS } from "./window.ts";

const CACHE_BYTES = 64 * 1024 * 1024;
/** JSON of what is recorded is about this much larger than its gzip. */
const INFLATION = 12;
/** The page has a first frame to draw before anything competes with it. */
const IDLE_MS = 250;
/** A page that is told in parts is waited for so far behind the instant. */
const WHOLE_MS = 10_000;
const RETRY_MS: readonly number[] = [500, 1000, 2000, 3000];

interface Sent {
	/** ms from the session's start; at the end of the tab, where that was then. */
	until: number;
	/** The document that is open there. */
	stream: string;
	count: number;
	full: boolean;
}

export interface LoaderOptions {
	request: typeof fetch;
	post: (report: Report) => void;
	wait: (ms: number) => Promise<void>;
	cacheBytes?: number;
}

export interface Loader {
	obey(order: Order): void;
}

export function createLoader({ request, post, wait, cacheBytes }: LoaderOptions): Loader {
	let opened: Extract<Order, { do: "open" }> | undefined;
	let target: { token: number; aim: Aim; shown?: Aim | undefined } | undefined;
	/** How far the window of the target was handed over, undefined before it was. */
	let sent: Sent | undefined;
	/** Whether what was handed over last was made before the latest `open`. */
	let isOfOld = true;
	/** Whether a picture has stood for a while. */
	let isIdle = false;
	/** The last page that was folded for an aim. */
	let folded: (Aim & { events: RawEvent[] }) | undefined;
	let hints: Aim[] = [];
	let progress = "";
	const stock = createStock({
		...{ cacheBytes: cacheBytes ?? CACHE_BYTES, wait },
		onRead: (part, active) => post({ is: "activity", part, active }),
		onBroken: (part, message) => lose(part, message),
	});
	const { startOf, piecesOf, dress } = stock;
	const busy = new Map<string, AbortController>();
	const tries = new Map<string, number>();
	/** Parts that will not come, and why; undefined for those that are of no use. */
	const lost = new Map<string, ApiError | undefined>();
	/** Damaged where the server reads them, whichever manifest named them. */
	const damaged = new Set<string>();

	const isSettled = (part: string) => stock.has(part) || lost.has(part);

	const advance = () => {
		if (opened === undefined) return;
		if (!opened.contents.keyframes.every(isThere)) {
			const keyframes = opened.contents.keyframes.filter(isThere);
			opened = { ...opened, contents: { ...opened.contents, keyframes } };
		}
		if (target !== undefined) {
			if (sent === undefined) answer(target);
			else if (!sent.full) extend(target, sent);
		}
		const plan = planFetches({
			contents: opened.contents,
			target: target?.aim,
			hints,
			isSettled,
			isIdle,
			busy: new Set(busy.keys()),
			idleBytes: stock.room() / INFLATION,
		});
		for (const part of plan.abort) busy.get(part)?.abort();
		for (const part of plan.start) load(part);
		if (target === undefined) for (const hint of hints) prepare(hint);
	};

	/** What takes long is done before it is asked for. */
	const prepare = (aim: Aim) => {
		const start = opened && findPassage(opened.contents, aim, aim.at)?.start;
		if (start !== undefined && allPartsOf(start).every(stock.has)) startOf(start);
	};

	const answer = ({ token, aim, shown }: NonNullable<typeof target>) => {
		if (opened === undefined) return;
		const { contents } = opened;
		const needed = findPassage(contents, aim, aim.at);
		if (needed === undefined) return post({ is: "empty", token });
		const parts = listParts(contents, needed);
		const failure = parts.map((part) => lost.get(part)).find((error) => error !== undefined);
		if (failure !== undefined) return;
		const done = parts.filter(isSettled).length;
		if (done < parts.length) return reportProgress(token, done, parts.length);
		const wanted = findPassage(contents, aim, aim.at + AHEAD_MS) ?? needed;
		const until = findReach(wanted, aim.at + AHEAD_MS);
		const half = findHalf(aim);
		if (half !== undefined && half.whole === undefined) {
			const close = listParts(contents, findPassage(contents, aim, aim.at + WHOLE_MS) ?? needed);
			const here = close.filter(isSettled).length;
			if (here < close.length) return reportProgress(token, here, close.length);
		}
		const isLeft = half !== undefined && half.whole === undefined;
		const partial = isLeft
			? { from: half.from - opened.startedAt, to: endOf(half, aim.tab) }
			: undefined;
		// Behind a keyframe of the server's the way is short; elsewhere it is worth one of our own.
		const isOpenEnded = needed.start.recorded || isLocal(needed.start.part);
		if (isOpenEnded && makeStart(needed, aim)) return answer({ token, aim, shown });
		const difference = shown === undefined ? undefined : compareWith(shown, aim);
		if (difference !== undefined) {
			const road = { stream: needed.start.stream, pieces: piecesOf(wanted) };
			const from = half?.whole ?? epoch(aim.at);
			const more = listMore({ ...road, from, until: epoch(until) });
			const { events, full, ...end } = cutWindow(more);
			const reach = full ? end.until - opened.startedAt : until;
			note(aim, { stream: end.stream, count: events.length, full, reach });
			const dressed = { ...difference, events: dress(difference.events) };
			const change = { token, difference: dressed, events: dress(events) };
			return post({ is: "change", ...change, partial, until: reach, full });
		}
		if (makeStart(needed, aim)) return answer({ token, aim });
		const window = createWindow({
			start: startOf(needed.start),
			pieces: piecesOf(wanted),
			at: epoch(aim.at),
			until: epoch(until),
		});
		if (window === undefined) {
			// One keyframe less; the one before it may still lead there.
			leaveOut(needed.start);
			return answer({ token, aim });
		}
		const reach = window.full ? window.until - opened.startedAt : until;
		const { stream, full } = window;
		note(aim, { stream, count: window.events.length, full, reach });
		const events = dress(window.events);
		post({ is: "window", token, aim, events, partial, until: reach, full: window.full });
	};

	const note = (aim: Aim, { reach, ...rest }: Omit<Sent, "until"> & { reach: number }) => {
		sent = { until: within(reach, aim.tab), ...rest };
		isOfOld = false;
	};

	/** @returns undefined where the page cannot be changed in place */
	const compareWith = (shown: Aim, aim: Aim): Difference | undefined => {
		// What is shown was made of other parts, or without some.
		if (opened === undefined || isOfOld || lost.size > 0) return undefined;
		const document = findDocument(opened.contents, aim);
		const isSame = shown.tab === aim.tab && document === findDocument(opened.contents, shown);
		if (document === undefined || !isSame) return undefined;
		// What stands may have been played into, and be half of it.
		if (findHalf(shown)?.whole !== undefined) return undefined;
		const before = pageAt(shown);
		const after = before === undefined ? undefined : pageAt(aim);
		if (before === undefined || after === undefined) return undefined;
		folded = { ...aim, events: after };
		return findDifference(before, after, epoch(aim.at));
	};

	/** The keyframe of an instant, as far as its parts are there. */
	const pageAt = (aim: Aim): RawEvent[] | undefined => {
		if (opened === undefined) return undefined;
		if (folded?.tab === aim.tab && folded.at === aim.at) return folded.events;
		const at = findHalf(aim)?.whole ?? epoch(aim.at);
		const passage = findPassage(opened.contents, aim, at - opened.startedAt);
		if (passage === undefined) return undefined;
		if (!listParts(opened.contents, passage).every((part) => stock.has(part))) return undefined;
		const way = createWindow({
			...{ start: startOf(passage.start), pieces: piecesOf(passage), at, until: at },
			limit: Number.POSITIVE_INFINITY,
		});
		return way === undefined ? undefined : foldStart(way.events, at);
	};

	/** Of a page that was told in part only at an instant, as far as its parts are there. */
	const findHalf = (aim: Aim): PartialPage | undefined => {
		const passage = opened && findPassage(opened.contents, aim, aim.at + AHEAD_MS);
		if (passage === undefined || !allPartsOf(passage.start).every(stock.has)) return undefined;
		const start = startOf(passage.start);
		if (start.events.length > 0 && isWholePage(start.events)) return undefined;
		const from = start.events.length > 0 ? start.at : Number.NEGATIVE_INFINITY;
		const behind = piecesOf(passage)
			.filter(({ stream }) => stream === start.stream)
			.sort((a, b) => a.from - b.from)
			.flatMap(({ events }) => events.filter(({ timestamp }) => timestamp >= from));
		const half = findPartial([...start.events, ...behind], epoch(aim.at));
		// What comes after the next page has begun is not seen any more.
		const isLate = half?.whole !== undefined && half.whole > epoch(endOf(half, aim.tab));
		return half && { ...half, whole: isLate ? undefined : half.whole };
	};

	/** When the next page of a tab begins, ms from the session's start. */
	const endOf = ({ from }: PartialPage, tab: string): number => {
		const next = (opened?.contents.keyframes ?? []).filter(
			(keyframe) => keyframe.tab === tab && keyframe.recorded && epoch(keyframe.at) > from,
		);
		return Math.min(Number.POSITIVE_INFINITY, ...next.map(({ at }) => at));
	};

	/** @returns whether there is now a keyframe much nearer than the one before */
	const makeStart = (needed: Passage, { tab, at }: Aim): boolean => {
		if (opened === undefined) return false;
		const start = startOf(needed.start);
		const way = createWindow({
			...{ start, pieces: piecesOf(needed), at: epoch(at), until: epoch(at) },
			limit: Number.POSITIVE_INFINITY,
		});
		if (way === undefined || !isLong(way.events)) return false;
		const events = foldStart(way.events, epoch(at));
		if (events === undefined) return false;
		const { stream } = way;
		const part = nameLocal(stream, at);
		const own = { tab, stream, at, part, recorded: false, bytes: 0, texts: [] };
		stock.keepLocal(part, events);
		const keyframes = [...opened.contents.keyframes.filter(isThere), own];
		opened = { ...opened, contents: { ...opened.contents, keyframes } };
		return true;
	};

	/** What was folded here cannot be fetched again. */
	const isThere = ({ part }: Keyframe) => !isLocal(part) || stock.has(part);

	const extend = ({ token, aim }: { token: number; aim: Aim }, before: Sent) => {
		if (opened === undefined || before.until > aim.at + AHEAD_MS / 2) return;
		const passage = findPassage(opened.contents, { ...aim, at: before.until }, aim.at + AHEAD_MS);
		if (passage === undefined) return;
		const until = findReach(passage, aim.at + AHEAD_MS);
		if (until <= before.until) return;
		const { events, stream } = listMore({
			stream: before.stream,
			pieces: piecesOf(passage),
			from: epoch(before.until),
			until: epoch(until),
		});
		const count = before.count + events.length;
		const full = count > WINDOW_EVENTS;
		const reach = full ? before.until : until;
		sent = { until: within(reach, aim.tab), stream, count, full };
		post({ is: "more", token, events: full ? [] : dress(events), until: reach, full });
	};

	/** More may come to the end of a tab. */
	const within = (until: number, tab: string) =>
		opened === undefined ? until : Math.min(until, findEnd(opened.contents, tab) + 1);

	/** How far from its start a passage is there without holes, `Infinity` at the end of its tab. */
	const findReach = ({ start, slices: own, keyframes }: Passage, until: number): number => {
		const isOpen = (keyframe: Keyframe) => !allPartsOf(keyframe).every(isSettled);
		const reach = Math.min(
			until,
			...own.filter(({ part }) => !isSettled(part)).map(({ from }) => from),
			...keyframes.filter(isOpen).map(({ at }) => at),
		);
		if (reach < until) return reach;
		const isLater = opened?.contents.slices.some(({ tab, to }) => tab === start.tab && to >= until);
		return isLater ? until : Number.POSITIVE_INFINITY;
	};

	const allPartsOf = (keyframe: Keyframe) =>
		opened === undefined ? [] : partsOf(opened.contents, keyframe);
	const epoch = (ms: number) => (opened?.startedAt ?? 0) + ms;

	const leaveOut = (bad: Keyframe) => {
		if (opened === undefined) return;
		const keyframes = opened.contents.keyframes.filter((keyframe) => keyframe !== bad);
		opened = { ...opened, contents: { ...opened.contents, keyframes } };
	};

	const startIdling = async () => {
		await wait(IDLE_MS);
		isIdle = true;
		// The first seek compares with the page that stands.
		if (target !== undefined) compareWith(target.aim, target.aim);
		advance();
	};

	const reportProgress = (token: number, done: number, total: number) => {
		const text = `${token} ${done}/${total}`;
		if (text !== progress) post({ is: "progress", token, done, total });
		progress = text;
	};

	const addressOf = (part: string): string => {
		const hash = findAsset(part);
		return hash === undefined ? `${opened?.url}${part}` : stock.addressOf(hash);
	};

	const load = async (part: string) => {
		const stop = new AbortController();
		busy.set(part, stop);
		const read = await readPart(request, addressOf(part), { signal: stop.signal });
		if (read.is !== "read" && !stop.signal.aborted) await refuse(part, read);
		if (read.is === "read") keep(part, read);
		busy.delete(part);
		advance();
	};

	const keep = (part: string, read: Extract<PartAnswer, { is: "read" }>) => {
		tries.delete(part);
		// What nobody asked for is looked at when nobody asks for anything else.
		stock.keep(part, read, { isLater: isIdle && !isSoon(part) });
	};

	const isSoon = (part: string): boolean => {
		if (opened === undefined || target === undefined) return false;
		const passage = findPassage(opened.contents, target.aim, target.aim.at + AHEAD_MS);
		return passage !== undefined && listParts(opened.contents, passage).includes(part);
	};

	const refuse = async (part: string, read: Exclude<PartAnswer, { is: "read" }>) => {
		const tried = tries.get(part) ?? 0;
		tries.set(part, tried + 1);
		// A page without one of its files is still the page.
		if (findAsset(part) !== undefined && tried > 0) return void lost.set(part, undefined);
		const passing = read.is === "failed" && isPassing(read.error);
		const delay = RETRY_MS[Math.min(tried, RETRY_MS.length - 1)] ?? 0;
		if (read.is === "unreadable") {
			// Nobody can tell a line that broke from a part that is broken.
			if (tried > 0) return lose(part, read.message);
			return wait(delay);
		}
		if (read.error.code === "part_damaged") {
			// The manifest of now may name another copy of it.
			if (damaged.has(part)) return lose(part, read.error.message);
			damaged.add(part);
		}
		if (!passing) lost.set(part, findAsset(part) === undefined ? read.error : undefined);
		if (findAsset(part) !== undefined) return passing ? wait(delay) : undefined;
		if (read.error.status === 404) return post({ is: "stale", error: read.error });
		const isWanted = target !== undefined && sent === undefined && needs(target.aim, part);
		if (isWanted && (!passing || tried > 0)) {
			post({ is: "failed", token: target?.token ?? 0, error: read.error, passing });
		}
		if (passing) await wait(delay);
	};

	const lose = (part: string, message: string) => {
		lost.set(part, undefined);
		if (stock.isSlice(part)) return post({ is: "lost", part, message });
		for (const keyframe of opened?.contents.keyframes ?? []) {
			if (allPartsOf(keyframe).includes(part)) leaveOut(keyframe);
		}
	};

	const needs = (aim: Aim, part: string): boolean => {
		if (opened === undefined) return false;
		const passage = findPassage(opened.contents, aim, aim.at);
		return passage !== undefined && listParts(opened.contents, passage).includes(part);
	};

	return {
		obey(order) {
			switch (order.do) {
				case "open":
					opened = order;
					isOfOld = true;
					folded = undefined;
					stock.open(order);
					lost.clear();
					tries.clear();
					break;
				case "aim":
					stock.beBusy();
					// What was hinted at before the first aim was hinted at for it.
					if (target === undefined) hints = [];
					target = { token: order.token, aim: order.aim, shown: order.shown };
					sent = undefined;
					break;
				case "follow":
					if (target !== undefined) target = { ...target, aim: { ...target.aim, at: order.at } };
					break;
				case "rest":
					if (!isIdle) startIdling();
					return;
				case "hint":
					hints = order.aims;
					break;
				case "retry":
					lost.clear();
					tries.clear();
					break;
			}
			advance();
		},
	};
}
