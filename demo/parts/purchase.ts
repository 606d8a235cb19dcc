/** The form that puts a piece into the cart: glaze, size, quantity. On the product page and in the quick look. */
import { defaultSize, type Product, type Size } from "../goods/catalogue.ts";
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
<div class="sizes">${product.sizes.map((each) => renderSize(each, { prefix, isChosen: each === size }))}</div><button type="button" class="text-button" data-testid="size-guide">Size guide</button></fieldset>
<div class="choice choice-row"><span aria-hidden="true">Quantity</span>${renderStepper("Quantity", 1)}</div>
<div class="buy-bar"><button class="button button-buy" data-testid="add-to-cart">Add to cart <span class="buy-price">${formatMoney(size.price)}</span></button></div>
</form>`;
}

function renderSize(each: Size, { prefix, isChosen }: { prefix: string; isChosen: boolean }): Html {
	const { id, name, measure, soldOut = false, isQuiet = false } = each;
	return html`<input class="unseen" type="radio" name="size" value="${id}" id="${prefix}-size-${id}"${isChosen && html` checked`}${soldOut && html` disabled`}><label class="size" for="${prefix}-size-${id}" data-testid="size-${id}"${isQuiet && html` aria-disabled="true"`}><b>${name}</b><span>${soldOut && !isQuiet ? "Sold out" : measure}</span></label>`;
}
