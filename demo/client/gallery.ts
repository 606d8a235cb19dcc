/** The pictures of the product page and of the quick look follow the chosen glaze and view. */
import { findProduct } from "../goods/catalogue.ts";
import type { GlazeId } from "../goods/glazes.ts";
import { parseView, renderGallery } from "../parts/gallery.ts";
import { drawProduct } from "../pictures/product-picture.ts";

export function watchGallery(document: Document): void {
	const gallery = document.querySelector<HTMLElement>("#gallery");
	gallery?.addEventListener("click", (event) => {
		const target = event.target instanceof Element ? event.target : undefined;
		const thumb = target?.closest<HTMLElement>("[data-view]");
		if (!thumb) return;
		gallery.dataset.chosen = thumb.dataset.view;
		const chosen = document.querySelector<HTMLInputElement>("#main [name=glaze]:checked");
		drawGallery(gallery, (chosen?.value ?? "") as GlazeId);
		gallery.querySelector<HTMLElement>(`[data-view="${thumb.dataset.view}"]`)?.focus();
	});
}

export function drawGlazeInGallery(document: Document, form: HTMLFormElement, glaze: GlazeId) {
	const look = form.closest("dialog")?.querySelector<HTMLElement>("[data-slug]");
	const product = findProduct(look?.dataset.slug ?? "");
	if (look && product) {
		look.innerHTML = drawProduct(product, glaze, "front", "look").markup;
		return;
	}
	const gallery = document.querySelector<HTMLElement>("#gallery");
	if (gallery !== null) drawGallery(gallery, glaze);
}

function drawGallery(gallery: HTMLElement, glaze: GlazeId): void {
	const product = findProduct(gallery.dataset.slug ?? "");
	const view = parseView(gallery.dataset.chosen);
	const now = `${glaze} ${view}`;
	if (product === undefined || gallery.dataset.drawn === now) return;
	gallery.innerHTML = renderGallery(product, glaze, view).markup;
	gallery.dataset.drawn = now;
}
