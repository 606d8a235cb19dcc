// Attempts to send a form and what came of them. An attempt that the browser itself refuses makes no
// `submit`, only `invalid` on each control; pages also ask controls for their validity while somebody
// types, so that this counts only right after a press or the Enter key.
import { FACT_SUBMIT, type SubmitOutcome } from "../../../protocol/fact.ts";
import type { FactScope, Tell } from "./fact-scope.ts";

export interface SubmitWatch {
	onPress(): void;
	tell: Tell;
}

interface Attempt {
	form: Element;
	at: number;
	view: number;
	element: number;
	tried: number;
	invalid: number;
	event?: Event;
}

const OUTCOME_MS = 5000;
const PRESS_MS = 1000;

export function watchSubmits(
	{ on, now, view, know, emit, later }: FactScope,
	onAttempt: (form: Element) => void,
): SubmitWatch {
	let tries = new Map<Element, number>();
	let open: Attempt[] = [];
	let pressedAt = 0;

	const begin = (form: Element, event?: Event): Attempt | undefined => {
		if (form.closest("[data-snag-ignore],[data-snag-block]")) return undefined;
		const tried = (tries.get(form) ?? 0) + 1;
		tries.set(form, tried);
		const element = know(form).number;
		const attempt = {
			form,
			at: now(),
			view: view(),
			element,
			tried,
			invalid: 0,
			...(event && { event }),
		};
		open.push(attempt);
		return attempt;
	};
	const end = (attempt: Attempt, outcome: SubmitOutcome): void => {
		if (!open.includes(attempt)) return;
		open = open.filter((other) => other !== attempt);
		const { at, view, element, tried, invalid, event } = attempt;
		const prevented = event === undefined || event.defaultPrevented ? 1 : 0;
		emit([FACT_SUBMIT, at, view, element, tried, prevented, invalid, outcome, now() - at]);
	};

	on(["keydown"], ({ key }) => {
		if (key === "Enter") pressedAt = now();
	});
	on(["submit"], (event) => {
		const form = event.target as Element;
		const attempt = begin(form, event);
		if (attempt === undefined) return;
		onAttempt(form);
		later(() => end(attempt, form.isConnected ? "none" : "gone"), OUTCOME_MS);
	});
	on(["invalid"], ({ target }) => {
		const { form } = target as HTMLInputElement;
		const known = open.find((attempt) => attempt.form === form);
		if (known) known.invalid++;
		if (known || !form || now() - pressedAt > PRESS_MS) return;
		const attempt = begin(form);
		if (attempt === undefined) return;
		attempt.invalid = 1;
		// Behind the last of its controls.
		later(() => {
			onAttempt(form);
			end(attempt, "invalid");
		}, 0);
	});

	return {
		onPress() {
			pressedAt = now();
		},
		tell(reason) {
			if (reason === "navigation") tries = new Map();
			if (reason === "hidden") return;
			for (const attempt of open) end(attempt, reason);
		},
	};
}
