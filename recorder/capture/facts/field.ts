// What is done in form controls: how long until something is typed, how much is typed and taken back,
// whether it is refused. Never what: of a value only a bucket of its length is looked at.
import { FACT_FIELD, type FieldEnd, type LengthBucket } from "../../../protocol/fact.ts";
import { kindOfValue } from "../../privacy/private-content.ts";
import type { FactScope, Tell } from "./fact-scope.ts";

export interface FieldWatch {
	/** Somebody tries to send this form. */
	onAttempt(form: Element | null): void;
	tell: Tell;
}

interface Field {
	/** 0 while it does not have the focus. */
	focusedAt: number;
	focusMs: number;
	firstInputMs: number;
	edits: number;
	deletions: number;
	pastes: number;
	emptied: number;
	autofilled: 0 | 1;
	invalid: number;
	submits: number;
}

const FIELDS =
	'input:not([type="button"],[type="submit"],[type="reset"],[type="image"],[type="hidden"]),textarea,select,[contenteditable]:not([contenteditable="false"])';
const MOST_FIELDS = 200;

export function watchFields({ on, now, view, know, emit }: FactScope): FieldWatch {
	const fields = new Map<Element, Field>();

	const fieldAt = (target: EventTarget | null): [Element, Field] | undefined => {
		const element = (target as Partial<Element> | null)?.closest?.(FIELDS);
		if (!element || element.closest("[data-snag-ignore],[data-snag-block]")) return undefined;
		let field = fields.get(element);
		if (field === undefined) {
			if (fields.size === MOST_FIELDS) return undefined;
			field = {
				...{ focusedAt: 0, focusMs: 0, firstInputMs: -1, edits: 0, deletions: 0, pastes: 0 },
				...{ emptied: 0, autofilled: 0, invalid: 0, submits: 0 },
			};
			fields.set(element, field);
		}
		return [element, field];
	};
	const tellOne = (element: Element, field: Field, end: FieldEnd): void => {
		const at = now();
		const hadFocus = field.focusedAt > 0;
		if (hadFocus) field.focusMs += at - field.focusedAt;
		const isInvalid = element.getAttribute("aria-invalid") === "true";
		fields.delete(element);
		emit([
			...([FACT_FIELD, at, view(), know(element).number, end, field.focusMs] as const),
			...([field.firstInputMs, field.edits, field.deletions, field.pastes, field.emptied] as const),
			...([bucketOf(element), field.autofilled, field.invalid || Number(isInvalid)] as const),
			field.submits,
		]);
		// It goes on, and will be told again.
		const next = hadFocus && end !== "blur" ? fieldAt(element) : undefined;
		if (next) next[1].focusedAt = at;
	};

	on(["focusin"], ({ target }) => {
		const [, field] = fieldAt(target) ?? [];
		if (field) field.focusedAt ||= now();
	});
	on(["focusout"], ({ target }) => {
		const found = fieldAt(target);
		if (found) tellOne(...found, "blur");
	});
	on(["invalid"], ({ target }) => {
		const [, field] = fieldAt(target) ?? [];
		if (field) field.invalid++;
	});
	on(["input"], (event) => {
		const [element, field] = (event.isTrusted && fieldAt(event.target)) || [];
		if (!element || !field) return;
		const how = (event as Partial<InputEvent>).inputType;
		if (how === "insertReplacementText" || (!how && isTyped(element))) {
			field.autofilled = 1;
			return;
		}
		field.edits++;
		if (field.firstInputMs < 0 && field.focusedAt > 0) field.firstInputMs = now() - field.focusedAt;
		if (how?.startsWith("delete")) {
			field.deletions++;
			if (lengthOf(element) === 0) field.emptied++;
		} else if (how === "insertFromPaste") field.pastes++;
	});

	return {
		onAttempt(form) {
			for (const [element, field] of [...fields]) {
				if (!form || element.closest("form") !== form) continue;
				field.submits++;
				tellOne(element, field, "submit");
			}
		},
		tell() {
			for (const [element, field] of [...fields]) tellOne(element, field, "hide");
		},
	};
}

function isTyped(element: Element): boolean {
	const { localName } = element;
	const type = (element as Partial<HTMLInputElement>).type ?? "";
	return kindOfValue(localName, type) === "typed";
}

function lengthOf(element: Element): number {
	if (isTyped(element)) return (element as HTMLInputElement).value.length;
	return element.matches("input,select") ? 0 : (element.textContent ?? "").length;
}

function bucketOf(element: Element): LengthBucket {
	const length = lengthOf(element);
	return length === 0 ? 0 : length <= 5 ? 1 : length <= 10 ? 2 : 3;
}
