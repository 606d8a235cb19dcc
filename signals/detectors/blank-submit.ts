// Sent with a field that nobody had touched, and refused because of it: the form does not say what it needs. Only
// what the browser itself refuses is told. Reads facts.
import type { Seen } from "../observation.ts";
import type { Signal } from "../signal.ts";
import { REFUSED_FOCUS_MS } from "../thresholds.ts";
import { sumFields } from "./forms.ts";

export function detectBlankSubmit(seen: Seen): Signal[] {
	return sumFields(seen).flatMap(({ parts }): Signal[] => {
		const [first] = parts;
		const { view, element, at, end, invalid, submits, focusMs, edits, length } = first;
		const isUntouched = edits === 0 && focusMs <= REFUSED_FOCUS_MS;
		const isBlank = isUntouched && length === 0 && !first.isAutofilled;
		if (end !== "submit" || invalid === 0 || submits === 0 || !isBlank) return [];
		return [
			{
				...{ kind: "blank_submit", at, to: at, view, element, point: undefined, verdict: "" },
				...{ confidence: 1, numbers: { refusals: parts.filter((one) => one.invalid > 0).length } },
			},
		];
	});
}
