// What of a page was seen: widgets and landmarks that stood on the screen to at least a half (or filled
// half of it) for at least 150 ms. They are chosen in pauses of the page, and again where it has changed
// since; a key, which costs a search of the document, is made only for what was really seen.
import { WIDGET_SELECTOR } from "../../../protocol/element-key.ts";
import { FACT_EXPOSED } from "../../../protocol/fact.ts";
import { EXPOSED_COUNT } from "../../../protocol/limits.ts";
import type { FactScope, Tell } from "./fact-scope.ts";

const LANDMARKS =
	"header,nav,main,section[id],aside,footer,form,h1,h2,[role=dialog],[role=banner],[role=main],[role=navigation]";
const SELECTOR = `${LANDMARKS},${WIDGET_SELECTOR}`;
const SEEN_MS = 150;
const CHOOSE_MS = 1000;
const AGAIN_MS = 5000;
const SLICE_MS = 5;

export function watchExposed(
	{ wrap, tell, know, later, whenIdle, undo }: FactScope,
	hasChanged: () => boolean,
): Tell {
	let watched = new Set<Element>();
	/** On the screen and not yet long enough. */
	let since = new Map<Element, number>();
	let seen: Element[] = [];
	let isEnded = false;

	const settle = (): void => {
		const at = performance.now();
		for (const [element, from] of since) {
			if (at - from < SEEN_MS) continue;
			since.delete(element);
			observer.unobserve(element);
			seen.push(element);
		}
		if (seen.length > 0) whenIdle(() => tellSeen(SLICE_MS));
	};
	const observer = new IntersectionObserver(
		wrap((entries: IntersectionObserverEntry[]) => {
			for (const { target, time, intersectionRatio, intersectionRect, rootBounds } of entries) {
				const isSeen =
					intersectionRatio >= 0.5 || intersectionRect.height * 2 >= (rootBounds?.height ?? 1 / 0);
				if (isSeen && !since.has(target)) since.set(target, time);
				if (!isSeen) since.delete(target);
			}
			if (since.size > 0) later(settle, SEEN_MS + 20);
		}),
		{ threshold: [0.1, 0.2, 0.3, 0.4, 0.5] },
	);
	const tellSeen = (ms: number): void => {
		const until = performance.now() + ms;
		const numbers = new Set<number>();
		while (seen.length > 0 && performance.now() < until) {
			const element = seen.pop();
			if (element?.isConnected) numbers.add(know(element).number);
		}
		if (numbers.size > 0) tell(FACT_EXPOSED, [...numbers]);
		if (seen.length > 0) whenIdle(() => tellSeen(SLICE_MS));
	};
	const choose = (): void => {
		for (const element of document.querySelectorAll(SELECTOR)) {
			if (watched.size >= EXPOSED_COUNT) return;
			if (watched.has(element) || element.localName === "option") continue;
			watched.add(element);
			observer.observe(element);
		}
	};
	const again = (): void => {
		if (isEnded) return;
		if (watched.size < EXPOSED_COUNT && hasChanged()) whenIdle(choose);
		later(again, AGAIN_MS);
	};

	undo(() => {
		isEnded = true;
		observer.disconnect();
	});
	later(() => whenIdle(choose), CHOOSE_MS);
	later(again, AGAIN_MS);
	return (reason) => {
		settle();
		tellSeen(2 * SLICE_MS);
		if (reason !== "navigation") return;
		observer.disconnect();
		[watched, since, seen] = [new Set(), new Map(), []];
		later(() => whenIdle(choose), CHOOSE_MS);
	};
}
