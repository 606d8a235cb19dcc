import { findProduct } from "../goods/catalogue.ts";
import { html } from "../html.ts";
import { drawProduct } from "../pictures/product-picture.ts";
import type { PageFrame } from "./layout.ts";

export function thanksPage(order: string | undefined): PageFrame {
	const jar = findProduct("wader-jug");
	return {
		title: "Thank you",
		here: "thanks",
		main: html`<section class="thanks"><div class="thanks-picture">${jar && drawProduct(jar, "tern", "table", "thanks")}</div><div class="thanks-text"><h1>Thank you. It is on the shelf with your name on it.</h1>${order !== undefined && html`<p class="lead">Order <b data-testid="order-number">${order}</b></p>`}<p>Tobias packs on Mondays and Wednesdays. You get a letter by e-mail when the parcel leaves the quay.</p><a class="button" href="/products">Back to the shop</a></div></section>`,
	};
}
