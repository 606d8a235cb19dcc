/** One large picture and the four to choose from. Drawn again, whole, when the glaze changes. */
import type { Product } from "../goods/catalogue.ts";
import type { GlazeId } from "../goods/glazes.ts";
import { type Html, html } from "../html.ts";
import { drawProduct, type View, views } from "../pictures/product-picture.ts";

const names: Record<View, string> = {
	front: "Front",
	above: "From above",
	close: "Glaze up close",
	table: "On the table",
};

export function renderGallery(product: Product, glaze: GlazeId, chosen: View): Html {
	return html`<div class="tile gallery-main">${drawProduct(product, glaze, chosen, "main")}</div>
<div class="thumbs" role="group" aria-label="Pictures">${views.map((view) => html`<button type="button" class="thumb" data-view="${view}" aria-pressed="${String(view === chosen)}" aria-label="${names[view]}">${drawProduct(product, glaze, view, `thumb-${view}`)}</button>`)}</div>`;
}

export function parseView(text: string | undefined): View {
	return views.find((view) => view === text) ?? "front";
}
