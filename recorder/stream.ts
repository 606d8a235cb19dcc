// One stream: everything recorded of one document between its load, its return from the back/forward
// cache or a new session, and its end. The list of its parts, in order. A new stream is a new scope, so
// no node id, element number or page view leaks from one into the next.
import type { Directive } from "../protocol/answer.ts";
import type { Fact, Reached } from "../protocol/fact.ts";
import { FACT_ASSETS, FACT_PAGE, FACT_VISIBLE } from "../protocol/fact.ts";
import { createRandomId, type StreamId, type TabId, type VisitorId } from "../protocol/ids.ts";
import { isSampled } from "../protocol/site-config.ts";
import { type Assets, keepAssets } from "./assets/keep-assets.ts";
import type { TellAttributes, watchCanvases } from "./capture/dom/canvases.ts";
import type { DomEvent } from "./capture/dom/dom-event.ts";
import { watchDom } from "./capture/dom/watch-dom.ts";
import { type Place, watchPages } from "./capture/page.ts";
import { watchFacts } from "./capture/watch-facts.ts";
import type { ObeyedConfig } from "./config.ts";
import { createFriction } from "./friction.ts";
import type { Governor } from "./governor.ts";
import type { Guard } from "./guard.ts";
import type { Listen } from "./listen.ts";
import { loadRare } from "./load-rare.ts";
import { createLookback } from "./lookback.ts";
import { hushFact } from "./privacy/hush-fact.ts";
import type { Sessions } from "./session/session.ts";
import { createChunker } from "./transport/chunker.ts";
import { createHeads } from "./transport/envelope-head.ts";
import { gzip } from "./transport/gzip.ts";
import { createQueue } from "./transport/queue.ts";
import type { Origin, Sender } from "./transport/sender.ts";

/** What the streams of one page share. A tuple, since names would be loaded with every page. */
export type PageScope = [
	guard: Guard,
	governor: Governor,
	listen: Listen,
	later: (callback: () => void, ms: number) => void,
	random: (bytes: number) => Uint8Array,
	/** Epoch ms of what is told. */
	now: () => number,
	/** Address and title of the page at that moment. */
	place: () => { href: string; title: string },
	/** The page view that is current. */
	current: Place,
	/** Is what happened before the recorder was there told now? */
	isLate: () => boolean,
	/** The visitor has done nothing for so long that nothing is recorded but facts. */
	isIdle: () => boolean,
	visitor: VisitorId,
	tab: TabId,
	sessions: Sessions,
	sender: Sender,
	/** Where chunks go. */
	endpoint: string,
	config: ObeyedConfig,
	/** The server asks for what concerns more than this stream. */
	onDirective: (directive: Directive) => void,
	/** The visitor is here while they do something in a frame, too. @returns ends to it */
	watchHand: (window: Window) => (() => void)[],
];

export interface Stream {
	/** What the sender knows it by. */
	origin: Origin;
	/** What the page itself says of the visit: a method and its arguments. */
	told(method: string, args: unknown[]): void;
	/** The document is recorded from now on, if it may be and this session is one of those that are. */
	watchDocument(isAllowed: boolean): void;
	/** The visitor is back. */
	resume(): void;
	/** The address may have changed. */
	route(reached: Reached): void;
	onVisible(visible: boolean): void;
	onUnload(): void;
	onIdle(): void;
	throttle(everyMs: number): void;
	/** Does as much as the governor allows now. */
	settle(): void;
	snapshot(): void;
	/** Stops recording; what was recorded is still sent. */
	end(): void;
}

/** @param isFirst no stream of this document was before */
export function startStream(scope: PageScope, reached: Reached, isFirst: boolean): Stream {
	const [guard, governor, listen, later, random, now, place, current, isLate, isIdle, ...shared] =
		scope;
	const [visitor, tab, sessions, sender, endpoint, config, onDirective, watchHand] = shared;
	const { privacy, sampling, replayOnFriction, features } = config;
	guard.restart();
	const stream = createRandomId(random(16)) as StreamId;
	const dropped = { events: 0, chunks: 0 };
	const { id: session, writeKey } = sessions.current();
	const identity = { visitor, session, writeKey, tab, stream };
	let ended = false;
	const origin: Origin = {
		onDirective: (directive) => {
			// What an older stream is told does not concern its successor.
			if (!ended) onDirective(directive);
		},
		onDropped: () => {
			dropped.chunks++;
		},
	};

	const emitFact = (fact: Fact): void => {
		if (sessions.isOver()) return;
		if (fact[0] !== FACT_PAGE) pages.settle();
		chunker.addFact(privacy === "strict" ? hushFact(fact) : fact);
		if (isReplayed || !replayOnFriction) return;
		if (isFriction(fact)) sessions.noteFriction();
		// In an earlier page or in another tab, too.
		if (sessions.current().friction) replay();
	};
	const replay = (): void => {
		isReplayed = true;
		const events = lookback?.take() ?? [];
		lookback = undefined;
		for (const event of events) chunker.addEvent(event);
		assets?.wake();
		settle();
	};
	const isFriction = createFriction();
	const pages = watchPages({
		...{ guard, now, place, current, reached, emit: emitFact },
		onEnd: () => facts.tell("navigation"),
	});
	const chunker = createChunker([
		guard,
		createQueue(current),
		sender,
		origin,
		createHeads(identity, dropped, guard, governor),
		dropped,
		gzip,
		later,
		() => dom?.snapshot(),
	]);
	// Facts go on where the document is not to be recorded or cannot be.
	let dom: ReturnType<typeof watchDom> | undefined;
	/** Whether the document may be recorded; undefined until the past has been told. */
	let isWhole: boolean | undefined;
	let isReplayed = isSampled(session, sampling);
	let lookback = isReplayed || !replayOnFriction ? undefined : createLookback();
	let isPaused = false;
	let assets: Assets | undefined;
	let canvases: Promise<ReturnType<typeof watchCanvases>> | undefined;
	let endObserving: (() => void) | undefined;
	const onEvent = (event: DomEvent): void => {
		if (isPaused) return;
		// Not before something happens that is missed: also while another tab keeps the session alive.
		if (isIdle()) {
			isPaused = true;
			later(settle, 0);
		} else if (sessions.isOver()) return;
		else if (!lookback) chunker.addEvent(event);
		else if (lookback.add(event)) later(turn, 0);
	};
	const turn = (): void => {
		if (lookback?.turn()) dom?.snapshot();
		else {
			lookback = undefined;
			settle();
		}
	};
	const onCanvas = (canvas: Element, tell: TellAttributes): void => {
		if (!features.canvas || !isReplayed || privacy === "strict") return;
		canvases ??= loadRare(endpoint).then((rare) => rare.watchCanvases(guard, governor));
		canvases.then((watch) => watch(canvas, tell)).catch(guard.count);
	};
	const stopDocument = (): void => {
		dom?.stop();
		dom = undefined;
		lookback?.take();
	};
	const settle = (): void => {
		if (isWhole === undefined || ended) return;
		const step = governor.step();
		if (!isWhole || !(isReplayed || lookback) || isPaused || step > 2) {
			stopDocument();
			endObserving ??= facts.observe();
			return;
		}
		endObserving?.();
		endObserving = undefined;
		const { onMutations, onStyle } = facts;
		const hush = (toldAt: number) => chunker.hush(toldAt) || !!lookback?.take().length;
		const options = {
			...{ privacy, hush, onMutations, onStyle, refer: assets?.refer },
			...{ onCanvas, watchHand },
		};
		dom ??= guard.wrap(watchDom)(guard, onEvent, options);
		dom?.pace(step);
	};
	pages.settle();
	const facts = watchFacts({
		...{ guard, listen, now, current, emit: emitFact, isFirst },
		isLate,
		isOurs: (url) => url.startsWith(endpoint) || assets?.isOurs(url) === true,
	});

	const hide = (reason: "hidden" | "unload"): void => {
		facts.tell(reason);
		dom?.flush();
		chunker.speakLast(reason === "unload");
	};

	return {
		// A route, and what the sender and the server say, are for these.
		...pages,
		...chunker,
		origin,
		told: (method, args) => {
			const told: Partial<Record<string, (...args: never[]) => void>> = { ...facts.told };
			told[method]?.(...(args as never[]));
		},
		watchDocument(isAllowed) {
			isWhole = isAllowed;
			const isKept = isWhole && (isReplayed || lookback);
			if (isKept && features.assets !== false && window.PerformanceObserver) {
				assets = keepAssets([
					guard,
					endpoint,
					!isReplayed,
					later,
					(sheets, files) => emitFact([FACT_ASSETS, now(), sheets, files]),
					(url) => dom?.tellLinked(url),
				]);
			}
			settle();
		},
		resume() {
			if (!isPaused) return;
			stopDocument();
			isPaused = false;
			// Not within what the visitor does.
			later(settle, 0);
		},
		onVisible(visible) {
			emitFact([FACT_VISIBLE, now(), +visible as 0 | 1]);
			if (!visible) hide("hidden");
		},
		onUnload: () => hide("unload"),
		settle,
		snapshot: () => dom?.snapshot(),
		end() {
			ended = true;
			facts.stop();
			pages.stop();
			stopDocument();
			assets?.stop();
			chunker.close();
		},
	};
}
