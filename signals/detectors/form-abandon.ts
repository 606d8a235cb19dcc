// A form that refused what was sent, and whose page was then left without sending it. Forms that were only begun
// cannot be told from filters and searches: facts do not say which form a field belongs to. Reads facts.
import type { Seen, SubmitSeen, View } from "../observation.ts";
import type { Signal } from "../signal.ts";
import { groupForms } from "./validation-loop.ts";

export function detectFormAbandon(seen: Seen): Signal[] {
	const unloaded = new Set(
		seen.leave.filter(({ how }) => how === "unload").map(({ view }) => view),
	);
	return groupForms(seen.submit).flatMap((tries): Signal[] => {
		const [first, last] = [tries[0], tries.at(-1)];
		if (first === undefined || last === undefined || last.outcome !== "invalid") return [];
		if (!tries.every(hasFailed) || isSentLater(seen, last)) return [];
		if (first.view.isLast && !unloaded.has(first.view)) return [];
		const lastField = findLastField(seen, first.view);
		return [
			{
				...{ kind: "form_abandon", at: last.at, to: first.view.to, view: first.view },
				...{ element: lastField ?? first.element, point: undefined, verdict: "", confidence: 1 },
				numbers: { tries: tries.length, ms: first.view.to - first.at },
			},
		];
	});
}

function hasFailed({ outcome }: SubmitSeen): boolean {
	return outcome === "invalid" || outcome === "none";
}

/** The same form on the next page: it came back with what was wrong. */
function isSentLater({ submit }: Seen, last: SubmitSeen): boolean {
	return submit.some(
		({ at, view, element, outcome }) =>
			at > last.at &&
			view.page === last.view.page &&
			element.key === last.element.key &&
			outcome !== "invalid" &&
			outcome !== "none",
	);
}

/** Where it was given up: the field in which something was done last. */
function findLastField({ field }: Seen, view: View) {
	return field.findLast((one) => one.view === view && (one.edits > 0 || one.invalid > 0))?.element;
}
