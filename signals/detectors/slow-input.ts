// The page was stuck for more than half a second after a press. The fact tells the worst of a page view when that is
// over and not when it was: only where the element was pressed once is the instant known. Reads facts.
import type { PressSeen, Seen } from "../observation.ts";
import { clampShare, type Signal, signalOf } from "../signal.ts";
import { SLOW_INPUT_MS } from "../thresholds.ts";

export function detectSlowInput({ press, vital }: Seen): Signal[] {
	const presses = new Map<string, PressSeen[]>();
	for (const one of press) {
		const name = `${one.view.stream} ${one.view.number} ${one.element.number}`;
		const known = presses.get(name);
		if (known === undefined) presses.set(name, [one]);
		else known.push(one);
	}
	return vital.flatMap(({ name, value, element, view }) => {
		if (name !== "inp" || value <= SLOW_INPUT_MS || element === undefined) return [];
		const of = presses.get(`${view.stream} ${view.number} ${element.number}`) ?? [];
		const [only] = of;
		if (only === undefined || of.length > 1) return [];
		const confidence = clampShare(value / (4 * SLOW_INPUT_MS));
		return signalOf("slow_input", [only], { confidence, numbers: { ms: value } });
	});
}
