// What is done in form controls: how long until something is typed, how much is typed and taken back,
// whether it is refused. Never what: of a value only a bucket of its length is looked at.
import { FACT_FIELD, type FieldEnd, type FieldFact } from "../../../protocol/fact.ts";
import { kindOfValue } from "../../privacy/private-content.ts";
import type { FactScope, Tell } from "./fact-scope.ts";

export interface FieldWatch {
	/** Somebody tries to send this form. */
	onAttempt(form: Element): void;
	tell: Tell;
}

/** As in the fact, from `focusMs` on. */
type Counts = FieldFact extends [unknown, unknown, unknown, unknown, unknown, ...infer Rest]
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

const FIELDS =
	'input:not([type="button"],[type="submit"],[type="reset"],[type="image"],[type="hidden"]),textarea,select,[contenteditable]:not([contenteditable="false"])';
const MOST_FIELDS = 200;

export function watchFields({ on, now, tell, know }: FactScope): FieldWatch {
	const fields = new Map<Element, Counts>();
	let focused: Element | undefined;
	let focusedAt = 0;

	const fieldAt = (target: EventTarget | null): Element | undefined => {
		const element = (target as Partial<Element> | null)?.closest?.(FIELDS);
		if (!element || element.closest("[data-snag-ignore],[data-snag-block]")) return undefined;
		if (!fields.has(element) && fields.size < MOST_FIELDS) {
			fields.set(element, [0, -1, 0, 0, 0, 0, 0, 0, 0, 0]);
		}
		return element;
	};
	const tellOne = (element: Element, end: FieldEnd): void => {
		const counts = fields.get(element);
		if (!counts) return;
		fields.delete(element);
		if (element === focused) {
			counts[FOCUS_MS] += now() - focusedAt;
			focusedAt = now();
		}
		if (element.getAttribute("aria-invalid") === "true") counts[INVALID] ||= 1;
		const length = lengthOf(element);
		counts[LENGTH] = length > 10 ? 3 : length > 5 ? 2 : length > 0 ? 1 : 0;
		tell(FACT_FIELD, know(element).number, end, ...counts);
		// It goes on, and will be told again.
		if (element === focused && end !== "blur") fieldAt(element);
	};

	on(["focusin", "focusout", "invalid", "input"], (event) => {
		const { type } = event;
		const element = fieldAt(event.target);
		const counts = element && fields.get(element);
		if (!counts) return;
		if (type === "invalid") counts[INVALID]++;
		if (type === "focusin" && focused !== element) {
			focused = element;
			focusedAt = now();
		}
		if (type === "focusout") {
			tellOne(element, "blur");
			focused = undefined;
		}
		if (type !== "input" || !event.isTrusted) return;
		const how = (event as Partial<InputEvent>).inputType ?? "";
		if (how === "insertReplacementText" || (!how && isTyped(element))) {
			counts[AUTOFILLED] = 1;
			return;
		}
		counts[EDITS]++;
		if (counts[FIRST_INPUT_MS] < 0 && element === focused)
			counts[FIRST_INPUT_MS] = now() - focusedAt;
		if (how === "insertFromPaste") counts[PASTES]++;
		if (!how.startsWith("delete")) return;
		counts[DELETIONS]++;
		if (lengthOf(element) === 0) counts[EMPTIED]++;
	});

	return {
		onAttempt(form) {
			for (const [element, counts] of [...fields]) {
				if (element.closest("form") !== form) continue;
				counts[SUBMITS]++;
				tellOne(element, "submit");
			}
		},
		tell() {
			for (const element of [...fields.keys()]) tellOne(element, "hide");
		},
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
