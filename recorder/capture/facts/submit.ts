// Attempts to send a form and what came of them. An attempt that the browser itself refuses makes no
// `submit`, only `invalid` on each control; pages also ask controls for their validity while somebody
// types, so that this counts only right after a press or the Enter key.
import { FACT_SUBMIT, type SubmitFact, type SubmitOutcome } from "../../../protocol/fact.ts";
import type { FactScope } from "./fact-scope.ts";
import { HIDDEN, type OnAttempt } from "./field.ts";

const OUTCOME_MS = 5000;
const PRESS_MS = 1000;
/** A page that checks by itself has marked by then what it refuses. */
const REFUSED_MS = 300;
/** Fields of the fact that are filled in later. */
const PREVENTED = 5;
const INVALID = 6;
const OUTCOME = 7;
const OUTCOME_MS_AT = 8;

export function watchSubmits(
	{ on, onPress, onTell, now, view, know, emit, later }: FactScope,
	onAttempt: OnAttempt,
): void {
	let tries = new Map<Element, number>();
	const open = new Map<SubmitFact, Event>();
	let pressedAt = 0;

	const end = (fact: SubmitFact, outcome: SubmitOutcome): void => {
		const event = open.get(fact);
		if (!event) return;
		open.delete(fact);
		if (event.defaultPrevented || event.type === "invalid") fact[PREVENTED] = 1;
		fact[OUTCOME] = outcome;
		fact[OUTCOME_MS_AT] = now() - fact[1];
		emit(fact);
	};
	const begin = (form: Element, number: number, event: Event): SubmitFact => {
		const tried = (tries.get(form) ?? 0) + 1;
		tries.set(form, tried);
		const fact: SubmitFact = [FACT_SUBMIT, now(), view(), number, tried, 0, 0, "none", 0];
		open.set(fact, event);
		return fact;
	};
	const onPressed = (): void => {
		pressedAt = now();
	};

	on({
		keydown({ key }) {
			if (key === "Enter") onPressed();
		},
		submit(event) {
			const form = event.target as Element;
			if (form.closest(HIDDEN)) return;
			const fact = begin(form, know(form)[0], event);
			onAttempt(form);
			later(() => {
				if (!open.has(fact)) return;
				fact[INVALID] = onAttempt(form, true);
				if (fact[INVALID] && event.defaultPrevented) end(fact, "invalid");
			}, REFUSED_MS);
			later(() => end(fact, form.isConnected ? "none" : "gone"), OUTCOME_MS);
		},
		invalid(event) {
			const { form } = event.target as HTMLInputElement;
			if (!form || form.closest(HIDDEN)) return;
			const [number] = know(form);
			const known = [...open.keys()].findLast((fact) => fact[3] === number);
			if (known) known[INVALID]++;
			if (known || now() - pressedAt > PRESS_MS) return;
			const fact = begin(form, number, event);
			fact[INVALID] = 1;
			// Behind the last of the controls.
			later(() => {
				onAttempt(form);
				end(fact, "invalid");
			}, 0);
		},
	});
	onPress.push(onPressed);
	onTell.push((reason) => {
		if (reason === "navigation") tries = new Map();
		if (reason === "hidden") return;
		for (const fact of open.keys()) end(fact, reason === "end" ? "none" : reason);
	});
}
