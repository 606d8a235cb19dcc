// One stream: everything recorded of one document between its load, its return from the back/forward
// cache or a new session, and its end. The list of its parts, in order. A new stream is a new scope, so
// no node id, element number or page view leaks from one into the next.
import type { Directive } from "../protocol/answer.ts";
import type { Fact, Reached } from "../protocol/fact.ts";
import { FACT_ASSETS, FACT_PAGE, FACT_VISIBLE } from "../protocol/fact.ts";
import { createRandomId, type StreamId, type TabId, type VisitorId } from "../protocol/ids.ts";
import { isSampled } from "../protocol/site-config.ts";
import { type Assets, keepAssets } from "./assets/keep-assets.ts";
import type { DomEvent } from "./capture/dom/dom-event.ts";
import { watchDom } from "./capture/dom/watch-dom.ts";
import type { ToldByPage } from "./capture/facts/told-by-page.ts";
import { watchPages } from "./capture/page.ts";
import { watchFacts } from "./capture/watch-facts.ts";
import type { Governor, Step } from "./governor.ts";
import type { Guard } from "./guard.ts";
import type { Listen } from "./listen.ts";
import { hushFact } from "./privacy/hush-fact.ts";
import type { Privacy } from "./privacy/private-content.ts";
import type { Sessions } from "./session/session.ts";
import { createChunker } from "./transport/chunker.ts";
import { createHeads } from "./transport/envelope-head.ts";
import { gzip } from "./transport/gzip.ts";
import { createQueue } from "./transport/queue.ts";
import type { RecorderConfig } from "./transport/read-config.ts";
import type { Origin, Sender } from "./transport/sender.ts";

/** What the streams of one page share. */
export interface PageScope {
	guard: Guard;
	governor: Governor;
	listen: Listen;
	/** Epoch ms. */
	now: () => number;
	random: (bytes: number) => Uint8Array;
	later: (callback: () => void, ms: number) => void;
	sessions: Sessions;
	visitor: VisitorId;
	tab: TabId;
	sender: Sender;
	/** Where chunks go. */
	endpoint: string;
	config: Promise<RecorderConfig>;
	/** The server asks for what concerns more than this stream. */
	onDirective: (directive: Directive) => void;
}

export interface Stream extends ToldByPage {
	/** What the sender knows it by. */
	origin: Origin;
	onVisible(visible: boolean): void;
	onUnload(): void;
	onIdle(): void;
	throttle(everyMs: number): void;
	/** As much is done as the governor allows. */
	pace(step: Step): void;
	snapshot(): void;
	/** Stops recording; what was recorded is still sent. */
	end(): void;
}

/** @param isFirst no stream of this document was before */
export function startStream(scope: PageScope, reached: Reached, isFirst: boolean): Stream {
	const { guard, listen, now, sessions, visitor, tab, sender, later } = scope;
	guard.restart();
	const stream = createRandomId(scope.random(16)) as StreamId;
	const dropped = { events: 0, chunks: 0 };
	const identity = { visitor, session: sessions.current(), tab, stream };
	let ended = false;
	let privacy: Privacy = "balanced";
	const origin: Origin = {
		onDirective: (directive) => {
			// What an older stream is told does not concern its successor.
			if (!ended) scope.onDirective(directive);
		},
		onDropped: () => {
			dropped.chunks++;
		},
	};

	const emitFact = (fact: Fact): void => {
		if (sessions.isOver()) return;
		if (fact[0] !== FACT_PAGE) pages.settle();
		chunker.addFact(privacy === "strict" ? hushFact(fact) : fact);
	};
	const pages = watchPages({
		...{ guard, listen, now, reached, emit: emitFact },
		onEnd: () => facts.tell("navigation"),
	});
	const chunker = createChunker({
		guard,
		sender,
		origin,
		dropped,
		gzip,
		later,
		queue: createQueue(pages),
		createHead: createHeads(identity, dropped, scope),
		onRoom: () => dom?.snapshot(),
	});
	// Facts do not wait for the configuration, and go on where the document is not to be recorded or
	// cannot be.
	let dom: ReturnType<typeof watchDom> | undefined;
	/** Not known before the configuration is. */
	let isReplayed: boolean | undefined;
	let assets: Assets | undefined;
	void scope.config.then(({ sampling, stop, privacy: chosen, assets: isKept }) => {
		if (chosen === "strict") privacy = chosen;
		if (ended || stop) return;
		isReplayed = isSampled(identity.session.id, sampling);
		if (isReplayed && isKept && window.PerformanceObserver) {
			assets = keepAssets({
				...{ guard, endpoint: scope.endpoint },
				onKept: (sheets, files) => emitFact([FACT_ASSETS, now(), sheets, files]),
				onLost: (url) => dom?.tellLinked(url),
			});
		}
		pace(scope.governor.step());
	});
	const onEvent = (event: DomEvent): void => {
		if (!sessions.isOver()) chunker.addEvent(event);
	};
	let endObserving: (() => void) | undefined;
	const pace = (step: Step): void => {
		if (isReplayed === undefined || ended) return;
		const { onMutations, onStyle } = facts;
		if (isReplayed && step < 3) {
			endObserving?.();
			endObserving = undefined;
			const options = { privacy, hush: chunker.hush, onMutations, onStyle, refer: assets?.refer };
			dom ??= guard.wrap(watchDom)(guard, onEvent, options);
			dom?.pace(step);
		} else {
			dom?.stop();
			dom = undefined;
			endObserving ??= facts.observe();
		}
	};
	pages.settle();
	const facts = watchFacts({
		...{ guard, listen, now, view: pages.view, emit: emitFact, isFirst },
		isOurs: (url) => url.startsWith(scope.endpoint) || assets?.isOurs(url) === true,
	});

	return {
		...{ origin, custom: facts.custom, identify: facts.identify },
		...{ variant: facts.variant, consent: facts.consent },
		onVisible(visible) {
			emitFact([FACT_VISIBLE, now(), visible ? 1 : 0]);
			if (visible) return;
			facts.tell("hidden");
			dom?.flush();
			chunker.speakLast(false);
		},
		onUnload() {
			facts.tell("unload");
			dom?.flush();
			chunker.speakLast(true);
		},
		onIdle: chunker.onIdle,
		throttle: chunker.throttle,
		pace,
		snapshot: () => dom?.snapshot(),
		end() {
			ended = true;
			facts.stop();
			pages.stop();
			dom?.stop();
			assets?.stop();
			chunker.close();
		},
	};
}
