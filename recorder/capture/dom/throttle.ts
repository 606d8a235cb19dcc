// At most once in a while, each thing for itself; what came last is always told.

import type { Guard } from "../../guard.ts";
import { startTimer } from "../../native.ts";

export function throttle<T extends object>(
	guard: Guard,
	everyMs: number,
	tell: (thing: T) => void,
): (thing: T) => void {
	const waiting = new Set<T>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	const run = guard.wrap(() => {
		timer = undefined;
		const things = [...waiting];
		waiting.clear();
		for (const thing of things) tell(thing);
	});
	return (thing) => {
		waiting.add(thing);
		if (timer === undefined) timer = startTimer(run, everyMs);
	};
}
