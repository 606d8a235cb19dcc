// Whether a press was answered: the one place where the evidence of an answer fact becomes a verdict. The recorder
// has taken out what the page would have changed anyway (`recorder/capture/facts/changes.ts`); here goes what only a
// whole session shows: requests at an even pace, changes elsewhere that came long after and were not asked for, and
// a document that ended because its visitor left.
import type { AnswerFact, Response } from "../protocol/fact.ts";
import { hasOwnWays, isLink } from "./elements.ts";
import type { Answer, Target, View } from "./observation.ts";
import {
	ASK_MS,
	DEAD_MS,
	NEXT_PAGE_MS,
	OPEN_MS,
	POLL_COUNT,
	POLL_SLACK,
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
	isModified: boolean;
	marks: readonly Mark[];
	/** Was the request that began then one of an even pace? */
	isPolled: (afterMs: number) => boolean;
	/** When the next page came in this tab, from the press on; -1 for never. */
	nextPageMs: number;
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
	const visible = responses
		.filter((response) => belongs(response, askedMs >= 0, pressed))
		.map(([by, afterMs]): Mark => ({ by, afterMs, isAsking: false }));
	const first = [...visible, ...pressed.marks]
		.filter(({ afterMs, isAsking }) => !isAsking && afterMs <= SLOW_MS)
		.sort((a, b) => a.afterMs - b.afterMs || (a.by < b.by ? -1 : 1))[0];
	return {
		isJudged: !pressed.isModified && !pressed.isField && !hasNoTale(pressed),
		isClicked: clicked === 1,
		...{ watchedMs, ambient, askedMs },
		afterMs: first?.afterMs ?? -1,
		by: first?.by ?? "",
		isSelecting: responses.some(([kind]) => kind === "selection"),
	};
}

/** A link to the page that is shown leaves it as it is. */
function hasNoTale({ element, view }: Pressed): boolean {
	return hasOwnWays(element) || (element.link !== "" && element.link === view.page);
}

function findAsked(responses: readonly Response[], { marks, isPolled }: Pressed): number {
	const asked = [
		...responses.filter(([kind]) => kind === "request").map(([, afterMs]) => afterMs),
		...marks.filter(({ isAsking }) => isAsking).map(({ afterMs }) => afterMs),
	].filter((afterMs) => afterMs <= ASK_MS && !isPolled(afterMs));
	return asked.length === 0 ? -1 : Math.min(...asked);
}

function belongs(
	[kind, afterMs, relation]: Response,
	isAsked: boolean,
	{ element, nextPageMs }: Pressed,
): boolean {
	if (kind === "request" || afterMs > SLOW_MS) return false;
	if (kind === AWAY) return afterMs <= OPEN_MS;
	if (kind === "navigation") return true;
	if (kind === "unload") {
		return isLink(element) || (nextPageMs >= 0 && nextPageMs - afterMs <= NEXT_PAGE_MS);
	}
	return relation !== "elsewhere" || afterMs <= DEAD_MS || isAsked;
}

/** @param times of requests to one address, in order */
export function isEvenPace(times: readonly number[]): boolean {
	const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
	if (times.length < POLL_COUNT) return false;
	const middle = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
	const even = steps.filter((step) => Math.abs(step - middle) <= POLL_SLACK * middle);
	return middle > 0 && even.length * 3 >= steps.length * 2;
}
