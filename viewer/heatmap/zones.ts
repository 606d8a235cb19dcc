// Zones: parts of a page that somebody marked by hand, each a name and the elements that lie in it. They are
// anchored to elements and not to a place, so that they stand around the same things at every width. Pure.
import type { Box } from "./place-element.ts";

export interface Zone {
	name: string;
	/** `id` of each. */
	elements: readonly string[];
}

/** What may be in a zone, where it stands. */
export interface ZoneCandidate {
	id: string;
	box: Box;
}

export const MOST_ZONES = 20;
/** Its frame stands so far off its elements, and its name takes so much above that. */
export const ZONE_AROUND_PX = 5;
export const ZONE_NAME_PX = 20;
/** As many as the server takes together. */
export const MOST_ELEMENTS = 200;
const MOST_NAME = 60;
/** An element is in a rectangle of which it has this share: a hand does not draw to the pixel. */
const INSIDE = 0.6;
/** Part a zone from the next, its name from its elements, and those from each other. */
const SIGNS = /[;:,]/g;

/** `Hero:1f,2a;Menu:3b` → zones; what is none is left out. */
export function parseZones(text: string | undefined): Zone[] {
	const parts = (text ?? "").split(";").slice(0, MOST_ZONES);
	return parts.flatMap((part) => {
		const [, name, ids] = /^([^:]*):([0-9a-f,]+)$/.exec(part) ?? [];
		const elements = [...new Set(ids?.split(",").filter((id) => /^[0-9a-f]{1,16}$/.test(id)))];
		if (name === undefined || elements.length === 0) return [];
		return [{ name, elements: elements.slice(0, MOST_ELEMENTS) }];
	});
}

export function formatZones(zones: readonly Zone[]): string {
	return zones.map(({ name, elements }) => `${cleanName(name)}:${elements.join(",")}`).join(";");
}

/** Without the signs that part zones. */
export function cleanName(name: string): string {
	return name.replace(SIGNS, " ").replace(/\s+/g, " ").trim().slice(0, MOST_NAME);
}

/** `Zone 1`, or the next number that is free. */
export function nameNext(zones: readonly Zone[]): string {
	const names = new Set(zones.map(({ name }) => name));
	for (let number = 1; ; number++) if (!names.has(`Zone ${number}`)) return `Zone ${number}`;
}

/** Two corners in any order → the box between them. */
export function boxBetween(from: { x: number; y: number }, to: { x: number; y: number }): Box {
	const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
	return { x, y, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
}

/**
 * What lies in a rectangle, largely. Where nothing does, it was drawn within something larger: then the
 * smallest that holds its centre.
 */
export function findInRectangle(rectangle: Box, candidates: readonly ZoneCandidate[]): string[] {
	const inside = candidates.filter(({ box }) => shareInside(box, rectangle) >= INSIDE);
	if (inside.length > 0) return listIds(inside);
	const centre = {
		...{ x: rectangle.x + rectangle.width / 2, y: rectangle.y + rectangle.height / 2 },
		...{ width: 0, height: 0 },
	};
	const holders = candidates.filter(({ box }) => holds(box, centre));
	const [smallest] = holders.toSorted((a, b) => areaOf(a.box) - areaOf(b.box));
	if (smallest === undefined) return [];
	// What is pressed under several names stands in one place.
	return listIds(holders.filter(({ box }) => holds(box, smallest.box) && holds(smallest.box, box)));
}

/** The box around some, undefined around none. */
export function boundsOf(boxes: readonly Box[]): Box | undefined {
	if (boxes.length === 0) return undefined;
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	const right = Math.max(...boxes.map((box) => box.x + box.width));
	const bottom = Math.max(...boxes.map((box) => box.y + box.height));
	return { x, y, width: right - x, height: bottom - y };
}

/** Of its elements that are on the page as it is shown. */
export function boxesOf({ elements }: Zone, places: readonly ZoneCandidate[]): Box[] {
	const wanted = new Set(elements);
	return places.filter(({ id }) => wanted.has(id)).map(({ box }) => box);
}

/** From pixels of the page to those of the screen, or back. */
export const enlarge = ({ x, y, width, height }: Box, by: number): Box => ({
	...{ x: x * by, y: y * by, width: width * by, height: height * by },
});

function listIds(candidates: readonly ZoneCandidate[]): string[] {
	return [...new Set(candidates.map(({ id }) => id))].slice(0, MOST_ELEMENTS);
}

function shareInside(box: Box, { x, y, width, height }: Box): number {
	const across = Math.min(box.x + box.width, x + width) - Math.max(box.x, x);
	const down = Math.min(box.y + box.height, y + height) - Math.max(box.y, y);
	return across <= 0 || down <= 0 ? 0 : (across * down) / areaOf(box);
}

function holds(outer: Box, inner: Box): boolean {
	return (
		inner.x >= outer.x &&
		inner.y >= outer.y &&
		inner.x + inner.width <= outer.x + outer.width &&
		inner.y + inner.height <= outer.y + outer.height
	);
}

const areaOf = ({ width, height }: Box) => width * height;
