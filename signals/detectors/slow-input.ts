// The page was stuck for more than half a second after a press. The fact tells the worst of a page view when that is
// over, and when it was; where an older recorder does not say when, only an element that was pressed once tells. Reads facts.
import type { PressSeen, Seen, VitalSeen } from "../observation.ts";
import { clampShare, type Signal, signalOf } from "../signal.ts";
import { INPUT_MS, SLOW_INPUT_MS } from "../thresholds.ts";

export function detectSlowInput({ press, vital }: Seen): Signal[] {
	const presses = new Map<string, PressSeen[]>();
	for (const one of press) {
		const name = `${one.view.stream} ${one.view.number} ${one.element.number}`;
		const known = presses.get(name);
		if (known === undefined) presses.set(name, [one]);
		else known.push(one);
	}
	return vital.flatMap((one) => {
		const { name, value, element, view } = one;
		if (name !== "inp" || value <= SLOW_INPUT_MS || element === undefined) return [];
		const of = presses.get(`${view.stream} ${view.number} ${element.number}`) ?? [];
		const pressed = findPressed(of, one);
		if (pressed === undefined) return [];
		const confidence = clampShare(value / (4 * SLOW_INPUT_MS));
		return signalOf("slow_input", [pressed], { confidence, numbers: { ms: value } });
	});
}

/** The event that took long may be the down, the up or the click of a press. */
function findPressed(presses: readonly PressSeen[], { beganAt }: VitalSeen): PressSeen | undefined {
	if (beganAt < 0) return presses.length === 1 ? presses[0] : undefined;
	return presses.findLast(({ at }) => Math.abs(beganAt - at) <= INPUT_MS);
}
