// Rage: a burst of presses on one widget that nothing answered, that broke something, or that is longer than bursts
// there ever are. A burst alone is a habit: people double-click, and step through a gallery. Reads facts.
import type { Baselines, ElementHabits } from "../baselines.ts";
import type { PressSeen, Seen } from "../observation.ts";
import { clampShare, type Signal, signalOf } from "../signal.ts";
import {
	PROMPT_MS,
	RAGE_ABNORMAL_COUNT,
	RAGE_ANSWERED_SHARE,
	RAGE_BURSTS,
	RAGE_COUNT,
	RAGE_SURE_COUNT,
	REPEATABLE_SESSIONS,
	REPEATABLE_SHARE,
} from "../thresholds.ts";
import { type Burst, listBursts } from "./bursts.ts";

/** @param errors signals of presses that broke something */
export function detectRage(
	seen: Seen,
	baselines: Baselines,
	errors: readonly Signal[] = [],
): Signal[] {
	const broken = new Set(errors.map(({ view, at, element }) => nameOf(view, at, element?.number)));
	const isBroken = ({ view, at, element }: PressSeen) =>
		broken.has(nameOf(view, at, element.number));
	return listBursts(seen.press).flatMap((burst) => {
		const habits = baselines.elementOf(burst[0].view, burst[0].element);
		const verdict = burst.some(isBroken) ? "error" : judge(burst, habits);
		if (verdict === undefined) return [];
		const [first] = burst;
		const last = burst.at(-1) ?? first;
		const told = burst.filter(({ answer }) => answer.isJudged);
		const answered = told.filter(isPrompt).length;
		return signalOf("rage", burst, {
			verdict,
			confidence: clampShare((burst.length - 1) / (RAGE_SURE_COUNT - 1)),
			numbers: { presses: burst.length, ms: last.at - first.at, told: told.length, answered },
		});
	});
}

/** Was it answered at once? Undefined where the page was left before anybody could tell. */
export function isPrompt({ answer, isModified }: PressSeen): boolean | undefined {
	if (!answer.isJudged || isModified) return true;
	if (answer.afterMs >= 0 && answer.afterMs <= PROMPT_MS) return true;
	return answer.watchedMs < PROMPT_MS ? undefined : false;
}

/** Presses that a page which is on its way answers with itself are impatience; `slow` tells of them. */
export function isLeaving({ answer }: PressSeen): boolean {
	return answer.by === "unload" || answer.by === "navigation";
}

function judge(burst: Burst, habits: ElementHabits | undefined): string | undefined {
	if (burst.some(isLeaving)) return undefined;
	if (burst.length <= RAGE_COUNT && burst.some(({ answer }) => answer.isSelecting))
		return undefined;
	const told = burst.map(isPrompt).filter((is) => is !== undefined);
	const answered = told.filter(Boolean).length;
	// Who leaves right behind a burst leaves little to watch: the first press must do, if nothing came of any.
	const isEnough = told.length >= 2 || (told.length === 1 && burst.every(isUnmet));
	if (isEnough && answered / told.length <= RAGE_ANSWERED_SHARE) return "unresponsive";
	if (burst[0].element.isRepeatable || isLearned(habits)) return undefined;
	const { bursts = 0, burstLength = 0 } = habits ?? {};
	const usual = Math.max(RAGE_ABNORMAL_COUNT, burstLength);
	const isAbnormal = isEnough && bursts >= RAGE_BURSTS && burst.length > usual;
	return isAbnormal ? "abnormal" : undefined;
}

function isUnmet({ answer }: PressSeen): boolean {
	return answer.isJudged && answer.afterMs < 0 && answer.askedMs < 0;
}

function isLearned(habits: ElementHabits | undefined): boolean {
	const { sessions = 0, burstSessions = 0 } = habits ?? {};
	return sessions >= REPEATABLE_SESSIONS && burstSessions / sessions >= REPEATABLE_SHARE;
}

function nameOf({ stream, number }: PressSeen["view"], at: number, element = -1): string {
	return `${stream} ${number} ${at} ${element}`;
}
