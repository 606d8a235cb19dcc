// A field in which much of what was typed was taken back, or which was emptied and filled again. Fields that search
// while one types are there to be changed. Of secret fields the counts are not told, so that they never show
// here. Reads facts.
import type { Seen } from "../observation.ts";
import { clampShare, type Signal } from "../signal.ts";
import { DELETED_SHARE, DELETIONS, REFILLS } from "../thresholds.ts";
import { sumFields } from "./forms.ts";

const SEARCHES = /^(?:searchbox|combobox)$/;

export function detectCorrection(seen: Seen): Signal[] {
	return sumFields(seen).flatMap(({ parts, edits, deletions, emptied }): Signal[] => {
		const [first] = parts;
		const last = parts.at(-1) ?? first;
		if (SEARCHES.test(first.element.role)) return [];
		const insertions = edits - deletions;
		const share = deletions / Math.max(1, insertions);
		const isMuch = deletions >= DELETIONS && share >= DELETED_SHARE;
		const isRefill = emptied >= REFILLS && last.length > 0;
		if (!isMuch && !isRefill) return [];
		return [
			{
				...{ kind: "correction", at: first.at - first.focusMs, to: last.at, view: first.view },
				...{ element: first.element, point: undefined, verdict: isMuch ? "deleted" : "refilled" },
				confidence: clampShare(isMuch ? share : DELETED_SHARE),
				numbers: { insertions, deletions, emptied },
			},
		];
	});
}
