// The same control activated by the keyboard again and again, and nothing answered. Typing, games and arrows make no
// presses. Reads facts.
import type { PressSeen, Seen } from "../observation.ts";
import { type Signal, signalOf } from "../signal.ts";
import { RAGE_ANSWERED_SHARE, RAGE_KEYS, RAGE_KEYS_MS } from "../thresholds.ts";
import { isLeaving, isPrompt } from "./rage.ts";

type Run = [PressSeen, ...PressSeen[]];

export function detectRageKey({ press }: Seen): Signal[] {
	const keys = press.filter(({ pointer }) => pointer === "key");
	return listRuns(keys).flatMap((run) => {
		const told = run.map(isPrompt).filter((is) => is !== undefined);
		const answered = told.filter(Boolean).length;
		if (run.length < RAGE_KEYS || told.length < 2 || run.some(isLeaving)) return [];
		if (answered / told.length > RAGE_ANSWERED_SHARE) return [];
		const ms = (run.at(-1) ?? run[0]).at - run[0].at;
		return signalOf("rage_key", run, {
			...{ verdict: "unresponsive", confidence: 1 },
			numbers: { presses: run.length, ms, answered },
		});
	});
}

/** Strokes on one control at the pace that is asked for. */
function listRuns(keys: readonly PressSeen[]): Run[] {
	const runs: Run[] = [];
	const stepMs = RAGE_KEYS_MS / (RAGE_KEYS - 1);
	for (const key of keys) {
		const run = runs.at(-1);
		const last = run?.at(-1);
		const isOne = last?.view === key.view && last.element.number === key.element.number;
		if (run !== undefined && last !== undefined && isOne && key.at - last.at <= stepMs)
			run.push(key);
		else runs.push([key]);
	}
	return runs;
}
