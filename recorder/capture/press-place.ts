// Where a press was: on the element, on the document, and in which layer of the page.
import type { Layer } from "../../protocol/fact.ts";
import { RELATIVE_MAX } from "../../protocol/limits.ts";
import { parentNodeOf } from "../native.ts";

export interface PressPlace {
	/** 0 to RELATIVE_MAX over the border box. */
	x: number;
	y: number;
	documentX: number;
	documentY: number;
}

/** @param point in CSS pixels of the viewport; without one, the middle of the element */
export function placePress(element: Element, point?: { x: number; y: number }): PressPlace {
	const box = element.getBoundingClientRect();
	const at = point ?? { x: box.left + box.width / 2, y: box.top + box.height / 2 };
	return {
		x: relative(at.x - box.left, box.width),
		y: relative(at.y - box.top, box.height),
		documentX: Math.round(at.x + window.scrollX),
		documentY: Math.round(at.y + window.scrollY),
	};
}

/** Where a map has to draw it: what is fixed or in a dialog does not scroll with the document. */
export function layerOf(element: Element): Layer {
	if (element.closest('dialog[open],[popover],[aria-modal="true"]')) return "dialog";
	let layer: Layer = "flow";
	let at = element;
	for (let next: Node | null = at; next && next !== document.body; next = parentNodeOf(at)) {
		if (next === document.documentElement) break;
		at = next as Element;
		const style = getComputedStyle(at);
		if (style.position === "fixed" || isStuck(at, style)) return "fixed";
		if (isScroller(at, style)) layer = "scroller";
	}
	return layer;
}

function relative(offset: number, size: number): number {
	const share = size > 0 ? offset / size : 0.5;
	return Math.round(Math.min(1, Math.max(0, share)) * RELATIVE_MAX);
}

/** A sticky element is at the edge it sticks to, in a document that has been scrolled. */
function isStuck(element: Element, style: CSSStyleDeclaration): boolean {
	if (style.position !== "sticky" || window.scrollY === 0) return false;
	const box = element.getBoundingClientRect();
	const fromTop = Math.abs(box.top - Number.parseFloat(style.top));
	const fromBottom = Math.abs(window.innerHeight - box.bottom - Number.parseFloat(style.bottom));
	return fromTop <= 1 || fromBottom <= 1;
}

function isScroller(element: Element, style: CSSStyleDeclaration): boolean {
	return (
		(/auto|scroll/.test(style.overflowY) && element.scrollHeight > element.clientHeight) ||
		(/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth)
	);
}
