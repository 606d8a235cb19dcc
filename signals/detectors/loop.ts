// Round in circles: one page three times within ten page views, and none among them that is new. Pages that people
// come back to anyway (a list, a start page) are hubs; which are, only a population tells, so that without one this
// says nothing. Reads facts.
import type { Baselines } from "../baselines.ts";
import type { Seen, View } from "../observation.ts";
import type { Signal } from "../signal.ts";
import { HUB_VISITS, LOOP_VIEWS, LOOP_VISITS } from "../thresholds.ts";
import { listTabs } from "./tabs.ts";

export function detectLoop(seen: Seen, baselines: Baselines): Signal[] {
	return listTabs(seen).flatMap((views) => {
		const firsts = findFirsts(views);
		let toldTo = -1;
		return views.flatMap((view, index): Signal[] => {
			const habits = baselines.pageOf(view);
			if (habits === undefined || habits.visits >= HUB_VISITS || view.page === "") return [];
			const visits = visitsUpTo(views, index);
			const [first] = visits;
			if (first === undefined || visits.length < LOOP_VISITS || first <= toldTo) return [];
			if (firsts.slice(first + 1, index).filter(Boolean).length > 1) return [];
			toldTo = index;
			const from = views[first] ?? view;
			return [
				{
					...{ kind: "loop", at: from.from, to: view.from, view, verdict: "" },
					...{ element: undefined, point: undefined, confidence: 1 },
					numbers: { visits: visits.length, views: index - first + 1 },
				},
			];
		});
	});
}

/** For each view whether its page was not seen before. */
function findFirsts(views: readonly View[]): boolean[] {
	const known = new Set<string>();
	return views.map(({ page }) => !known.has(page) && known.add(page) !== undefined);
}

/** Indices of the last visits of the page within the window, up to this one. */
function visitsUpTo(views: readonly View[], index: number): number[] {
	const visits: number[] = [];
	for (let at = index; at >= 0 && at > index - LOOP_VIEWS; at--) {
		// A page that is shown again in place is one visit.
		if (views[at]?.page === views[index]?.page && views[at - 1]?.page !== views[at]?.page) {
			visits.unshift(at);
		}
	}
	return visits;
}
