import type { Cart } from "../goods/cart.ts";
import { html } from "../html.ts";
import { renderCartView } from "../parts/cart-view.ts";
import type { PageFrame } from "./layout.ts";

export function cartPage(cart: Cart): PageFrame {
	return {
		title: "Your cart",
		here: "cart",
		main: html`<section class="band narrow"><h1>Your cart</h1><div id="cart-view">${renderCartView(cart)}</div></section>`,
	};
}
