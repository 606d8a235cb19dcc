/** The product page. Half of the planted faults live here; `faults.ts` says what they are. */
import { catalogue, kinds, type Product } from "../goods/catalogue.ts";
import { glazes } from "../goods/glazes.ts";
import { formatMoney } from "../goods/money.ts";
import { pickVoices } from "../goods/voices.ts";
import { type Html, html } from "../html.ts";
import { renderCards } from "../parts/card.ts";
import { renderGallery } from "../parts/gallery.ts";
import { drawIcon } from "../parts/icons.ts";
import { renderPurchase } from "../parts/purchase.ts";
import type { PageFrame } from "./layout.ts";

export function productPage(product: Product): PageFrame {
	const at = catalogue.indexOf(product);
	const others = [1, 4, 6, 10].map((step) => catalogue[(at + step) % catalogue.length] ?? product);
	return {
		title: product.name,
		here: "product",
		main: html`<nav class="crumbs" aria-label="You are here"><a href="/products">All stoneware</a><a href="/products?kind=${product.kind}">${kinds[product.kind]}</a><span aria-current="page">${product.name}</span></nav>
<section class="product" aria-labelledby="product-name">
<div class="gallery" id="gallery" data-slug="${product.slug}">${renderGallery(product, product.glazes[0], "front")}</div>
<div class="product-panel">
<div class="product-head"><h1 id="product-name">${product.name}</h1><p class="product-price">from ${formatMoney(product.sizes[0].price)}</p><p class="product-line">${product.line}</p></div>
${renderPurchase(product, "buy")}
<div class="delivery"><p>${drawIcon("truck")}<span><b>At your door in 3–5 working days.</b> Free from £80.</span></p><button type="button" class="button button-quiet" data-testid="check-delivery">Check delivery date</button></div>
<p class="hint">A present? <a href="/gift-wrapping" data-testid="gift-wrapping">Choose papers and ribbons</a></p>
<div class="folds">${renderFolds(product)}</div>
<section class="voices" aria-labelledby="voices"><h2 id="voices">From people who use it</h2>${pickVoices(at).map(({ name, town, text }) => html`<figure><blockquote>${text}</blockquote><figcaption>${name}, ${town}</figcaption></figure>`)}</section>
</div>
</section>
<section class="band" aria-labelledby="others"><div class="band-head"><h2 id="others">Goes well with</h2></div><ul class="cards">${renderCards(others, false)}</ul></section>`,
	};
}

function renderFolds(product: Product): Html {
	const sizes = product.sizes
		.map((size) => `${size.name.toLowerCase()} ${size.measure}`)
		.join(", ");
	return html`<details class="fold" open><summary>About this piece</summary><p>${product.story}</p></details>
<details class="fold"><summary>Glazes and measures</summary><ul>${product.glazes.map((id) => html`<li><b>${glazes[id].name}.</b> ${glazes[id].note}</li>`)}<li><b>Measures.</b> ${sizes}. Thrown by hand, so give or take a few millimetres.</li></ul></details>
<details class="fold"><summary>Care</summary><p>Dishwasher, oven and microwave are fine. Do not put it from the freezer into the fire. Small lines in the glaze are called crazing and come with age, as with us.</p></details>
<details class="fold" id="delivery-details"><summary>Delivery and returns</summary><p>Packed in sheep's wool and paper on Mondays and Wednesdays. Keep it thirty days; if it does not feel right in the hand, send it back and we pay the postage.</p></details>`;
}
