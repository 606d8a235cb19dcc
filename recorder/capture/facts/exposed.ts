// What of a page was seen: widgets and landmarks that stood on the screen to at least a half (or filled
// half of it) for at least 150 ms. They are chosen in pauses of the page, and again where it has changed
// since; a key, which costs a search of the document, is made only for what was really seen.
//
// The browser is asked where they are when the page has come up, while it is scrolled and after it has
// changed, and once more for what is on the screen: an observer that is left on costs a page that changes
// all the time a millisecond in each frame.
import { WIDGET_SELECTOR } from "../../../protocol/element-key.ts";
import { FACT_EXPOSED } from "../../../protocol/fact.ts";
import { EXPOSED_COUNT } from "../../../protocol/limits.ts";
import type { FactScope } from "./fact-scope.ts";

const LANDMARKS =
	"header,nav,main,section[id],aside,footer,form,h1,h2,[role=dialog],[role=banner],[role=main],[role=navigation]";
const SELECTOR = `${LANDMARKS},${WIDGET_SELECTOR}`;
const SEEN_MS = 150;
/** While it is scrolled: to ask of everything that was not seen costs a millisecond. */
const SCROLL_MS = 500;
const CHOOSE_MS = 1000;
const AGAIN_MS = 5000;
const SLICE_MS = 5;
const NONE = 1 / 0;

export function watchExposed(
	{ guard, on, onStop, onTell, tell, numberOf, later, whenIdle }: FactScope,
	hasChanged: () => boolean,
): void {
	if (!window.IntersectionObserver) return;
	/** Element → since when it has been on the screen, 0 where it is not, -1 once it was seen. */
	let watched = new Map<Element, number>();
	let seen: Element[] = [];
	/** Of those that are looked at next, the least that `watched` says; NONE while nobody waits to be. */
	let least = NONE;

	const observer = new IntersectionObserver(
		guard.wrap((entries: IntersectionObserverEntry[]) => {
			for (const { target, time, intersectionRatio, intersectionRect, rootBounds } of entries) {
				observer.unobserve(target);
				const since = watched.get(target) ?? -1;
				if (since < 0) continue;
				const isOn =
					intersectionRatio >= 0.5 || intersectionRect.height * 2 >= (rootBounds?.height ?? 1 / 0);
				if (isOn && since > 0 && time - since >= SEEN_MS) {
					watched.set(target, -1);
					seen.push(target);
				} else {
					watched.set(target, isOn ? since || time : 0);
					if (isOn) lookSoon(1);
				}
			}
			if (seen.length > 0) whenIdle(tellSeen);
		}),
	);
	const look = (): void => {
		for (const [element, since] of watched) {
			if (!element.isConnected) watched.delete(element);
			else if (since >= least) observer.observe(element);
		}
		least = NONE;
	};
	/** @param from 1 for those alone that were on the screen when they were asked for last */
	const lookSoon = (from: number): void => {
		if (least === NONE) later(look, from ? SEEN_MS + 20 : SCROLL_MS);
		least = Math.min(least, from);
	};
	const lookAtAll = (): void => {
		least = 0;
		look();
	};
	const tellSeen = (ms = SLICE_MS): void => {
		const until = performance.now() + ms;
		const numbers = new Set<number>();
		while (seen.length > 0 && performance.now() < until) {
			const number = numberOf(seen.pop());
			if (number !== undefined) numbers.add(number);
		}
		if (numbers.size > 0) tell(FACT_EXPOSED, [...numbers]);
		if (seen.length > 0) whenIdle(tellSeen);
	};
	const choose = (): void => {
		for (const element of document.querySelectorAll(SELECTOR)) {
			if (watched.size >= EXPOSED_COUNT) break;
			if (!watched.has(element) && element.localName !== "option") watched.set(element, 0);
		}
		lookAtAll();
	};
	const begin = (): void => {
		watched = new Map();
		seen = [];
		later(() => whenIdle(choose), CHOOSE_MS);
	};
	const again = (): void => {
		if (hasChanged()) whenIdle(watched.size < EXPOSED_COUNT ? choose : lookAtAll);
		later(again, AGAIN_MS);
	};

	on({ scroll: () => lookSoon(0) });
	onStop.push(() => observer.disconnect());
	begin();
	later(again, AGAIN_MS);
	onTell.push((reason) => {
		tellSeen(2 * SLICE_MS);
		if (reason !== "navigation") return;
		observer.disconnect();
		begin();
	});
}
