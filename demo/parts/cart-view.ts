/** The inside of the cart page: lines and summary, or the invitation to fill it. */
import { type Cart, type CartLine, lineKey } from "../goods/cart.ts";
import { standardDelivery } from "../goods/deliveries.ts";
import { glazes } from "../goods/glazes.ts";
import { formatMoney } from "../goods/money.ts";
import { type Html, html } from "../html.ts";
import { drawProduct } from "../pictures/product-picture.ts";
import { renderStepper } from "./stepper.ts";
import { renderSums } from "./summary.ts";

export function renderCartView(cart: Cart, couponError = ""): Html {
	if (cart.lines.length === 0) {
		return html`<div class="empty"><p class="lead">Nothing in here yet.</p><p>Pots are patient. So are we.</p><a class="button" href="/products">See all stoneware</a></div>`;
	}
	return html`<div class="cart-grid">
<ul class="lines">${cart.lines.map(renderLine)}</ul>
<aside class="panel" aria-label="Summary">
<h2>Summary</h2>
${renderCoupon(cart, couponError)}
${renderSums(cart, standardDelivery)}
<a class="button button-wide" href="/checkout" data-testid="to-checkout">Go to checkout</a>
<p class="hint">Packed in wool and paper. If it breaks on the way, we send another.</p>
</aside></div>`;
}

function renderLine(line: CartLine): Html {
	const { product, size, glaze, quantity } = line;
	return html`<li class="line" data-line="${lineKey(line)}">
<a class="tile line-picture" href="/product/${product.slug}" tabindex="-1" aria-hidden="true">${drawProduct(product, glaze, "front", `line-${lineKey(line).replaceAll(":", "-")}`)}</a>
<div class="line-text"><a href="/product/${product.slug}"><b>${product.name}</b></a><span>${glazes[glaze].name}, ${size.name.toLowerCase()} (${size.measure})</span><button type="button" class="text-button" data-testid="remove-line" aria-label="Remove ${product.name}">Remove</button></div>
${renderStepper(`Quantity of ${product.name}`, quantity)}
<b class="line-price">${formatMoney(size.price * quantity)}</b>
</li>`;
}

function renderCoupon(cart: Cart, error: string): Html {
	if (cart.coupon !== undefined) {
		return html`<p class="coupon-on"><span><b>${cart.coupon}</b> is on.</span><button type="button" class="text-button" id="coupon-off">Take it off</button></p>`;
	}
	return html`<form class="coupon" id="coupon-form" novalidate>
<label for="coupon">Coupon</label>
<div class="joined"><input id="coupon" name="coupon" autocomplete="off" autocapitalize="characters" spellcheck="false"${error !== "" && html` aria-invalid="true" aria-describedby="coupon-error"`}><button class="button button-quiet" data-testid="apply-coupon">Apply</button></div>
${error !== "" && html`<p class="error" id="coupon-error" role="alert">${error}</p>`}
</form>`;
}
