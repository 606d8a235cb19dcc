// Where an element of the rebuilt page stands and what it moves with, read from the page itself: what was
// recorded of a press's layer is true of one scroll position and one width only.
//
// Boxes that clip are those of the element's containing blocks, not of all its ancestors: what is
// positioned absolutely leaves a list that scrolls and what is fixed leaves all but transformed boxes.
import type { Layer } from "../../protocol/fact.ts";

/** CSS pixels of the rebuilt document. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface Place {
	box: Box;
	/** What it is laid out in as the page stands now: a sticky element is `fixed` only while it sticks. */
	layer: Layer;
	/** Does not move with the document when that is scrolled, or not always: to be placed again then. */
	pinned: boolean;
	/** What can be seen through the boxes that it scrolls in or is cut off by; undefined for all of it. */
	clip: Box | undefined;
}

const OVERLAY = "dialog[open],[popover],[aria-modal=true]";
const TOP_LAYER = [":modal", ":popover-open"];
const SCROLLS = /auto|scroll/;
const CLIPS = /auto|scroll|hidden|clip/;
const FAR = 1e7;

/**
 * @param scroller what scrolls in the place of the document
 * @returns undefined where it takes no room or is not visible
 */
export function placeElement(element: Element, scroller?: Element): Place | undefined {
	const box = measureElement(element);
	if (box === undefined) return undefined;
	const place: Place = { box, layer: "flow", pinned: false, clip: undefined };
	let style = styleOf(element);
	let isScrolled = scroller === undefined;
	for (let at: Element | null = element; at !== null; ) {
		const stuck = style.position === "sticky" && isStuck(at, style);
		place.pinned ||= style.position === "sticky";
		if (isTopLayer(at)) {
			place.pinned ||= style.position === "fixed";
			break;
		}
		const block = findContainingBlock(at, style.position);
		if (style.position === "fixed" && block === null) place.pinned = true;
		if (stuck || (style.position === "fixed" && block === null)) place.layer = "fixed";
		if (block === null) break;
		style = styleOf(block);
		at = block;
		if (block === scroller) {
			isScrolled = true;
			break;
		}
		if (clips(block, style)) place.clip = intersect(place.clip, clipOf(block, style));
		if (scrolls(block, style) && place.layer === "flow") place.layer = "scroller";
	}
	place.pinned ||= !isScrolled;
	if (element.closest(OVERLAY) !== null) place.layer = "dialog";
	return place;
}

export function isInside({ x, y, width, height }: Box, point: { x: number; y: number }): boolean {
	return point.x >= x && point.y >= y && point.x <= x + width && point.y <= y + height;
}

/**
 * Opacity is not asked: the real checkbox under a drawn one is transparent, and it is what people press.
 * A link around a floating picture has no room of its own: then it is where its content is.
 */
function measureElement(element: Element): Box | undefined {
	if (!element.checkVisibility({ visibilityProperty: true })) return undefined;
	const { ownerDocument } = element;
	let rectangle = element.getBoundingClientRect();
	if (rectangle.width <= 0 || rectangle.height <= 0) {
		const content = ownerDocument.createRange();
		content.selectNodeContents(element);
		rectangle = content.getBoundingClientRect();
	}
	if (rectangle.width <= 0 || rectangle.height <= 0) return undefined;
	return inDocument(ownerDocument, rectangle);
}

function inDocument({ defaultView }: Document, { left, top, width, height }: DOMRect): Box {
	const { scrollX = 0, scrollY = 0 } = defaultView ?? {};
	return { x: left + scrollX, y: top + scrollY, width, height };
}

/** @returns null for the window and for what lies beside the page */
function findContainingBlock(element: Element, position: string): Element | null {
	let at = parentOf(element);
	while (at !== null && at !== at.ownerDocument.documentElement) {
		const style = styleOf(at);
		if (position !== "fixed" && position !== "absolute") return at;
		if (holdsFixed(style) || (position === "absolute" && style.position !== "static")) return at;
		at = parentOf(at);
	}
	return null;
}

function holdsFixed(style: CSSStyleDeclaration): boolean {
	const { transform, translate, rotate, scale, perspective, filter, backdropFilter } = style;
	const effects = [transform, translate, rotate, scale, perspective, filter, backdropFilter];
	return (
		effects.some((effect) => effect !== "" && effect !== "none") ||
		/transform|perspective|filter/.test(style.willChange) ||
		/paint|layout|strict|content/.test(style.contain)
	);
}

function isTopLayer(element: Element): boolean {
	return TOP_LAYER.some((selector) => element.matches(selector));
}

/** At the edge that it sticks to; at the top of a page a header stands where it would anyway. */
function isStuck(element: Element, style: CSSStyleDeclaration): boolean {
	const { innerHeight = 0, scrollY = 0 } = element.ownerDocument.defaultView ?? {};
	const { top, bottom } = element.getBoundingClientRect();
	const fromTop = Math.abs(top - Number.parseFloat(style.top));
	const fromBottom = Math.abs(innerHeight - bottom - Number.parseFloat(style.bottom));
	return (fromTop <= 1 && scrollY > 0) || fromBottom <= 1;
}

/** What the page says of its body's overflow is meant for the window. */
function clips(element: Element, { overflowX, overflowY, display }: CSSStyleDeclaration): boolean {
	if (display === "inline" || display === "contents") return false;
	const { body, documentElement } = element.ownerDocument;
	if (element === body && styleOf(documentElement).overflowX === "visible") return false;
	return CLIPS.test(overflowX) || CLIPS.test(overflowY);
}

function scrolls(element: Element, style: CSSStyleDeclaration): boolean {
	const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element;
	return (
		clips(element, style) &&
		((SCROLLS.test(style.overflowY) && scrollHeight > clientHeight) ||
			(SCROLLS.test(style.overflowX) && scrollWidth > clientWidth))
	);
}

/** Its padding box, in the directions in which it clips; scaled where the page scales it. */
export function clipOf(
	element: Element,
	{ overflowX, overflowY }: CSSStyleDeclaration = styleOf(element),
): Box {
	const outer = inDocument(element.ownerDocument, element.getBoundingClientRect());
	const { clientLeft, clientTop, clientWidth, clientHeight } = element;
	const { offsetWidth = 0, offsetHeight = 0 } = element as Partial<HTMLElement>;
	const across = offsetWidth > 0 ? outer.width / offsetWidth : 1;
	const down = offsetHeight > 0 ? outer.height / offsetHeight : 1;
	const x = CLIPS.test(overflowX);
	const y = CLIPS.test(overflowY);
	return {
		x: x ? outer.x + clientLeft * across : -FAR,
		y: y ? outer.y + clientTop * down : -FAR,
		width: x ? clientWidth * across : 2 * FAR,
		height: y ? clientHeight * down : 2 * FAR,
	};
}

export function intersect(a: Box | undefined, b: Box): Box {
	if (a === undefined) return b;
	const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
	const right = Math.min(a.x + a.width, b.x + b.width);
	const bottom = Math.min(a.y + a.height, b.y + b.height);
	return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

/** As the page is drawn: through slots and out of shadow trees. */
function parentOf(element: Element): Element | null {
	if (element.assignedSlot !== null) return element.assignedSlot;
	if (element.parentElement !== null) return element.parentElement;
	const root = element.getRootNode();
	return "host" in root ? (root as ShadowRoot).host : null;
}

function styleOf(element: Element): CSSStyleDeclaration {
	return (element.ownerDocument.defaultView ?? window).getComputedStyle(element);
}
