// Page views: the document itself and every route of a single-page application. A view is counted when
// the clean URL changes; queries and hashes never leave the page, so they are no views either.
import { cleanUrl } from "../../protocol/clean-url.ts";
import { FACT_PAGE, type PageFact, type Reached } from "../../protocol/fact.ts";
import { maskText } from "../../protocol/text-rule.ts";
import type { Guard } from "../guard.ts";
import type { Listen } from "../listen.ts";

/** Frameworks set the title after the route. */
const TITLE_MS = 250;
const URL_LENGTH = 2048;

export interface PageWatch {
	/** Clean URL and number of the current view. */
	url(): string;
	view(): number;
	/** Says the current view now if it has not been said, so that other facts can follow it. */
	settle(): void;
	stop(): void;
}

export interface PageOptions {
	guard: Guard;
	listen: Listen;
	now: () => number;
	reached: Reached;
	emit: (fact: PageFact) => void;
	/** The current view is over; its number still holds. */
	onEnd: () => void;
}

export function watchPages({ guard, listen, now, reached, emit, onEnd }: PageOptions): PageWatch {
	let url = currentUrl();
	let view = 0;
	let pending: { at: number; reached: Reached; timer: number } | undefined;

	const settle = (): void => {
		if (pending === undefined) return;
		const { at, reached, timer } = pending;
		pending = undefined;
		clearTimeout(timer);
		emit([FACT_PAGE, at, view, url, maskText(document.title), reached, ...documentSize()]);
	};
	const begin = (reached: Reached): void => {
		pending = { at: now(), reached, timer: setTimeout(guard.wrap(settle), TITLE_MS) };
	};
	const notice = guard.wrap((reached: Reached) => {
		const next = currentUrl();
		if (next === url) return;
		settle();
		onEnd();
		url = next;
		view++;
		begin(reached);
	});

	begin(reached);
	const stops = [
		watchHistory("pushState", () => notice("push")),
		watchHistory("replaceState", () => notice("replace")),
		listen(window, "popstate", () => notice("history")),
	];
	return {
		url: () => url,
		view: () => view,
		settle,
		stop: () => {
			settle();
			for (const stop of stops) stop();
		},
	};
}

/** How the document was reached, as the browser tells it. */
export function readReached(): Reached {
	const [entry] = performance.getEntriesByType("navigation");
	const type = (entry as PerformanceNavigationTiming | undefined)?.type;
	return type === "reload" ? "reload" : type === "back_forward" ? "history" : "load";
}

/**
 * Native first, and what it throws is the page's. Ours is taken away again only where nobody has wrapped
 * it since; else it stays and is silent.
 */
function watchHistory(method: "pushState" | "replaceState", onCall: () => void): () => void {
	const native = history[method];
	let active = true;
	const wrapped: typeof native = function (this: History, ...args) {
		native.apply(this, args);
		if (active) onCall();
	};
	history[method] = wrapped;
	return () => {
		active = false;
		if (history[method] === wrapped) history[method] = native;
	};
}

function currentUrl(): string {
	return cleanUrl(location.href).slice(0, URL_LENGTH);
}

function documentSize(): [number, number, number, number] {
	const { scrollWidth, scrollHeight } = document.documentElement;
	return [scrollWidth, scrollHeight, Math.round(innerWidth), Math.round(innerHeight)];
}
