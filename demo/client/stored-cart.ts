/** The cart in the cookie, and the badges that show how much is in it. */
import { CART_COOKIE, type Cart, countPieces, formatCart, parseCart } from "../goods/cart.ts";

const KEEP_SECONDS = 30 * 24 * 60 * 60;

export function readCart(document: Document): Cart {
	return parseCart(document.cookie);
}

export function writeCart(document: Document, cart: Cart): void {
	// The Cookie Store API is missing in Firefox ESR, and the server must see the cart as well.
	document.cookie = `${CART_COOKIE}=${formatCart(cart)}; Path=/; SameSite=Lax; Max-Age=${KEEP_SECONDS}`;
	drawBadges(document, cart);
}

/** A page that comes back from the browser's cache still shows the count it went away with. */
export function watchReturn(document: Document): void {
	addEventListener("pageshow", (event) => {
		if (event.persisted) drawBadges(document, readCart(document));
	});
}

function drawBadges(document: Document, cart: Cart): void {
	for (const badge of document.querySelectorAll<HTMLElement>("[data-badge]")) {
		badge.dataset.count = String(countPieces(cart));
		if (badge.firstChild !== null) badge.firstChild.nodeValue = String(countPieces(cart));
	}
}
