// Whether a press was answered: the one place where the evidence of an answer fact becomes a verdict. The recorder
// has taken out what the page would have changed anyway (`recorder/capture/facts/changes.ts`); here goes what only a
// whole session shows: requests at an even pace, changes elsewhere that came long after and were not asked for, what
// answered another press, and a page that went out of sight or ended because its visitor had enough.
import type { AnswerFact, Response } from "../protocol/fact.ts";
import { hasOwnWays, isInteractive, isLink } from "./elements.ts";
import type { Answer, Target, View } from "./observation.ts";
import {
	ASK_MS,
	DEAD_MS,
	LAST_WORDS_MS,
	NEXT_PAGE_MS,
	OPEN_MS,
	POLL_COUNT,
	POLL_SLACK,
	PROMPT_MS,
	SLOW_MS,
} from "./thresholds.ts";

/** What else was seen right after the press: something opened, played or sent. */
export interface Mark {
	afterMs: number;
	by: Answer["by"];
	/** The server was asked, and this is only that. */
	isAsking: boolean;
}

export interface Pressed {
	element: Target;
	view: View;
	/** Text fields, known from what was typed in them. */
	isField: boolean;
	/** It opens a tab, a program or a file, and the page need not change. */
	isElsewhere: boolean;
	marks: readonly Mark[];
	/** Was the request that began then one of an even pace? */
	isPolled: (afterMs: number) => boolean;
	/** When the next page came in this tab, from the press on; -1 for never. */
	nextPageMs: number;
	/** It came by the browser's own buttons, unless the page itself reloads or goes back when something is pressed. */
	isNextByHand: boolean;
	/** When something else was pressed in the document, from the press on; -1 for never. */
	nextPressMs: number;
	/** Was the visitor anywhere on the site after a page that went out of sight then? */
	isBack: (afterMs: number) => boolean;
}

const NOTHING: Answer = {
	...{ isJudged: false, isClicked: false, watchedMs: 0, afterMs: -1, by: "" },
	...{ askedMs: -1, isSelecting: false, ambient: 0 },
};
/** Of these only the nearest moment counts. */
const AWAY = "hidden";

export function readAnswer(fact: AnswerFact | undefined, pressed: Pressed): Answer {
	if (fact === undefined) return NOTHING;
	const [, , , , , clicked, watchedMs, ambient, responses] = fact;
	const askedMs = findAsked(responses, pressed);
	// A page that was still watched after it lost the focus has not been closed.
	const isBack = (afterMs: number) =>
		watchedMs > afterMs + LAST_WORDS_MS || pressed.isBack(afterMs);
	const visible = responses
		.filter((response) => belongs(response, askedMs >= 0, { ...pressed, isBack }))
		.map(([by, afterMs]): Mark => ({ by, afterMs, isAsking: false }));
	const [first] = [...visible, ...pressed.marks]
		.filter((mark) => !mark.isAsking && mark.afterMs <= SLOW_MS && !isDeparture(mark, pressed))
		.sort((a, b) => a.afterMs - b.afterMs || (a.by < b.by ? -1 : 1));
	const isTold = first !== undefined || !responses.some((one) => isLeft(one, pressed));
	const isOpaque = pressed.isElsewhere || pressed.isField || hasNoTale(pressed, responses);
	return {
		isJudged: isTold && !isOpaque,
		isClicked: clicked === 1,
		...{ watchedMs, ambient, askedMs },
		afterMs: first?.afterMs ?? -1,
		by: first?.by ?? "",
		isSelecting: responses.some(([kind]) => kind === "selection"),
	};
}

/** A link to the page that is shown leaves it as it is, and whose page was on its way when another was pressed? */
function hasNoTale(pressed: Pressed, responses: readonly Response[]): boolean {
	const { element, view } = pressed;
	const isOvertaken = responses.some(
		([kind, afterMs]) => kind === "unload" && isOfAnother(afterMs, pressed),
	);
	return (
		hasOwnWays(element) ||
		(element.link !== "" && element.link === view.page) ||
		(isLink(element) && isOvertaken)
	);
}

function findAsked(responses: readonly Response[], pressed: Pressed): number {
	const { marks, isPolled } = pressed;
	const asked = [
		...responses.filter(([kind]) => kind === "request").map(([, afterMs]) => afterMs),
		...marks.filter(({ isAsking }) => isAsking).map(({ afterMs }) => afterMs),
	].filter((afterMs) => afterMs <= ASK_MS && !isPolled(afterMs) && !isOfAnother(afterMs, pressed));
	return asked.length === 0 ? -1 : Math.min(...asked);
}

function belongs([kind, afterMs, relation]: Response, isAsked: boolean, pressed: Pressed): boolean {
	const { element } = pressed;
	if (kind === "request" || afterMs > SLOW_MS) return false;
	// What is no field takes the focus because it is pressed, and shows no caret.
	if (kind === "focus" && relation === "inside") return !isInteractive(element);
	if (relation !== "elsewhere") return true;
	if (isOfAnother(afterMs, pressed)) return false;
	if (kind === AWAY) return afterMs <= OPEN_MS && pressed.isBack(afterMs);
	if (kind === "navigation") return true;
	if (kind === "unload") {
		if (afterMs > PROMPT_MS) return leads(afterMs, pressed) && !pressed.isNextByHand;
		return isLink(element) || leads(afterMs, pressed);
	}
	return afterMs <= DEAD_MS || isAsked;
}

/** Did the next page of the tab come of an unload? */
function leads(afterMs: number, { nextPageMs }: Pressed): boolean {
	return nextPageMs >= 0 && nextPageMs - afterMs <= NEXT_PAGE_MS;
}

/** The page went some seconds behind a link and none of the site's came: it led elsewhere, or its visitor had enough. */
function isLeft([kind, afterMs]: Response, pressed: Pressed): boolean {
	const isLate = afterMs > PROMPT_MS && afterMs <= SLOW_MS;
	return kind === "unload" && isLink(pressed.element) && isLate && !leads(afterMs, pressed);
}

/** Behind a press on something else, what happens elsewhere is its answer. */
function isOfAnother(afterMs: number, { nextPressMs }: Pressed): boolean {
	return nextPressMs >= 0 && afterMs >= nextPressMs;
}

/** A page that is closed right after a press looks as if it had opened something; links say that they do. */
function isDeparture({ by, afterMs }: Mark, { element, isBack }: Pressed): boolean {
	return by === "open" && !isLink(element) && !isBack(afterMs);
}

/** @param times of requests to one address, in order */
export function isEvenPace(times: readonly number[]): boolean {
	const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
	if (times.length < POLL_COUNT) return false;
	const middle = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
	const even = steps.filter((step) => Math.abs(step - middle) <= POLL_SLACK * middle);
	return middle > 0 && even.length * 3 >= steps.length * 2;
}
