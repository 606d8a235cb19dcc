// A tap on the wrong one: tapped, undone within four seconds (back, or what had opened is closed), and its neighbour
// tapped instead. Touch only. Reads facts.
import type { PressSeen, Seen } from "../observation.ts";
import { type Signal, signalOf } from "../signal.ts";
import { NEIGHBOUR_PX, UNDO_MS } from "../thresholds.ts";

export function detectMisTap({ press }: Seen): Signal[] {
	const tabs = new Map<string, PressSeen[]>();
	for (const one of press) {
		const known = tabs.get(one.view.tab);
		if (known === undefined) tabs.set(one.view.tab, [one]);
		else known.push(one);
	}
	return [...tabs.values()].flatMap((taps) =>
		taps.flatMap((wrong, index) => {
			const right = findRight(wrong, taps[index + 1], taps[index + 2]);
			if (right === undefined) return [];
			const pixels = Math.round(distance(wrong, right));
			const numbers = { pixels, ms: right.at - wrong.at };
			return signalOf("mis_tap", [wrong], { confidence: 1, numbers });
		}),
	);
}

/** The tap that was meant: the next, after going back, or the one behind what closed what had opened. */
function findRight(
	wrong: PressSeen,
	next: PressSeen | undefined,
	afterNext: PressSeen | undefined,
): PressSeen | undefined {
	if (wrong.pointer !== "touch" || next === undefined) return undefined;
	if (isBackOf(wrong, next) && isNeighbour(wrong, next)) return next;
	const isClosed =
		next.view === wrong.view &&
		next.state !== wrong.state &&
		next.at - wrong.at <= UNDO_MS &&
		afterNext?.view === wrong.view &&
		afterNext.state === wrong.state;
	return isClosed && isNeighbour(wrong, afterNext) ? afterNext : undefined;
}

/** The same page again, by going back, soon enough. */
function isBackOf(wrong: PressSeen, next: PressSeen): boolean {
	const { view } = next;
	return (
		view !== wrong.view &&
		view.url === wrong.view.url &&
		view.reached === "history" &&
		view.from - wrong.at <= UNDO_MS
	);
}

function isNeighbour(a: PressSeen, b: PressSeen): boolean {
	const isOther =
		a.view === b.view ? a.element.number !== b.element.number : a.element.key !== b.element.key;
	return b.pointer === "touch" && isOther && distance(a, b) <= NEIGHBOUR_PX;
}

function distance(a: PressSeen, b: PressSeen): number {
	return Math.hypot(a.x - b.x, a.y - b.y);
}
