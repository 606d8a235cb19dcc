// Playing as signals: what is wanted (`intent`) and what is possible (`verdict`) are told apart, because a
// player that waits, lacks something or failed still knows whether it was playing. Everything on the
// screen follows one clock, `timeMs`, which shows the instant that was asked for while it is being built.
//
// A seek asks the loader what differs from the page that is shown, which is then changed in place. Where
// that cannot be, it gets a window, which the surfaces build out of sight; the same way go the change to
// another tab and the change to a later window while playing, but there the picture runs on.
//
// Longer than other files, because all of it turns on the same few variables: what is pending, what is in
// front, and whether the clock runs. What could be told apart is (`lanes`, `skipping`, `surfaces`).
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Gap, Manifest } from "../../protocol/api.ts";
import { isStillPartial } from "../../replay/whole-page.ts";
import type { ApiError } from "../api.ts";
import type { Stretch } from "./inactivity.ts";
import { createLanes, findFront, findGap, type Lanes } from "./lanes.ts";
import type { ChangeReport, Order, Report, WindowReport } from "./loader-messages.ts";
import { findEnd } from "./passage.ts";
import { createSkipping, LEAD_MS } from "./skipping.ts";
import type { Surfaces } from "./surfaces.ts";

export const SPEEDS: readonly number[] = [0.5, 1, 1.5, 2, 4, 8];
const SKIP_SHOWN_MS = 5000;
/** rrweb's clock stops for good when an event throws; then we start it again behind that event. */
const STALLED_MS = 700;
/** A drag shows so many pages a second: each is rebuilt. */
const PREVIEW_MS = 125;
const FOLLOW_MS = 1000;
/** A later window is begun so long before the end of a full one. */
const CHANGE_MS = 4000;
/** A manifest that is old is read again once; if that does not help, it is an error. */
const STALE_MS = 10_000;

export type Intent = "playing" | "paused";

export type Verdict =
	| { is: "ready" }
	/** Of so many parts; both 0 where it is being built. */
	| { is: "loading"; done: number; total: number }
	/** Inside a stretch of which nothing was received. */
	| { is: "gap"; gap: Gap }
	/** Inside a stretch that was received and stored, and cannot be read any more. */
	| { is: "damaged"; stretch: Stretch }
	/** The tab has no picture, or one that cannot be built. */
	| { is: "unplayable"; message: string }
	| { is: "error"; error: ApiError };

export interface Player {
	readonly intent: ReadonlySignal<Intent>;
	readonly verdict: ReadonlySignal<Verdict>;
	readonly ended: ReadonlySignal<boolean>;
	/** Is there any picture, be it the one before? */
	readonly shown: ReadonlySignal<boolean>;
	/** ms from the session's start. */
	readonly timeMs: ReadonlySignal<number>;
	readonly durationMs: ReadonlySignal<number>;
	readonly speed: ReadonlySignal<number>;
	readonly skipInactive: Signal<boolean>;
	/** What was just jumped over. */
	readonly skipped: ReadonlySignal<Stretch | undefined>;
	readonly lanes: ReadonlySignal<Lanes>;
	/** The tab that is stayed in, "" for whichever the visitor looked at. */
	readonly lane: ReadonlySignal<string>;
	/** The tab that is shown. */
	readonly tab: ReadonlySignal<string>;
	/** Is the page that is shown one of which not all was told? */
	readonly isPartial: ReadonlySignal<boolean>;
	toggle(): void;
	pause(): void;
	seek(timeMs: number): void;
	/** While the time line is held: shows what it can, as often as it can. Ends with a `seek`. */
	preview(timeMs: number): void;
	/** Somebody points at this instant, or no longer. */
	hint(timeMs: number | undefined): void;
	setSpeed(speed: number): void;
	chooseLane(tab: string): void;
	undoSkip(): void;
	retry(): void;
	/** What there is by now; the place stays. */
	update(manifest: Manifest): void;
	destroy(): void;
}

export interface PlayerOptions {
	manifest: Manifest;
	/** Where the parts are, up to their names. */
	url: string;
	surfaces: Surfaces;
	skipInactive: Signal<boolean>;
	startLoader: (onReport: (report: Report) => void) => { send(order: Order): void; close(): void };
	/** The manifest is to be read again. */
	onStale: () => void;
}

/** A picture that is on its way. */
interface Pending {
	token: number;
	tab: string;
	at: number;
	/** The one before plays on meanwhile. */
	moving: boolean;
	building: boolean;
}

export function createPlayer(options: PlayerOptions): Player {
	const { url, surfaces, skipInactive, onStale } = options;
	let { manifest } = options;
	const intent = signal<Intent>("paused");
	const ended = signal(false);
	const shown = signal(false);
	const timeMs = signal(0);
	const durationMs = signal(findDuration(manifest));
	const speed = signal(1);
	const skipped = signal<Stretch | undefined>(undefined);
	const lanes = signal(createLanes(manifest, durationMs.peek()));
	const lane = signal("");
	const tab = signal("");
	const partial = signal<Stretch | undefined>(undefined);
	const isPartial = computed(
		() =>
			timeMs.value >= (partial.value?.from ?? Number.POSITIVE_INFINITY) &&
			timeMs.value < (partial.value?.to ?? 0),
	);
	const waiting = signal<{ done: number; total: number } | undefined>(undefined);
	const failure = signal<ApiError | undefined>(undefined);
	const unplayable = signal<string | undefined>(undefined);
	/** Parts that cannot be read. */
	const damaged = signal<ReadonlySet<string>>(new Set());
	const skipping = createSkipping();

	let token = 0;
	let pending: Pending | undefined;
	/** The window in front. */
	let current: { token: number; tab: string; until: number; full: boolean } | undefined;
	/** Came for a window while it was being built. */
	let arrived: Extract<Report, { is: "more" }>[] = [];
	let preview: { next: number | undefined; startedAt: number } | undefined;
	let frame = 0;
	let ticked = 0;
	let followed = 0;
	let moved = { timeMs: -1, at: 0 };
	let skipTimer: ReturnType<typeof setTimeout> | undefined;
	let previewTimer: ReturnType<typeof setTimeout> | undefined;
	let staleAt = Number.NEGATIVE_INFINITY;
	let gone = false;

	const verdict = computed<Verdict>(() => {
		if (failure.value !== undefined) return { is: "error", error: failure.value };
		if (waiting.value !== undefined) return { is: "loading", ...waiting.value };
		if (unplayable.value !== undefined) return { is: "unplayable", message: unplayable.value };
		const gap = findGap(lanes.value, tab.value, timeMs.value);
		if (gap !== undefined) return { is: "gap", gap };
		const stretch = findDamaged();
		return stretch === undefined ? { is: "ready" } : { is: "damaged", stretch };
	});

	const findDamaged = (): Stretch | undefined => {
		if (damaged.value.size === 0) return undefined;
		const at = timeMs.value;
		return manifest.slices.find(
			(slice) =>
				slice.tab === tab.value &&
				at >= slice.from &&
				at <= slice.to &&
				damaged.value.has(slice.part),
		);
	};
	const epoch = (ms: number) => manifest.session.startedAt + ms;
	const clamp = (ms: number) => Math.min(durationMs.peek(), Math.max(0, ms));
	const tabAt = (ms: number) => lane.peek() || findFront(lanes.peek(), ms);
	const isRunning = () => intent.peek() === "playing" && preview === undefined;
	/** Where the picture in front stands; without one, the clock does. */
	const now = () => {
		const stage = current === undefined ? undefined : surfaces.front;
		return stage === undefined ? timeMs.peek() : stage.now() - manifest.session.startedAt;
	};

	/** Shows an instant: in place where it is near, else by a window of its own. */
	const show = (to: number, moving = false) => {
		const at = clamp(to);
		const wanted = tabAt(at);
		if (!moving) timeMs.value = at;
		failure.value = undefined;
		const stage = surfaces.front;
		// A press on the time line is a drag that ends where it began.
		if (!moving && pending?.at === at && pending.tab === wanted && !pending.moving) return;
		const isHere = current?.tab === wanted && at < (current?.until ?? 0) && pending === undefined;
		if (!moving && isHere && stage?.isNear(epoch(at))) {
			stage.seek(epoch(at), isRunning());
			waiting.value = undefined;
			return run();
		}
		if (!moving) stage?.pause();
		const standing = moving ? undefined : findStanding();
		token++;
		pending = { token, tab: wanted, at, moving, building: false };
		if (!moving) waiting.value = { done: 0, total: 0 };
		loader.send({ do: "aim", token, aim: { tab: wanted, at }, shown: standing });
	};

	/** What the page in front is the picture of, where it had all the events up to there. */
	const findStanding = () => {
		if (current === undefined || pending?.building || now() >= current.until) return undefined;
		return { tab: current.tab, at: now() };
	};

	/** Makes of the page in front the one that is wanted. */
	const change = async (report: ChangeReport) => {
		const stage = surfaces.front;
		if (pending?.token !== report.token || stage === undefined) return;
		const { tab: wanted, at } = pending;
		try {
			stage.change(report.difference, { at: epoch(at), events: report.events });
		} catch (error) {
			console.error("the page is not what it was taken for, and is built anew", error);
			current = undefined;
			loader.send({ do: "aim", token: report.token, aim: { tab: wanted, at } });
			return;
		}
		const { token, until, full } = report;
		current = { token, tab: wanted, until, full };
		partial.value = report.partial;
		pending = undefined;
		waiting.value = undefined;
		unplayable.value = undefined;
		await stage.settle(() => pending === undefined && !gone);
		showNext();
		if (pending !== undefined || gone) return;
		if (isRunning()) stage.play();
		run();
	};

	const build = async (report: WindowReport) => {
		if (pending?.token !== report.token) return;
		const mine = { ...pending, building: true };
		pending = mine;
		arrived = [];
		const result = await surfaces.show({
			events: report.events,
			at: epoch(mine.at),
			speed: speed.peek(),
			isWanted: () => pending === mine,
			goOn: () => ({
				at: mine.moving ? epoch(Math.max(mine.at, now())) : epoch(mine.at),
				playing: isRunning(),
			}),
		});
		if (pending !== mine || gone) return;
		pending = undefined;
		waiting.value = undefined;
		unplayable.value = undefined;
		if (result.is === "broken") {
			current = undefined;
			unplayable.value = result.message;
		}
		if (result.is === "shown") {
			current = { token: mine.token, tab: mine.tab, until: report.until, full: report.full };
			tab.value = mine.tab;
			partial.value = report.partial;
			shown.value = true;
			for (const more of arrived) extend(more);
			loader.send({ do: "rest" });
		}
		arrived = [];
		showNext();
		run();
	};

	const extend = (report: Extract<Report, { is: "more" }>) => {
		if (pending?.token === report.token) return void arrived.push(report);
		if (current?.token !== report.token) return;
		current.until = report.until;
		current.full = report.full;
		surfaces.front?.add(report.events);
		if (report.events.some((event) => !isStillPartial(event, true))) partial.value = undefined;
		if (waiting.peek() === undefined || pending !== undefined) return;
		waiting.value = undefined;
		if (isRunning()) surfaces.front?.play();
		run();
	};

	const hear = (report: Report) => {
		if (gone) return;
		switch (report.is) {
			case "window":
				failure.value = undefined;
				build(report);
				break;
			case "change":
				failure.value = undefined;
				change(report);
				break;
			case "more":
				extend(report);
				break;
			case "progress":
				if (pending?.token !== report.token || pending.moving) break;
				waiting.value = { done: report.done, total: report.total };
				break;
			case "empty":
				if (pending?.token !== report.token) break;
				tab.value = pending.tab;
				pending = undefined;
				current = undefined;
				waiting.value = undefined;
				unplayable.value = "";
				showNext();
				run();
				break;
			case "failed":
				if (report.token === 0 || pending?.token === report.token) failure.value = report.error;
				break;
			case "stale":
				if (performance.now() - staleAt < STALE_MS) failure.value = report.error;
				else onStale();
				staleAt = performance.now();
				break;
			case "activity":
				skipping.learn(report.part, report.active);
				break;
			case "lost":
				damaged.value = new Set([...damaged.peek(), report.part]);
				break;
		}
	};
	const loader = options.startLoader(hear);

	/** What the time line was dragged to meanwhile. */
	const showNext = () => {
		if (preview?.next === undefined || pending !== undefined) return;
		const { next } = preview;
		clearTimeout(previewTimer);
		const late = preview.startedAt + PREVIEW_MS - performance.now();
		if (late > 0) {
			previewTimer = setTimeout(showNext, late);
			return;
		}
		preview = { next: undefined, startedAt: performance.now() };
		const shownTime = timeMs.peek();
		show(next);
		timeMs.value = shownTime;
	};

	const run = () => {
		cancelAnimationFrame(frame);
		moved = { timeMs: -1, at: 0 };
		if (!isRunning() || (pending !== undefined && !pending.moving)) return;
		ticked = performance.now();
		frame = requestAnimationFrame(tick);
	};

	const tick = (at: number) => {
		if (!isRunning() || (pending !== undefined && !pending.moving)) return;
		const elapsed = Math.min(250, at - ticked) * speed.peek();
		ticked = at;
		// Where there is no picture, the time goes on all the same.
		const time = current === undefined ? timeMs.peek() + elapsed : now();
		if (jump(time)) return;
		timeMs.value = clamp(Math.max(timeMs.peek(), time));
		if (timeMs.peek() >= durationMs.peek()) return finish();
		keepUp(timeMs.peek(), at);
		frame = requestAnimationFrame(tick);
	};

	/** Everything that has to be seen to while time passes. */
	const keepUp = (time: number, at: number) => {
		if (at - followed > FOLLOW_MS) {
			followed = at;
			if (pending === undefined) loader.send({ do: "follow", at: time });
			hintNext(time);
		}
		if (pending !== undefined) return;
		if (tabAt(time) !== tab.peek()) return show(time, current !== undefined);
		if (current === undefined) return;
		if (time >= current.until) {
			surfaces.front?.pause();
			waiting.value = { done: 0, total: 0 };
			if (current.full) show(time);
			return;
		}
		if (current.full && time > current.until - CHANGE_MS * speed.peek()) return show(time, true);
		if (moved.timeMs !== time) moved = { timeMs: time, at };
		else if (at - moved.at > STALLED_MS && waiting.peek() === undefined) {
			moved = { timeMs: -1, at };
			surfaces.front?.seek(epoch(time + 50), true);
		}
	};

	const jump = (time: number): boolean => {
		if (!skipInactive.peek() || pending !== undefined) return false;
		const stretch = skipping.find(time);
		if (stretch === undefined) return false;
		const isEnd = stretch.to >= durationMs.peek();
		const to = isEnd ? durationMs.peek() : stretch.to - LEAD_MS;
		skipped.value = { from: time, to };
		clearTimeout(skipTimer);
		skipTimer = setTimeout(() => {
			skipped.value = undefined;
		}, SKIP_SHOWN_MS);
		if (isEnd) intent.value = "paused";
		show(to);
		if (isEnd) ended.value = true;
		return true;
	};

	const finish = () => {
		surfaces.front?.pause();
		intent.value = "paused";
		ended.value = true;
	};

	/** The tab that will be in front soon is loaded beforehand. */
	const hintNext = (time: number) => {
		if (lane.peek() !== "") return;
		const next = lanes.peek().visit.find(({ from }) => from > time);
		if (next === undefined || next.from - time > 30_000) return;
		loader.send({ do: "hint", aims: [{ tab: next.tab, at: next.from }] });
	};

	const setIntent = (next: Intent) => {
		if (next === "playing" && ended.peek()) {
			ended.value = false;
			intent.value = next;
			return show(0);
		}
		intent.value = next;
		if (pending !== undefined && !pending.moving) return;
		if (next === "playing") {
			if (waiting.peek() === undefined) surfaces.front?.play();
		} else surfaces.front?.pause();
		run();
	};

	const seek = (to: number) => {
		preview = undefined;
		clearTimeout(previewTimer);
		ended.value = false;
		skipping.spare(clamp(to));
		show(to);
	};

	const open = () => {
		damaged.value = new Set();
		const { startedAt, viewport } = manifest.session;
		const { slices, keyframes, texts, assets } = manifest;
		const contents = { slices, keyframes, texts, assets };
		skipping.open(contents, durationMs.peek());
		loader.send({ do: "open", url, startedAt, contents, viewport });
	};
	open();

	return {
		...{ intent, verdict, ended, shown, timeMs, durationMs, speed, skipInactive, skipped },
		...{ lanes, lane, tab, isPartial },
		toggle: () => setIntent(intent.peek() === "playing" ? "paused" : "playing"),
		pause: () => intent.peek() === "playing" && setIntent("paused"),
		seek,
		preview(to) {
			const startedAt = preview?.startedAt ?? Number.NEGATIVE_INFINITY;
			if (preview === undefined) surfaces.front?.pause();
			preview = { next: to, startedAt };
			ended.value = false;
			timeMs.value = clamp(to);
			showNext();
		},
		hint(to) {
			const aims = to === undefined ? [] : [{ tab: tabAt(clamp(to)), at: clamp(to) }];
			loader.send({ do: "hint", aims });
		},
		setSpeed(value) {
			speed.value = value;
			surfaces.front?.setSpeed(value);
		},
		chooseLane(next) {
			if (lane.peek() === next) return;
			lane.value = next;
			if (tabAt(timeMs.peek()) !== tab.peek()) show(timeMs.peek());
		},
		undoSkip() {
			const from = skipped.peek()?.from;
			if (from === undefined) return;
			skipped.value = undefined;
			const wasEnd = ended.peek();
			seek(from);
			if (wasEnd) setIntent("playing");
		},
		retry() {
			failure.value = undefined;
			damaged.value = new Set();
			loader.send({ do: "retry" });
			show(timeMs.peek());
		},
		update(next) {
			manifest = next;
			durationMs.value = findDuration(next);
			lanes.value = createLanes(next, durationMs.peek());
			if (timeMs.peek() < durationMs.peek()) ended.value = false;
			open();
			if (current === undefined && pending === undefined) show(timeMs.peek());
		},
		destroy() {
			gone = true;
			pending = undefined;
			cancelAnimationFrame(frame);
			clearTimeout(skipTimer);
			clearTimeout(previewTimer);
			loader.close();
			surfaces.destroy();
		},
	};
}

function findDuration({ session, tabs, slices, keyframes, texts }: Manifest): number {
	const contents = { slices, keyframes, texts };
	return Math.max(session.durationMs, ...tabs.map(({ id }) => findEnd(contents, id)));
}
