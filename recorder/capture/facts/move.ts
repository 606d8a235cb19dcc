// The pointer that hovers: where it rests and how often it turns back, which is what heatmaps of movement
// and the detection of thrashing need, in a few numbers instead of a stream of positions; what it did before a
// press; and what it came to again and again and did not press.
import { WIDGET_SELECTOR } from "../../../protocol/element-key.ts";
import { FACT_DITHER, FACT_MOVE } from "../../../protocol/fact.ts";
import { MOVE_CELLS } from "../../../protocol/limits.ts";
import { widgetAt } from "../press-place.ts";
import type { FactScope } from "./fact-scope.ts";

/**
 * How long the pointer had rested on a widget, and how long it had been moving towards it without a
 * pause; -1 is not known.
 */
export type PointerTrail = [hoverMs: number, approachMs: number];

const CELL_PX = 50;
/** Moves are looked at this often. */
const EVERY_MS = 50;
const STEP_PX = 25;
/** cos 120°. */
const TURN = -0.5;
/** So many reversals within this are what thrashing is. */
const WINDOW_MS = 2500;
const REST_MS = 30_000;
/** Shorter, and it was on its way; two stays that are less apart are one. */
const STAY_MS = 200;
const APART_MS = 300;
/** So many stays within this without a press are dithering. */
const STAYS = 3;
const DITHER_MS = 30_000;
/** The visitor's hand has been here for less, and it was on its way. */
const LEAST_MS = 50;
/** Two moves further apart than this are two movements (research: hover gaps are bridged up to it). */
const PAUSE_MS = 150;

/** @param onActivity gives where the document is scrolled to */
export function watchMoves(
	{ on, onPress, onTell, now, tell, know }: FactScope,
	onActivity: (at: number) => number,
): (widget: Element, at: number) => PointerTrail {
	/** What was hovered, where, in milliseconds. */
	let cells = new Map<number, [column: number, line: number, ms: number]>();
	let cell: [column: number, line: number, ms: number] | undefined;
	let over: Element | undefined;
	let [overSince, movingSince, movedAt, lookedAt] = [0, 0, 0, 0];
	let [x, y, stepX, stepY] = [0, 0, 0, 0];
	let [reversals, worst, worstAt] = [0, 0, 0];
	let turns: number[] = [];
	/** When the pointer came to a widget, and when it had been there last. */
	let stays = new WeakMap<Element, [began: number[], leftAt: number]>();

	const rest = (at: number): void => {
		if (cell) cell[2] += Math.min(at - lookedAt, REST_MS);
		lookedAt = at;
	};
	const enter = (column: number, line: number): void => {
		const place = line * 1000 + column;
		cell = cells.get(place);
		if (cell || cells.size === MOVE_CELLS) return;
		cell = [column, line, 0];
		cells.set(place, cell);
	};
	const step = (at: number, dx: number, dy: number): void => {
		const length = Math.hypot(dx, dy);
		if (length < STEP_PX) return;
		if (dx * stepX + dy * stepY < TURN * length * Math.hypot(stepX, stepY)) {
			reversals++;
			turns = [...turns.filter((turn) => at - turn < WINDOW_MS), at];
			if (turns.length > worst) [worst, worstAt] = [turns.length, at];
		}
		[x, y, stepX, stepY] = [x + dx, y + dy, dx, dy];
	};

	/** It goes from where it was. */
	const leave = (at: number): void => {
		if (!over?.matches(WIDGET_SELECTOR) || at - overSince < STAY_MS) return;
		const [before, leftAt] = stays.get(over) ?? [[], 0];
		const began = before.filter((stay) => at - stay < DITHER_MS);
		if (overSince - leftAt >= APART_MS) began.push(overSince);
		stays.set(over, [began, at]);
		if (began.length < STAYS) return;
		tell(FACT_DITHER, know(over)[0], STAYS, at - (began[0] as number));
		stays.delete(over);
	};

	on({
		// What passes under a hand that rests is read.
		scroll({ target }) {
			if (target === document) overSince = now();
		},
		pointerover({ pointerType, target }) {
			const widget = pointerType === "touch" ? undefined : widgetAt(target);
			if (widget === over) return;
			const at = now();
			leave(at);
			[over, overSince] = [widget, at];
		},
		pointermove({ pointerType, clientX, clientY, buttons }) {
			if (pointerType === "touch") return;
			const at = now();
			if (at - movedAt > PAUSE_MS) movingSince = at;
			movedAt = at;
			if (at - lookedAt < EVERY_MS || buttons > 0) return;
			rest(at);
			enter(Math.floor(clientX / CELL_PX), Math.floor((clientY + onActivity(at)) / CELL_PX));
			step(at, clientX - x, clientY - y);
		},
	});
	// What is pressed now was come to for that.
	onPress.push((widget) => stays.set(widget, [[], now()]));
	onTell.push((reason) => {
		if (reason === "navigation") stays = new WeakMap();
		rest(now());
		cell = undefined;
		const dwell = [...cells.values()].filter(([, , ms]) => ms >= LEAST_MS).flat();
		if (dwell.length > 0) tell(FACT_MOVE, reversals, worst, worstAt, dwell);
		cells = new Map();
		[reversals, worst, worstAt] = [0, 0, 0];
	});
	return (widget, at) => [
		widget === over ? at - overSince : -1,
		at - movedAt <= PAUSE_MS ? movedAt - movingSince : -1,
	];
}
