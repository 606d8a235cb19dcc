// Has something gone wrong for the visitor, as far as a page can tell at once? Only what is certain enough to
// be worth a replay: signals are found on the server, out of all that is known then.
import { WIDGET_SELECTOR } from "../protocol/element-key.ts";
import {
	FACT_ANSWER,
	FACT_ELEMENT,
	FACT_ERROR,
	FACT_PRESS,
	type Fact,
	HINT_REPEATABLE,
	type PressFact,
} from "../protocol/fact.ts";

/** So many presses on one element within so long. */
const PRESSES = 3;
const PRESSES_MS = 2000;

/** @returns a function that is told every fact of a stream, in order */
export function createFriction(): (fact: Fact) => boolean {
	/** Elements that say what they are, and answer: whoever presses a text may not expect anything. */
	const widgets = new Set<number>();
	let presses: PressFact[] = [];
	return (fact) => {
		const [code] = fact;
		if (code === FACT_ELEMENT && fact[5] && WIDGET_SELECTOR.includes(`=${fact[5]}]`))
			widgets.add(fact[2]);
		if (code === FACT_PRESS && !(fact[14] & HINT_REPEATABLE))
			presses = [...presses, fact].filter(([, at]) => fact[1] - at <= PRESSES_MS);
		return (
			(code === FACT_ERROR && fact[3] !== "resource") ||
			(code === FACT_ANSWER && !fact[8].length && widgets.has(fact[3])) ||
			(code === FACT_PRESS && presses.filter((press) => press[3] === fact[3]).length >= PRESSES)
		);
	};
}
