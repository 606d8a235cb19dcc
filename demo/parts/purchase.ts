/** The form that puts a piece into the cart: glaze, size, quantity. On the product page and in the quick look. */
import { defaultSize, type Product } from "../goods/catalogue.ts";
import { glazes } from "../goods/glazes.ts";
import { formatMoney } from "../goods/money.ts";
import { type Html, html } from "../html.ts";
import { renderStepper } from "./stepper.ts";

/** `prefix` keeps the ids apart when two forms are in one page. */
export function renderPurchase(product: Product, prefix: string): Html {
	const size = defaultSize(product);
	return html`<form class="purchase" method="post" action="/cart" data-purchase>
<input type="hidden" name="slug" value="${product.slug}">
<fieldset class="choice"><legend>Glaze <output name="glaze-name">${glazes[product.glazes[0]].name}</output></legend>
<div class="swatches">${product.glazes.map((id, at) => html`<input class="unseen" type="radio" name="glaze" value="${id}" id="${prefix}-${id}"${at === 0 && html` checked`}><label class="swatch" for="${prefix}-${id}"><svg viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="20" fill="${glazes[id].base}"/><path d="M2 29a20 20 0 0 0 36 0Q28 23 20 28T2 29Z" fill="${glazes[id].dark}"/></svg><span class="unseen">${glazes[id].name}</span></label>`)}</div></fieldset>
<fieldset class="choice"><legend>Size</legend>
<div class="sizes">${product.sizes.map((each) => html`<input class="unseen" type="radio" name="size" value="${each.id}" id="${prefix}-size-${each.id}"${each === size && html` checked`}${each.soldOut === true && html` disabled`}><label class="size" for="${prefix}-size-${each.id}"><b>${each.name}</b><span>${each.soldOut === true ? "Sold out" : each.measure}</span></label>`)}</div></fieldset>
<div class="choice choice-row"><span aria-hidden="true">Quantity</span>${renderStepper("Quantity", 1)}</div>
<div class="buy-bar"><button class="button button-buy" data-testid="add-to-cart">Add to cart <span class="buy-price">${formatMoney(size.price)}</span></button></div>
</form>`;
}
