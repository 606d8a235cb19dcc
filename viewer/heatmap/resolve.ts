// Which element of the rebuilt page a key means. A candidate counts only where it is unique, a position
// only where the same thing stands as was pressed, and an element only where it takes up room: a
// press is never placed on a guess.
import type { HeatmapElement } from "../../protocol/api.ts";
import {
	type CandidateKind,
	type ElementCandidate,
	type FindAll,
	findCandidate,
} from "../../protocol/element-key.ts";
import { parseCandidates } from "../../protocol/parse-element-key.ts";
import type { BuiltPage } from "./backdrop.ts";
import { findRow, isRecycled } from "./find-row.ts";
import { describeStanding, fitsPress, type Pressed } from "./fits-press.ts";
import { readReach } from "./page-reach.ts";
import { type Box, isInside, type Place, placeElement } from "./place-element.ts";

/** Why an element's presses cannot be shown on this rebuilt page. */
export type MissingReason =
	| "no_definition"
	| "not_found"
	| "ambiguous"
	| "replaced"
	| "hidden"
	| "outside"
	| "scrolled_out"
	| "covered";

export type Resolution =
	| ({ state: "placed"; node?: Element } & Place)
	/** `near` is what it stood in, where that is on the page: its presses are drawn hollow there. */
	| { state: "missing"; reason: MissingReason; near?: Place | undefined };

export type ShownPage = Pick<BuiltPage, "document" | "scroller">;

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
		if (!isPlace(candidate[0]) || fits(first)) return { element: first };
		reason = "replaced";
	}
	return { reason };
}

/** Says where an element stood and what it looked like, which another may after it. */
function isPlace(kind: CandidateKind): boolean {
	return kind === "path" || kind === "item" || kind === "class";
}

/** Looks an element up in a rebuilt page and places it; the page stands at its top. */
export function resolveElement(
	{ candidates, tag, text }: Pick<HeatmapElement, "candidates" | "tag" | "text">,
	{ document, scroller }: ShownPage,
): Resolution {
	const missing = (reason: MissingReason): Resolution => {
		return { state: "missing", reason, near: findNear(candidates, { document, scroller }) };
	};
	const found = findElement(
		candidates,
		(selector) => document.querySelectorAll(selector),
		(element) => isTheSame(element, { tag, text }),
	);
	if ("reason" in found) return missing(found.reason);
	const place = placeElement(found.element, scroller);
	if (place === undefined) return missing("hidden");
	if (!isSeen(place)) return missing("scrolled_out");
	if (isOutside(place, document)) return missing("outside");
	return { state: "placed", node: found.element, ...place };
}

function isTheSame(element: Element, pressed: Pressed): boolean {
	const standing = describeStanding(element);
	const oneOfMany = standing.oneOfMany || findRow(element) !== undefined;
	return fitsPress(pressed, { ...standing, oneOfMany }) && !isRecycled(element, pressed.text);
}

/** What is fixed beside the window comes into it by no scrolling. */
function isOutside({ box, layer }: Place, document: Document): boolean {
	const { left, right } =
		layer === "fixed"
			? { left: 0, right: document.documentElement.clientWidth }
			: readReach(document);
	return box.x + box.width <= left || box.x >= right || box.y + box.height <= 0;
}

/** The nearest of what a path names on its way that is on the page, unless it is the whole page. */
function findNear(candidates: unknown, { document, scroller }: ShownPage): Place | undefined {
	const path = parseCandidates(candidates)?.find(([kind]) => kind === "path")?.[1];
	const steps = path?.split(" > ") ?? [];
	while (steps.pop() !== undefined && steps.length > 0) {
		const found = query(["path", steps.join(" > ")], (selector) =>
			document.querySelectorAll(selector),
		);
		const [only] = found.length === 1 ? Array.from(found) : [];
		if (only === undefined) continue;
		if (only === document.body || only === document.documentElement) return undefined;
		const place = placeElement(only, scroller);
		if (place !== undefined && isSeen(place) && !isOutside(place, document)) return place;
	}
	return undefined;
}

/** Is any of it within what it is clipped to? */
export function isSeen({ box, clip }: Place): boolean {
	if (clip === undefined) return true;
	const x = Math.max(box.x, Math.min(box.x + box.width, clip.x));
	const y = Math.max(box.y, Math.min(box.y + box.height, clip.y));
	return clip.width > 0 && clip.height > 0 && isInside(clip, { x, y });
}

function query<E>(candidate: ElementCandidate, findAll: FindAll<E>): ArrayLike<E> {
	try {
		return findCandidate(candidate, findAll);
	} catch {
		// A browser may read a selector otherwise than ours does; then it finds nothing.
		return [];
	}
}

export type { Box };
