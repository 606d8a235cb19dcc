// Where a card stands that says something of an element: beside it, never on it, and in the window. Pure.
import type { Size } from "../player/stage.ts";
import type { Box } from "./place-element.ts";

const GAP_PX = 8;

/**
 * @param box of the element, in the window's pixels
 * @returns undefined where the element is not in the window, or leaves no room beside itself
 */
export function placeCard(
	box: Box,
	card: Size,
	room: Size,
): { left: number; top: number } | undefined {
	const [right, bottom] = [box.x + box.width, box.y + box.height];
	if (right <= 0 || bottom <= 0 || box.x >= room.width || box.y >= room.height) return undefined;
	const beside = clamp(box.y, room.height - card.height - GAP_PX);
	const along = clamp(box.x, room.width - card.width - GAP_PX);
	const spots = [
		{ left: right + GAP_PX, top: beside },
		{ left: box.x - GAP_PX - card.width, top: beside },
		{ left: along, top: bottom + GAP_PX },
		{ left: along, top: box.y - GAP_PX - card.height },
	];
	return spots.find(
		({ left, top }) =>
			left >= 0 && top >= 0 && left + card.width <= room.width && top + card.height <= room.height,
	);
}

const clamp = (at: number, most: number) => Math.max(GAP_PX, Math.min(at, most));
