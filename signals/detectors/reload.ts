// Reloading: twice within a minute, or once right after trouble. Pages that people reload to see what is new are none
// of it. Reads facts.
import type { Baselines } from "../baselines.ts";
import type { Seen, View } from "../observation.ts";
import type { Signal, SignalKind } from "../signal.ts";
import { RELOAD_AFTER_MS, RELOAD_SHARE, RELOAD_WINDOW_MS, RELOADS } from "../thresholds.ts";
import { listTabs } from "./tabs.ts";

const TROUBLE: readonly SignalKind[] = ["error", "rage", "dead", "slow"];

/** @param signals what was detected of presses */
export function detectReload(
	seen: Seen,
	signals: readonly Signal[],
	baselines: Baselines,
): Signal[] {
	const troubles = signals.filter(({ kind }) => TROUBLE.includes(kind));
	return listTabs(seen).flatMap((views) => {
		const reloads = views.filter(({ reached }) => reached === "reload");
		let toldTo = Number.NEGATIVE_INFINITY;
		return reloads.flatMap((view, index): Signal[] => {
			if (view.from <= toldTo) return [];
			const run = runFrom(reloads, index);
			const trouble = findTrouble(troubles, view);
			const last = run.at(-1) ?? view;
			const isUsual = (baselines.pageOf(view)?.reloadShare ?? 0) >= RELOAD_SHARE;
			if (trouble === undefined && (run.length < RELOADS || isUsual)) return [];
			toldTo = last.from;
			return [
				{
					...{ kind: "reload", at: view.from, to: last.from, view, element: undefined },
					...{ point: undefined, verdict: trouble === undefined ? "again" : trouble.kind },
					...{ confidence: 1, numbers: { times: run.length, ms: last.from - view.from } },
				},
			];
		});
	});
}

/** Reloads of the same page within the window. */
function runFrom(reloads: readonly View[], index: number): View[] {
	const first = reloads[index];
	if (first === undefined) return [];
	const run: View[] = [];
	for (let at = index; at < reloads.length; at++) {
		const view = reloads[at];
		if (view === undefined || view.from - first.from > RELOAD_WINDOW_MS) break;
		if (view.url === first.url) run.push(view);
	}
	return run;
}

function findTrouble(troubles: readonly Signal[], { tab, from }: View): Signal | undefined {
	return troubles.findLast(
		({ view, to }) => view.tab === tab && to <= from && from - to <= RELOAD_AFTER_MS,
	);
}
