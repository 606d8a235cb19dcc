// Requests of the page, as the browser's own timing tells them: `fetch` and XMLHttpRequest stay as they
// are. They are told when they are over; a page may poll, so there is an end to it in each page view.
import { cleanUrl } from "../../../protocol/clean-url.ts";
import { FACT_REQUEST } from "../../../protocol/fact.ts";
import type { FactScope } from "./fact-scope.ts";

const MOST_REQUESTS = 100;
const MOST_URLS = 200;
const URL_CHARS = 2048;

/** @param onRequest when it began, and when one to the same address did before, 0 for never */
export function watchRequests(
	{ onEntries, isOurs, now, view, emit, allow }: FactScope,
	onRequest: (at: number, before: number) => void,
): void {
	const begun = new Map<string, number>();
	onEntries("resource", (entry) => {
		const { name, startTime, duration, initiatorType, responseStatus } =
			entry as PerformanceResourceTiming;
		if (initiatorType !== "fetch" && initiatorType !== "xmlhttprequest") return;
		if (isOurs(name)) return;
		const at = Math.round(now() - performance.now() + startTime);
		const url = shortUrl(name);
		onRequest(at, begun.get(url) ?? 0);
		if (begun.size < MOST_URLS) begun.set(url, at);
		if (!allow(FACT_REQUEST, MOST_REQUESTS)) return;
		const status = responseStatus ?? 0;
		emit([FACT_REQUEST, at, view(), initiatorType, url, status, Math.round(duration)]);
	});
}

export function shortUrl(url: string): string {
	return cleanUrl(url).slice(0, URL_CHARS);
}
