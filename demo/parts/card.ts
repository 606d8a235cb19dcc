/** A product in a list. The whole card is one link; the quick look beside it is a button of its own. */
import type { Product } from "../goods/catalogue.ts";
import { glazes } from "../goods/glazes.ts";
import { formatMoney } from "../goods/money.ts";
import { type Html, html } from "../html.ts";
import { drawProduct } from "../pictures/product-picture.ts";

export function renderCards(products: readonly Product[], quickLook = true): Html {
	return html`${products.map((product) => renderCard(product, quickLook))}`;
}

function renderCard(product: Product, quickLook: boolean): Html {
	const glaze = product.glazes[0];
	return html`<li class="card" data-testid="product-card">
<a class="card-link" href="/product/${product.slug}">
<span class="tile">${drawProduct(product, glaze, "front", `card-${product.slug}`)}${product.fresh === true && html`<span class="flag">New</span>`}</span>
<span class="card-head"><span class="card-name">${product.name}</span><span class="card-price"><span class="from">from</span> ${formatMoney(product.sizes[0].price)}</span></span>
<span class="card-line">${product.line}</span>
</a>
<div class="card-foot"><span class="dots" aria-label="Glazes: ${product.glazes.map((id) => glazes[id].name).join(", ")}" role="img">${product.glazes.map((id) => renderDot(glazes[id].base))}</span>${quickLook && html`<button type="button" class="text-button quick-look" data-look="${product.slug}" aria-haspopup="dialog">Quick look<span class="unseen"> at ${product.name}</span></button>`}</div>
</li>`;
}

function renderDot(colour: string): Html {
	return html`<svg viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6.5" fill="${colour}"/></svg>`;
}
