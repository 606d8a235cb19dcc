// Page views: the document itself and every route of a single-page application. A view is counted when
// the clean URL changes; queries and hashes never leave the page, so they are no views either.

import { cleanUrl } from "../../protocol/clean-url.ts";
import { FACT_PAGE, type PageFact, type Reached } from "../../protocol/fact.ts";
import { maskText } from "../../protocol/text-rule.ts";
import type { Guard } from "../guard.ts";
import { startTimer, stopTimer } from "../native.ts";

/** Frameworks set the title after the route. */
const TITLE_MS = 250;
const URL_LENGTH = 2048;

export interface PageWatch {
	/** Clean URL and number of the current view. */
	url(): string;
	view(): number;
	/** The address may have changed. */
	route(reached: Reached): void;
	/** Says the current view now if it has not been said, so that other facts can follow it. */
	settle(): void;
	stop(): void;
}

export interface PageOptions {
	guard: Guard;
	now: () => number;
	/** Address and title of the page at the moment that is told. */
	place: () => { href: string; title: string };
	reached: Reached;
	emit: (fact: PageFact) => void;
	/** The current view is over; its number still holds. */
	onEnd: () => void;
}

export function watchPages(options: PageOptions): PageWatch {
	const { guard, now, place, reached, emit, onEnd } = options;
	const currentUrl = () => cleanUrl(place().href).slice(0, URL_LENGTH);
	let url = currentUrl();
	let view = 0;
	let pending: { at: number; reached: Reached; timer: ReturnType<typeof startTimer> } | undefined;

	const settle = (): void => {
		if (pending === undefined) return;
		const { at, reached, timer } = pending;
		pending = undefined;
		stopTimer(timer);
		emit([FACT_PAGE, at, view, url, maskText(place().title), reached, ...documentSize()]);
	};
	const begin = (reached: Reached): void => {
		pending = { at: now(), reached, timer: startTimer(guard.wrap(settle), TITLE_MS) };
	};

	begin(reached);
	return {
		url: () => url,
		view: () => view,
		settle,
		route: (reached) => {
			const next = currentUrl();
			if (next === url) return;
			settle();
			onEnd();
			url = next;
			view++;
			begin(reached);
		},
		stop: settle,
	};
}

/** Whole, whatever a page makes of them. */
export function viewportSize(): [width: number, height: number] {
	return [Math.round(innerWidth), Math.round(innerHeight)];
}

/** How the document was reached, as the browser tells it. */
export function readReached(): Reached {
	const [entry] = performance.getEntriesByType("navigation");
	const type = (entry as PerformanceNavigationTiming | undefined)?.type;
	return type === "reload" ? "reload" : type === "back_forward" ? "history" : "load";
}

function documentSize(): [number, number, number, number] {
	const { scrollWidth, scrollHeight } = document.documentElement;
	return [scrollWidth, scrollHeight, ...viewportSize()];
}
