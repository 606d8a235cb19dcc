// A control that is switched off and does not say why: pressed twice, or pressed and left. Once is a slip. Where the
// page says something when it is pressed, that was its answer. Reads facts.
import type { PressSeen, Seen, View } from "../observation.ts";
import { type Signal, signalOf } from "../signal.ts";
import { DISABLED_LEAVE_MS, DISABLED_WINDOW_MS, PROMPT_MS } from "../thresholds.ts";

type Run = [PressSeen, ...PressSeen[]];

export function detectDeadDisabled(seen: Seen): Signal[] {
	const lastDone = findLastDone(seen);
	const unloaded = new Set(
		seen.leave.filter(({ how }) => how === "unload").map(({ view }) => view),
	);
	return listRuns(seen.press.filter(isRefused))
		.filter((run) => run.length >= 2 || isLeft(run[0], lastDone, unloaded))
		.map((run) => {
			const ms = (run.at(-1) ?? run[0]).at - run[0].at;
			const verdict = run.length >= 2 ? "again" : "left";
			return signalOf("dead_disabled", run, {
				...{ verdict, confidence: 1, numbers: { presses: run.length, ms } },
			});
		});
}

function isRefused({ isDisabled, answer }: PressSeen): boolean {
	const isAnswered = answer.afterMs >= 0 && answer.afterMs <= PROMPT_MS;
	return isDisabled && !isAnswered && answer.by !== "submit";
}

function listRuns(presses: readonly PressSeen[]): Run[] {
	const runs: Run[] = [];
	const open = new Map<string, Run>();
	for (const press of presses) {
		const name = `${press.view.stream} ${press.view.number} ${press.element.number}`;
		const run = open.get(name);
		if (run !== undefined && press.at - (run.at(-1) ?? run[0]).at <= DISABLED_WINDOW_MS) {
			run.push(press);
			continue;
		}
		const begun: Run = [press];
		open.set(name, begun);
		runs.push(begun);
	}
	return runs;
}

/** When something was last done in each view. */
function findLastDone({ press, field, submit }: Seen): Map<View, number> {
	const last = new Map<View, number>();
	for (const { view, at } of [...press, ...field.filter(({ edits }) => edits > 0), ...submit]) {
		last.set(view, Math.max(last.get(view) ?? 0, at));
	}
	return last;
}

/** Nothing was done in the page view any more, and soon it was over. */
function isLeft(
	{ view, at }: PressSeen,
	lastDone: ReadonlyMap<View, number>,
	unloaded: ReadonlySet<View>,
): boolean {
	const isOver = !view.isLast || unloaded.has(view);
	return isOver && view.to - at <= DISABLED_LEAVE_MS && lastDone.get(view) === at;
}
