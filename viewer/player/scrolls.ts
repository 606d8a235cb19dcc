// Where everything was scrolled to at an instant. rrweb scrolls while it rebuilds; before there is a layout
// a browser clamps that to 0, and what makes a page long may come after the scroll.
import { EventType, IncrementalSource } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";

export interface Scrolled {
	/** rrweb's id of the element, or of the document. */
	id: number;
	x: number;
	y: number;
}

/** @param events in order */
export function listScrolls(events: readonly ReplayEvent[], at: number): Scrolled[] {
	const scrolls = new Map<number, Scrolled>();
	for (const { type, timestamp, data } of events) {
		if (timestamp > at) break;
		if (type === EventType.FullSnapshot) {
			scrolls.clear();
			const { node, initialOffset } = data as {
				node?: { id?: number };
				initialOffset?: { left?: number; top?: number };
			};
			const id = node?.id ?? 0;
			scrolls.set(id, { id, x: initialOffset?.left ?? 0, y: initialOffset?.top ?? 0 });
		}
		if (type !== EventType.IncrementalSnapshot) continue;
		const { source, id, x, y } = data as Scrolled & { source: number };
		if (source === IncrementalSource.Scroll) scrolls.set(id, { id, x, y });
	}
	return [...scrolls.values()].filter(({ x, y }) => x !== 0 || y !== 0);
}
