// What is done in form controls: how long until something is typed, how much is typed and taken back,
// whether it is refused. Never what: of a value only a bucket of its length is looked at.
import { FACT_FIELD, type FieldEnd, type FieldFact } from "../../../protocol/fact.ts";
import { kindOfValue } from "../../privacy/private-content.ts";
import { createIsSecret } from "../../privacy/show-typed.ts";
import type { FactScope } from "./fact-scope.ts";

/** As in the fact, from `focusMs` on. */
type Counts = FieldFact extends [
	...[unknown, unknown, unknown, unknown, unknown],
	...infer Rest,
	form?: number,
]
	? Rest
	: never;
const FOCUS_MS = 0;
const FIRST_INPUT_MS = 1;
const EDITS = 2;
const DELETIONS = 3;
const PASTES = 4;
const EMPTIED = 5;
const LENGTH = 6;
const AUTOFILLED = 7;
const INVALID = 8;
const SUBMITS = 9;
const COUNTED = [EDITS, DELETIONS, PASTES, EMPTIED, LENGTH] as const;

const FIELDS =
	"input:not([type=button],[type=submit],[type=reset],[type=image],[type=hidden]),textarea,select,[contenteditable]:not([contenteditable=false])";
/** Of what stands in these nothing is told. */
export const HIDDEN = "[data-snag-ignore],[data-snag-block]";
/** By the page. */
const REFUSED = "[aria-invalid=true]";
const MOST_FIELDS = 200;

/**
 * @param isLate the page has had the time to refuse fields by itself, which may have lost the focus long before
 * @returns how many it refused
 */
export type OnAttempt = (form: Element, isLate?: boolean) => number;

/** @returns what hears of each attempt to send a form */
export function watchFields({ on, onTell, now, tell, know }: FactScope): OnAttempt {
	const fields = new Map<Element, Counts>();
	const isSecret = createIsSecret();
	let focused: Element | undefined;
	let focusedAt = 0;

	const countsOf = (element: Element): Counts | undefined => {
		// Also to remember it: a password may be shown before its field is told of.
		isSecret(element);
		if (!fields.has(element) && fields.size < MOST_FIELDS) {
			fields.set(element, [0, -1, 0, 0, 0, 0, 0, 0, 0, 0]);
		}
		return fields.get(element);
	};
	const tellOne = (element: Element, end: FieldEnd): void => {
		const counts = fields.get(element);
		if (!counts) return;
		fields.delete(element);
		const isFocused = element === focused;
		if (isFocused) {
			counts[FOCUS_MS] += now() - focusedAt;
			focusedAt = now();
		}
		if (element.matches(REFUSED)) counts[INVALID] ||= 1;
		const length = lengthOf(element);
		counts[LENGTH] = length > 10 ? 3 : length > 5 ? 2 : length > 0 ? 1 : 0;
		// How much was typed says how long a secret is.
		if (isSecret(element)) for (const at of COUNTED) counts[at] &&= 1;
		const { form } = element as Partial<HTMLInputElement>;
		tell(FACT_FIELD, know(element)[0], end, ...counts, ...(form ? [know(form)[0]] : []));
		// It goes on, and will be told again.
		if (isFocused && end !== "blur") countsOf(element);
	};
	/** Does something with a field and what was counted of it. */
	const onField =
		(act: (element: Element, counts: Counts, event: Event) => void) =>
		(event: Event): void => {
			const element = (event.target as Partial<Element> | null)?.closest?.(FIELDS);
			const counts = element && !element.closest(HIDDEN) && countsOf(element);
			if (counts) act(element, counts, event);
		};

	on({
		focusin: onField((element) => {
			if (focused === element) return;
			focused = element;
			focusedAt = now();
		}),
		focusout: onField((element) => {
			tellOne(element, "blur");
			focused = undefined;
		}),
		invalid: onField((_, counts) => {
			counts[INVALID]++;
		}),
		input: onField(
			(element, counts, { isTrusted, inputType = "" }: Event & { inputType?: string }) => {
				if (!isTrusted) return;
				if (inputType === "insertReplacementText" || (!inputType && isTyped(element))) {
					counts[AUTOFILLED] = 1;
					return;
				}
				counts[EDITS]++;
				if (counts[FIRST_INPUT_MS] < 0 && element === focused) {
					counts[FIRST_INPUT_MS] = now() - focusedAt;
				}
				if (inputType === "insertFromPaste") counts[PASTES]++;
				if (!inputType.startsWith("delete")) return;
				counts[DELETIONS]++;
				if (lengthOf(element) === 0) counts[EMPTIED]++;
			},
		),
	});
	onTell.push(() => {
		for (const element of [...fields.keys()]) tellOne(element, "hide");
	});
	return (form, isLate) => {
		let refused = 0;
		for (const element of isLate ? form.querySelectorAll(REFUSED) : [...fields.keys()]) {
			const counts = element.closest(HIDDEN) ? undefined : countsOf(element);
			if (!counts || element.closest("form") !== form) continue;
			if (isLate) refused++;
			counts[SUBMITS] ||= 1;
			// What may be refused still, or no longer, is told when that is known.
			if (isLate || counts[INVALID] || !element.matches(REFUSED)) tellOne(element, "submit");
		}
		return refused;
	};
}

function isTyped(element: Element): boolean {
	const { localName, type = "" } = element as Partial<HTMLInputElement>;
	return kindOfValue(localName ?? "", type) === "typed";
}

function lengthOf(element: Element): number {
	const { value, textContent } = element as Partial<HTMLInputElement>;
	if (isTyped(element)) return value?.length ?? 0;
	return element.matches("input,select") ? 0 : (textContent?.length ?? 0);
}
