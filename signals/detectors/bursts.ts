// Presses on one widget in quick succession: the candidates of rage. What they are, only the answers tell.
import { isInteractive } from "../elements.ts";
import type { PressSeen } from "../observation.ts";
import { RAGE_COUNT, RAGE_GAP_MS, RAGE_RADIUS_PX } from "../thresholds.ts";

export type Burst = [PressSeen, PressSeen, PressSeen, ...PressSeen[]];

/** @param presses in the order of time; those of other tabs in between do not part a burst */
export function listBursts(presses: readonly PressSeen[]): Burst[] {
	const bursts: PressSeen[][] = [];
	const open = new Map<unknown, PressSeen[]>();
	for (const press of presses) {
		if (press.pointer === "key") continue;
		const run = open.get(press.view);
		const last = run?.at(-1);
		if (run !== undefined && last !== undefined && continues(last, press)) run.push(press);
		else {
			const begun = [press];
			open.set(press.view, begun);
			bursts.push(begun);
		}
	}
	return bursts.filter(isBurst);
}

function continues(last: PressSeen, next: PressSeen): boolean {
	return next.at - last.at <= RAGE_GAP_MS && isSameWidget(last, next);
}

/** The same, or one that came into its place; two places of a picture or a text are two. */
function isSameWidget(a: PressSeen, b: PressSeen): boolean {
	const isOne = a.element.number === b.element.number;
	if (isOne && isInteractive(a.element)) return true;
	const isAlike = a.element.tag === b.element.tag && a.element.role === b.element.role;
	const isNear = Math.hypot(a.x - b.x, a.y - b.y) <= RAGE_RADIUS_PX[b.pointer];
	return (isOne || isAlike) && isNear;
}

function isBurst(run: PressSeen[]): run is Burst {
	return run.length >= RAGE_COUNT;
}
