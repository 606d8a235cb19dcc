// Presses on pictures and texts that do nothing. One is nothing: it is told of an element across sessions only, and
// makes no episode. Presses that had another purpose (to select, to leave a field, to bring the window to the
// front) are left out. Reads facts.
import { isStatic } from "../elements.ts";
import { someBetween } from "../normalise/first-from.ts";
import type { PressSeen, Seen } from "../observation.ts";
import { type Signal, signalOf } from "../signal.ts";
import { BLUR_MS, FRONT_MS } from "../thresholds.ts";
import { isUnanswered, promises } from "./dead.ts";

export function detectDeadStatic(seen: Seen): Signal[] {
	const blurs = seen.field.filter(({ end }) => end === "blur");
	const fronts = seen.visible.filter(({ isVisible }) => isVisible);
	const isMeantForWindow = ({ at, view }: PressSeen) =>
		someBetween(fronts, [at - FRONT_MS, at], (front) => front.view.stream === view.stream);
	const isMeantForField = ({ at, view }: PressSeen) =>
		someBetween(blurs, [at, at + BLUR_MS], (blur) => blur.view === view);
	return seen.press
		.filter((press) => isCandidate(press) && !isMeantForWindow(press) && !isMeantForField(press))
		.map((press) =>
			signalOf("dead_static", [press], {
				confidence: 1,
				numbers: { watchedMs: press.answer.watchedMs },
			}),
		);
}

function isCandidate(press: PressSeen): boolean {
	const { element, answer, pointer, isDisabled } = press;
	return (
		isStatic(element) &&
		!promises(press) &&
		!isDisabled &&
		pointer !== "key" &&
		answer.isClicked &&
		!answer.isSelecting &&
		isUnanswered(press)
	);
}
