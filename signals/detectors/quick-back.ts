// There and back at once: the page was not what its link had promised. Redirects, pages on which something was done,
// and lists that are read by opening every item are none of it. Reads facts.
import type { Baselines } from "../baselines.ts";
import type { Seen, View, VisibleSeen } from "../observation.ts";
import type { Signal } from "../signal.ts";
import { POGO_SHARE, QUICK_BACK_MS, REDIRECT_MS } from "../thresholds.ts";
import { listTabs } from "./tabs.ts";

export interface Return {
	view: View;
	back: View;
	ms: number;
}

export function detectQuickBack(seen: Seen, baselines: Baselines): Signal[] {
	return findReturns(seen).flatMap(({ view, back, ms }): Signal[] => {
		const habits = baselines.pageOf(view);
		const most = Math.min(QUICK_BACK_MS, habits?.quarterMs ?? QUICK_BACK_MS);
		if (ms >= most || (habits?.backShare ?? 0) >= POGO_SHARE) return [];
		return [
			{
				...{ kind: "quick_back", at: view.from, to: back.from, view, verdict: back.reached },
				...{ element: undefined, point: undefined, confidence: 1, numbers: { ms } },
			},
		];
	});
}

/** Page views on which nothing was done, and behind which came what was before them, at once. */
export function findReturns(seen: Seen): Return[] {
	const used = new Set<View>(
		[...seen.press, ...seen.field, ...seen.submit].map(({ view }) => view),
	);
	// Who comes back to a tab has been elsewhere; that it is hidden at its end tells nothing.
	const resumed = new Set(seen.visible.filter(isResumed).map(({ view }) => view));
	return listTabs(seen).flatMap((views) =>
		views.flatMap((view, index): Return[] => {
			const [from, back] = [views[index - 1], views[index + 1]];
			if (from === undefined || back === undefined) return [];
			if (used.has(view) || resumed.has(view)) return [];
			if (from.url === "" || back.url !== from.url || view.url === from.url) return [];
			const ms = back.from - view.from;
			return ms < REDIRECT_MS || ms >= QUICK_BACK_MS ? [] : [{ view, back, ms }];
		}),
	);
}

function isResumed({ isVisible, at, view }: VisibleSeen): boolean {
	return isVisible && at > view.from;
}
