import { catalogue, kinds } from "../goods/catalogue.ts";
import { type Choice, formatChoice, orders, selectProducts } from "../goods/listing.ts";
import { html } from "../html.ts";
import { renderCards } from "../parts/card.ts";
import type { PageFrame } from "./layout.ts";

/** Chips are links, so the list also works before the client code has arrived. */
export function productsPage(choice: Choice): PageFrame {
	const products = selectProducts(choice);
	const chips = [["all", "Everything"] as const, ...Object.entries(kinds)];
	const count = (id: string) =>
		catalogue.filter((product) => id === "all" || product.kind === id).length;
	return {
		title: "All stoneware",
		here: "products",
		main: html`<section class="band listing"><div class="listing-head"><h1>All stoneware</h1><p id="listing-count" role="status">${products.length} pieces</p></div>
<div class="listing-bar"><ul class="chips" aria-label="Kind">${chips.map(([id, name]) => html`<li><a class="chip" data-kind="${id}" href="${formatChoice({ ...choice, kind: id as Choice["kind"] })}"${id === choice.kind && html` aria-current="true"`}>${name} <span>${count(id)}</span></a></li>`)}</ul>
<form class="sort" method="get" action="/products">${choice.kind !== "all" && html`<input type="hidden" name="kind" value="${choice.kind}">`}<label for="sort">Sort by</label><select id="sort" name="sort">${Object.entries(orders).map(([id, name]) => html`<option value="${id}"${id === choice.order && html` selected`}>${name}</option>`)}</select><noscript><button class="button button-quiet">Sort</button></noscript></form></div>
<ul class="cards" id="listing">${renderCards(products)}</ul></section>`,
	};
}
