// What scrolls where the document does not: applications often put all of their page into one box that
// scrolls. On a map that box is scrolled as the document would be, or only its first screen could be seen.

/** Of the window, so that a list beside something else is none. */
const MIN_HEIGHT = 0.6;
const MIN_WIDTH = 0.5;

/** @returns undefined where the document scrolls itself, or nothing does */
export function findScroller(document: Document): HTMLElement | undefined {
	const { documentElement, body, defaultView } = document;
	if (defaultView === null || body === null) return undefined;
	const { innerWidth, innerHeight } = defaultView;
	if (documentElement.scrollHeight > innerHeight + 1) return undefined;
	let best: HTMLElement | undefined;
	for (const element of body.querySelectorAll<HTMLElement>("*")) {
		const { scrollHeight, clientHeight, clientWidth } = element;
		if (scrollHeight <= clientHeight + 1 || clientHeight < MIN_HEIGHT * innerHeight) continue;
		if (clientWidth < MIN_WIDTH * innerWidth) continue;
		if (!/auto|scroll/.test(defaultView.getComputedStyle(element).overflowY)) continue;
		if (best === undefined || clientWidth * clientHeight > best.clientWidth * best.clientHeight)
			best = element;
	}
	return best;
}
