// Where a pointer that hovers rests, and how often it turns back: what heatmaps of movement and the
// detection of thrashing need, in a few numbers instead of a stream of positions.
import { FACT_MOVE } from "../../../protocol/fact.ts";
import { MOVE_CELLS } from "../../../protocol/limits.ts";
import type { FactScope, Tell } from "./fact-scope.ts";

export interface MoveWatch {
	/** @returns whether it was looked at */
	onMove(event: PointerEvent, at: number, top: number): boolean;
	tell: Tell;
}

const CELL_PX = 50;
/** Moves are looked at this often. */
const EVERY_MS = 50;
const STEP_PX = 25;
/** cos 120°. */
const TURN = -0.5;
/** So many reversals within this are what thrashing is. */
const WINDOW_MS = 2500;
const REST_MS = 30_000;
/** The visitor's hand has been here for less, and it was on its way. */
const LEAST_MS = 50;

export function watchMoves({ now, tell }: FactScope): MoveWatch {
	let cells = new Map<number, number>();
	let cell = -1;
	let lookedAt = 0;
	let [x, y, stepX, stepY] = [0, 0, 0, 0];
	let [reversals, worst, worstAt] = [0, 0, 0];
	let turns: number[] = [];

	const rest = (at: number): void => {
		if (cell >= 0 && (cells.size < MOVE_CELLS || cells.has(cell))) {
			cells.set(cell, (cells.get(cell) ?? 0) + Math.min(at - lookedAt, REST_MS));
		}
		lookedAt = at;
	};
	const step = (at: number, dx: number, dy: number): void => {
		const length = Math.hypot(dx, dy);
		if (length < STEP_PX) return;
		const before = Math.hypot(stepX, stepY);
		if (before > 0 && dx * stepX + dy * stepY < TURN * length * before) {
			reversals++;
			turns = [...turns.filter((turn) => at - turn < WINDOW_MS), at];
			if (turns.length > worst) [worst, worstAt] = [turns.length, at];
		}
		[x, y, stepX, stepY] = [x + dx, y + dy, dx, dy];
	};

	return {
		onMove({ clientX, clientY, buttons }, at, top) {
			if (at - lookedAt < EVERY_MS || buttons > 0) return false;
			rest(at);
			const [column, line] = [clientX, clientY + top].map((px) => Math.floor(px / CELL_PX));
			cell = (line ?? 0) * 1000 + (column ?? 0);
			step(at, clientX - x, clientY - y);
			return true;
		},
		tell() {
			const at = now();
			rest(at);
			cell = -1;
			const dwell = [...cells].flatMap(([place, ms]) =>
				ms < LEAST_MS ? [] : [place % 1000, Math.floor(place / 1000), Math.round(ms)],
			);
			if (dwell.length > 0) tell(FACT_MOVE, reversals, worst, worstAt, dwell);
			cells = new Map();
			[reversals, worst, worstAt] = [0, 0, 0];
		},
	};
}
