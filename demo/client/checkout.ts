/** The checkout: sums follow the delivery, the card number is grouped, errors stand by their field. */
import { findDelivery } from "../goods/deliveries.ts";
import { renderSums } from "../parts/summary.ts";
import { readCart } from "./stored-cart.ts";

const NOTE_CHARACTERS = 160;

export function watchCheckout(document: Document): void {
	const form = document.querySelector<HTMLFormElement>("#checkout");
	if (form === null) return;
	// Only now: without this code the browser's own messages are the better ones.
	form.noValidate = true;
	form.addEventListener("submit", (event) => {
		const invalid = listFields(form).filter((field) => !showError(document, field));
		// Only to where something is said; that a form may refuse in silence is a planted fault.
		invalid.find((field) => describeError(field) !== "")?.focus();
		if (invalid.length > 0) event.preventDefault();
	});
	form.addEventListener("change", (event) => {
		const field = event.target;
		if (!(field instanceof HTMLInputElement)) return;
		if (field.name === "delivery") drawSums(document, field.value);
		if (field.getAttribute("aria-invalid") === "true") showError(document, field);
	});
	form.addEventListener("focusout", (event) => {
		const field = event.target;
		if (field instanceof HTMLInputElement && field.value !== "") showError(document, field);
	});
	form.addEventListener("input", (event) => {
		if (event.target instanceof HTMLInputElement) groupDigits(event.target);
	});
	watchNote(document);
}

function listFields(form: HTMLFormElement): HTMLInputElement[] {
	return [...form.elements].filter((element) => element instanceof HTMLInputElement);
}

/** Says what is wrong beside the field, or takes the message away. True if all is well. */
function showError(document: Document, field: HTMLInputElement): boolean {
	const place = document.getElementById(field.getAttribute("aria-describedby") ?? "");
	const message = field.checkValidity() ? "" : describeError(field);
	if (place !== null && place.textContent !== message) place.textContent = message;
	if (message === "") field.removeAttribute("aria-invalid");
	else field.setAttribute("aria-invalid", "true");
	return field.validity.valid;
}

function describeError(field: HTMLInputElement): string {
	if (field.type === "checkbox") return "Please tick this before we pack.";
	if (field.validity.valueMissing) return "We need this one.";
	if (field.type === "email") return "An address looks like ines@example.com.";
	if (field.name === "cc-number") return "A card number has 15 to 19 digits.";
	if (field.name === "cc-exp") return "Month and year, like 04 / 29.";
	if (field.name !== "cc-csc") return "";
	return "Three or four digits from the back of the card.";
}

function groupDigits(field: HTMLInputElement): void {
	const digits = field.value.replace(/\D/g, "");
	const grouped =
		field.name === "cc-number"
			? digits.slice(0, 19).replace(/(\d{4})(?=\d)/g, "$1 ")
			: field.name === "cc-exp"
				? digits.slice(0, 4).replace(/^(\d{2})(?=\d)/, "$1 / ")
				: field.value;
	// Writing the value moves the caret to the end, so leave it alone in the middle of an edit.
	if (grouped !== field.value && field.selectionEnd === field.value.length) field.value = grouped;
}

function drawSums(document: Document, delivery: string): void {
	const sums = document.querySelector("#checkout-sums");
	if (sums !== null) sums.innerHTML = renderSums(readCart(document), findDelivery(delivery)).markup;
}

function watchNote(document: Document): void {
	const note = document.querySelector<HTMLElement>("#gift-note");
	const left = document.querySelector("#gift-left");
	// Firefox before 136 does not know "plaintext-only" and would leave the note dead.
	if (note !== null && !note.isContentEditable) note.contentEditable = "true";
	note?.addEventListener("input", () => {
		const count = NOTE_CHARACTERS - (note.textContent?.length ?? 0);
		if (left !== null) {
			left.textContent = count < 0 ? `${-count} characters too many` : `${count} characters left`;
		}
	});
}
