// What a replay shows in a field into which one types: whether there is anything, and roughly how much.
// Secrets tell the first alone, for as long as the field lives: a password stays one when it is shown.
import { redactText } from "../../protocol/text-rule.ts";
import { maskTyped } from "./mask-typed.ts";
import { MASK, UNMASK } from "./private-content.ts";

const SECRET =
	/pass|pwd|secret|otp|one-time|token|cc-|card|cv[cv]|csc|ssn|iban|(?<![a-z])(?:pin|tan)(?![a-z])/i;
/** Of longer texts a replay shows no more. */
const LONG = 20;

/** @returns a function from an input or text area to what stands in it, masked */
export function createShowTyped(): (control: Element) => string {
	const secrets = new WeakSet<Element>();
	const isSecret = (control: HTMLInputElement): boolean => {
		const { type, autocomplete, name, id } = control;
		if (type === "password" || SECRET.test(`${autocomplete} ${name} ${id}`)) secrets.add(control);
		return secrets.has(control);
	};
	return (control) => {
		const secret = isSecret(control as HTMLInputElement);
		const { value } = control as HTMLInputElement;
		if (value === "" || secret) return maskTyped(value && "x");
		const isOpen = control.hasAttribute(UNMASK) && !control.hasAttribute(MASK);
		return isOpen ? redactText(value) : maskTyped("x".repeat(Math.min(value.length, LONG)));
	};
}
