// Which element of the rebuilt page a key means. A candidate counts only where it is unique, a position
// only where the same thing stands as was pressed, and an element only where it takes up room: a
// press is never placed on a guess.
import type { HeatmapElement } from "../../protocol/api.ts";
import { type ElementCandidate, selectorOf } from "../../protocol/element-key.ts";
import { parseCandidates } from "../../protocol/parse-element-key.ts";
import { describeStanding, fitsPress } from "./fits-press.ts";

/** Why an element's presses cannot be shown on this rebuilt page. */
export type MissingReason =
	| "no_definition"
	| "not_found"
	| "ambiguous"
	| "replaced"
	| "hidden"
	| "outside";

/** CSS pixels of the rebuilt document, scrolled to its top. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

export type Resolution =
	/** `pinned` boxes stay in the viewport when the page scrolls: fixed and sticky elements. */
	{ state: "placed"; box: Box; pinned: boolean } | { state: "missing"; reason: MissingReason };

/** What a lookup needs of a document: `querySelectorAll`, and a test without one. */
export type FindAll<E> = (selector: string) => ArrayLike<E>;

/** @param fits whether what stands at a position is what was pressed */
export function findElement<E>(
	candidates: unknown,
	findAll: FindAll<E>,
	fits: (element: E) => boolean,
): { element: E } | { reason: MissingReason } {
	const known = parseCandidates(candidates);
	if (known === undefined) return { reason: "no_definition" };
	let reason: MissingReason = "not_found";
	for (const candidate of known) {
		const found = query(candidate, findAll);
		const first = found[0];
		if (found.length > 1) reason = "ambiguous";
		if (found.length !== 1 || first === undefined) continue;
		if (candidate[0] !== "path" || fits(first)) return { element: first };
		reason = "replaced";
	}
	return { reason };
}

/** Looks an element up in a rebuilt page and measures it; the page stands at its top. */
export function resolveElement(
	{ candidates, tag, text }: Pick<HeatmapElement, "candidates" | "tag" | "text">,
	document: Document,
): Resolution {
	const missing = (reason: MissingReason): Resolution => ({ state: "missing", reason });
	const found = findElement(
		candidates,
		(selector) => document.querySelectorAll(selector),
		(element) => fitsPress({ tag, text }, describeStanding(element)),
	);
	if ("reason" in found) return missing(found.reason);
	const box = measureElement(found.element);
	if (box === undefined) return missing("hidden");
	const { scrollWidth } = document.documentElement;
	const outside = box.x + box.width <= 0 || box.y + box.height <= 0 || box.x >= scrollWidth;
	if (outside) return missing("outside");
	return { state: "placed", box, pinned: isPinned(found.element) };
}

/**
 * Border box of an element, undefined where it takes no room or is not visible. Opacity is not asked:
 * the real checkbox under a drawn one is transparent, and it is what people press.
 */
function measureElement(element: Element): Box | undefined {
	const { left, top, width, height } = element.getBoundingClientRect();
	if (width <= 0 || height <= 0) return undefined;
	const window = element.ownerDocument.defaultView;
	if (window === null || window.getComputedStyle(element).visibility !== "visible")
		return undefined;
	return { x: left + window.scrollX, y: top + window.scrollY, width, height };
}

function isPinned(element: Element): boolean {
	const window = element.ownerDocument.defaultView;
	for (let at: Element | null = element; at !== null; at = at.parentElement) {
		const position = window?.getComputedStyle(at).position;
		if (position === "fixed" || position === "sticky") return true;
	}
	return false;
}

function query<E>(candidate: ElementCandidate, findAll: FindAll<E>): ArrayLike<E> {
	try {
		return findAll(selectorOf(candidate));
	} catch {
		// A browser may read a selector otherwise than ours does; then it finds nothing.
		return [];
	}
}
