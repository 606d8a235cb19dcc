// Dead: a press on something that promises action, by what it is or by the hand that the pointer becomes there, and nothing came of it for three seconds while the page was
// looked at. A page that asked the server is slow and not dead. Reads facts.
import type { Baselines } from "../baselines.ts";
import { isInteractive, isLink } from "../elements.ts";
import type { PressSeen, Seen } from "../observation.ts";
import { clampShare, type Signal, signalOf } from "../signal.ts";
import { DEAD_MS } from "../thresholds.ts";

/** Less is chance, and a link may have started a download that no fact tells of. */
const LEAST_CONFIDENCE = 0.3;

export function detectDead(seen: Seen, baselines: Baselines): Signal[] {
	return seen.press.filter(isDead).map((press) => {
		const { element, view, answer } = press;
		const { judged = 0, answered = 0 } = baselines.elementOf(view, element) ?? {};
		const isSure = judged > 0 || !(isLink(element) || element.isRepeatable);
		const confidence = isSure ? (answered + 1) / (judged + 2) : LEAST_CONFIDENCE;
		return signalOf("dead", [press], {
			verdict: isInteractive(element) ? "interactive" : "hand",
			confidence: clampShare(confidence, LEAST_CONFIDENCE),
			numbers: { watchedMs: answer.watchedMs, ambient: answer.ambient },
		});
	});
}

/** Whoever presses down, moves away and lets go there has not pressed. */
function isDead(press: PressSeen): boolean {
	const { answer, isDisabled } = press;
	return promises(press) && !isDisabled && answer.isClicked && isUnanswered(press);
}

export function promises({ element, hasHand }: Pick<PressSeen, "element" | "hasHand">): boolean {
	return isInteractive(element) || hasHand;
}

/** Watched long enough, and nothing came. */
export function isUnanswered({ answer }: Pick<PressSeen, "answer">): boolean {
	const { isJudged, watchedMs, afterMs, askedMs } = answer;
	return isJudged && watchedMs >= DEAD_MS && afterMs < 0 && askedMs < 0;
}
