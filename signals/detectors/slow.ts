// Slow: the page answered, but so late that the visitor wondered. Where the server was asked and the page showed
// nothing meanwhile, the verdict says that there was no sign of it. Reads facts.
import type { PressSeen, Seen } from "../observation.ts";
import { clampShare, type Signal, signalOf } from "../signal.ts";
import { DEAD_MS, PROMPT_MS, SLOWEST_MS } from "../thresholds.ts";
import { promises } from "./dead.ts";

/** Of the weight, at one second; it is whole at five. */
const LEAST_CONFIDENCE = 2 / 3;

export function detectSlow({ press }: Seen): Signal[] {
	return press.filter(isCandidate).flatMap((one) => {
		const { afterMs, askedMs, watchedMs } = one.answer;
		const isOpen = afterMs < 0;
		if (isOpen ? askedMs < 0 || watchedMs < DEAD_MS : afterMs <= PROMPT_MS) return [];
		const ms = isOpen ? watchedMs : afterMs;
		const late = (ms - PROMPT_MS) / (SLOWEST_MS - PROMPT_MS);
		return signalOf("slow", [one], {
			verdict: isOpen ? "no answer" : askedMs >= 0 ? "asked" : "late",
			confidence: clampShare(LEAST_CONFIDENCE + (1 - LEAST_CONFIDENCE) * late, LEAST_CONFIDENCE),
			numbers: { ms, askedMs },
		});
	});
}

function isCandidate(press: PressSeen): boolean {
	const { answer, isDisabled } = press;
	return promises(press) && answer.isJudged && answer.isClicked && !isDisabled;
}
