/**
 * The quick look: a product in a dialog over the list. It has the product's own address while it is
 * open, so "back" closes it and a reload or a shared link shows the whole page.
 */
import { findProduct, type Product } from "../goods/catalogue.ts";
import { formatMoney } from "../goods/money.ts";
import { type Html, html } from "../html.ts";
import { drawIcon } from "../parts/icons.ts";
import { renderPurchase } from "../parts/purchase.ts";
import { drawProduct } from "../pictures/product-picture.ts";

export function watchQuickLook(document: Document): void {
	const dialog = document.querySelector<HTMLDialogElement>("#quick-view");
	if (dialog === null) return;
	const { title } = document;
	const startedAt = location.pathname;

	const open = (product: Product) => {
		dialog.innerHTML = renderLook(product).markup;
		if (!dialog.open) dialog.showModal();
		document.title = `${product.name} · Saltmarsh`;
	};
	document.addEventListener("click", (event) => {
		const target = event.target instanceof Element ? event.target : undefined;
		const product = findProduct(target?.closest<HTMLElement>("[data-look]")?.dataset.look ?? "");
		if (product !== undefined) {
			history.pushState({ look: product.slug }, "", `/product/${product.slug}`);
			open(product);
		}
		// The dialog's own box is only hit outside of its content, on the backdrop.
		if (target === dialog || target?.closest("[data-close]")) dialog.close();
	});
	dialog.addEventListener("close", () => {
		document.title = title;
		dialog.replaceChildren();
		if (location.pathname !== startedAt) history.back();
	});
	addEventListener("popstate", () => {
		if (location.pathname === startedAt) return dialog.close();
		const product = findProduct(history.state?.look ?? "");
		if (product !== undefined) open(product);
		// After a reload under a look's address, "back" changes the address but not the page.
		else location.reload();
	});
}

function renderLook(product: Product): Html {
	return html`<div class="look"><div class="tile" data-slug="${product.slug}">${drawProduct(product, product.glazes[0], "front", "look")}</div>
<div class="look-text"><button type="button" class="close" data-close aria-label="Close">${drawIcon("close")}</button><h2>${product.name}</h2><p class="product-price">from ${formatMoney(product.sizes[0].price)}</p><p>${product.line}</p>${renderPurchase(product, "look")}<a class="plain-link" href="/product/${product.slug}">The whole story ${drawIcon("arrow")}</a></div></div>`;
}
