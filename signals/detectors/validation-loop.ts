// A form that refuses again and again: the same field at two attempts, or the same form at three. Reads facts.
import type { FieldSeen, Seen, SubmitSeen } from "../observation.ts";
import type { Signal } from "../signal.ts";
import { FIELD_REFUSALS, FORM_FAILURES } from "../thresholds.ts";
import { sumFields } from "./forms.ts";

export function detectValidationLoop(seen: Seen): Signal[] {
	const fields = sumFields(seen).flatMap(({ parts }) => {
		const refused = parts.filter(
			({ end, invalid, submits }) => end === "submit" && invalid > 0 && submits > 0,
		);
		return refused.length >= FIELD_REFUSALS ? [signalFor("field", refused)] : [];
	});
	const forms = groupForms(seen.submit).flatMap((tries) => {
		const refused = tries.filter(({ outcome }) => outcome === "invalid");
		return refused.length >= FORM_FAILURES ? [signalFor("form", refused)] : [];
	});
	return [...fields, ...forms];
}

/** Attempts of each form of each page view. */
export function groupForms(submits: readonly SubmitSeen[]): SubmitSeen[][] {
	const forms = new Map<string, SubmitSeen[]>();
	for (const one of submits) {
		const name = `${one.view.stream} ${one.view.number} ${one.element.number}`;
		const known = forms.get(name);
		if (known === undefined) forms.set(name, [one]);
		else known.push(one);
	}
	return [...forms.values()];
}

function signalFor(verdict: string, refused: readonly (FieldSeen | SubmitSeen)[]): Signal {
	const first = refused[0] as FieldSeen | SubmitSeen;
	const last = refused.at(-1) ?? first;
	return {
		...{ kind: "validation_loop", at: first.at, to: last.at, view: first.view, verdict },
		...{ element: first.element, point: undefined, confidence: 1 },
		numbers: { refusals: refused.length, ms: last.at - first.at },
	};
}
