/** A quantity with a button on either side; the buttons have no hooks of their own, as so often. */
import { MAX_QUANTITY } from "../goods/cart.ts";
import { type Html, html } from "../html.ts";

export function renderStepper(label: string, quantity: number): Html {
	return html`<span class="stepper" role="group" aria-label="${label}"><button type="button" data-step="-1" aria-label="One fewer">−</button><input type="number" name="quantity" inputmode="numeric" min="1" max="${MAX_QUANTITY}" value="${quantity}" aria-label="${label}" autocomplete="off"><button type="button" data-step="1" aria-label="One more">+</button></span>`;
}
