// What a replay shows in a field into which one types: whether there is anything, and roughly how much.
// Secrets tell the first alone, for as long as the field lives: a password stays one when it is shown.
import { redactText } from "../../protocol/text-rule.ts";
import { maskTyped } from "./mask-typed.ts";
import { MASK, UNMASK } from "./private-content.ts";

const SECRET =
	/pass|pwd|secret|otp|one-time|token|cc-|card|cv[cv]|csc|ssn|iban|(?<![a-z])(?:pin|tan)(?![a-z])/i;
/** Of longer texts a replay shows no more. */
const LONG = 20;

/** @returns a function that remembers which fields it has found to be secret */
export function createIsSecret(): (control: Element) => boolean {
	const secrets = new WeakSet<Element>();
	return (control) => {
		const { type, autocomplete, name, id } = control as HTMLInputElement;
		if (type === "password" || SECRET.test(`${autocomplete} ${name} ${id}`)) secrets.add(control);
		return secrets.has(control);
	};
}

/** @returns a function from an input or text area to what stands in it, masked */
export function createShowTyped(): (control: Element) => string {
	const isSecret = createIsSecret();
	return (control) => {
		const secret = isSecret(control);
		const { value } = control as HTMLInputElement;
		if (value === "" || secret) return maskTyped(value && "x");
		const isOpen = control.hasAttribute(UNMASK) && !control.hasAttribute(MASK);
		return isOpen ? redactText(value) : maskTyped("x".repeat(Math.min(value.length, LONG)));
	};
}
