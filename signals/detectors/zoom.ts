// Pinching in to read or to hit something; in and out again and again is a page that does not fit. Maps and
// galleries that zoom by themselves leave the viewport as it is. Reads facts.
import type { LeaveSeen, Seen, View } from "../observation.ts";
import { clampShare, type Signal } from "../signal.ts";
import { ZOOM_CYCLES, ZOOM_WINDOW_MS, ZOOMED_PERCENT } from "../thresholds.ts";

const ONCE_CONFIDENCE = 0.5;

export function detectZoom({ leave }: Seen): Signal[] {
	const views = new Map<View, LeaveSeen[]>();
	for (const one of leave) {
		if (one.how !== "zoom" || one.scale < ZOOMED_PERCENT) continue;
		const known = views.get(one.view);
		if (known === undefined) views.set(one.view, [one]);
		else known.push(one);
	}
	return [...views].map(([view, ins]): Signal => {
		const [run, isAgain] = findRun(ins);
		const [first, last] = [run[0] as LeaveSeen, run.at(-1) as LeaveSeen];
		return {
			...{ kind: "zoom", at: first.at, to: last.at, view, element: undefined, point: undefined },
			verdict: isAgain ? "again" : "once",
			confidence: clampShare(isAgain ? 1 : ONCE_CONFIDENCE),
			numbers: { times: run.length, percent: Math.max(...run.map(({ scale }) => scale)) },
		};
	});
}

/** The first times within the window, else the first of all. */
function findRun(ins: readonly LeaveSeen[]): [run: readonly LeaveSeen[], isAgain: boolean] {
	for (const [index, { at }] of ins.entries()) {
		const run = ins.slice(index).filter((other) => other.at - at <= ZOOM_WINDOW_MS);
		if (run.length >= ZOOM_CYCLES) return [run, true];
	}
	return [ins.slice(0, 1), false];
}
