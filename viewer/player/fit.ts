// How a recorded page of one size is shown in a room of another.
import type { Size } from "./stage.ts";

export interface Fit {
	scale: number;
	left: number;
	top: number;
}

/** As large as fits, never larger than it was; centred. */
export function fitSize(page: Size, room: Size): Fit {
	if (page.width <= 0 || page.height <= 0) return { scale: 1, left: 0, top: 0 };
	const scale = Math.min(1, room.width / page.width, room.height / page.height);
	return {
		scale,
		left: Math.max(0, Math.round((room.width - page.width * scale) / 2)),
		top: Math.max(0, Math.round((room.height - page.height * scale) / 2)),
	};
}
