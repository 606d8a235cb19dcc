/** The purchase form: keeps the price in step with the choices and puts the piece into the cart. */
import { addLine, type CartLine, parseLine } from "../goods/cart.ts";
import { glazes } from "../goods/glazes.ts";
import { formatMoney } from "../goods/money.ts";
import { drawGlazeInGallery } from "./gallery.ts";
import { readCart, writeCart } from "./stored-cart.ts";
import { showToast } from "./toast.ts";

export function watchPurchases(document: Document): void {
	document.addEventListener("change", (event) => {
		const form = findPurchase(event.target);
		const line = form && readLine(form);
		if (form === undefined || line === undefined) return;
		setText(form, ".buy-price", formatMoney(line.size.price * line.quantity));
		setText(form, "output", glazes[line.glaze].name);
		drawGlazeInGallery(document, form, line.glaze);
	});
	document.addEventListener("submit", (event) => {
		const form = findPurchase(event.target);
		const line = form && readLine(form);
		if (form === undefined || line === undefined) return;
		event.preventDefault();
		writeCart(document, addLine(readCart(document), line));
		form.closest("dialog")?.close();
		const pieces = line.quantity === 1 ? "" : `${line.quantity} × `;
		showToast(document, `${pieces}${line.product.name} is in your cart.`, {
			href: "/cart",
			name: "See cart",
		});
	});
}

function findPurchase(target: EventTarget | null): HTMLFormElement | undefined {
	if (!(target instanceof Element)) return undefined;
	return target.closest<HTMLFormElement>("form[data-purchase]") ?? undefined;
}

function readLine(form: HTMLFormElement): CartLine | undefined {
	const data = new FormData(form);
	return parseLine(["slug", "size", "glaze", "quantity"].map((name) => String(data.get(name))));
}

function setText(form: HTMLFormElement, selector: string, text: string): void {
	const element = form.querySelector(selector);
	if (element !== null && element.textContent !== text) element.textContent = text;
}
