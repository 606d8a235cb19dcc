// Where the pointer was last, and what was selected. A jump in rrweb's replayer shows only the last of
// each, so that is all there is to keep.
import type { Page } from "./fold-tree.ts";
import { type Fields, isRecord, recordsOf } from "./scrub-node.ts";

const MOUSE_MOVE = 1;
const MOUSE_INTERACTION = 2;
const TOUCH_MOVE = 6;
const SELECTION = 14;

const TOUCH_START = 7;
const TOUCH_ENDS = [9, 10];
/** Interactions that say where the pointer is: up, down, click, touches. */
const PLACED = new Set([0, 1, 2, TOUCH_START, 9]);

export interface Pointer {
	apply(page: Page, data: Fields): void;
	/** The data of the events that bring it back. */
	tail(): Fields[];
}

export function createPointer(): Pointer {
	let place: { x: number; y: number; id: number } | undefined;
	let selection: Fields | undefined;
	let isTouch = false;
	let isTouching = false;

	function interact(page: Page, { type, id, x, y }: Fields): void {
		if (typeof type !== "number" || page.mirror.get(id as number) === undefined) return;
		if (type === TOUCH_START) {
			isTouch = true;
			isTouching = true;
		}
		if (TOUCH_ENDS.includes(type)) isTouching = false;
		if (PLACED.has(type)) place = { x: Number(x) || 0, y: Number(y) || 0, id: id as number };
	}

	function move({ source, positions }: Fields): void {
		if (source === TOUCH_MOVE) isTouch = true;
		const last = recordsOf(positions).at(-1);
		if (last === undefined) return;
		place = { x: Number(last.x), y: Number(last.y), id: Number(last.id) };
	}

	function tail(): Fields[] {
		const events: Fields[] = [];
		if (place !== undefined) {
			const source = isTouch ? TOUCH_MOVE : MOUSE_MOVE;
			events.push({ source, positions: [{ ...place, timeOffset: 0 }] });
			if (isTouching) events.push({ source: MOUSE_INTERACTION, type: TOUCH_START, ...place });
		}
		if (selection !== undefined) events.push(selection);
		return events;
	}

	return {
		apply(page, data) {
			if (data.source === SELECTION) {
				selection = { source: SELECTION, ranges: recordsOf(data.ranges).filter(isRecord) };
			} else if (data.source === MOUSE_INTERACTION) interact(page, data);
			else move(data);
		},
		tail,
	};
}
