/** What it all costs: the same block on the cart and on the checkout. */
import { type Cart, COUPON, FREE_DELIVERY_PENCE, sumUp } from "../goods/cart.ts";
import type { Delivery } from "../goods/deliveries.ts";
import { formatMoney } from "../goods/money.ts";
import { type Html, html } from "../html.ts";

export function renderSums(cart: Cart, delivery: Delivery): Html {
	const { goods, discount, postage, total } = sumUp(cart, delivery);
	const missing = FREE_DELIVERY_PENCE - (goods - discount);
	return html`<dl class="sums">
<div><dt>Pieces</dt><dd>${formatMoney(goods)}</dd></div>
${discount > 0 && html`<div class="saved"><dt>${COUPON.code}, ${COUPON.percent} % off</dt><dd>−${formatMoney(discount)}</dd></div>`}
<div><dt>Delivery, ${delivery.name.toLowerCase()}</dt><dd>${postage === 0 ? "Free" : formatMoney(postage)}</dd></div>
<div class="total"><dt>Total</dt><dd data-testid="total">${formatMoney(total)}</dd></div>
</dl>
${missing > 0 && goods > 0 && delivery.alwaysPaid !== true && delivery.price > 0 && html`<p class="hint">${formatMoney(missing)} more and standard delivery is free.</p>`}`;
}
