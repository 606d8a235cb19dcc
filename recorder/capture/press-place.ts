// Where a press was: on which element, where on it and on the document, and in which layer of the page.
import { WIDGET_SELECTOR } from "../../protocol/element-key.ts";
import type { Layer } from "../../protocol/fact.ts";
import { RELATIVE_MAX } from "../../protocol/limits.ts";
import { parentNodeOf } from "../native.ts";

/** The widget that an event belongs to, or the element itself; none in what is ignored. Shadow trees show as their host. */
export function widgetAt(target: EventTarget | null): Element | undefined {
	if (!(target instanceof Element)) return document.documentElement;
	if (target.closest("[data-snag-ignore]")) return undefined;
	return target.closest("[data-snag-block]") ?? target.closest(WIDGET_SELECTOR) ?? target;
}

/**
 * @param point in CSS pixels of the viewport; without one, the middle of the element
 * @returns 0 to RELATIVE_MAX over the border box, then pixels of the document
 */
export function placePress(
	element: Element,
	point: { clientX?: number; clientY?: number },
): [x: number, y: number, documentX: number, documentY: number] {
	const { left, top, width, height } = element.getBoundingClientRect();
	const { clientX = left + width / 2, clientY = top + height / 2 } = point;
	return [
		relative(clientX - left, width),
		relative(clientY - top, height),
		Math.round(clientX + scrollX),
		Math.round(clientY + scrollY),
	];
}

/** Where a map has to draw it: what is fixed or in a dialog does not scroll with the document. */
export function layerOf(element: Element): Layer {
	if (element.closest("dialog[open],[popover],[aria-modal=true]")) return "dialog";
	let layer: Layer = "flow";
	const { body, documentElement } = document;
	let at: Node | null = element;
	while (at instanceof Element && at !== body && at !== documentElement) {
		const style = getComputedStyle(at);
		if (style.position === "fixed" || isStuck(at, style)) return "fixed";
		const { scrollHeight, clientHeight, scrollWidth, clientWidth } = at;
		const isScroller =
			(SCROLLS.test(style.overflowY) && scrollHeight > clientHeight) ||
			(SCROLLS.test(style.overflowX) && scrollWidth > clientWidth);
		if (isScroller) layer = "scroller";
		at = parentNodeOf(at);
	}
	return layer;
}

const SCROLLS = /auto|scroll/;

function relative(offset: number, size: number): number {
	const share = size ? offset / size : 0.5;
	return Math.round(Math.min(1, Math.max(0, share)) * RELATIVE_MAX);
}

/** A sticky element is at the edge it sticks to; at the top of a page a header stands there anyway. */
function isStuck(element: Element, style: CSSStyleDeclaration): boolean {
	if (style.position !== "sticky") return false;
	const box = element.getBoundingClientRect();
	const fromTop = Math.abs(box.top - Number.parseFloat(style.top));
	const fromBottom = Math.abs(innerHeight - box.bottom - Number.parseFloat(style.bottom));
	return (scrollY && fromTop <= 1) || fromBottom <= 1;
}
