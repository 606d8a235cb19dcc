/** The checkout. Its fields carry the names and autocomplete words that browsers and people expect. */
import { type Cart, countPieces } from "../goods/cart.ts";
import { deliveries, standardDelivery } from "../goods/deliveries.ts";
import { glazes } from "../goods/glazes.ts";
import { formatMoney } from "../goods/money.ts";
import { type Html, html } from "../html.ts";
import { renderField } from "../parts/field.ts";
import { renderSums } from "../parts/summary.ts";
import { drawProduct } from "../pictures/product-picture.ts";
import type { PageFrame } from "./layout.ts";

/** Of all six countries; British ones with their space only, and nothing says so: `faults.ts`. */
const POSTCODE = "[A-Z0-9]{2,4} [A-Z0-9]{2,4}|[0-9]{4,5}|[0-9]{4}[A-Z]{2}";
const countries = ["United Kingdom", "Ireland", "France", "Germany", "Netherlands", "Denmark"];

export function checkoutPage(cart: Cart): PageFrame {
	return {
		title: "Checkout",
		here: "checkout",
		main: html`<section class="band narrow"><h1>Checkout</h1>
<div class="cart-grid"><form class="checkout" id="checkout" method="post" action="/checkout" data-testid="checkout-form">
${renderContact()}${renderAddress()}${renderDelivery()}${renderGift()}${renderCard()}
<div class="field field-wide agree"><label class="check"><input type="checkbox" name="terms" required aria-describedby="terms-error"><span>I have read the terms and know that handmade things differ a little.</span></label><p class="error" id="terms-error"></p></div>
<button class="button button-wide" id="place-order">Place order</button>
</form>
<aside class="panel" aria-label="Your order"><h2>Your order</h2>${renderOrder(cart)}<div id="checkout-sums">${renderSums(cart, standardDelivery)}</div></aside></div></section>`,
	};
}

function renderContact(): Html {
	return html`<fieldset><legend>Contact</legend>${renderField({ name: "email", label: "E-mail", type: "email", autocomplete: "email", wide: true })}</fieldset>`;
}

function renderAddress(): Html {
	return html`<fieldset><legend>Where to</legend>
${renderField({ name: "name", label: "Full name", autocomplete: "name", wide: true })}
${renderField({ name: "street", label: "Street and number", autocomplete: "address-line1", wide: true })}
${renderField({ name: "postcode", label: "Postcode", autocomplete: "postal-code", pattern: POSTCODE })}
${renderField({ name: "city", label: "Town", autocomplete: "address-level2" })}
<div class="field field-wide"><label for="country">Country</label><select id="country" name="country" autocomplete="country-name">${countries.map((name) => html`<option>${name}</option>`)}</select></div></fieldset>`;
}

function renderDelivery(): Html {
	return html`<fieldset><legend>Delivery</legend><div class="field-wide radios">${deliveries.map((each, at) => html`<label class="radio"><input type="radio" name="delivery" value="${each.id}"${at === 0 && html` checked`}><span><b>${each.name}</b><span>${each.note}</span></span><b>${each.price === 0 ? "Free" : formatMoney(each.price)}</b></label>`)}</div></fieldset>`;
}

function renderGift(): Html {
	return html`<fieldset><legend>A note for the box</legend><div class="field field-wide"><span class="label" id="gift-label">Gift note, written by hand <span class="optional">optional</span></span><div class="note" id="gift-note" contenteditable="plaintext-only" role="textbox" aria-multiline="true" aria-labelledby="gift-label" aria-describedby="gift-left" data-placeholder="Happy birthday! It holds soup."></div><p class="hint" id="gift-left">160 characters left</p></div></fieldset>`;
}

function renderCard(): Html {
	return html`<fieldset><legend>Payment</legend>
${renderField({ name: "cc-number", label: "Card number", autocomplete: "cc-number", inputmode: "numeric", wide: true, pattern: "[0-9 ]{15,23}" })}
${renderField({ name: "cc-exp", label: "Expires (MM / YY)", autocomplete: "cc-exp", inputmode: "numeric", pattern: "[0-9]{2} ?/ ?[0-9]{2}" })}
${renderField({ name: "cc-csc", label: "Security code", autocomplete: "cc-csc", inputmode: "numeric", pattern: "[0-9]{3,4}" })}
<p class="hint field-wide">A demo: no card is charged, and the server throws away what you type here.</p></fieldset>`;
}

function renderOrder(cart: Cart): Html {
	if (countPieces(cart) === 0) {
		return html`<p>There is nothing in your cart. <a href="/products">Find something</a></p>`;
	}
	return html`<ul class="order">${cart.lines.map(({ product, glaze, size, quantity }, at) => html`<li><span class="tile">${drawProduct(product, glaze, "front", `order-${at}`)}</span><span><b>${product.name}</b><span>${quantity} × ${glazes[glaze].name}, ${size.name.toLowerCase()}</span></span><b>${formatMoney(size.price * quantity)}</b></li>`)}</ul>`;
}
