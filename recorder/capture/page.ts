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

/** The current page view: clean URL, number, and the pattern where the page has told one. */
export interface Place {
	url: string;
	view: number;
	page?: string | undefined;
}

export interface PageWatch {
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
	/** Of all streams of the document: what was told of a page view holds in the next stream, too. */
	current: Place;
	reached: Reached;
	emit: (fact: PageFact) => void;
	/** The current view is over; its number still holds. */
	onEnd: () => void;
}

export function watchPages(options: PageOptions): PageWatch {
	const { guard, now, place, current, reached, emit, onEnd } = options;
	let pending: { at: number; reached: Reached; timer: ReturnType<typeof startTimer> } | undefined;

	const settle = (): void => {
		if (pending === undefined) return;
		const { at, reached, timer } = pending;
		pending = undefined;
		stopTimer(timer);
		const { view, url } = current;
		emit([FACT_PAGE, at, view, url, maskText(place().title), reached, ...documentSize()]);
	};
	const readUrl = () => cleanUrl(place().href).slice(0, URL_LENGTH);
	const begin = (reached: Reached, view: number): void => {
		const url = readUrl();
		if (url !== current.url) current.page = undefined;
		Object.assign(current, { url, view });
		pending = { at: now(), reached, timer: startTimer(guard.wrap(settle), TITLE_MS) };
	};

	begin(reached, 0);
	return {
		settle,
		route: (reached) => {
			if (readUrl() === current.url) return;
			settle();
			onEnd();
			begin(reached, current.view + 1);
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
