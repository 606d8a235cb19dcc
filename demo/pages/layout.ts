/** The frame around every page: head with the recorder's script, header, footer, tab bar on phones. */
import { type Cart, COUPON, countPieces } from "../goods/cart.ts";
import { kinds } from "../goods/catalogue.ts";
import { type Html, html } from "../html.ts";
import { drawIcon, drawMark } from "../parts/icons.ts";

/** Where the Snag server is, and under which key this shop records. */
export interface Snag {
	url: string;
	siteKey: string;
}

export interface PageFrame {
	title: string;
	here: "home" | "products" | "product" | "cart" | "checkout" | "thanks" | "gift" | "missing";
	main: Html;
}

export function renderPage({ title, here, main }: PageFrame, cart: Cart, snag: Snag): string {
	const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Saltmarsh</title>
<meta name="description" content="Stoneware thrown in small batches on the Orran estuary.">
<meta name="theme-color" content="#14312d">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/shop.css">
<script async src="${snag.url}/snag.js" data-site="${snag.siteKey}"></script>
<script type="module" src="/shop.js"></script>
</head>
<body data-page="${here}">
<a class="skip" href="#main">Skip to the goods</a>
<p class="strip">First order? <b>${COUPON.code}</b> takes ${COUPON.percent} % off.</p>
${renderHeader(here, countPieces(cart))}
<main id="main">${main}</main>
${renderFooter(snag)}
${renderTabBar(here, countPieces(cart))}
<dialog id="quick-view" aria-label="Quick look"></dialog>
<div id="toast" role="status" aria-live="polite"></div>
</body>
</html>`;
	return page.markup;
}

function renderHeader(here: PageFrame["here"], pieces: number): Html {
	return html`<header class="header">
<a class="brand" href="/" aria-label="Saltmarsh, home">${drawMark()}<span>saltmarsh</span></a>
<nav class="nav" aria-label="Shop"><a href="/products"${here === "products" && html` aria-current="page"`}>All stoneware</a>${Object.entries(kinds).map(([id, name]) => html`<a class="nav-kind" href="/products?kind=${id}">${name}</a>`)}</nav>
<a class="header-cart" id="cart-link" href="/cart">${drawIcon("bag")}<span>Cart</span>${renderBadge(pieces)}</a>
</header>`;
}

function renderTabBar(here: PageFrame["here"], pieces: number): Html {
	const tab = (href: string, name: string, icon: Parameters<typeof drawIcon>[0], on: boolean) =>
		html`<a href="${href}"${on && html` aria-current="page"`}>${drawIcon(icon)}<span>${name}</span>${href === "/cart" && renderBadge(pieces)}</a>`;
	return html`<nav class="tab-bar" aria-label="Quick links">${tab("/", "Home", "home", here === "home")}${tab("/products", "Shop", "grid", here === "products")}${tab("/cart", "Cart", "bag", here === "cart")}</nav>`;
}

function renderBadge(pieces: number): Html {
	return html`<span class="badge" data-badge data-count="${pieces}">${pieces}<span class="unseen"> in the cart</span></span>`;
}

function renderFooter(snag: Snag): Html {
	return html`<footer class="footer">
<div class="footer-grid">
<div class="footer-brand"><a class="brand" href="/" aria-label="Saltmarsh, home">${drawMark()}<span>saltmarsh</span></a><p>Stoneware thrown in small batches on the Orran estuary since 2011.</p></div>
<nav aria-label="Goods"><h2>Goods</h2><ul>${Object.entries(kinds).map(([id, name]) => html`<li><a href="/products?kind=${id}">${name}</a></li>`)}</ul></nav>
<div><h2>Workshop</h2><p>The Old Net Loft, Quay Lane<br>Open Thursday to Saturday, ten to five.<br>The kettle is on.</p></div>
<form class="letter" id="newsletter" method="get" action="/"><h2>Kiln letters</h2><label for="newsletter-email">Four times a year, when the kiln opens.</label><div class="joined"><input id="newsletter-email" type="email" autocomplete="email" placeholder="you@example.com" required><button class="button button-light">Sign up</button></div></form>
</div>
<p class="ribbon">This is the demo shop of Snag. Nothing is for sale, and your visit is recorded by this Snag alone. <a href="${snag.url}">Watch it in the Snag viewer</a></p>
</footer>`;
}
