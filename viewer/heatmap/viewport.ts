// The viewport a page is rebuilt in, and how large it is shown.
import type { Backdrop } from "../../protocol/api.ts";
import type { Size } from "../player/stage.ts";

const HEIGHTS: Readonly<Record<number, number>> = { 390: 844, 768: 1024, 1440: 900 };
/** Near enough in width to have been such a device: then its own height is the best guess. */
const NEAR_PX = 120;
/** Smaller than this a page on a wide screen is not legible; then it may be taller than the room. */
const LEGIBLE = 0.75;

export function chooseViewport(width: number, recordedAt: Backdrop["recordedAt"]): Size {
	const near = Math.abs(recordedAt.width - width) <= NEAR_PX && recordedAt.height > 0;
	return { width, height: near ? recordedAt.height : (HEIGHTS[width] ?? 900) };
}

/** As wide as fits, and as high where that leaves it legible; never larger than life. */
export function chooseScale(viewport: Size, room: Size): number {
	if (room.width <= 0) return 1;
	const across = Math.min(1, room.width / viewport.width);
	const down = Math.max(LEGIBLE, room.height / viewport.height);
	return Math.min(across, down);
}
