// What was pressed had just moved there: the page jumped under the hand. What moves because of an input of the visitor
// (a carousel, a row that opens) is their own doing. Reads facts.
import { firstFrom } from "../normalise/first-from.ts";
import type { PressSeen, Seen, VitalSeen } from "../observation.ts";
import { type Signal, signalOf } from "../signal.ts";
import { OWN_SHIFT_MS, SHIFT_PX, SHIFT_TOLD_MS } from "../thresholds.ts";

export function detectShift({ press, vital }: Seen): Signal[] {
	return vital.flatMap((one) => {
		if (one.name !== "shift" || one.value < SHIFT_PX || one.element === undefined) return [];
		const index = findPress(press, one);
		const pressed = press[index];
		if (pressed === undefined || pressed.element.isRepeatable) return [];
		if (isOwn(press, index, pressed)) return [];
		return signalOf("shift", [pressed], { confidence: 1, numbers: { pixels: one.value } });
	});
}

/** The last press of the element before it was told. */
function findPress(presses: readonly PressSeen[], { at, view, element }: VitalSeen): number {
	for (let index = firstFrom(presses, at + 1, timeOf) - 1; index >= 0; index--) {
		const press = presses[index];
		if (press === undefined || at - press.at > SHIFT_TOLD_MS) return -1;
		if (press.view === view && press.element.number === element?.number) return index;
	}
	return -1;
}

/** Another press came shortly before. */
function isOwn(presses: readonly PressSeen[], index: number, { at, view }: PressSeen): boolean {
	for (let before = index - 1; before >= 0; before--) {
		const press = presses[before];
		if (press === undefined || at - press.at > OWN_SHIFT_MS) return false;
		if (press.view === view) return true;
	}
	return false;
}

const timeOf = ({ at }: PressSeen) => at;
