// How much room there is for a map: all of its column, and the window from where it begins down to its end.
import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { Size } from "../player/stage.ts";

/** Between the map and the end of the window. */
const BELOW_PX = 16;
/** Further down on a page than this share of the window, the map has one of its own to be scrolled to. */
const FAR_DOWN = 0.5;
const LEAST_PX = 400;
const NO_SIZE: Size = { width: 0, height: 0 };

export function useSpace(room: RefObject<HTMLElement | null>): Size {
	const [space, setSpace] = useState<Size>(NO_SIZE);
	useLayoutEffect(() => {
		if (room.current === null) return;
		const { current } = room;
		const observer = new ResizeObserver(([entry]) => {
			const width = Math.floor(entry?.contentRect.width ?? 0);
			setSpace({ width, height: roomBelow(current.getBoundingClientRect().top + scrollY) });
		});
		observer.observe(current);
		return () => observer.disconnect();
	}, [room]);
	return space;
}

/** @param top where the map begins in the document */
function roomBelow(top: number): number {
	const above = top > window.innerHeight * FAR_DOWN ? 0 : top;
	return Math.max(LEAST_PX, window.innerHeight - above - BELOW_PX);
}
